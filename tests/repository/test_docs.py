"""The README and the handbook say what is true."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from click import Context
from click.testing import CliRunner

from notebinder.base import settings as declarations
from notebinder.base.problems import PROBLEM_KINDS
from notebinder.base.settings import Options
from notebinder.cli.main import COMMANDS, cli
from tests.support.projects import PROJECT

HANDBOOK = PROJECT / "notes/Handbook"
SETTINGS = HANDBOOK / "Settings.md"
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted(HANDBOOK.glob("*.md"))]

FENCED = re.compile(r"(?ms)^```sh\n(.*?)^```")


def test_the_table_of_settings_is_made_of_their_declarations(update_golden: bool) -> None:
    """`--update-golden` writes it."""
    rows = "".join(f"| `{name}` | {meaning} | `{DEFAULTS[name]}` |\n" for name, meaning in declared_options())
    text = SETTINGS.read_text("utf-8")
    table = re.search(r"(?s)(?<=\| setting \| meaning \| default \|\n\|---\|---\|---\|\n).*?(?=\n\n)", text)
    assert table
    if update_golden:
        SETTINGS.write_text(text.replace(table[0], rows.rstrip()), "utf-8", newline="\n")
    assert table[0] == rows.rstrip()


def declared_options() -> Iterator[tuple[str, str]]:
    """Each option and the text below its field, those of a project alone first."""
    tree = ast.parse(inspect.getsource(declarations))
    classes = {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}
    for option, text in pairwise([*classes["Options"], *classes["Choices"]]):
        if isinstance(option, ast.AnnAssign):
            assert isinstance(option.target, ast.Name)
            assert isinstance(text, ast.Expr)
            assert isinstance(text.value, ast.Constant)
            words = " ".join(str(text.value.value).removesuffix(".").split())
            yield option.target.id, words[0].lower() + words[1:]


_IN_ONE_LINE = 3
"""So many values of a default; more would take the width of what the setting means."""


def _default(value: object) -> str:
    """Write an option's default as `mkdocs.yml` has it."""
    shown = {"True": "true", "False": "false", "()": "[]", "": '""'}
    if value and isinstance(value, tuple):
        return ("`<br>`" if len(value) > _IN_ONE_LINE else ", ").join(value)
    return shown.get(str(value), str(value))


