"""Rules of what the search of a site knows."""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pagefind.service
import pytest
import yaml

from notebinder.site.search_index import (
    FOLDER,
    MARKS,
    UNSPACED,
    Indexed,
    index_site,
    indexed_words,
    page_html,
    spaced_out,
)
from notebinder.site.whole_site import THEME
from tests.support import commands

ENTRIES: list[dict[str, Any]] = [
    {
        "location": "a/",
        "title": "Bread",
        "text": "About it.",
        "tags": ["food", "q<a"],
        "path": ["Kitchen", "Oven"],
    },
    {"location": "a/#b", "title": "Le vain", "text": "x 数据库 <y>", "boost": 2},
    {"location": "a/#figure-c", "title": "Crust", "text": "", "image": "media/c.webp", "files": ["c.png"]},
    {"location": "", "title": "Home", "text": ""},
]
PLACES = {"within": ["Kitchen", "Kitchen / Oven"], "tags": ["food", "q<a"]}


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*.*"))}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plain words", "plain words"),
        ("数据库", "数据`| 据库`| 库"),
        ("用MySQL写。 x", "用`| MySQL`| 写`| 。 x"),
        ("がく", "がく`| く"),
        ("ก่อนอบ", "ก่อ`| อน`| นอ`| อบ`| บ"),
        ("`|", "`"),
    ],
)
def test_scripts_without_spaces_become_pairs_of_letters(text: str, words: str) -> None:
    assert spaced_out(text) == words


def test_a_page_is_written_with_the_addresses_of_its_sections() -> None:
    """Names count more; what is shown as it is written, and what a search is narrowed to, stand apart."""
    assert page_html(ENTRIES[:3]) == (
        '<!doctype html>\n<html lang="en"><body>\n'
        '<div><h1 id="a/" data-pagefind-weight="10">Bread</h1>\n'
        '<p data-pagefind-weight="10">#food #q&lt;a</p><div>About it.</div>'
        '<i data-pagefind-meta="written:Bread"></i><i data-pagefind-meta="tags:food\u2063q&lt;a"></i>'
        '<i data-pagefind-meta="path:Kitchen\u2063Oven"></i><i data-pagefind-meta="names:2"></i>'
        "</div>\n"
        '<div data-pagefind-weight="2"><h2 id="a/#b" data-pagefind-weight="6">Le vain</h2>\n'
        "<div>x 数据`| 据库`| 库 &lt;y&gt;</div></div>\n"
        '<div><h2 id="a/#figure-c" data-pagefind-weight="6">Crust</h2>\n<div>c.png</div></div>\n'
        '<i data-pagefind-meta="images:figure-c media/c.webp"></i><i id="words:"></i>\n'
        "</body></html>\n"
    )


def test_accents_are_taken_off_and_listed() -> None:
    """Korean letters are put together again without a list."""
    entry = {"location": 'é&"/', "title": "Café", "text": "100% é&è\n한글 ça"}
    assert page_html([entry]) == (
        '<!doctype html>\n<html lang="en"><body>\n'
        '<div><h1 id="é%26%22/" data-pagefind-weight="10">Cafe</h1>\n'
        f"<div>100% e&amp;e {normalize('NFD', '한글')} ca</div>"
        '<i data-pagefind-meta="written:Café"></i></div>\n'
        '<i id="words:0=Café\u20632=é%26è\u20632=ça"></i>\n'
        "</body></html>\n"
    )


def test_of_a_pair_the_first_letter_is_listed() -> None:
    """The next word has the other one; a distance of 1 is not told."""
    page = page_html([{"location": "a/", "title": "", "text": "ที่นี่ a น้ำ"}])
    assert "<div>ทน`| น a นำ`| ำ</div>" in page
    assert '<i id="words:0=ที่\u2063=นี่\u20632=น้"></i>' in page


def test_pagefind_counts_words_as_the_list_does(tmp_path: Path) -> None:
    """Or accents would be put back on other words."""
    text = "a\u00a0b c\u3000d\u200be\nf.\ngh\n ___x _ - 数据 ก่อน é"
    entry = {"location": "", "title": "T t", "text": text, "aliases": ["u v.", "w"], "files": ["x y.png"]}
    index_site([entry], tmp_path, above=0)
    (fragment,) = (tmp_path / FOLDER).glob("fragment/*")
    content = json.loads(gzip.decompress(fragment.read_bytes()).removeprefix(b"pagefind_dcd"))["content"]
    assert len(content.split(" ")) == len(indexed_words(f"T t u v. w {text} x y.png"))


def test_the_scripts_of_the_theme_read_the_same_letters() -> None:
    script = (THEME / "material/assets/notebinder/search-words.js").read_text("utf-8")
    script = script.replace('" +\n  "', "").replace("\\\\u", "\\u")
    assert f'"{UNSPACED}"' in script
    assert f'"{MARKS}"' in script


