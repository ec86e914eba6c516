"""Obsidian's constructs, and how stock Markdown shows each. One construct per file, one table."""
