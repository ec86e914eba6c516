"""Says what changed between two folders written by `notebinder export`, for the reviewer of a pull request.

Two folders come in, the newer may be a stranger's; a comment and a page of comparisons go out.
Nothing here shows their texts as markup.
"""
