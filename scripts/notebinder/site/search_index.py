"""What the browser loads to search a site: all entries, or of a large site pieces of Pagefind's index.

Pagefind keeps one index for all languages, and reads words at spaces only. So a run of a script that writes
none between words becomes overlapping pairs of letters: the word that is searched becomes the same pairs.
Accents and vowel signs are taken off: Pagefind keeps a word without them and each form that it has, and its
pieces grow to the sixfold where most words have some. What a reader sees is put back by the theme's scripts
(`search-pieces.js`), from the pairs and from the list of words that ends each page.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from notebinder.base.files import write_atomically
from notebinder.base.problems import Problem, SourceLocation
from notebinder.site.misread import mended
from notebinder.site.search_names import LIGATURES, places_of, write_names

FOLDER = "search/pagefind"
"""Where Pagefind's index stands on the site."""

UNSPACED = (
    r"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
)
"""Letters of scripts without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
MARKS = (
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060"
    r"\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d3\u17dd\u3099\u309a"
)
"""Signs of these scripts that belong to the letter before."""
JOINED = "`|"
"""Ends a word that no space follows in the text; Pagefind does not index punctuation."""

_LETTER = re.compile(f"[{UNSPACED}][{MARKS}]*")
_CHUNK = re.compile(rf"\S*[{UNSPACED}]\S*")
_PIECE = re.compile(f"(?P<run>(?:[{UNSPACED}][{MARKS}]*)+)|[^{UNSPACED}]+")
_BETWEEN = "\u2063"
"""Stands between the words of the list: no blank, and in nobody's text."""
_IN_ADDRESS = str.maketrans({"&": "%26", '"': "%22"})
_IN_IDENTIFIER = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '%&"<>'})
_SHIPPED = (
    *("pagefind.js", "wasm.en.pagefind", "*.pf_meta", "index/*", "fragment/*"),
    *("names/*", "places/*", "words.txt"),
)
"""What a reader's browser may ask for; Pagefind writes an interface of its own, too."""
_TABLE = "pagefind-entry.json"
"""Names the pieces, so it is written last."""


_NAMES, _TITLES = 10, {"h1": 10, "h2": 6}
"""How much more a word counts in names and titles than in a text."""
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of the entries."""

    shown: Mapping[str, Any]
    """What the browser loads first: all entries, or that Pagefind has them; and what they stand below."""
    problems: tuple[Problem, ...] = ()
    seconds: float = 0
    """How long Pagefind took; 0 where it was not needed."""


def index_site(
    entries: Sequence[Entry],
    site: Path,
    *,
    above: int,
    executable: Callable[[], Path | None] | None = None,
) -> Indexed:
    """Index the entries; Pagefind takes them if they are more than `above` kilobytes."""
    entries = mended(entries)
    places = {kind: [*pages] for kind, pages in places_of(entries).items()}
    kilobytes = len(json.dumps(entries, ensure_ascii=False).encode()) / 1000
    if kilobytes <= above:
        return Indexed({"docs": entries, **places})
    began = time.perf_counter()
    try:
        names = _index(pages_of(entries), site / FOLDER, (executable or _executable)())
    except (OSError, subprocess.CalledProcessError) as error:
        return Indexed({"docs": entries, **places}, (_problem(error, kilobytes),))
    return Indexed({"pagefind": names, **places}, seconds=time.perf_counter() - began)


def pages_of(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Gather the sections of each page, in the order of the pages."""
    pages: dict[str, list[Entry]] = {}
    for entry in entries:
        pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
    return pages


def page_html(sections: Sequence[Entry]) -> str:
    """Write a page for Pagefind, each section under a heading whose identifier is its address."""
    parts: list[str] = []
    words: list[str] = []
    for section in sections:
        title = indexed_words(section["title"])
        tags = map("#{}".format, section.get("tags", ()))
        names = indexed_words("\n".join([*section.get("aliases", ()), *tags]))
        text = indexed_words("\n".join([section["text"], *section.get("files", ())]))
        parts.append(_section_html(section, title, names, text))
        words += [*title, *names, *text]
    pictures = [entry for entry in sections if "image" in entry]
    images = (f"{picture['location'].partition('#')[2]} {picture['image']}" for picture in pictures)
    parts.append(_meta("images", _BETWEEN.join(images)))
    parts.append(f'<i id="words:{_listed(words).translate(_IN_IDENTIFIER)}"></i>\n')
    return f'<!doctype html>\n<html lang="en"><body>\n{"".join(parts)}</body></html>\n'


def indexed_words(text: str) -> list[str]:
    """Take the words of a text as `spaced_out` writes them."""
    return unicodedata.normalize("NFC", spaced_out(text.replace("\u200b", ""))).split()


def spaced_out(text: str) -> str:
    """Put spaces into scripts that have none: pairs of letters, the last one alone.

    >>> spaced_out("a 数据库。b c")
    'a 数据`| 据库`| 库`| 。b c'
    """
    return _CHUNK.sub(_spread_chunk, text.replace(JOINED, JOINED[0]))


