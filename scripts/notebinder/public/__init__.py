"""Decides what of a vault is public, and takes out all else: private notes, links to them, credentials.

A vault as it was read comes in; the vault that may be shown goes out, with a verdict for each file.
Nothing that leaves here names a private thing, and no room behind it sees the vault as it was.
"""
