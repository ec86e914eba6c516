"""The pages that MkDocs builds, and those among them that a site lists; reports which are lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from notebinder.base.problems import Problem, SourceLocation


def every_page(files: Files) -> Iterator[Page]:
    """Yield the pages of a site."""
    return (file.page for file in files.documentation_pages() if file.page)


def listed_pages(files: Files) -> Iterator[Page]:
    """Yield the pages that lists of a site may name."""
    return (page for page in every_page(files) if not page.meta.get("unlisted"))


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
