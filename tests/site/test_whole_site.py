"""Any folder of notes becomes a whole site, and bad input becomes a page or a problem."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notebinder.cli.main import cli
from notebinder.hosting.preview.layout import LISTING
from notebinder.public.credentials.masking import CredentialsError
from notebinder.site.redirects import AddressList, LivePage, write_list
from notebinder.site.site_folder import SITE_MARK
from notebinder.site.whole_site import THEME, WholeSite, build_site
from tests.support.projects import WriteVault
from tests.support.serving import tree

pytestmark = pytest.mark.whole

BAD_VAULT: dict[str, str | bytes] = {
    "empty.md": "",
    "only outline.md": "1. A\n2. B\n",
    "only outline.plan.yml": "topics: [A, B]\n",
    "outline without plan.md": "1. A\n2. B\n",
    "gone.plan.yml": "topics: [A]\n",
    "same titles.md": "1. A\n2. A\n\ntext\n",
    "same titles.plan.yml": "topics: [A, A]\n",
    "emoji.md": "1. 🎉\n\ntext",
    "emoji.plan.yml": "topics: [🎉]\n",
    "🎉.md": "# 🎉\n",
    "latin 1.md": "Café naïve\n".encode("latin-1"),
    "no image.png": b"this is text",
    "uses it.md": "![[no image.png]]\n\n![[x.md]]\n",
    "x.md/inside.md": "in a folder named like a note",
    "broken properties.md": "---\ntitle: a: b\n---\nbody\n",
    "marks.md": "\0 \x02 1 \x03 zwölf\n",
    "yaml bomb.md": "---\na: &a [x, x]\nb: [*a, *a]\n---\nbody\n",
    "theme.md": "---\ntemplate: gone.html\nicon: trees\nhide: 3\n---\nbody\n",
}


URL = "https://x.example/sub/"
HOSTED_VAULT = {
    "Welcome.md": "# Welcome\n\n[[Deep]] #tag\n\n![[dot.svg]]\n",
    "Area/Deep.md": "---\npermalink: deep/down\nupdated: 2021-03-04\n---\nwords\n",
    "Quiet.md": "---\nunlisted: true\n---\nzanzibar\n",
    "dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',
    "addresses.yml": write_list(AddressList({"welcome/": LivePage("Welcome")}, {"hello/": "welcome/"})),
}


def site(vault: Path, tmp_path: Path, *arguments: str, **environment: str) -> Result:
    output, manifest = str(tmp_path / "site"), str(tmp_path / "manifest.json")
    command = ["site", str(vault), "--output", output, "--manifest", manifest, *arguments]
    return CliRunner(env=environment).invoke(cli, command, catch_exceptions=False)


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a vault and its site, which knows its name and address."""
    folder = tmp_path_factory.mktemp("hosted")
    for path, text in HOSTED_VAULT.items():
        (folder / "vault" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "vault" / path).write_text(text, "utf-8")
    cache = {"XDG_CACHE_HOME": str(folder / "cache")}
    result = site(folder / "vault", folder, "--url", URL.rstrip("/"), "--name", "My & notes", **cache)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def bad_site(write_vault: WriteVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return site(write_vault(BAD_VAULT), tmp_path)


def test_every_bad_note_gets_its_pages(bad_site: Result, tmp_path: Path) -> None:
    assert bad_site.exit_code == 0, bad_site.output
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert set(manifest) == {path for path in BAD_VAULT if path.endswith(".md")}
    assert len(manifest["same titles.md"]) == len(set(manifest["same titles.md"])) == 3
    for files in manifest.values():
        for file in files:
            assert "<article" in (tmp_path / "site" / file).read_text("utf-8")


def test_bad_input_is_told_with_its_place(bad_site: Result) -> None:
    told = {line.partition("]")[0] + "]" for line in bad_site.output.splitlines() if "[" in line}
    assert {
        "gone.plan.yml: warning[plan-without-note]",
        "latin 1.md:1: warning[not-utf-8]",
        "no image.png: warning[unreadable-image]",
        "broken properties.md:2: warning[unreadable-properties]",
        "same titles.plan.yml:1: warning[repeated-topic]",
    } <= told


def test_the_text_of_a_note_in_another_encoding_is_kept(bad_site: Result, tmp_path: Path) -> None:
    assert "Café naïve" in (tmp_path / "site/latin-1/index.html").read_text("utf-8")


def test_a_vault_is_left_as_it_was(write_vault: WriteVault, tmp_path: Path) -> None:
    vault = write_vault({"a.md": "# a", "b/c.md": "text"})
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    assert site(vault, tmp_path).exit_code == 0
    assert {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()} == before


def test_a_vault_without_a_home_note_gets_a_list_of_its_folders(
    write_vault: WriteVault, tmp_path: Path
) -> None:
    site(write_vault({"Part 10/b.md": "x", "Part 2/a.md": "x", "top.md": "x"}), tmp_path)
    home = (tmp_path / "site/index.html").read_text("utf-8")
    places = [home.index(f">{name}<") for name in ("Part 2", "Part 10")]
    assert places == sorted(places)
    assert 'href="part-2/a/"' in home


def test_an_unlisted_page_is_there_and_in_no_list(hosted: Path) -> None:
    site = hosted / "site"
    assert "zanzibar" in (site / "quiet/index.html").read_text("utf-8")
    for path in ("sitemap.xml", "index.html", "welcome/index.html"):
        assert "quiet" not in (site / path).read_text("utf-8").casefold()
    index = [file.read_text("utf-8") for file in (site / "search").rglob("*") if file.suffix == ".json"]
    assert index
    assert "zanzibar" not in "".join(index)


def test_an_empty_vault_becomes_a_site(write_vault: WriteVault, tmp_path: Path) -> None:
    result = site(write_vault({}), tmp_path, SITE_URL="https://y.example/")
    where, counted, account = result.output.splitlines()[-3:]
    assert where.startswith(f"The site is in {tmp_path}/site; to open it, run `python")
    assert where.endswith(f" -m http.server --directory {tmp_path}/site` and go to http://localhost:8000/.")
    assert (counted, account) == ("0 notes, 0 pages, no problems", "every word accounted for")
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://y.example/">' in home


def test_a_site_that_knows_its_address_has_all_that_a_host_needs(hosted: Path) -> None:
    def read(path: str) -> str:
        return (hosted / "site" / path).read_text("utf-8")

    page = read("welcome/index.html")
    assert f'<link rel="canonical" href="{URL}welcome/">' in page
    assert f"<loc>{URL}welcome/</loc>" in read("sitemap.xml")
    assert re.search(rf"<loc>{URL}deep/down/</loc>\s*<lastmod>2021-03-04</lastmod>", read("sitemap.xml"))
    assert "X-Content-Type-Options: nosniff" in read("_headers")
    card = re.search(rf'<meta property="og:image" content="{URL}(.*?)">', page)
    assert card
    assert (hosted / "site" / card[1]).read_bytes().startswith(b"\xff\xd8")
    assert 'href="../welcome/"' in read("hello/index.html")
    assert '<meta property="og:site_name" content="My &amp; notes">' in page
    assert "<h1>My &amp; notes</h1>" in re.sub(r"<h1[^>]*>([^<]*).*", r"<h1>\1</h1>", read("index.html"))


def test_browsers_are_told_to_keep_the_files_whose_names_change_with_them(hosted: Path) -> None:
    """And of no others: the rules are written once the theme's files are joined."""
    rules = (hosted / "site/_headers").read_text("utf-8").split("\n/")
    kept = [rule.partition("\n")[0] for rule in rules if "immutable" in rule]
    files = {path for rule in kept for path in (hosted / "site").glob(rule)}
    assert all(any((hosted / "site").glob(rule)) for rule in kept)
    assert {*(hosted / "site/assets/notebinder").glob("theme.*"), *(hosted / "site/media").iterdir()} <= files


def test_the_page_for_missing_addresses_works_below_a_path(hosted: Path) -> None:
    page = (hosted / "site/404.html").read_text("utf-8")
    addresses = set(re.findall(r'(?:href|src)="?([^"\s>]+)', page))
    leading = {address for address in addresses if not address.startswith(("#", "?", "https://"))}
    assert "/sub/" in {address.removesuffix(".") for address in leading}
    assert len(leading) > 5
    for address in leading:
        path = address.removeprefix("/sub/").partition("?")[0]
        assert address.startswith("/sub/")
        assert (hosted / "site" / path).exists(), address


def test_a_site_is_published_as_it_was_written(hosted: Path, tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(tmp_path), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    git("init", "-q", "--bare", "remote.git")
    git("clone", "-q", "remote.git", "clone")
    deploy = ["preview", "--clone", str(tmp_path / "clone"), "deploy", str(hosted / "site")]
    for arguments in (["--live"], ["--pull-request", "3"]):
        result = CliRunner().invoke(cli, [*deploy, *arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
    there = git("--git-dir", "remote.git", "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    built = {path for path in tree(hosted / "site") if path != SITE_MARK}
    assert {*built, ".nojekyll", LISTING} == {path for path in there if not path.startswith("pr-preview/")}
    assert {f"pr-preview/pr-3/{path}" for path in built} <= set(there)


def test_a_vault_and_a_project_become_a_site_in_one_way(hosted: Path, tmp_path: Path) -> None:
    """Whoever sets a project up gets what `notebinder site` has made, byte for byte."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "addresses.yml").write_text(HOSTED_VAULT["addresses.yml"], "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        f"""\
INHERIT: {THEME / "mkdocs.yml"}
site_name: My & notes
site_url: {URL}
theme: {{custom_dir: {THEME / "material"}}}
plugins:
  search: {{}}
  awesome-nav: {{}}
  notebinder: {{vault: {hosted / "vault"}, home: My & notes}}
"""
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ours, theirs = tree(tmp_path / "site"), tree(hosted / "site")
    assert set(theirs) - set(ours) == {SITE_MARK}
    assert {path: data for path, data in theirs.items() if path != SITE_MARK} == ours


@pytest.mark.parametrize("address", ["x.example/sub", "ftp://x.example/", "https://", "https://x.example/?a"])
def test_what_is_no_address_of_a_site_is_refused_before_anything_is_built(
    write_vault: WriteVault, tmp_path: Path, address: str
) -> None:
    result = site(write_vault({"a.md": "a"}), tmp_path, "--url", address)
    assert result.exit_code == 2
    assert "such as https://notes.example.org/" in result.output
    assert not (tmp_path / "site").exists()


def test_a_file_that_only_has_the_name_of_the_list_of_addresses_is_the_authors(
    write_vault: WriteVault, tmp_path: Path
) -> None:
    vault = write_vault({"a.md": "a", "addresses.yml": "- Anna: Elm Street\n"})
    assert build_site(WholeSite(vault, tmp_path / "site")).problems == ()


def test_a_problem_is_told_once_and_by_the_command(
    write_vault: WriteVault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    result = site(write_vault({"a.md": "[[gone]]"}), tmp_path)
    assert result.stdout.count("missing-note") == 1
    assert "missing-note" not in result.stderr + caplog.text


def test_a_build_that_is_stopped_leaves_no_folder_behind(tmp_path: Path) -> None:
    """A folder that was there before stays."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault/a.md").write_text("AKIA" + "IOSFODNN7EXAMPLQ")
    (tmp_path / "old").mkdir()
    for name in ("new", "old"):
        with pytest.raises(CredentialsError):
            build_site(WholeSite(tmp_path / "vault", tmp_path / name))
    assert [(tmp_path / name).exists() for name in ("new", "old")] == [False, True]
