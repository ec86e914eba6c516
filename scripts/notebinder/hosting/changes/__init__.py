"""Says what changed between two folders written by `notebinder export`, for the reviewer of a pull request.

Two folders with their reports come in, the newer may be a stranger's; a comment and a page go out.
Nothing here reads a page, or shows a text as markup.
"""