def _spread_chunk(chunk: re.Match[str]) -> str:
    words: list[str] = []
    for piece in _PIECE.finditer(chunk[0]):
        letters = _LETTER.findall(piece["run"] or "")
        words += [*map("".join, pairwise(letters)), letters[-1]] if letters else [piece[0]]
    return f"{JOINED} ".join(words)


@lru_cache(maxsize=1 << 16)
def _bare(word: str) -> str:
    """Take off accents and vowel signs, as Pagefind does with a query, and take ligatures apart."""
    if word.isascii():
        return word
    signs = unicodedata.normalize("NFD", word.translate(LIGATURES))
    return "".join(sign for sign in signs if not unicodedata.category(sign).startswith("M"))


def _listed(words: Iterable[str]) -> str:
    """List what cannot be told from the bare words, each with its distance from the one before if not 1."""
    entries, before = [], 0
    for at, word in enumerate(map(_own_part, words)):
        if _is_changed(word):
            entries.append(f"{'' if at - before == 1 else at - before}={word}")
            before = at
    return _BETWEEN.join(entries)


def _own_part(word: str) -> str:
    """Return what the next word does not show as well: of a pair of letters the first."""
    text = word.removesuffix(JOINED)
    letters = _LETTER.findall(text) if text != word else []
    return letters[0] if len(letters) > 1 else text


def _is_changed(word: str) -> bool:
    """Whether the theme's scripts, which only join the signs of a bare word, would show another one."""
    return not word.isascii() and unicodedata.normalize("NFC", _bare(word)) != word


def _section_html(section: Entry, title: Sequence[str], names: Sequence[str], text: Iterable[str]) -> str:
    address = (section["location"] or "./").translate(_IN_ADDRESS)
    level = "h2" if "#" in address else "h1"
    weight = f' data-pagefind-weight="{section["boost"]}"' if "boost" in section else ""
    names_html = f'<p data-pagefind-weight="{_NAMES}">{_bare_html(names)}</p>' if names else ""
    about = _about(section, len(names)) if level == "h1" else ""
    opening = f'<{level} id="{address}" data-pagefind-weight="{_TITLES[level]}">'
    return (
        f"<div{weight}>{opening}{_bare_html(title)}</{level}>\n"
        f"{names_html}<div>{_bare_html(text)}</div>{about}</div>\n"
    )


def _about(page: Entry, names: int) -> str:
    """What is shown of a page as it is written."""
    lists = {"written": [page["title"]], **{key: page.get(key, ()) for key in ("aliases", "tags", "path")}}
    values = {key: _BETWEEN.join(texts) for key, texts in lists.items()}
    counts = {"names": names, "boost": page.get("boost", 0)}
    return "".join(_meta(key, value) for key, value in {**values, **counts}.items())


def _meta(name: str, value: object) -> str:
    return f'<i data-pagefind-meta="{html.escape(f"{name}:{value}")}"></i>' if value else ""


def _bare_html(words: Iterable[str]) -> str:
    return html.escape(" ".join(map(_bare, words)), quote=False)


def _executable() -> Path | None:
    """Find Pagefind's program; its wheels are made for the common machines only."""
    from pagefind.service import get_executable

    return get_executable()


def _index(pages: Mapping[str, Sequence[Entry]], folder: Path, program: Path | None) -> list[str]:
    """Return the keys with which the pieces of names begin."""
    if program is None:
        raise FileNotFoundError("its program is not installed")
    with tempfile.TemporaryDirectory(prefix="notebinder-search-") as name:
        source, made = Path(name) / "pages", Path(name) / "made"
        source.mkdir()
        for number, sections in enumerate(pages.values()):
            (source / f"{number:06}.html").write_text(page_html(sections), "utf-8")
        _run(program, source, made)
        names = write_names(pages, made)
        _move(made, folder)
    return names


def _run(program: Path, source: Path, made: Path) -> None:
    """Run Pagefind where it finds no settings of its own, and tell what it said where it fails."""
    places = ["--site", str(source), "--output-path", str(made)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    done = subprocess.run(  # noqa: S603  # the program of the package, on files written here
        [str(program), *places, "--force-language", "en", "--silent"],
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not (made / _TABLE).is_file():
        raise subprocess.CalledProcessError(done.returncode, "pagefind", done.stdout, done.stderr)


def _move(made: Path, folder: Path) -> None:
    """Put the pieces beside those of an index that a reader may have open, then switch to them."""
    for pattern in _SHIPPED:
        for piece in sorted(made.glob(pattern)):
            target = folder / piece.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(piece, target)
    write_atomically(folder / _TABLE, (made / _TABLE).read_bytes())


def _problem(error: OSError | subprocess.CalledProcessError, kilobytes: float) -> Problem:
    said = error.stderr or error.stdout if isinstance(error, subprocess.CalledProcessError) else ""
    lines = (said or str(error)).strip().splitlines() or [str(error)]
    return Problem(
        SourceLocation("mkdocs.yml"),
        "no-pagefind",
        f"Pagefind could not index {kilobytes:,.0f} kB of text: {lines[-1]}",
        "readers load one large index instead; install Pagefind's program, or raise pagefind_above",
    )
