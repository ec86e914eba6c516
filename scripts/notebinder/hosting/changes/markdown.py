"""Say in Markdown what changed, for a comment on the pull request and for its summary.

Every text that comes from a note stands in a code span: nothing in it becomes a link, a mention or markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from notebinder.hosting.changes.compare import ExportChanges, FigureChange, PageChange, PartChange
from notebinder.hosting.changes.export import ExportedPage
from notebinder.hosting.changes.page import CHANGES_PAGE

_SHOWN = 25
"""Lines of each list; GitHub takes comments of 65,536 characters."""
_LONGEST = 150
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")


def changes_markdown(changes: ExportChanges, address: str = "") -> str:
    """Write the whole text; `address` is the preview's, and without one nothing is linked.

    >>> changes_markdown(ExportChanges())
    'This pull request changes no page.\\n'
    """
    lists = _problem_lists(changes)
    if changes.pages or changes.parts or changes.figures_replaced:
        lists = [*_page_lists(changes, address), *lists]
        head = ["### What this pull request changes", _links(address), _summary(changes)]
    else:
        head = [f"This pull request changes no page{_preview_link(address)}."]
    return "\n\n".join(filter(None, [*head, *lists])) + "\n"


def as_code(text: str) -> str:
    """Write any text as a code span on one line.

    >>> as_code("a `b` <c>")
    '``a `b` <c>``'
    """
    line = " ".join(_UNPRINTABLE.sub(" ", text).split())
    line = line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    edge = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{fence}{edge}{line}{edge}{fence}"


def _links(address: str) -> str:
    if not address:
        return ""
    return f"[Preview]({address}) · [text and pictures side by side]({address}{CHANGES_PAGE})"


def _preview_link(address: str) -> str:
    return f" ([preview]({address}))" if address else ""


def _summary(changes: ExportChanges) -> str:
    """Count everything in one sentence."""
    counts = (
        (len(changes.added), "page", "added"),
        (len(changes.changed), "page", "changed"),
        (len(changes.moved), "page", "moved"),
        (len(changes.removed), "page", "removed"),
        (len(changes.parts), "part", "under another topic"),
        (len(changes.figures_added), "screenshot", "added"),
        (len(changes.figures_replaced), "screenshot", "replaced"),
        (len(changes.figures_removed), "screenshot", "removed"),
    )
    named = [f"{count} {noun}{'' if count == 1 else 's'} {verb}" for count, noun, verb in counts if count]
    before, after = changes.words
    return f"{', '.join(named)}. {before:,} word{'' if before == 1 else 's'} before, {after:,} after."


def _page_lists(changes: ExportChanges, address: str) -> list[str]:
    def page(shown: ExportedPage) -> str:
        return _page_link(shown, address)

    return [
        _list("Pages added", (f"{page(change.page)}{_words(change)}" for change in changes.added)),
        _list("Pages changed", (f"{page(change.page)}{_words(change)}" for change in changes.changed)),
        _list("Pages moved", (_move(change, page) for change in changes.moved)),
        _list("Pages removed", map(_removal, changes.removed)),
        _list("Parts under another topic", (_part(part, page) for part in changes.parts)),
        _list("Screenshots added", (_figure(figure, page) for figure in changes.figures_added)),
        _list("Screenshots replaced", (_figure(figure, page) for figure in changes.figures_replaced)),
        _list("Screenshots removed", (as_code(figure.name) for figure in changes.figures_removed)),
    ]


def _problem_lists(changes: ExportChanges) -> list[str]:
    return [
        _list("New problems", map(as_code, changes.problems_new)),
        _list("Problems mended", map(as_code, changes.problems_mended)),
    ]


def _list(title: str, lines: Iterable[str]) -> str:
    every = list(lines)
    if not every:
        return ""
    more = [f"- … and {len(every) - _SHOWN} more"] if len(every) > _SHOWN else []
    return "\n".join([f"**{title}**", "", *(f"- {line}" for line in every[:_SHOWN]), *more])


def _page_link(page: ExportedPage, address: str) -> str:
    title = as_code(page.title)
    return f"[{title}]({address}{quote(page.address)})" if address else title


def _words(change: PageChange) -> str:
    before, after = change.words
    now = f"{after:,} word{'' if after == 1 else 's'}"
    return f", {before:,} → {now}" if change.old and before != after else f", {now}"


def _move(change: PageChange, page: Callable[[ExportedPage], str]) -> str:
    assert change.old is not None
    line = f"{as_code(change.old.address)} → {page(change.page)}"
    return f"{line}, with a redirect" if change.has_redirect else f"{line} {_lost()}"


def _removal(change: PageChange) -> str:
    line = f"{as_code(change.page.title)} at {as_code(change.page.address)}"
    return f"{line}, with a redirect" if change.has_redirect else f"{line} {_lost()}"


def _lost() -> str:
    return "⚠️ **without a redirect: links to it break.** `notebinder redirects` proposes one."


def _part(part: PartChange, page: Callable[[ExportedPage], str]) -> str:
    left = _titles(map(as_code, part.left))
    joined = _titles(map(page, part.joined))
    if not joined:
        return f"{as_code(part.name)}: no longer under {left}"
    return (
        f"{as_code(part.name)}: from {left} to {joined}"
        if left
        else f"{as_code(part.name)}: also under {joined}"
    )


def _titles(titles: Iterable[str]) -> str:
    return ", ".join(titles)


def _figure(change: FigureChange, page: Callable[[ExportedPage], str]) -> str:
    return f"{as_code(change.name)} on {page(change.page)}"
