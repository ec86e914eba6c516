"""Makes the site of the pages: all that knows MkDocs, the theme and a browser, also while serving.

A project or a vault comes in; a folder of HTML, a search index and what hosts are told go out.
Nothing here reads what a note says; what it needs of notes, a build tells.
"""
