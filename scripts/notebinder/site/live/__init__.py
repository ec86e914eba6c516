"""While serving: notices what the author changes, rebuilds what it touches, and reloads what shows it.

A change on disk comes in; changed files of the served site and a message to each open page go out.
Nothing here writes into the vault.
"""
