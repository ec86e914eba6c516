"""Views of bases: which rows they show, in which order, groups and shapes."""

from __future__ import annotations

import re
import time
from datetime import datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from notebinder.base.limits import LIMITS
from notebinder.pages.bases.summaries import SUMMARIES
from notebinder.pages.constructs.look_ups import ReadingSettings
from notebinder.pages.model import Converted
from tests.support.converting import convert
from tests.support.projects import BuildVault

BOOKS = {
    "b/One.md": (
        "---\nrating: 10\nread: true\nsince: 2024-01-02\nauthor: '[[Ada]]'\nnamed: b10\n---\n#book\n"
    ),
    "b/Two.md": (
        "---\nrating: 9\nread: false\nsince: 2023-05-06\nauthor: '[[Ada|A.]]'\nnamed: b9\n---\n[[Ada]]\n"
    ),
    "b/Three.md": "---\nrating: 2.5\nauthor: Bo\ntags: [book/old]\n---\n![[map.png]] [[Ada]]\n",
    "b/Four.md": "no properties",
    "Ada.md": "---\nborn: 1901-01-01\n---\n[[b/Two]]\n",
}


def shown(base: str, **others: str) -> Converted:
    return convert(f"```base\n{base}\n```\n", others={**BOOKS, **others}, files={"map.png": ""})


def rows(base: str, **others: str) -> list[str]:
    """Return the rows of a view, their cells apart by bars."""
    tree = LexborHTMLParser(shown(base, **others).markdown)
    return [
        "|".join(cell.text(strip=True) for cell in row.css("td, th"))
        for row in tree.css("tbody tr, tfoot tr")
    ]


FILTERS = {
    "file.inFolder('b')": "Four One Three Two",
    "file.inFolder('b') && rating": "One Three Two",
    "file.hasTag('book')": "One Three",
    "file.hasLink('Ada')": "One Three Two",
    "rating > 9": "One",
    "author == link('Ada')": "One Two",
    "since < '2024-01-01'": "Two",
    "since > date('2024-01-01')": "One",
    "!read && file.inFolder('b')": "Four Three Two",
    "read == false": "Two",
    "file.ext == 'png'": "map.png",
    "file.links.contains(file('b/Two'))": "Ada",
    "file.backlinks.contains(file('b/One'))": "Ada",
    "{and: [file.inFolder('b'), {or: [rating == 10, {not: [rating]}]}]}": "Four One",
    "{not: [file.inFolder('b'), file.name == 'Ada', file.ext == 'png']}": "Note",
    "{or: []}": "Ada Four Note One Three Two map.png",
    "{and: [\"file.inFolder('b')\", \"file.name.containsAny('O', 'F')\"]}": "Four One",
}


@pytest.mark.parametrize("asked", FILTERS)
def test_a_filter_keeps_these_files(asked: str) -> None:
    source = asked if asked.startswith("{") else f'"{asked}"'
    assert sorted(rows(f"filters: {source}")) == sorted(FILTERS[asked].split())


def test_filters_of_the_base_and_of_the_view_count_both() -> None:
    base = "filters: file.inFolder('b')\nviews:\n  - filters: rating > 5\n  - filters: rating < 5\n"
    assert rows(base) == ["One", "Two"]


SORTS = {
    "property: rating": "Three Two One Four",
    "property: rating, direction: DESC": "One Two Three Four",
    "column: note.since, direction: desc": "One Two Three Four",
    "property: named": "Two One Three Four",
    "property: file.name": "Four One Three Two",
    "property: formula.half": "Three Two One Four",
}


@pytest.mark.parametrize("asked", SORTS)
def test_rows_are_sorted_by_type_and_those_without_a_value_stand_last(asked: str) -> None:
    base = "filters: file.inFolder('b')\nformulas: {half: rating / 2}\nviews:\n  - sort:\n"
    assert " ".join(rows(f"{base}      - {{{asked}}}\n")) == SORTS[asked]


def test_a_second_order_counts_where_the_first_is_equal() -> None:
    base = "filters: author\nviews:\n  - sort: [{property: author}, {property: rating}]\n"
    assert rows(base) == ["Two", "One", "Three"]


def test_rows_are_grouped_with_summaries_above_each_group() -> None:
    base = (
        "filters: file.inFolder('b')\nviews:\n  - groupBy: {property: author, direction: DESC}\n"
        "    order: [file.name, rating]\n    summaries: {rating: Sum}\n"
    )
    assert rows(base) == [
        *("Bo1", "|Sum2.5", "Three|2.5"),
        *("Ada2", "|Sum19", "One|10", "Two|9"),
        *("Without value1", "|Sum", "Four|"),
    ]


