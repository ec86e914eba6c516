"""Turn Obsidian notes into a searchable documentation site."""
