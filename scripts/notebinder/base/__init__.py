"""What every room needs and none of it knows notes: problems, settings, files, processes, addresses.

Plain values come in, and paths; values, files and problems go out.
Nothing here reads what a note says, or prints.
"""
