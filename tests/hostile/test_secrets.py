"""No trace of what is private is anywhere in what is published, and all that is public is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from notebinder.base.settings import Options, resolve_settings
from notebinder.build.output import RECORD
from notebinder.build.pipeline import build
from notebinder.cli.main import cli
from notebinder.site.whole_site import THEME, WholeSite, build_site
from tests.support.planted import Words
from tests.support.secret_vault import PATTERNS, rules, secret_vault


@pytest.fixture(scope="module")
def words() -> tuple[Words, Words]:
    """The secrets, and the words that are public."""
    return Words("qzxjvk"), Words("pwqjxz")


@pytest.fixture(scope="module")
def vault(words: tuple[Words, Words], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vault, in a folder whose own name is nobody's business."""
    secrets, public = words
    folder = tmp_path_factory.mktemp("planted") / secrets("folder above the vault") / "Vault"
    _write(folder, secret_vault(secrets, public))
    return folder


def _write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


def _run(*arguments: str | Path) -> str:
    options = [argument for pattern in PATTERNS[:2] for argument in ("--private", pattern)]
    result = CliRunner().invoke(cli, [*map(str, arguments), *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def _found(words: tuple[Words, Words], folder: Path) -> tuple[dict[str, list[str]], set[str]]:
    """Return the secrets that are in a folder, and the public words that are not."""
    secrets, public = words
    return secrets.found_in(folder), public.by_place.keys() - public.found_in(folder).keys()


def test_more_than_a_hundred_secrets_are_planted(words: tuple[Words, Words], vault: Path) -> None:
    planted = words[0].found_in(vault.parent.parent)
    assert words[0].by_place.keys() - planted.keys() == set()
    assert len(planted) > 100


def test_no_secret_is_anywhere_in_a_site(words: tuple[Words, Words], vault: Path, tmp_path: Path) -> None:
    """The same search finds every public word, so it would find a secret, too."""
    _run("site", vault, "--output", tmp_path / "site", "--manifest", tmp_path / "site" / "manifest.json")
    assert _found(words, tmp_path / "site") == ({}, set())


def test_no_secret_is_anywhere_in_what_pagefind_indexes(
    words: tuple[Words, Words], vault: Path, tmp_path: Path
) -> None:
    """Pagefind packs its index; the public words are found in it."""
    build_site(WholeSite(vault, tmp_path / "site", Options(private=PATTERNS[:2], pagefind_above=0)))
    assert _found(words, tmp_path / "site") == ({}, set())
    packed = words[1].found_in(tmp_path / "site/search/pagefind").get("text of a public note", [])
    assert {file.partition("/")[0] for file in packed} == {"fragment", "index", "words.txt"}


def test_no_secret_is_anywhere_in_an_export_and_its_report(
    words: tuple[Words, Words], vault: Path, tmp_path: Path
) -> None:
    """The report tells of problems, and what a pull request's comment says is made from it."""
    target = tmp_path / "docs"
    _run("export", target, "--vault", vault)
    (target / RECORD).unlink()
    assert _found(words, target) == ({}, set())


def test_no_secret_is_anywhere_in_a_project(
    words: tuple[Words, Words], vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plugin, hand-written pages, addresses of pages that became private, and social cards."""
    monkeypatch.chdir(tmp_path)
    _write(tmp_path, _project(words[0], vault))
    build_with_mkdocs(load_config(str(tmp_path / "mkdocs.yml")))
    _write(tmp_path / "site", {"report.json": _report(tmp_path)})
    assert _found(words, tmp_path / "site") == ({}, set())


def _report(project: Path) -> bytes:
    command = ["build", "--config", str(project / "mkdocs.yml"), "--report", str(project / "report.json")]
    assert CliRunner().invoke(cli, command, catch_exceptions=False).exit_code == 0
    return (project / "report.json").read_bytes()


def _project(s: Words, vault: Path) -> Mapping[str, str]:
    path, _, _ = rules(s)["draft: true"]
    name = path.removesuffix(".md")
    config = {
        "INHERIT": str(THEME / "mkdocs.yml"),
        "site_name": "Notes",
        "site_url": "https://notes.example.org/",
        "theme": {"custom_dir": str(THEME / "material")},
        "plugins": {
            "search": {},
            "awesome-nav": {},
            "roamlinks": {},
            "notebinder": {"vault": str(vault), "pages": "topics", "private": list(PATTERNS)},
        },
    }
    pages = {
        f"/topics/{name}/": {"title": name, "note": path},
        "/topics/open/": {"title": "Open", "note": "Open.md"},
    }
    redirects = {f"/topics/old-{name}/": f"/topics/{name}/"}
    return {
        "mkdocs.yml": yaml.safe_dump(config),
        "addresses.yml": yaml.safe_dump({"pages": pages, "redirects": redirects}),
        "docs/index.md": f"---\ndescription: [[{name}]]\n---\n# H\n\n[[{name}]] [[Open]] [x]({name}.md)\n",
    }


def test_only_marked_notes_are_in_a_site_where_the_author_says_so(tmp_path: Path) -> None:
    secrets, public = Words("qzxjvk"), Words("pwqjxz")
    _write(tmp_path / "v", {
        f"{secrets('name')}.md": secrets("text"),
        "B.md": f"---\npublish: true\n---\n{public('text')} [[{secrets('name')}]]",
    })  # fmt: skip
    _run("site", tmp_path / "v", "--output", tmp_path / "site", "--only-marked")
    assert _found((secrets, public), tmp_path / "site") == ({}, set())


def test_what_became_private_leaves_nothing_of_the_build_before(tmp_path: Path) -> None:
    secrets, public = Words("qzxjvk"), Words("pwqjxz")
    name, attachment = secrets("name"), secrets("name of a file")
    files = {"A.md": f"{public('text')} [[{name}]]", f"{attachment}.pdf": secrets("text of a file")}
    for head in ("", "---\npublish: false\n---\n"):
        _write(tmp_path / "v", {**files, f"{name}.md": f"{head}{secrets('text')} ![[{attachment}.pdf]]"})
        _run("site", tmp_path / "v", "--output", tmp_path / "out/site")
        _run("export", tmp_path / "out/docs", "--vault", tmp_path / "v")
        there = secrets.found_in(tmp_path / "out")
        assert there.keys() == (set() if head else secrets.by_place.keys())


@pytest.mark.parametrize("record", [None, "{}"])
def test_what_became_private_is_not_left_where_the_record_of_what_was_written_is_lost(
    record: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build stops, and where what it names is removed, nothing is left."""
    monkeypatch.chdir(tmp_path)
    secrets = Words("qzxjvk")
    _write(
        tmp_path, {**_project(Words("unused"), tmp_path / "v"), "addresses.yml": "", "docs/index.md": "mine"}
    )
    _write(tmp_path / "v", {f"{secrets('name')}.md": f"{secrets('text')} #{secrets('tag')}", "B.md": "[[A]]"})
    build_with_mkdocs(load_config("mkdocs.yml"))
    assert secrets.by_place.keys() == secrets.found_in(tmp_path / "site").keys()
    _write(tmp_path / "v", {f"{secrets('name')}.md": "---\npublish: false\n---\n"})
    file = tmp_path / "docs/topics" / RECORD
    file.unlink() if record is None else file.write_text(record)
    with pytest.raises(Abort):
        build_with_mkdocs(load_config("mkdocs.yml"))
    shutil.rmtree(tmp_path / "docs/topics")
    build_with_mkdocs(load_config("mkdocs.yml"))
    assert secrets.found_in(tmp_path / "site") == {}


def test_the_list_of_what_is_public_is_what_the_site_has(
    words: tuple[Words, Words], vault: Path, tmp_path: Path
) -> None:
    """Each public note has its pages, each public attachment is used, and nothing else is."""
    listed = json.loads(_run("check", vault, "--published", "--format", "json"))
    settings = resolve_settings(
        Options(vault=str(vault), private=PATTERNS[:2]),
        root=vault,
        docs=tmp_path / "docs",
        cache=tmp_path / "cache",
    )
    built = build(settings)
    public = {each["path"] for each in listed if each["public"]}
    assert public == {layout.note.path for layout in built.layouts} | built.attachments
    private = {each["path"] for each in listed if not each["public"] and each["rule"] != "hidden"}
    there = {path.relative_to(vault).as_posix() for path in vault.rglob("*") if path.is_file()}
    shown = {path for path in there if not any(part.startswith(".") for part in path.split("/"))}
    assert private == {path for path in shown - public if not path.endswith((".txt", ".plan.yml"))}
