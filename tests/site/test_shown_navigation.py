"""What a page shows of the navigation, as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from notebinder.site.shown_navigation import ROOT, Entry, More, NavSection, WholeNavigation


@dataclass(eq=False)
class Place:
    """A page, or a section where it has children; as MkDocs' items, it knows its parent."""

    title: str
    children: list[Place] | None = None
    parent: Place | None = None
    is_index: bool = False

    def __post_init__(self) -> None:
        for child in self.children or []:
            child.parent = self

    @property
    def url(self) -> str:
        return f"{self.title.lower()}/"


def pages(prefix: str, count: int) -> list[Place]:
    return [Place(f"{prefix}{number}") for number in range(count)]


def titles(entries: Sequence[Entry]) -> list[object]:
    """Titles alone; an open section is the pair of its title and its entries."""
    return [(it.title, titles(it.children)) if it.children else it.title for it in entries]


def test_a_page_shows_what_is_beside_it_and_above_it() -> None:
    """The sections around it are open, all others closed, also those beside it."""
    vpc = Place("VPC")
    network = Place("Network", [vpc, Place("Routing", pages("R", 3))])
    navigation = WholeNavigation(
        [Place("Home"), Place("AWS", [Place("S3"), network]), Place("Own", pages("O", 2))]
    )
    assert titles(navigation.around(vpc)) == [
        "Home",
        ("AWS", ["S3", ("Network", ["VPC", "Routing"])]),
        "Own",
    ]


def test_the_sections_around_a_page_are_active_and_no_others() -> None:
    s3 = Place("S3")
    aws, own = WholeNavigation([Place("AWS", [s3]), Place("Own", pages("O", 2))]).around(s3)
    assert isinstance(aws, NavSection)
    assert isinstance(own, NavSection)
    assert (aws.active, own.active) == (True, False)


def test_a_page_outside_the_navigation_shows_the_outermost_level() -> None:
    navigation = WholeNavigation([Place("Home"), Place("AWS", pages("P", 2))])
    assert titles(navigation.around(Place("Lost"))) == ["Home", "AWS"]
    assert titles(navigation.around(None)) == ["Home", "AWS"]


def test_a_closed_section_leads_to_its_index_else_to_its_first_page() -> None:
    """Without a script that opens it a reader still gets in."""
    index = Place("Start", is_index=True)
    deep = Place("Outer", [Place("Inner", pages("First", 2))])
    with_index, without = WholeNavigation([Place("A", [Place("B"), index]), deep]).around(None)
    assert isinstance(with_index, NavSection)
    assert isinstance(without, NavSection)
    assert (with_index.url, with_index.has_index, with_index.size) == ("start/", True, 1)
    assert (without.url, without.has_index, without.size) == ("first0/", False, 1)


def test_every_entry_is_in_the_list_of_its_section() -> None:
    """The index alone is not: the title leads to it."""
    index = Place("Start", is_index=True)
    navigation = WholeNavigation([Place("Home"), Place("A", [index, Place("B"), Place("C", pages("D", 2))])])
    assert [titles(entries) for entries in navigation.lists().values()] == [
        ["Home", "A"],
        ["D0", "D1"],
        ["B", "C"],
    ]


def test_a_long_list_shows_sixty_entries_near_the_page() -> None:
    many = pages("P", 200)
    before, *near, after = WholeNavigation(many).around(many[100])
    assert [before.title, after.title] == ["70 more before", "70 more after"]
    assert titles(near) == [f"P{number}" for number in range(70, 130)]


def test_the_ends_of_a_long_list_show_sixty_entries_too() -> None:
    many = pages("P", 200)
    first, last = (WholeNavigation(many).around(page) for page in (many[0], many[-1]))
    assert titles(first) == [*(f"P{number}" for number in range(60)), "140 more after"]
    assert titles(last) == ["140 more before", *(f"P{number}" for number in range(140, 200))]


def test_a_list_of_sixty_is_shown_whole() -> None:
    many = pages("P", 60)
    assert titles(WholeNavigation(many).around(many[7])) == [page.title for page in many]


def test_the_rest_of_a_long_list_leads_to_the_nearest_entry_left_out() -> None:
    """Each click shows sixty others, so that all are reached without a script."""
    many = pages("P", 200)
    shown = WholeNavigation(many).around(many[100])
    rest = [entry for entry in shown if isinstance(entry, More)]
    assert [(entry.url, entry.key) for entry in rest] == [("p69/", ROOT), ("p130/", ROOT)]


def test_the_index_is_shown_however_far_the_page_is_from_it() -> None:
    many = pages("P", 200)
    section = Place("Many", [Place("Start", is_index=True), *many])
    (shown,) = WholeNavigation([section]).around(many[150])
    assert isinstance(shown, NavSection)
    assert titles(shown.children[:3]) == ["Start", "120 more before", "P120"]


def test_keys_stay_when_other_sections_come_and_go() -> None:
    """A key is made from the titles on the way to a section, not from its number."""

    def key_of_networks(*others: Place) -> str:
        aws = Place("AWS", [*others, Place("Network", pages("N", 2))])
        return next(
            key for key, entries in WholeNavigation([aws]).lists().items() if titles(entries)[0] == "N0"
        )

    assert key_of_networks() == key_of_networks(Place("Storage", pages("S", 2)), Place("EC2"))


def test_sections_of_one_name_have_lists_of_their_own() -> None:
    twins = [Place("Twin", pages("A", 1)), Place("Twin", pages("B", 1))]
    lists = WholeNavigation(twins).lists()
    assert [titles(entries) for entries in lists.values()] == [["Twin", "Twin"], ["A0"], ["B0"]]


def test_all_pages_are_reached_by_what_pages_show() -> None:
    """From the first page, by links alone: nothing lies behind a script only."""
    many = pages("P", 150)
    sections = [Place(f"S{number}", pages(f"S{number}P", 70)) for number in range(3)]
    navigation = WholeNavigation([*many, *sections])
    every = {page.url: page for page in [*many, *(page for it in sections for page in it.children or [])]}
    found, waiting = set(), [many[0].url]
    while waiting:
        address = waiting.pop()
        if address not in found:
            found.add(address)
            waiting += addresses(navigation.around(every[address]))
    assert found == set(every)


def addresses(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.children:
            yield from addresses(entry.children)
        else:
            assert isinstance(entry, Place | NavSection | More)
            yield entry.url or ""


def test_a_page_shows_no_more_on_a_site_a_hundred_times_its_size() -> None:
    def count(size: int) -> int:
        many = pages("P", size)
        return len(WholeNavigation([Place("All", many)]).around(many[size // 2])[0].children or ())

    sizes = [count(size) for size in (100, 1_000, 10_000)]
    assert all(one == other for one, other in pairwise(sizes))
