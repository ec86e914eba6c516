"""Credentials as people write them into notes, and what only looks alike: two sets, made without the rules.

Both were written down before anybody read how credentials are found, and nothing is taken out of them for
being hard. In `planted.txt` the secret itself stands within ⟦ and ⟧. `{hex:40}` stands for so many random
signs, and ¦ for nothing, so that no scanner takes what was made up for what was leaked.
"""

from __future__ import annotations

import base64
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SMALL = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_ALNUM = _SMALL + _SMALL.upper() + _DIGITS
_SIGNS = {
    "alnum": _ALNUM,
    "b64": _ALNUM + "+/",
    "digits": _DIGITS,
    "hex": "0123456789abcdef",
    "hexupper": "0123456789ABCDEF",
    "letters": _SMALL + _SMALL.upper(),
    "lower": _SMALL + _DIGITS,
    "symbols": _SMALL + _DIGITS + "!@#%^&*(-_=+)",
    "upper": _SMALL.upper() + "234567",
    "url": _ALNUM + "-_",
}
_VALUE = re.compile(r"\{(?P<kind>[a-z0-9]+)(?::(?P<length>\d+))?\}")


@dataclass(frozen=True, slots=True)
class Planted:
    """A piece of a note."""

    kind: str
    text: str
    secrets: tuple[tuple[int, int], ...]
    """Where they stand; none in a harmless one."""


def planted() -> tuple[Planted, ...]:
    """Return the pieces that hold credentials."""
    return tuple(_read("planted.txt"))


def harmless() -> tuple[Planted, ...]:
    """Return the pieces that hold none."""
    return tuple(_read("harmless.txt"))


def _read(name: str) -> Iterator[Planted]:
    text = Path(__file__).with_name(name).read_text("utf-8").removesuffix("\n").replace("¦", "")
    signs = random.Random(18)

    def value(found: re.Match[str]) -> str:
        kind = found["kind"]
        if kind in _SIGNS:
            return "".join(signs.choices(_SIGNS[kind], k=int(found["length"])))
        parts = {"guid": _guid, "jwtbody": _claims, "jwt": _web_token}
        return parts[kind](signs) if kind in parts else found[0]

    for section in text.removeprefix("@@ ").split("\n@@ "):
        kind, _, pieces = section.partition("\n")
        for piece in pieces.split("\n@\n"):
            yield _planted(kind, _VALUE.sub(value, piece))


def _planted(kind: str, marked: str) -> Planted:
    pieces = re.split("[⟦⟧]", marked)
    ends = [sum(map(len, pieces[: at + 1])) for at in range(len(pieces))]
    return Planted(kind, "".join(pieces), tuple(zip(ends[::2], ends[1::2], strict=False)))


def _guid(signs: random.Random) -> str:
    return "-".join("".join(signs.choices(_SIGNS["hex"], k=length)) for length in (8, 4, 4, 4, 12))


def _claims(signs: random.Random) -> str:
    claims = {"iss": "shop", "role": "service_role", "sub": _guid(signs)}
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")


def _web_token(signs: random.Random) -> str:
    signature = "".join(signs.choices(_SIGNS["url"], k=43))
    return f"eyJhbGciOiJIUzI1NiJ9.{_claims(signs)}.{signature}"
