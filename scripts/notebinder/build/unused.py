"""Attachments that no page of a build uses."""

from __future__ import annotations

from collections.abc import Iterator

from notebinder.base.problems import Problem, SourceLocation
from notebinder.build.pipeline import Build


def unused_attachments(built: Build) -> Iterator[Problem]:
    """Report each attachment that is no page and that no note links or embeds, no private one either."""
    with_pages = {layout.note.path for layout in built.layouts}
    used = built.attachments | built.public.used_privately() | with_pages
    for path in sorted(built.vault.attachments.keys() - used):
        yield Problem(SourceLocation(path), "unused-attachment", "no note uses it", "embed it, or delete it")
