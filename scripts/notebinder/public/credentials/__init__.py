"""Finds credentials in what is to be shown, by a table of rules, and takes them out.

Texts come in; findings by their place and masked texts go out.
Nothing here ever tells the credential itself.
"""
