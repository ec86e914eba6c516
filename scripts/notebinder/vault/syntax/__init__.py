"""Reads the text of notes: properties, blocks, inline text, links, slugs.

Text comes in; pieces with their places go out.
Nothing here touches a file.
"""
