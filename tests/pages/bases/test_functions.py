"""Every operator, function, field and method of a base's expressions, as Obsidian's help describes them."""

from __future__ import annotations

import math

import pytest

from notebinder.pages.bases.functions import ANY, FIELDS, GLOBALS, METHODS
from notebinder.pages.bases.values import EvaluationError, UnknownNameError, as_string
from tests.pages.bases.asking import ask

HELP = {
    # what belongs to no value
    'escapeHTML("<b>&")': "&lt;b&gt;&amp;",
    'date("2025-01-01 12:00:00")': "2025-01-01T12:00:00",
    'duration("1d") * 2 + today()': "2025-05-29",
    'now() + (duration("1d") * 2)': "2025-05-29T12:00:00",
    'file("Kite").path': "Books/Kite.md",
    'file(link("[[Kite]]")).name': "Kite",
    'html("<b>x</b>")': "<b>x</b>",
    'if(read, "Modified", "Unmodified")': "Unmodified",
    "if(false, 1)": "",
    'image("https://a.example/b.svg").isType("image")': "true",
    'icon("arrow-right")': "arrow-right",
    'link("Kite", "shown")': "shown",
    'link("[[Kite]]")': "Kite",
    'link("https://obsidian.md")': "https://obsidian.md",
    'list("value")': "value",
    "list([1, 2]).length": "2",
    "max(1, 3, 2)": "3",
    "min(1, 3, 2)": "1",
    "now()": "2025-05-27T12:00:00",
    'number("3.4")': "3.4",
    "number(true)": "1",
    'number(date("1970-01-02"))': "86400000",
    "today()": "2025-05-27",
    "random() >= 0 && random() < 1": "true",
    # any value
    "1.isTruthy()": "true",
    '"".isTruthy()': "false",
    '"example".isType("string")': "true",
    'true.isType("boolean")': "true",
    'today().isType("date")': "true",
    'press.isType("link")': "true",
    'file.isType("file")': "true",
    "123.toString()": "123",
    "true.toString()": "true",
    # dates
    "date('2025-05-27').year": "2025",
    "date('2025-05-27').month": "5",
    "date('2025-05-27').day": "27",
    "now().hour": "12",
    "when.minute": "6",
    "when.second": "7",
    "date('2025-01-01 00:00:00.25').millisecond": "250",
    'now().date().format("YYYY-MM-DD HH:mm:ss")': "2025-05-27 00:00:00",
    'date("2025-05-27").format("YYYY-MM-DD")': "2025-05-27",
    'when.format("D. MMMM YY, dddd [x] Do h:mm A")': "4. March 25, Tuesday x 4th 5:06 AM",
    "when.time()": "05:06:07",
    "file.mtime.relative()": "3 days ago",
    '(today() + "2d").relative()': "in 2 days",
    "today().relative()": "today",
    "today().isEmpty()": "false",
    # texts
    '"hello".length': "5",
    '"hello".contains("ell")': "true",
    '"hello".containsAll("h", "e")': "true",
    '"hello".containsAll("h", "x")': "false",
    '"hello".containsAny("x", "y", "e")': "true",
    '"hello".endsWith("lo")': "true",
    '"Hello world".isEmpty()': "false",
    '"".isEmpty()': "true",
    "nothing.isEmpty()": "true",
    '"HeLLo".lower()': "hello",
    '"a:b:c:d".replace(/:/, "-")': "a-b:c:d",
    '"a:b:c:d".replace(/:/g, "-")': "a-b-c-d",
    '"a:b:c:d".replace(":", "-")': "a-b-c-d",
    '"John Smith".replace(/(\\w+) (\\w+)/, "$2, $1")': "Smith, John",
    '"123".repeat(2)': "123123",
    '"hello".reverse()': "olleh",
    '"hello".slice(1, 4)': "ell",
    '"hello".slice(1)': "ello",
    '"hello".slice(-2)': "lo",
    '"a,b,c,d".split(",", 3)': "a, b, c",
    '"a,b,c,d".split(/,/, 3)': "a, b, c",
    '"hello".startsWith("he")': "true",
    '"hello world".title()': "Hello World",
    '"  hi  ".trim()': "hi",
    # numbers
    "(-5).abs()": "5",
    "(2.1).ceil()": "3",
    "(2.9).floor()": "2",
    "5.isEmpty()": "false",
    "(2.5).round()": "3",
    "(-2.5).round()": "-2",
    "(2.3333).round(2)": "2.33",
    "(3.14159).toFixed(2)": "3.14",
    "(2.5).toFixed(0)": "3",
    # lists
    "[1,2,3].length": "3",
    "[1,2,3].contains(2)": "true",
    "[1,2,3].containsAll(2,3)": "true",
    "[1,2,3].containsAny(3,4)": "true",
    "[1,2,3,4].filter(value > 2)": "3, 4",
    "[1,2,3,4].filter(index > 2)": "4",
    "[1,[2,3]].flat()": "1, 2, 3",
    "[1,2,3].isEmpty()": "false",
    "[].isEmpty()": "true",
    '[1,2,3].join(",")': "1,2,3",
    "[1,2,3,4].map(value + 1)": "2, 3, 4, 5",
    "[1,2,3].reduce(acc + value, 0)": "6",
    '[3,"x",9].filter(value.isType("number")).reduce(if(acc == null || value > acc, value, acc), null)': "9",
    "[1,2,3].reverse()": "3, 2, 1",
    "[1,2,3,4].slice(1,3)": "2, 3",
    "[3, 1, 2].sort()": "1, 2, 3",
    '["c", "a", "b"].sort()': "a, b, c",
    "[10, 9].sort()": "9, 10",
    "[1,2,2,3].unique()": "1, 2, 3",
    "[1,2,3,6].mean().round(3)": "3",
    # links and files
    'link("[[Kite]]").asFile().path': "Books/Kite.md",
    'link("Lamp").linksTo(file("Kite"))': "true",
    'link("Kite").linksTo("Lamp")': "false",
    "file.name": "Lamp",
    "file.basename": "Lamp",
    "file.path": "Books/Lamp.md",
    "file.folder": "Books",
    "file.ext": "md",
    "file.size": "13",
    "file.properties.price": "12.5",
    "file.tags": "#book/novel, #shelf",
    "file.links.length": "6",
    "file.embeds": "cover.png",
    "file.backlinks": "Shelf",
    "file.ctime": "2025-01-01T00:00:00",
    "file.mtime": "2025-05-24T12:00:00",
    "file.file == file": "true",
    'file.asLink("x")': "x",
    'file.hasLink("Kite")': "true",
    "file.hasLink(this)": "false",
    'file.hasProperty("price")': "true",
    'file.hasProperty("prices")': "false",
    'file.hasTag("book")': "true",
    'file.hasTag("x", "shelf")': "true",
    'file.hasTag("boo")': "false",
    'file.inFolder("Books")': "true",
    'file.inFolder("Book")': "false",
    # objects and patterns
    "{}.isEmpty()": "true",
    '{"a": 1, "b": 2}.keys()': "a, b",
    '{"a": 1, "b": 2}.values()': "1, 2",
    '/abc/.matches("abcde")': "true",
    '/^B/i.matches("abc")': "false",
    # operators
    "1 + 2 * 3 % 2": "1",
    "(1 + 2) * 3": "9",
    "7 / 2": "3.5",
    "4 / 2": "2",
    "3 > 2 && !(2 >= 3)": "true",
    "1 == 2 || 2 != 3": "true",
    "1 <= 1 && 1 < 2": "true",
    'date("2024-12-01") + "1M" + "4h" + "3m"': "2025-01-01T04:03:00",
    'start + "1 month"': "2025-02-28",
    'today() - "2 weeks"': "2025-05-13",
    'today() + "1y"': "2026-05-27",
    '(now() + "1d") - now()': "86400000",
    '((now() + "3d") - now()).days': "3",
    'file.mtime > now() - "1 week"': "true",
    "file.mtime > now() - '7d'": "true",
    # formulas of the help
    'if(price, price.toFixed(2) + " dollars")': "12.50 dollars",
    "(price / age).toFixed(2)": "2.50",
    'file.name + " - " + press': "Lamp - the press",
    'if(start < now() && read != "Done", "Overdue", "")': "Overdue",
    'start + "2w"': "2025-02-14",
    "tasks.length": "3",
    "file.name.lower()": "lamp",
    'link("https://www.google.com/maps/search/" + file.name.replace(" ", "+"), "Google Maps")': "Google Maps",
    "list(type)[0].asFile().properties.icon": "wheel",
    "tasks[0]": "x",
    "tasks[9]": "",
    "size.width": "3",
    'size["width"]': "3",
    'note["price"] + note.price': "25",
    'note["mixed case"]': "yes",
    "this.file.name": "Shelf",
    "this.limit": "3",
    'press == link("Mill Press")': "true",
    'press == file("MP")': "true",
    "press == this": "false",
    'lost == link("Nowhere")': "true",
    'lost == link("Elsewhere")': "false",
    'list(press).contains(file("Mill Press"))': "true",
    "authors.contains(this)": "false",
    "link(file.ctime.date().toString())": "2025-01-01",
}