def test_the_browser_loads_a_small_site_whole(tmp_path: Path) -> None:
    assert index_site(ENTRIES, tmp_path, above=1) == Indexed({"docs": ENTRIES, **PLACES})
    assert files_of(tmp_path) == {}


def test_the_bytes_of_the_text_choose_the_engine(tmp_path: Path) -> None:
    """Many short pages are loaded whole, few long ones are not."""
    short = [{"location": f"{number}/", "title": f"Page {number}", "text": "Short."} for number in range(200)]
    long = [
        {"location": f"{number}/", "title": f"Page {number}", "text": "Long. " * 3000} for number in range(2)
    ]
    assert "docs" in index_site(short, tmp_path, above=20).shown
    assert "pagefind" in index_site(long, tmp_path, above=20).shown


def test_of_very_many_folders_a_search_is_narrowed_to_the_first_ones_only(tmp_path: Path) -> None:
    def entries(folders: int) -> list[dict[str, Any]]:
        paths = [["Top", f"Folder {number}"] for number in range(folders)]
        return [{"location": f"{path[1]}/", "title": "A", "text": "", "path": path} for path in paths]

    assert len(index_site(entries(70), tmp_path, above=100).shown["within"]) == 71
    assert index_site(entries(90), tmp_path, above=100).shown["within"] == ["Top"]


def test_pagefind_takes_a_larger_one_and_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        indexed = index_site(ENTRIES, tmp_path / name, above=0)
        assert (indexed.shown, indexed.problems) == ({"pagefind": ["bread"], **PLACES}, ())
    files = files_of(tmp_path / "one")
    assert files == files_of(tmp_path / "two")
    assert json.loads(files[f"{FOLDER}/pagefind-entry.json"])["languages"]["en"]["page_count"] == 2
    assert sorted({Path(file).suffix for file in files}) == [
        *(".js", ".json", ".pagefind", ".pf_fragment", ".pf_index", ".pf_meta", ".txt")
    ]


def test_pieces_that_a_reader_may_ask_for_outlive_the_next_index(tmp_path: Path) -> None:
    index_site(ENTRIES, tmp_path, above=0)
    before = set(files_of(tmp_path))
    index_site([{**ENTRIES[0], "text": "Another."}], tmp_path, above=0)
    assert before - set(files_of(tmp_path)) == set()


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (None, "its program is not installed"),
        (Path("/not/there"), "[Errno 2] No such file or directory: '/not/there'"),
        (Path(sys.executable), "Try `python -h' for more information."),
    ],
)
def test_without_pagefind_the_browser_loads_all_and_the_author_is_told(
    tmp_path: Path, program: Path | None, said: str
) -> None:
    indexed = index_site(ENTRIES, tmp_path, above=0, executable=lambda: program)
    assert indexed.shown["docs"] == ENTRIES
    assert [str(problem) for problem in indexed.problems] == [
        f"mkdocs.yml: warning[no-pagefind] Pagefind could not index 0 kB of text: {said}; "
        "readers load one large index instead; install Pagefind's program, or raise pagefind_above"
    ]
    assert files_of(tmp_path) == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_on_a_full_disk_the_browser_loads_all_until_there_is_room(tmp_path: Path) -> None:
    """The system refuses Pagefind itself to write more than a block into one file."""
    limited = tmp_path / "limited"
    limited.write_text(f'#!/bin/sh\nulimit -f 1\nexec "{pagefind.service.get_executable()}" "$@"\n')
    limited.chmod(0o755)
    indexed = index_site(ENTRIES, tmp_path / "site", above=0, executable=lambda: limited)
    assert indexed.shown["docs"] == ENTRIES
    assert [problem.code for problem in indexed.problems] == ["no-pagefind"]
    assert files_of(tmp_path / "site") == {}
    for name in ("site", "clean"):
        assert index_site(ENTRIES, tmp_path / name, above=0).shown["pagefind"]
    assert files_of(tmp_path / "site") == files_of(tmp_path / "clean")


def test_a_build_has_the_browser_load_nothing_that_pagefind_has(tmp_path: Path) -> None:
    """By the setting of the project."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/Bread.md").write_text("## Levain\n\nFeed it.\n", "utf-8")
    configuration = {
        "INHERIT": str(THEME / "mkdocs.yml"),
        "site_name": "Bread",
        "theme": {"custom_dir": str(THEME / "material")},
        "plugins": {"search": {}, "notebinder": {"vault": "notes", "pagefind_above": 0}},
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(configuration), "utf-8")
    done = commands.run("mkdocs", "build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Pagefind indexed the site in " in done.stderr
    shown = json.loads((tmp_path / "site/search/search_index.json").read_text("utf-8"))
    assert shown == {"pagefind": ["bread"], "within": [], "tags": []}
    assert (tmp_path / "site" / FOLDER / "pagefind-entry.json").is_file()
