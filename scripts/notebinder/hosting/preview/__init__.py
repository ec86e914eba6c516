"""Deploys the live site and previews of pull requests to the pages branch.

Built folders come in; commits go out.
Nothing here runs anything that a pull request brought along: its files are checked, then stored as they are.
"""
