"""Attachments that no page of a build uses."""

from __future__ import annotations

from collections.abc import Iterator

from notebinder.pipeline import Build
from notebinder.problems import Problem, SourceLocation
from notebinder.vault import Vault


def unused_attachments(vault: Vault, built: Build) -> Iterator[Problem]:
    """Report each attachment that no note links or embeds."""
    for path in sorted(vault.attachments.keys() - built.attachments):
        yield Problem(SourceLocation(path), "unused-attachment", "no note uses it", "embed it, or delete it")
