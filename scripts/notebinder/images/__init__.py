"""Images of the vault: what they show, and how a page shows them."""
