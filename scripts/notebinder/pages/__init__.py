"""Decides which pages a vault becomes, writes them, and accounts for every word.

The public vault and its media come in; Markdown pages, links, problems and accounts go out.
Nothing here writes a file or knows which engine will build the pages, beyond stock Markdown.
"""