SUMMARIES_SHOWN = {
    "Average": ("rating", "7.166666666666667"),
    "Min": ("rating", "2.5"),
    "Max": ("rating", "10"),
    "Sum": ("rating", "21.5"),
    "Range": ("rating", "7.5"),
    "Median": ("rating", "9"),
    "Stddev": ("rating", "3.32498955721"),
    "Earliest": ("since", "6 May 2023"),
    "Latest": ("since", "2 January 2024"),
    "Checked": ("read", "1"),
    "Unchecked": ("read", "1"),
    "Empty": ("author", "1"),
    "Filled": ("author", "3"),
    "Unique": ("author", "2"),
    "own": ("rating", "7.2"),
}


@pytest.mark.parametrize("name", SUMMARIES_SHOWN)
def test_a_column_is_summarised(name: str) -> None:
    column, value = SUMMARIES_SHOWN[name]
    base = (
        "filters: file.inFolder('b')\nsummaries: {own: values.mean().round(1)}\nviews:\n"
        f"  - order: [file.name, {column}]\n    summaries: {{{column}: {name}}}\n"
    )
    assert rows(base)[-1].startswith(f"|{name}{value}")


def test_every_summary_of_the_help_is_tried() -> None:
    assert {name.casefold() for name in SUMMARIES_SHOWN} - {"own"} == set(SUMMARIES)


def test_the_range_of_days_is_how_long_it_is() -> None:
    base = "filters: since\nviews:\n  - order: [since]\n    summaries: {since: Range}\n"
    assert rows(base)[-1] == "Range8 months"


def test_a_limit_cuts_the_rows() -> None:
    assert rows("filters: file.inFolder('b')\nviews:\n  - limit: 2\n    sort: [{property: rating}]\n") == [
        *("Three", "Two")
    ]


def test_columns_have_the_names_that_their_author_gives_them() -> None:
    base = (
        "properties: {rating: {displayName: Stars}, file.name: {displayName: Title}, "
        "formula.x: {displayName: X}}\n"
        "formulas: {x: rating + 1}\nviews:\n  - order: [file.name, note.rating, formula.x, note.author]\n"
    )
    head = LexborHTMLParser(shown(base).markdown).css("thead th")
    assert [cell.text() for cell in head] == ["Title", "Stars", "X", "author"]


def test_an_embed_shows_the_view_that_it_names() -> None:
    base = "views:\n  - name: First\n    order: [file.name]\n  - name: To read\n    order: [file.path]\n"
    for named, title in (("", "name"), ("#To read", "path"), ("#to read", "path"), ("#None", "name")):
        found = convert(f"![[x.base{named}]]", others=BOOKS, files={"x.base": base})
        assert f"<th>{title}</th>" in found.markdown
        codes = [problem.code for problem in found.problems]
        assert codes == (["not-shown"] if named == "#None" else [])


def test_this_is_the_note_that_shows_the_base() -> None:
    base = "filters: file.hasLink(this)\nviews:\n  - order: [file.name, formula.a]\n"
    base += "formulas: {a: this.born.year}\n"
    found = convert(
        "![[x.base]]", path="Ada.md", others=dict(list(BOOKS.items())[:4]), files={"x.base": base}
    )
    assert found.markdown.count("<tr>") == 4  # the head among them
    born = convert(
        f"---\nborn: 1901-01-01\n---\n```base\n{base}\n```", path="Ada.md", others={"b/One.md": "[[Ada]]"}
    )
    assert "<td>1901</td>" in born.markdown


def test_values_are_shown_as_what_they_are() -> None:
    other = (
        "---\nlink: '[[Ada|her]]'\nsite: https://a.example/x\nyes: true\nday: 2024-03-04\n"
        "at: 2024-03-04T05:06\nlist: [a, '[[Ada]]']\ntags: [one]\nmap: {a: 1}\nnumber: 1.50\nnone:\n"
        "mark: '<b>[x](https://b.example)'\n---\n"
    )
    columns = ["link", "site", "yes", "day", "at", "list", "tags", "map", "number", "none", "mark"]
    base = f"filters: link\nviews:\n  - order: [{', '.join(columns)}]\n"
    cells = re.findall(r"<td>(.*?)</td>", shown(base, **{"V.md": other}).markdown)
    found = dict(zip(columns, cells, strict=True))
    assert found["link"] == '<a href="../ada/">her</a>'
    assert found["site"].startswith('<a href="https://a.example/x">')
    assert 'type="checkbox" disabled checked> yes' in found["yes"]
    assert found["day"] == '<time datetime="2024-03-04">4 March 2024</time>'
    assert found["at"].startswith('<time datetime="2024-03-04T05:06:00">')
    assert found["list"] == '<ul class="nb-chips"><li>a</li><li><a href="../ada/">Ada</a></li></ul>'
    assert found["tags"] == '<ul class="nb-chips"><li><span class="tag nb-tag">#one</span></li></ul>'
    assert found["map"] == '<ul class="nb-chips"><li>a: 1</li></ul>'
    assert found["number"] == "1.50"
    assert found["none"] == ""
    assert found["mark"].startswith("&#60;b&#62;")
    assert '<a href="https://b.example">x</a>' in found["mark"]


