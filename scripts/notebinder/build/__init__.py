"""Runs one build: from settings to pages on disk, with problems graded and told.

Settings and the build before come in; a tree of Markdown and media, a report and problems go out.
Nothing here knows MkDocs, a browser or a theme.
"""
