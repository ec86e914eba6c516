"""How many of the credentials that people write are found, and how few of what only looks alike."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from notebinder.public.credentials.finding import Finding, find_credentials
from notebinder.public.credentials.published import is_published
from tests.public.credentials.planted import Planted, harmless, planted


def is_found(piece: Planted, found: Iterable[Finding]) -> bool:
    """Tell whether every secret of a piece is found, in part at least."""
    return all(any(each.start < end and start < each.end for each in found) for start, end in piece.secrets)


def test_the_sets_are_large() -> None:
    assert len(planted()) >= 250
    assert len({piece.kind for piece in planted()}) >= 40
    assert len(harmless()) >= 150
    assert all(piece.secrets for piece in planted())


def test_most_credentials_are_found() -> None:
    found = [is_found(piece, find_credentials(piece.text)) for piece in planted()]
    assert sum(found) >= 0.85 * len(found)


def test_nothing_harmless_is_found() -> None:
    """Precision comes first: who is stopped without need turns the guard off."""
    assert [piece.text for piece in harmless() if find_credentials(piece.text)] == []


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("gh" + "p\\_{}", "wjBTde6LgzPdJpcfDCerfMDd6NhqSSPdNPBd"),
        ("Bot: gh" + "p_FPFzvr4mW3rfNv\u200b{}", "KHxYEuQehJCk2xjHCcUe2M"),
        ("Password&#58; {}", "wT6#pkx8!Jn4s"),
        ("密码：{}", "kV8#tnw4!Qz3d"),
        ("| User | Password |\n|---|---|\n| guest | {} |", "wT6#pkx8!Jn4s"),
        ("> | Password | User |\n> |---|---|\n> | {} | guest", "wT6#pkx8!Jn4s"),
        ("Host | a\n--|--\nPassword | {}", "wT6#pkx8!Jn4s"),
        ("- **Password:**\n\t- `{}`", "wT6#pkx8!Jn4s"),
        ("## Password\r\n\r\n```text\r\n{}\r\n```", "wT6#pkx8!Jn4s"),
        ("<password>{}</password>", "Hk7tB4mQz9Lw"),
        ('<add key="dbPassword" value="{}"/>', "Hk7tB4mQz9Lw"),
    ],
)
def test_the_whole_of_a_secret_is_told_by_its_place_in_the_source(text: str, secret: str) -> None:
    """So that masking it leaves nothing of it, whatever stands between its signs or its label."""
    text = text.format(secret)
    (found,) = find_credentials(text)
    assert text[found.start : found.end].endswith(secret)
    assert found.line == text[: text.index(secret)].count("\n") + 1


def test_the_second_half_of_a_token_is_told_with_the_first() -> None:
    token = "gh" + "p_wjBTde6LgzPdJpcfDC\n> erfMDd6NhqSSPdNPBd"
    (found,) = find_credentials(f"> the token {token}\n> is old")
    assert (found.line, found.end - found.start) == (1, len(token))


@pytest.mark.parametrize(
    "secret", ["C2y6yDjf5/R+ob0N and more", "0xac0974bec39a17e36b", "xprv9s21ZrQH143K3QTDL4LXw2F7HEK"]
)
def test_what_a_manual_shows_to_everybody_is_no_secret(secret: str) -> None:
    assert is_published(secret)


@pytest.mark.parametrize("secret", ["", "C2y6yDjf5", "xprv9s21ZrQH143K3aaaaaaaaaaaaa"])
def test_what_only_begins_like_it_may_be_one(secret: str) -> None:
    assert not is_published(secret)
