"""Compare two exports. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from notebinder.hosting.changes.export import Export, ExportedFigure, ExportedPage

_MOST_MOVES = 500
"""Pages that are tried against each other; above that, nobody reads which of them moved."""
_ALIKE = 0.6
"""The share of lines and pictures that a page must keep to be the same page at another address."""


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page before and after; an added page has no before, a removed one no after."""

    old: ExportedPage | None
    new: ExportedPage | None
    has_redirect: bool = False
    """Whether the old address leads on, where nothing stands there any more."""

    @property
    def page(self) -> ExportedPage:
        """The page as it is now, or as it last was."""
        page = self.new or self.old
        assert page is not None
        return page

    @property
    def words(self) -> tuple[int, int]:
        """Words before and after."""
        return (self.old.words if self.old else 0, self.new.words if self.new else 0)


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of a note that now stands under other topics."""

    name: str
    note: str
    left: tuple[str, ...]
    """Titles of the pages that no longer show it."""
    joined: tuple[ExportedPage, ...]
    """Pages that show it now and did not."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A picture before and after; an added one has no before, a removed one no after."""

    page: ExportedPage
    old: ExportedFigure | None
    new: ExportedFigure | None

    @property
    def name(self) -> str:
        """The attachment's name."""
        figure = self.new or self.old
        assert figure is not None
        return figure.name


@dataclass(frozen=True, slots=True)
class ExportChanges:
    """What changed from one export to another, each in the order of the pages."""

    added: tuple[PageChange, ...] = ()
    changed: tuple[PageChange, ...] = ()
    removed: tuple[PageChange, ...] = ()
    moved: tuple[PageChange, ...] = ()
    parts: tuple[PartChange, ...] = ()
    figures_added: tuple[FigureChange, ...] = ()
    figures_replaced: tuple[FigureChange, ...] = ()
    figures_removed: tuple[FigureChange, ...] = ()
    problems_new: tuple[str, ...] = ()
    problems_mended: tuple[str, ...] = ()
    words: tuple[int, int] = (0, 0)
    """Words of all pages, before and after."""

    @property
    def pages(self) -> tuple[PageChange, ...]:
        """All pages that are not as they were."""
        return (*self.added, *self.changed, *self.moved, *self.removed)


def compare_exports(old: Export, new: Export) -> ExportChanges:
    """Say what a reader of the site would find changed."""
    moves = _moves(old, new)
    arrived = set(moves.values())
    moved = [_page_change(old, new, before, after) for before, after in moves.items()]
    stayed = [_page_change(old, new, address, address) for address in old.pages if address in new.pages]
    gone = (address for address in old.pages if address not in new.pages and address not in moves)
    come = (address for address in new.pages if address not in old.pages and address not in arrived)
    before, after = _pictures(old), _pictures(new)
    return ExportChanges(
        added=tuple(PageChange(None, new.pages[address]) for address in come),
        changed=tuple(change for change in stayed if _differs(change)),
        removed=tuple(PageChange(old.pages[address], None, address in new.redirects) for address in gone),
        moved=tuple(moved),
        parts=_part_changes(old, new, moves),
        figures_added=tuple(FigureChange(after[n][0], None, after[n][1]) for n in after if n not in before),
        figures_replaced=tuple(
            FigureChange(after[name][0], before[name][1], after[name][1])
            for name in after
            if name in before and before[name][1].digest != after[name][1].digest
        ),
        figures_removed=tuple(
            FigureChange(before[n][0], before[n][1], None) for n in before if n not in after
        ),
        problems_new=tuple(sorted(new.problems - old.problems)),
        problems_mended=tuple(sorted(old.problems - new.problems)),
        words=(_words(old), _words(new)),
    )


def _page_change(old: Export, new: Export, before: str, after: str) -> PageChange:
    return PageChange(old.pages[before], new.pages[after], has_redirect=before in new.redirects)


def _words(export: Export) -> int:
    return sum(page.words for page in export.pages.values())


def _differs(change: PageChange) -> bool:
    return _shown(change.old) != _shown(change.new)


def _shown(page: ExportedPage | None) -> object:
    return page and (page.title, page.lines, [(figure.name, figure.digest) for figure in page.figures])


def _moves(old: Export, new: Export) -> dict[str, str]:
    """Pair each page that is gone with the new page that is most like it, if one is like enough."""
    gone = [page for address, page in old.pages.items() if address not in new.pages][:_MOST_MOVES]
    come = [page for address, page in new.pages.items() if address not in old.pages][:_MOST_MOVES]
    content = {page.address: _content(page) for page in (*gone, *come)}
    scores = [
        (_likeness(page, other, content), page.address, other.address) for page in gone for other in come
    ]
    moves: dict[str, str] = {}
    for score, before, after in sorted(scores, key=lambda row: (-row[0], row[1:])):
        if score >= _ALIKE and before not in moves and after not in moves.values():
            moves[before] = after
    return {address: moves[address] for address in old.pages if address in moves}


def _likeness(page: ExportedPage, other: ExportedPage, content: Mapping[str, frozenset[str]]) -> float:
    """Return the share of content that two pages have in common; note and title together are enough."""
    if page.note and (page.note, page.title) == (other.note, other.title):
        return 1.0
    ours, theirs = content[page.address], content[other.address]
    shared = len(ours & theirs)  # takes as long as the smaller is, where a union takes as long as both
    return shared / (len(ours) + len(theirs) - shared) if shared else 0.0


def _content(page: ExportedPage) -> frozenset[str]:
    return frozenset(page.lines[1:]) | {figure.name for figure in page.figures}


def _pictures(export: Export) -> Mapping[str, tuple[ExportedPage, ExportedFigure]]:
    """Find each picture that is shown, by name, with the first page that shows it."""
    found: dict[str, tuple[ExportedPage, ExportedFigure]] = {}
    for page in export.pages.values():
        for figure in page.figures:
            if figure.digest:
                found.setdefault(figure.name, (page, figure))
    return found


def _part_changes(old: Export, new: Export, moves: Mapping[str, str]) -> tuple[PartChange, ...]:
    """Find the parts of a note whose pages are others than before; a page that moved is the same page."""
    before = _placings(old.pages.values())
    after = _placings(new.pages.values())
    found = []
    for part in after:
        pages = {moves.get(page.address, page.address): page for page in before.get(part, ())}
        left = tuple(page.title for address, page in pages.items() if address not in _addresses(after[part]))
        joined = tuple(page for page in after[part] if page.address not in pages)
        if pages and (left or joined):
            found.append(PartChange(part[1], part[0], left, joined))
    return tuple(found)


def _placings(pages: Iterable[ExportedPage]) -> dict[tuple[str, str], list[ExportedPage]]:
    """List the pages that show each part of each note; a part is known by its picture or its heading."""
    found: dict[tuple[str, str], list[ExportedPage]] = defaultdict(list)
    for page in pages:
        names = [figure.name for figure in page.figures] + list(page.headings)
        for name in dict.fromkeys(names) if page.note else ():
            found[page.note, name].append(page)
    return found


def _addresses(pages: Iterable[ExportedPage]) -> frozenset[str]:
    return frozenset(page.address for page in pages)
