"""Rules of the account: nothing of a note may vanish unnoticed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebinder.pages.ledger import Placed, balance
from notebinder.pages.model import Converted, EmbedUse, Hidden
from notebinder.vault.model import Figure, LineRange, Note
from tests.support.converting import convert, rendered
from tests.support.notes import read_note, whole

NOTE = Note("n.md", "one two\n\nthree ^id\n")


def test_an_account_balances_when_each_word_is_shown_or_spent() -> None:
    account = balance(
        NOTE, [Placed(LineRange(1, 5), Converted("one **two** three", spent={Hidden.LINK: {"id": 1}}))]
    )
    assert (account.words_in, account.words_shown, account.words_spent) == (4, 3, 1)
    assert account.problems == ()


def test_the_first_line_that_lost_a_word_is_named() -> None:
    account = balance(NOTE, [Placed(LineRange(1, 5), Converted("one two", spent={Hidden.LINK: {"id": 1}}))])
    assert [str(problem) for problem in account.problems] == [
        'n.md:3: error[lost-text] "three ^id" is not wholly on a page; please report it'
    ]


def test_a_line_that_no_page_holds_is_named_even_if_its_words_stand_elsewhere() -> None:
    account = balance(Note("n.md", "a\n\na\n"), [Placed(LineRange(1, 2), Converted("a a"))])
    assert [problem.location.line for problem in account.problems] == [3]


def test_lines_that_stand_on_two_pages_count_once() -> None:
    figure = Figure("x.png", None)
    shown = Converted("one two three", figures=(figure,), embeds=(EmbedUse("x.png", 1, shown=False),))
    account = balance(NOTE, [Placed(LineRange(1, 5), shown), Placed(LineRange(1, 5), shown)])
    assert (account.embeds_in, account.embeds_missing) == (1, 1)
    assert (account.figures, account.placings) == (1, 2)


@pytest.mark.parametrize(
    ("typed", "shown", "words"),
    [
        ("a b\nc", "a b\nc", (3, 3)),
        ("a b\nc", "c\nB A", (3, 3)),
        ("a b\nc", "", (3, 0)),
        ("a b\nc", "a b", (3, 2)),
        ("a b\na b", "a b", (4, 2)),
        ("a\na b", "a b", (3, 2)),
        ("a b\nc", "a b\nb b", (3, 2)),
        ("a_b\nx", "b\nx", (3, 2)),
        ("e\u0301\nx", "\u00e9\nx", (2, 2)),
        ("e\nx", "e\u0301\nx", (2, 1)),
        ("...\n\nx", "x", (1, 1)),
    ],
)
def test_words_count_wherever_they_stand(typed: str, shown: str, words: tuple[int, int]) -> None:
    """Each as often as it was typed, without case, also where a whole line stands on the page as typed."""
    account = balance(Note("n.md", typed), [Placed(LineRange(1, 99), Converted(shown))])
    assert (account.words_in, account.words_shown) == words


LINES = st.lists(st.text("ab_ \u0301\u01f0\u1e9e", max_size=6), max_size=6).map("\n".join)


@given(LINES, LINES)
def test_lines_that_stand_on_the_page_as_typed_count_like_all_others(typed: str, shown: str) -> None:
    """They are not looked into; the numbers are those of all words, taken one by one."""
    found = (Counter(words_of(typed)) & Counter(words_of(shown))).total()
    account = balance(Note("n.md", typed), [Placed(LineRange(1, 99), Converted(shown))])
    assert (account.words_in, account.words_shown) == (len(words_of(typed)), found)


def words_of(text: str) -> list[str]:
    letters = unicodedata.normalize("NFC", text).casefold()
    return "".join(sign if sign.isalnum() else " " for sign in letters).split()


@pytest.mark.parametrize(
    "text",
    [
        "a%%x%%b",
        "a<!-- x -->b",
        "1</div>2",
        "t</div>e\u0301m",
        "te</div>\u0301m",
        "\u304b%%x%%\u3099a",
        "x<script>y</script>z",
        "x <script>y z</script> b",
        "%<script>| O",
        "| a |\n|---|\n| K![[Other]]L |",
        "*" * 40 + "a" + "*" * 41 + "b",
        "到[支持](app://a.b/c)。",
        "a[b]()c",
        "a![b](app:c)d",
        "a<app:c>d",
        "[[Other|a[b](c)d<https://x.y>e]]",
        "[a[[No]]b](https://x.y)",
        f"s</summary>{'a' * 200}",
        f"{'a' * 200}</b>s",
    ],
)
def test_words_that_grow_together_on_the_page_are_not_lost(text: str) -> None:
    """Where something that is not shown stood between two words, the page shows one."""
    note = read_note("Note.md", text)
    placed = Placed(whole(note), convert(text, others={"Other.md": "words of another"}))
    assert balance(note, [placed]).problems == ()


def test_the_metadata_of_a_callout_is_spent() -> None:
    """Obsidian hands it to style sheets and shows it nowhere."""
    note = read_note("Note.md", "> [!note|left wide] Title\n> text")
    account = balance(note, [Placed(whole(note), convert(note.text))])
    assert (account.problems, account.words_spent) == ((), 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a[^1]\n\n[^1]: [^1]: inner words", [(3, "unused-footnote")]),
        ("a[^1]\n\n[^1]: [^2]: inner words", [(3, "unused-footnote")]),
        ("a[^1]\n\n[^1]: one\n[^1]: two", [(4, "unused-footnote")]),
        ("> a[^1]\n>\n> [^1]: one\n\n- b\n\n  [^1]: two", [(7, "unused-footnote")]),
        ("a[^1]\n\n[^1]: one\n\n[^2]: two", [(5, "unused-footnote")]),
        (
            "a[^1]\n\n[^2]: two[^3]\n\n[^1]: one\n\n[^3]: three",
            [(3, "unused-footnote"), (7, "unused-footnote")],
        ),
        ("a[^1]\n\n[^1]: one[^2]\n\n[^2]: two", []),
        ("==a[^1]== | b\n\n[^1]: one", []),
        ("| a[^1] |\n|---|\n\n[^1]: one", []),
        ("![[Empty]] x ![[Empty]]", [(1, "empty-embed"), (1, "empty-embed")]),
        ("[[ ]] ![[]] [[#]] [[|]]", []),
    ],
)
def test_no_text_is_lost_without_a_word(text: str, told: list[tuple[int, str]]) -> None:
    """What no reader meets is told with its line, and the account balances."""
    note = read_note("Note.md", text)
    found = convert(text, others={"Empty.md": ""})
    assert [(problem.location.line, problem.code) for problem in found.problems] == told
    account = balance(note, [Placed(whole(note), found)])
    assert account.problems == ()
    assert bool(account.words_hidden.get(Hidden.TOLD)) == ("unused-footnote" in str(told))


def test_what_names_nothing_is_no_link() -> None:
    assert unescape(rendered(convert("[[ ]] ![[]] [[#]]").markdown)) == "<p>[[ ]] ![[]] [[#]]</p>"


def test_hidden_words_are_counted_by_what_hides_them() -> None:
    text = "[[B|x]] %%one two%% ```a```\n\n> [!tip|four] z\n\n```js five\n```\n\nb ^six\n"
    note = read_note("Note.md", text)
    account = balance(note, [Placed(whole(note), convert(text, others={"B.md": "b c"}))])
    assert account.words_hidden == {"comment": 2, "type of a callout": 1, "language of code": 1}
