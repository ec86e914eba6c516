"""Writes each construct of Obsidian as stock Markdown shows it: one construct per file.

Blocks and inline pieces of a note come in; lines of Markdown, figures, links and problems go out.
Nothing here reads a file, or drops text without a word.
"""
