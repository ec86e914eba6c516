"""While serving: notice what the author changes, rebuild what it touches, and reload what shows it."""
