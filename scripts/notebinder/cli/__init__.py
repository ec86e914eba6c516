"""The command `notebinder`.

Arguments come in; lines on the terminal and an exit code go out.
Nothing here does more than call a room and print what it returns.
"""