@pytest.mark.parametrize("expression", HELP)
def test_an_expression_of_the_help_gives_what_the_help_says(expression: str) -> None:
    assert as_string(ask(expression)) == HELP[expression]


LISTED = """
    escapeHTML date duration file html if image icon link list max min now number today random
    isTruthy isType toString
    format time relative isEmpty contains containsAll containsAny endsWith lower replace repeat reverse slice
    split startsWith title trim abs ceil floor round toFixed filter flat join map reduce sort unique
    asFile linksTo asLink hasLink hasProperty hasTag inFolder keys values matches
    """


@pytest.mark.parametrize("name", LISTED.split())
def test_every_function_of_the_help_has_an_example(name: str) -> None:
    assert any(f"{name}(" in expression for expression in HELP)


def test_every_function_and_field_there_is_has_an_example() -> None:
    names = {*GLOBALS, *ANY, *(name for table in METHODS.values() for name in table)}
    lacking = {name for name in names if not any(f"{name}(" in expression for expression in HELP)}
    assert lacking == {"upper", "median", "sum", "stddev"}
    fields = {name for kind in ("date", "string", "list", "file") for name in FIELDS[kind]}
    assert {name for name in fields if not any(f".{name}" in expression for expression in HELP)} == set()


NOTHING = {
    "nothing.lower()": "",
    "nothing.date().year": "",
    '!tags.contains("daily")': "true",
    "price * nothing": "",
    '"a" + nothing': "a",
    "nothing > 0": "false",
    'nothing != ""': "false",
    'nothing == "x"': "false",
    "lost.asFile().name": "",
    "date(nothing)": "",
    "max(nothing)": "",
    "max(nothing, 2)": "2",
}


