"""The home page of a site whose vault has none: its folders and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from notebinder.base.escaping import markdown_text, template_text
from notebinder.base.ordering import natural_key
from notebinder.pages.addresses import Address, page_link
from notebinder.pages.front_matter import front_matter
from notebinder.pages.layout import NoteLayout

HOME = "index.md"


def home_page(layouts: Sequence[NoteLayout], title: str) -> dict[str, bytes]:
    """Return a generated home page by its path; a page that is made of a note goes before it."""
    sections = [_section(folder, inner) for folder, inner in _by_folder(layouts)]
    body = "\n\n".join([f"# {markdown_text(title)}", *sections])
    head = front_matter({"title": template_text(title), "description": f"{title}: {len(layouts)} notes"})
    return {HOME: f'{head}\n<div class="nb-home" data-generated markdown>\n\n{body}\n\n</div>\n'.encode()}


def _by_folder(layouts: Iterable[NoteLayout]) -> list[tuple[str, list[NoteLayout]]]:
    def folder(layout: NoteLayout) -> str:
        return layout.note.path.rpartition("/")[0]

    ordered = sorted(
        layouts, key=lambda layout: (natural_key(folder(layout)), natural_key(layout.pages[0].title))
    )
    return [(name, list(inner)) for name, inner in groupby(ordered, key=folder)]


def _section(folder: str, layouts: Iterable[NoteLayout]) -> str:
    links = (
        f"- [{markdown_text(layout.pages[0].title)}]({page_link(Address(layout.pages[0].path), HOME)})"
        for layout in layouts
    )
    heading = [f"## {markdown_text(folder)}", ""] if folder else []
    return "\n".join([*heading, *links])
