"""The page that lists all tags of a vault with the pages that have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from notebinder.base.escaping import as_text, markdown_text
from notebinder.base.limits import LIMITS
from notebinder.base.ordering import natural_key
from notebinder.base.urls import free_page
from notebinder.base.words import Words
from notebinder.pages.addresses import Address, page_link
from notebinder.pages.constructs.tags import tag_anchor
from notebinder.pages.front_matter import front_matter
from notebinder.pages.layout import NoteLayout

_DEEPEST = 8
"""So deep a list of tags is set in at most."""


def tag_page_path(layouts: Iterable[NoteLayout]) -> str:
    """Return an address for the page that no note has."""
    paths = (page.path for layout in layouts for page in layout.pages)
    return free_page(paths, "tags", "all-tags", "tags-of-this-vault")


def tag_page(tagged: Mapping[str, Sequence[tuple[str, str]]], path: str, words: Words) -> bytes:
    """Write the page; beyond the limit of headings tags stay out of its table of contents, as in a note.

    Args:
        tagged: the title and page of each note by tag, in the tags' first casing.
        path: where the page stands, below the folder of generated pages.
        words: the site's own.
    """
    shown = {tag_anchor(tag): tag for tag in reversed(_with_parents(tagged))}
    pages: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for tag, notes in tagged.items():
        pages[tag_anchor(tag)].update(notes)
    ordered = sorted(shown, key=lambda anchor: [natural_key(part) for part in anchor.split("/")])
    blocks = [
        block
        for place, anchor in enumerate(ordered)
        for block in (_heading(shown[anchor], anchor, place < LIMITS.headings), _links(pages[anchor], path))
        if block
    ]
    title = words("tags")
    head = front_matter(
        {
            "title": title,
            "description": f"{title}: {words.count('tags count', len(shown))}",
            "search": {"boost": 0.1},  # who looks for a tag wants the pages that have it
        }
    )
    tree = _tree([(anchor, shown[anchor]) for anchor in ordered], _counts(pages))
    body = "\n\n".join([f"# {title} {{ data-generated }}", tree, *blocks])
    return f"{head}\n{body}\n".encode()


def _with_parents(tags: Iterable[str]) -> list[str]:
    """All tags and those that they stand below: `aws/s3` is an `aws` too."""
    found: dict[str, None] = {}
    for tag in tags:
        names = tag.split("/")
        for end in range(1, min(len(names), LIMITS.nesting)):
            found["/".join(names[:end])] = None
        found[tag] = None
    return list(found)


def _counts(pages: Mapping[str, set[tuple[str, str]]]) -> dict[str, int]:
    """How many pages have each tag or one below it."""
    below: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for anchor, notes in pages.items():
        names = anchor.split("/")
        for end in range(2, min(len(names), LIMITS.nesting + 1)):  # the first is "tag"
            below["/".join(names[:end])] |= notes
        below[anchor] |= notes
    return {anchor: len(notes) for anchor, notes in below.items()}


def _tree(tags: Sequence[tuple[str, str]], counts: Mapping[str, int]) -> str:
    """List all tags, each below the one that it is part of, with how many pages have it."""
    lines: list[str] = []
    open_lists = 0
    for anchor, tag in tags:
        level = min(tag.count("/"), _DEEPEST) + 1
        if level > open_lists:
            lines += ["<ul>"] * (level - open_lists)
        else:
            lines += ["</li>", *["</ul></li>"] * (open_lists - level)]
        open_lists = level
        link = f'<a class="tag nb-tag" href="#{as_text(anchor)}">{as_text("#")}{as_text(tag)}</a>'
        lines.append(f"<li>{link} <small>{counts.get(anchor, 0)}</small>")
    lines += ["</li></ul>"] * open_lists
    return f'<div class="nb-tag-tree" data-generated data-search-exclude>\n{"".join(lines)}\n</div>'


def _heading(tag: str, anchor: str, is_listed: bool) -> str:
    """Write a tag's heading; one that the table of contents does not list, the engine must not see."""
    level = min(tag.count("/") + 2, 6)
    if not is_listed:
        return f'<h{level} class="nb-heading" id="{as_text(anchor)}">{as_text(f"#{tag}")}</h{level}>'
    return f"{'#' * level} {as_text('#')}{markdown_text(tag)} {{ #{anchor} }}"


def _links(notes: Iterable[tuple[str, str]], path: str) -> str:
    ordered = sorted(notes, key=lambda note: (natural_key(note[0]), note[1]))
    return "\n".join(
        f"- [{markdown_text(title)}]({page_link(Address(page), path)})" for title, page in ordered
    )
