"""Each kind of credential is found, what only looks like one is not, and no text takes long."""

from __future__ import annotations

import base64
import re
import time

import pytest

from notebinder.public.credentials.finding import find_credentials, mask
from notebinder.public.credentials.rules import RULES
from tests.public.credentials import made_up, made_up_more
from tests.public.credentials.made_up import AWS_KEY, AWS_SECRET, GITHUB, private_key, random_text, web_token
from tests.public.credentials.planted import planted

CASES = (*made_up.CASES, *made_up_more.SERVICES, *made_up_more.NAMED)


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in find_credentials(text)]


@pytest.mark.parametrize(("kind", "credential", "_near"), CASES)
@pytest.mark.parametrize(
    "around", ["{}", "Say `{}` to it.", "```\nkey {}\n```\n", "[x]({})", "- a\n- {}\n- b"]
)
def test_it_is_found_wherever_it_stands(around: str, kind: str, credential: str, _near: str) -> None:
    text = around.format(credential)
    assert kinds(text) == [kind]
    assert kinds(mask(text, find_credentials(text))) == []


@pytest.mark.parametrize(("_kind", "_credential", "near"), CASES)
def test_what_is_nearly_one_is_none(_kind: str, _credential: str, near: str) -> None:
    """Placeholders, examples of documentation, and words that begin alike."""
    assert kinds(near) == []
    assert kinds(f"Say `{near}` to it.") == []


@pytest.mark.parametrize(
    "name",
    ["aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "Aws_SeCReT_aCCess_kEy", "aws_\u017fecret_access_key"],
)
def test_the_case_of_a_name_makes_no_difference(name: str) -> None:
    assert kinds(f"{name} = {AWS_SECRET}") == ["an AWS secret key"]


@pytest.mark.parametrize("word", ["requirepass", "masterauth"])
def test_each_word_of_a_line_of_a_configuration_is_looked_for(word: str) -> None:
    """Alone in its text, too: a text without any word of a rule is not searched by it."""
    assert len(kinds(f"{word} Sycamore-Seed-77")) == 1


def test_every_rule_has_a_case() -> None:
    texts = "\n\n".join(piece.text for piece in planted())
    found = {kind for kind, _, _ in CASES} | {finding.kind for finding in find_credentials(texts)}
    assert {rule.kind for rule in RULES} - found == set()


def test_every_pattern_has_a_case() -> None:
    texts = [*(text for _, text, _ in CASES), *(piece.text for piece in planted())]
    unseen = [
        (rule.kind, pattern)
        for rule in RULES
        for pattern in rule.patterns
        if not any(re.search(pattern, text) for text in texts)
    ]
    assert unseen == []


@pytest.mark.parametrize("claims", ['{"a":' + "[" * 9_000, '{"a":1', "[\udc80]"])
def test_claims_that_cannot_be_read_are_no_web_token(claims: str) -> None:
    """Deep ones neither, for which the reader gives up."""
    parts = (b'{"alg":"HS256"}', claims.encode("utf-8", "surrogateescape"))
    encoded = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    assert kinds(f"{encoded}.{random_text(43)}") == []


@pytest.mark.parametrize("place", range(4, 37, 4))
def test_a_web_token_with_a_sign_of_padding_within_it_ends_in_an_answer(place: int) -> None:
    """Without its end it is no JSON any more."""
    head, claims, signature = web_token({"a": [1, 2], "sub": "anna"}).split(".")
    assert len(kinds(f"{head}.{claims[:place]}={claims[place:]}.{signature}")) <= 1


def test_lines_are_counted_and_no_finding_holds_what_it_found() -> None:
    text = f"a\n{AWS_KEY} {GITHUB}\n\n{private_key()}\n{GITHUB}\n"
    found = find_credentials(text)
    assert [(finding.line, finding.kind) for finding in found] == [
        (2, "an AWS access key"),
        (2, "a GitHub token"),
        (4, "a private key"),
        (14, "a GitHub token"),
    ]
    assert not any(secret in repr(found) for secret in (AWS_KEY, GITHUB, AWS_KEY[4:10]))


def test_a_masked_text_keeps_its_lines_and_all_else() -> None:
    text = f"before\n{private_key()}\nafter {AWS_KEY}!"
    masked = mask(text, find_credentials(text))
    assert masked.count("\n") == text.count("\n")
    assert masked.startswith("before\n-----BEGIN RSA PRIVATE KEY-----\n••••\n")
    assert masked.endswith("-----END RSA PRIVATE KEY-----\nafter ••••!")


@pytest.mark.parametrize(
    "prose",
    [
        "ASIA is a continent, AKIA a name; Server=the one with a password = none",
        "host=a and so on, whose password=secretly is set; Server=a one; the password = many",
        "See https://user@host/path:8080 and https://a.b/c?x=1:2@3, or mail anna:@host",
        "The file begins with -----BEGIN RSA PRIVATE KEY----- and then " + "words " * 40,
        "commit 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c and sha256-" + random_text(43) + "=",
        "![[Pasted image 20241211175933.png]] ^block-0f1e2d3c " + random_text(64),
        "![](data:image/png;base64," + random_text(4000) + ")",
        "the bearer of this and the basic form of that",
        "`password: hunter2`, `pwd = x`, token: abc",
    ],
)
def test_prose_and_hashes_are_none(prose: str) -> None:
    assert kinds(prose) == []


@pytest.mark.parametrize(
    "piece",
    [
        "eyJ",
        "eyJ ",
        "sk-T3BlbkFJ",
        "://a:",
        "://a:b@ ",
        "host=a;",
        "password=a;",
        "jdbc:a?",
        "-----BEGIN PRIVATE KEY-----",
        "PuTTY-User-Key-File-2: a\nA: b\n",
        "aws ",
        "aws key ",
        "M" * 24 + "." + "a" * 6 + ".",
        "hooks.slack.com/https://",
        "bearer ",
        "Authorization: Basic ",
        "AKIA",
        "a" * 32 + "-us",
        "12345678:AA",
        "notebinder: allow-credential\n```\n",
        "mysql ",
        "mount -o password=",
        "api_key: ",
        "password=",
        "WIFI:A:b;",
        "Cookie: a=b; ",
        "Cookie: sess",
        "machine a login ",
        "a" * 76 + "AZDO",
        "sl.",
        "password",
        "password ",
        "| password |\n|---|\n",
        "password:\n",
        '"password" { ',
        "{",
        '{"kty" ',
        "\\_",
        "&amp;",
        "a`b",
        "a1b2c3d4\n",
        "recovery codes: ",
        "seed phrase: ",
        "a:5432:b:c:",
        "wifi key ",
        "<password>",
        "identified by ",
        "NetworkCredential(a,",
        "snmp",
        "https://a:b#",
    ],
)
def test_the_time_grows_with_the_length_of_the_text(piece: str) -> None:
    """Not with its square: four times the text takes at most ten times as long, or next to no time."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        return min(_timed(text) for _ in range(3))

    def _timed(text: str) -> float:
        begun = time.process_time()
        find_credentials(text)
        return time.process_time() - begun

    assert seconds(80_000) < max(10 * seconds(20_000), 0.05)
