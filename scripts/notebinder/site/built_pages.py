"""Compares the pages that MkDocs builds with those that the notes asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from mkdocs.structure.files import Files

from notebinder.base.problems import Problem, SourceLocation


def lost_pages(asked: Mapping[str, str], files: Files) -> Iterator[Problem]:
    """Find pages that MkDocs leaves out, or builds where it builds another one, too.

    Args:
        asked: the note behind each page, by the page's path below `docs`.
        files: what MkDocs is about to build.
    """
    pages = files.documentation_pages()
    built_at = {page.src_uri: page.dest_uri.casefold() for page in pages}
    at_once = Counter(built_at.values())
    for path, note in asked.items():
        address = built_at.get(path)
        if address is None:
            message = f"MkDocs builds no page of it, though it is to be {path}"
            yield Problem(SourceLocation(note), "lost-page", message, "see `exclude_docs` in mkdocs.yml")
        elif at_once[address] > 1:
            message = f"MkDocs builds another page at its address, too: {address}"
            yield Problem(SourceLocation(note), "lost-page", message, "move the one that you wrote by hand")