@pytest.mark.parametrize("expression", NOTHING)
def test_what_a_note_does_not_have_is_nothing_and_no_fault(expression: str) -> None:
    assert as_string(ask(expression)) == NOTHING[expression]


def test_a_number_divided_by_nothing_is_what_javascript_says() -> None:
    assert ask("1 / 0") == math.inf
    assert math.isnan(ask("0 / 0"))
    assert as_string(ask("-1 / 0")) == "-Infinity"
    assert math.isnan(ask("5 % 0"))


FAULTS = {
    "price.toFixd(2)": 'there is no function toFixd(); did you mean "toFixed"?',
    "lst(1)": 'there is no function lst(); did you mean "list"?',
    "price.lower()": "number has no function lower()",
    'date("x")': "'x' is no date",
    'number("x")': "'x' is no number",
    "today() * 2": "a date cannot be combined with number by *",
    "formula.a": "the formula asks for itself: a -> b -> a",
    "formula.none": "there is no formula none",
    "1 +": "a value is missing",
    "(1": "')' is missing before the end",
    "1 2": "nothing is expected before '2'",
    "'x": "the text that ' begins has no end",
    "a ? b : c": "'?' means nothing here",
    '"x".repeat(1000000000)': "it makes a text or a list that is too long",
    '/(/.matches("x")': "the pattern /(/ cannot be read: missing ) at position 1",
    'today() + "99999 years"': "the year has more than four digits",
}


@pytest.mark.parametrize("expression", FAULTS)
def test_an_expression_without_a_value_says_why(expression: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        ask(expression, a="formula.b", b="formula.a")
    assert str(caught.value) == FAULTS[expression]


@pytest.mark.parametrize("expression", ["lst(1)", "price.toFixd(2)", "formula.none", "nothing.toFixd()"])
def test_what_there_is_nowhere_is_told_from_what_one_file_lacks(expression: str) -> None:
    with pytest.raises(UnknownNameError):
        ask(expression)


def test_formulas_ask_for_one_another() -> None:
    assert ask("formula.total + 1", ppu="price / age", total="formula.ppu * 2") == 6


@pytest.mark.parametrize("name", ["__class__", "__init__", "facts", "at", "__dict__", "mro"])
def test_nothing_of_python_is_reachable(name: str) -> None:
    for value in ("file", '"x"', "1", "[1]", "{}", "now()", "press", "/x/", "this"):
        assert ask(f"{value}.{name}") is None
        assert ask(f'({value})["{name}"]') is None
        with pytest.raises(EvaluationError):
            ask(f"({value}).{name}()")
