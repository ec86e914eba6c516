"""Deploys built folders: the live site and previews of pull requests, and says what changed between two.

Folders of built files come in, some from strangers; commits on the pages branch and a comment go out.
Nothing here runs anything that a pull request brought along.
"""