DEFAULTS = {field.name: _default(getattr(Options(), field.name)) for field in fields(Options)}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_stands_in_the_handbook(name: str) -> None:
    assert f"notebinder {name}" in (HANDBOOK / "Commands.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    """With its options; targets of make, too."""
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    text = page.read_text("utf-8")
    for target in re.findall(r"(?:`|^)make (\w+)", text, re.MULTILINE):
        assert re.search(rf"(?m)^{target}:", makefile), target
    for line in [*re.findall(r"`([^`\n]+)`", text), *FENCED.findall(text)]:
        for name, rest in re.findall(r"(?:^|\s|bin/)notebinder (\w+)([^#\n]*)", line):
            command = cli.get_command(Context(cli), name)
            assert command, name
            parts = [command, *getattr(command, "commands", {}).values()]
            known = {option for part in parts for parameter in part.params for option in parameter.opts}
            assert {*re.findall(r"--[a-z-]+", rest)} <= known, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_a_page_links_is_there(page: Path) -> None:
    prose = re.sub(r"`[^`\n]+`", "", page.read_text("utf-8"))
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", prose):
        assert (page.parent / unquote(target)).exists(), target


def test_all_that_came_from_others_has_its_notice() -> None:
    notices = (PROJECT / "THIRD-PARTY.md").read_text("utf-8")
    package = PROJECT / "scripts/notebinder"
    assets = package / "site/theme/material/assets/notebinder"
    found = list(package.rglob("LICENSE*"))
    licences = [file.relative_to(assets if file.is_relative_to(assets) else package) for file in found]
    assert len(licences) >= 8
    assert [file for file in licences if f"`{file.as_posix()}`" not in notices] == []
    assert {folder.name for folder in (assets / "vendor").iterdir() if folder.is_dir()} == {
        file.parent.name for file in licences if file.parts[0] == "vendor"
    }


def test_what_mermaid_bundles_has_its_notice() -> None:
    """Each name that its file still tells."""
    notices = (PROJECT / "THIRD-PARTY.md").read_text("utf-8").casefold()
    file = PROJECT / "scripts/notebinder/site/theme/material/assets/notebinder/vendor/mermaid/mermaid.min.js"
    told = [name for name in BUNDLED if name in file.read_text("utf-8").casefold()]
    assert len(told) > 4
    assert [name for name in told if name not in notices] == []


BUNDLED = (
    *("chevrotain", "cytoscape", "dagre", "dompurify", "elkjs", "fastdom", "katex", "langium", "lodash"),
    *("marked", "venn"),
)


CLAIMS = {
    "one long note becomes a page per topic": "journeys/test_vaults.py a_vault_becomes_these_pages",
    "words in screenshots are found": "browser/test_search_anywhere.py a_hit_in_a_picture_is_marked_in_it",
    "white screenshots turn dark": "browser/test_slides.py a_white_picture_is_dark_at_night",
    "an account that every word": "pages/test_ledger.py a_line_that_no_page_holds_is_named",
    "a build stops where a note shows": "public/credentials/test_masking.py it_is_found_in_every_place",
    "a private note leaves nothing": "hostile/test_secrets.py no_secret_is_anywhere_in_a_site",
    "previews of pull requests": "hosting/test_changes_page.py texts_stand_side_by_side",
}
"""What the README says that others do not do, and the test that shows it."""


def test_what_the_readme_claims_is_tested_and_what_others_do_has_a_source() -> None:
    text = (PROJECT / "README.md").read_text("utf-8")
    table = re.search(r"(?m)^\| \| notebinder \|.*\n\|[-|]+\n((?:\|.*\n)+)\nLooked up in \w+ 20\d\d\.", text)
    assert table
    *claims, costs = [row.strip("| ").split(" | ") for row in table[1].splitlines()]
    assert [row[0][: len(claim)] for row, claim in zip(claims, CLAIMS, strict=True)] == list(CLAIMS)
    for place in CLAIMS.values():
        file, name = place.split()
        assert f"def test_{name}" in (PROJECT / "tests" / file).read_text("utf-8")
    others = [cell for row in (*claims, costs) for cell in row[2:]]
    assert [cell for cell in others if cell != "–" and "](https://" not in cell] == []


def test_the_pictures_of_the_showcase_are_light_and_read() -> None:
    note = (PROJECT / "notes/A note becomes a site.md").read_text("utf-8")
    shown = {PROJECT / "assets/showcase" / name for name in re.findall(r"!\[\[(Pasted image \d+\.png)", note)}
    assert len(shown) >= 16
    assert shown == set((PROJECT / "assets/showcase").glob("*.png"))
    assert [picture.name for picture in shown if picture.stat().st_size > 150_000] == []
    lacking = (picture.with_name(f"{picture.name}{end}") for picture in shown for end in (".txt", ".places"))
    assert [file.name for file in lacking if not file.is_file()] == []


def test_the_readme_is_short() -> None:
    assert len((PROJECT / "README.md").read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("command", [[], ["check"], ["build"], ["site"]])
def test_exit_codes_stand_in_the_help(command: list[str]) -> None:
    said = CliRunner().invoke(cli, [*command, "--help"]).output
    assert re.findall(r"(?m)^ +(\d)  (\w+)", said) == [("0", "no"), ("1", "problems"), ("2", "could")]


CODES = {
    "error": """
        credential foreign-file lost-page lost-text too-large unreadable-file unreadable-plan
        """,
    "warning": """
        conflict-copy not-downloaded unread-publish-mark unread-setting blocked-by-policy
        ambiguous-link awkward-name embed-cycle embed-flood image-too-large invalid-address lfs-pointer
        lost-address missing-attachment missing-block missing-heading missing-note no-pagefind not-utf-8
        not-shown open-comment outside-link plan-without-note refused-scheme repeated-identifier repeated-part
        repeated-topic shared-address surplus-cell too-deep too-long unclear-publish unknown-entry
        unknown-part unreadable-formula unreadable-image unreadable-properties unreadable-transcript
        unsafe-svg untranscribed-image unused-footnote unused-pattern
        empty-submodule unreadable-navigation
        """,
    "info": """
        alias-link cleaned-svg empty-embed image-suffix missing-transcript no-cache outdated-transcript
        private-tag refused-frame removed-html same-picture unlisted-address
        unused-attachment shallow-history
        """,
}
"""Every code that a problem can have, by its level: settings and reports of authors name them."""


def test_the_codes_and_their_levels_are_these() -> None:
    told = {code: level for level, codes in CODES.items() for code in codes.split()}
    assert {code: kind.level.value for code, kind in PROBLEM_KINDS.items()} == told


def test_every_code_is_that_of_some_problem() -> None:
    rooms = (PROJECT / "scripts/notebinder").rglob("*.py")
    source = "".join(file.read_text("utf-8") for file in rooms if file.name != "problems.py")
    source += (PROJECT / "scripts/notebinder/images/problems.py").read_text("utf-8")
    assert [code for code in PROBLEM_KINDS if f'"{code}"' not in source] == []


@pytest.mark.parametrize("code", sorted(PROBLEM_KINDS))
def test_every_problem_is_explained_with_an_example(code: str) -> None:
    kind = PROBLEM_KINDS[code]
    assert f": {kind.level}[{code}] " in kind.example
    assert kind.meaning.endswith(".")
