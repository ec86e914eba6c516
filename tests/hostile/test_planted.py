"""The search for planted words finds them in every form: so what it does not find is not there."""

from __future__ import annotations

import base64
import gzip
import zlib
from html import escape
from pathlib import Path

import pytest

from tests.support.pictures import png_chunk, png_header
from tests.support.planted import Words

WORDS = Words("qzxjvk")
WORD = WORDS("somewhere")


@pytest.mark.parametrize(
    "data",
    [
        f"a {WORD} b".encode(),
        WORD.upper().encode(),
        f"/x-{WORD}-y/".encode(),
        WORD.encode("utf-16"),
        WORD.encode("utf-16-be"),
        "".join(f"%{ord(letter):02X}" for letter in WORD).encode(),
        "".join(f"&#{ord(letter)};" for letter in WORD).encode(),
        "".join(f"&#x{ord(letter):X};" for letter in WORD).encode(),
        "".join(f"\\u{ord(letter):04x}" for letter in WORD).encode(),
        WORD.encode().hex().encode(),
        *(base64.b64encode(b"some text"[:shift] + WORD.encode() + b" tail") for shift in range(3)),
        escape(f"<{WORD}>").encode(),
        gzip.compress(f"x {WORD}".encode(), mtime=0),
        gzip.compress(gzip.compress(WORD.encode(), mtime=0), mtime=0),
        png_header(1, 1) + png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(WORD.encode())),
        b"%PDF-1.7\n1 0 obj\nstream\n" + zlib.compress(WORD.encode()) + b"\nendstream",
    ],
)  # fmt: skip
def test_a_planted_word_is_found_in_every_form(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(data)
    assert WORDS.found_in(tmp_path) == {"somewhere": ["file"]}


def test_a_planted_word_is_found_in_the_name_of_a_file_or_folder(tmp_path: Path) -> None:
    (tmp_path / f"A {WORD.title()}").mkdir()
    assert WORDS.found_in(tmp_path) == {"somewhere": [f"A {WORD.title()}"]}


def test_other_words_are_not_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"qzxj vk somewhere" + base64.b64encode(b"qzxjv qzxjw"))
    assert WORDS.found_in(tmp_path) == {}
