"""Proposes the plan of an outline note: which part belongs to which topic, how sure that is, and why.

A note, its transcripts and the plan that is there come in; a proposal and the completed plan go out.
Nothing here changes what an author wrote, and no build needs it.
"""
