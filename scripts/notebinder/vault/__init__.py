"""Reads a vault: notes, plans, transcripts and other files, and what a link between them means.

Folders come in; frozen values with the place of every piece go out.
Nothing here decides what is shown, writes a file, or guesses what an author meant.
"""