MADE = {
    "image('map.png')": '<img src="map.png" alt="">',
    "html('<b onclick=x>a</b><script>b</script>')": "<b>a</b>",
    "link('https://a.example', 'A')": '<a href="https://a.example">A</a>',
    "link('javascript:alert(1)', 'A')": "A",
    "link('Nowhere')": '<span class="nb-missing" title="There is no note Nowhere">Nowhere</span>',
    "file('Ada').asLink('Her')": '<a href="../ada/">Her</a>',
    "duration('3 days')": "3 days",
    "date('2024-03-04')": '<time datetime="2024-03-04">4 March 2024</time>',
    "[1, [2]].flat()": '<ul class="nb-chips"><li>1</li><li>2</li></ul>',
    "icon('star')": '<span class="nb-icon">star</span>',
    "/a/g": "/a/g",
}


@pytest.mark.parametrize("formula", MADE)
def test_a_formula_makes_these_values(formula: str) -> None:
    base = f"filters: rating == 10\nformulas:\n  x: >-\n    {formula}\nviews:\n  - order: [formula.x]\n"
    assert f"<td>{MADE[formula]}</td>" in shown(base).markdown


def test_cards_have_the_image_of_their_property() -> None:
    other = {
        "c/A.md": "---\ncover: '[[map.png]]'\n---\n",
        "c/B.md": "---\ncover: '#12abEF'\n---\n",
        "c/C.md": "---\ncover: https://a.example/x.png\nauthor: Bo\n---\n",
        "c/D.md": "---\ncover: map.png\n---\n",
        "c/E.md": "---\ncover: 'javascript:x'\n---\n",
    }
    base = "filters: file.inFolder('c')\nviews:\n"
    base += "  - {type: cards, image: note.cover, order: [file.name, author]}\n"
    cards = LexborHTMLParser(shown(base, **other).markdown).css(".nb-base-card")
    a, b, c, d, e = (card.html or "" for card in cards)
    assert '<img src="map.png" alt="">' in a
    assert 'fill="#12abEF"' in b
    assert "nb-external" in c
    assert "<dt>author</dt><dd>Bo</dd>" in c
    assert '<img src="map.png" alt="">' in d
    assert "javascript" not in e


def test_cards_have_the_size_that_their_view_says() -> None:
    base = "filters: read\nviews:\n  - {type: cards, image: note.x, cardSize: 180, imageAspectRatio: 0.75"
    assert "minmax(min(180px,100%),1fr)" in shown(f"{base}}}").markdown
    assert 'style="aspect-ratio:1/0.75"' in shown(f"{base}}}").markdown
    base = "filters: read\nviews:\n  - {type: cards, image: note.x, cardSize: '1;x', imageAspectRatio: 1e300"
    assert re.findall('style="[^"]*"', shown(f"{base}}}").markdown) == ['style="aspect-ratio:1/10"']


def test_a_list_has_its_markers_and_separators() -> None:
    base = "filters: read\nviews:\n  - {type: list, order: [file.name, rating]"
    assert '<ul><li><a href="../b/one/">One</a>, 10</li></ul>' in shown(f"{base}}}").markdown
    assert "<ol><li>" in shown(f"{base}, markers: number}}").markdown
    assert "One</a> – 10" in shown(f"{base}, separator: ' – '}}").markdown
    assert "<ul><li>10</li></ul>" in shown(f"{base}, indentProperties: true}}").markdown


def test_a_view_that_is_drawn_elsewhere_only_says_so() -> None:
    for kind, shape in (("map", "a list"), ("kanban", "a table")):
        page = shown(f"filters: read\nviews:\n  - type: {kind}\n").markdown
        assert f"A view of the kind “{kind}” in Obsidian, shown here as {shape}" in page
        assert ">One</a>" in page


