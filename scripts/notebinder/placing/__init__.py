"""Propose which part of an outline note belongs to which topic."""
