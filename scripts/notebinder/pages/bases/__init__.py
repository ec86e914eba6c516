"""Answers what a base asks of a vault, in the language of bases.

The source of a base and the facts of all public files come in; rows, groups and values go out.
Nothing here writes a page or reads a file, and no expression reaches anything but values.
"""
