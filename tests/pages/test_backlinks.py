"""Rules of backlinks: the sentence around a link, and nothing that a page would not show."""

from __future__ import annotations

import pytest

from tests.support.projects import BuildVault, text_of


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. See [[B]] now! Two.", "See B now!"),
        ("**Bold** [[B|the *other*]] `code`", "Bold the other code"),
        ("- item\n  - about [[B]]\n", "about B"),
        ("a [[B]] %%secret%% b", "a B b"),
        ("a [[B]] %%secret\nmore secret%% b", "a B b"),
        ("a <!-- secret --> [text](B.md) b", "a text b"),
        ("| x | y |\n|---|---|\n| about [[B\\|it]] | no |", "about it"),
        ("> [!note] On [[B]]\n> text", "On B"),
        ("> [!note] ## On [[B]] ##\n> text", "On B"),
        ("About[^x] it [[B]][^y]\n\n[^x]: secret\n\n[^y]: secret", "About it B"),
        ("See [this][1], [[B]]\n\n[1]: https://secret.example", "See this, B"),
        ("中文。参见[[B]]。再见。", "参见B。"),
    ],
)
def test_the_sentence_is_what_a_reader_sees(build_vault: BuildVault, text: str, sentence: str) -> None:
    page = text_of(build_vault({"A.md": text, "B.md": "b"}), "b.md")
    assert f'<a href="../a/">A</a><span>{sentence.replace("!", "&#33;")}</span>' in page
    assert "secret" not in page


def test_a_page_that_nothing_links_to_has_no_list(build_vault: BuildVault) -> None:
    built = build_vault({"A.md": "`[[B]]`, [[A]] and [[C]]", "B.md": "b", "C.md": "c"})
    assert [path for path in ("a.md", "b.md", "c.md") if "nb-backlinks" in text_of(built, path)] == ["c.md"]
