"""Reads the text of notes: properties, blocks, protected segments, links, slugs. Touches no file."""