def test_a_formula_without_a_value_costs_its_cell_and_is_told_at_its_line() -> None:
    base = "filters: rating\nformulas:\n  a: rating + 1\n  b: author.year()\n"
    base += "views:\n  - order: [formula.a, formula.b]\n"
    found = shown(base)
    assert rows(base) == ["11|", "10|", "3.5|"]
    assert [str(problem) for problem in found.problems] == [
        "Note.md:5: warning[not-shown] 'author.year()' cannot be worked out for b/One.md and 2 other files: "
        "there is no function year()"
    ]


def test_a_filter_that_nobody_can_tell_costs_the_view() -> None:
    found = shown("filters: file.hasTags('x')")
    assert "nb-box" in found.markdown
    assert 'there is no function hasTags(); did you mean "hasTag"?' in str(found.problems[0])


def test_a_filter_that_fails_for_a_file_leaves_it_out() -> None:
    assert rows("filters: rating.contains('1') || file.name == 'Ada'") == ["Ada"]


def test_a_base_without_rows_says_so() -> None:
    assert "Nothing found" in shown("filters: rating > 99").markdown


def test_a_hidden_property_is_in_no_base() -> None:
    reading = ReadingSettings(properties_hidden=("rating",))
    page = convert("```base\nviews:\n  - order: [rating]\n```", others=BOOKS, reading=reading).markdown
    assert "10" not in page


FLOODS = {
    "patterns": "/(.*)(.*)(.*)(.*)(.*)(.*)[^a]$/.matches('a'.repeat(2000))",
    "texts": "'x'.repeat(90000).split('').map('x'.repeat(90000) + value).join('')",
    "lists": "'x'.repeat(3000).split('').map('x'.repeat(3000).split('').map(value)).flat()",
    "parentheses": f"{'(' * 3000}1{')' * 3000}",
    "operators": f"1{' + 1' * 3000}",
    "points": f"a{'.b' * 3000}",
    "replacing": "'x'.repeat(90000).replace('x', 'y'.repeat(90000))",
    "growing": "'xx'.repeat(40000).replace(/x/g, '$&$&')",
    "powers": " * ".join(["9999999999"] * 90),
    "reduce": "'x'.repeat(90000).split('').reduce(acc + acc, 'x')",
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_ends_soon_and_costs_no_more_than_its_column(name: str) -> None:
    base = "filters: file.inFolder('b')\nformulas:\n  x: " + FLOODS[name].replace("'", '"')
    begin = time.thread_time()
    page = shown(f"{base}\nviews:\n  - order: [file.name, formula.x]\n").markdown
    assert time.thread_time() - begin < 30
    assert "nb-base" in page or "nb-box" in page


def test_formulas_that_double_one_another_end() -> None:
    doubled = "".join(f"  f{n}: formula.f{n - 1} + formula.f{n - 1}\n" for n in range(1, 60))
    base = f"filters: read\nformulas:\n  f0: '\"xxxxxxxxxx\"'\n{doubled}"
    base += "views:\n  - order: [file.name, formula.f59]\n"
    assert rows(base) == ["One|"]


def test_rows_beyond_what_a_page_bears_are_told() -> None:
    others = {f"n/{n}.md": "x" for n in range(30)}
    columns = ", ".join(f"c{n}" for n in range(LIMITS.cells // 21))
    found = shown(f"filters: file.inFolder('n')\nviews:\n  - order: [{columns}]\n", **others)
    assert "20 of 30 shown" in found.markdown
    assert "has 30 rows, of which the first 20 are shown" in str(found.problems)


def test_what_asks_for_the_day_is_made_anew_on_the_next() -> None:
    base = "```base\nfilters: file.name == 'Ada'\nformulas: {t: today()}\nviews:\n  - order: [formula.t]\n```"
    pages = {day: convert(base, others=BOOKS, moment=datetime(2025, 5, day, 12)).markdown for day in (27, 28)}
    assert "27 May 2025" in pages[27]
    assert "28 May 2025" in pages[28]


def test_a_base_of_very_many_views_fills_no_more_than_a_page(build_vault: BuildVault) -> None:
    views = "".join(f"  - name: v{n}\n    order: [file.name, text]\n" for n in range(3_000))
    notes = {f"{n}.md": f"---\ntext: {'x' * 100}\n---\n" for n in range(100)}
    built = build_vault({**notes, "x.base": f"filters: text\nviews:\n{views}"})
    page = next(text for path, text in built.files.items() if path.startswith("x-base"))
    assert len(page) < 2 * LIMITS.embedded
    assert [problem.code for problem in built.problems] == ["not-shown"]
