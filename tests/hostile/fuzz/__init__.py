"""Targets and corpus for fuzzing."""
