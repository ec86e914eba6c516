"""Problems are told to people, programs and GitHub."""

from __future__ import annotations

import json
import os
import pty
from dataclasses import replace as replace_fields
from pathlib import Path
from subprocess import CompletedProcess

import click
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from notebinder.base.explaining import UnknownCodeError, explain
from notebinder.base.problems import PROBLEM_KINDS, Level, Problem, SourceLocation, graded
from notebinder.build.checking import as_excerpt, as_github, as_line, problems_as_text
from notebinder.build.pipeline import inspect
from notebinder.build.unused import unused_attachments
from notebinder.cli.main import cli
from tests.support import commands
from tests.support.projects import WriteVault, settings_for

FILES = {"a.md": "# a\n\n[[gone]]\n", "unused.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
WITHOUT_COLOUR = {
    name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")
}


def check(vault: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", str(vault), *arguments], catch_exceptions=False)


def run(*arguments: str, cwd: Path, environment: dict[str, str] | None = None) -> CompletedProcess[str]:
    env = {**WITHOUT_COLOUR, "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"], **(environment or {})}
    return commands.run("notebinder", *arguments, cwd=cwd, env=env)


def project_of(write_vault: WriteVault, options: str) -> Path:
    """A project whose vault is a folder in it."""
    vault = write_vault(FILES)
    config = f"site_name: T\nplugins:\n  - notebinder:\n      vault: {vault.name}\n{options}"
    (vault.parent / "mkdocs.yml").write_text(config)
    (vault.parent / "docs").mkdir()
    return vault.parent


def problem(path: str, line: int, code: str = "missing-note") -> Problem:
    return Problem(SourceLocation(path, line), code, f"[[{line}]] matches no note")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """It may not lie in a project."""
    folder = tmp_path.with_name(f"{tmp_path.name}-cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


def test_problems_are_told_like_a_good_compiler_tells_them(write_vault: WriteVault) -> None:
    assert check(write_vault(FILES)).output.splitlines() == [
        "a.md:3: warning[missing-note] [[gone]] matches no note",
        "unused.svg: info[unused-attachment] no note uses it; embed it, or delete it",
        "1 note, 1 page, 1 warning, 1 info",
        "every word accounted for",
    ]


def test_a_file_that_has_a_page_is_used(write_vault: WriteVault) -> None:
    canvas = '{"nodes": [{"id": "1", "type": "text", "text": "a", "x": 0, "y": 0, "width": 9, "height": 9}]}'
    files = {"a.md": "a\n", "b.base": "views:\n  - type: table\n    name: V\n", "c.canvas": canvas}
    assert "unused" not in check(write_vault(files)).output


def test_the_account_counts_parts_embeds_and_words(write_vault: WriteVault) -> None:
    note = "1. Flour\n\n# Rye\n\nrye is dark %% check %%\n\n![[gone.png]]\n"
    plan = "topics:\n- title: Flour\n  parts: [Rye]\n"
    said = check(write_vault({"Bread.md": note, "Bread.plan.yml": plan})).output
    assert said.splitlines()[-1] == "2 of 2 parts placed, 0 of 1 embed shown, every word accounted for"


def test_many_problems_of_a_kind_in_one_file_are_one_line_of_a_build() -> None:
    found = [problem("a.md", line) for line in range(1, 11)] + [problem("b.md", 1)]
    lines = [click.unstyle(line) for line in as_excerpt(found, most=10, listing="notebinder check")]
    assert [line.partition(" ")[0] for line in lines] == ["a.md:1:", "b.md:1:"]
    assert lines[0].endswith(" (9 more in this file; `notebinder check` lists them)")


def test_colours_are_for_terminals(write_vault: WriteVault) -> None:
    """A pipe gets plain text unless it asks for colour; a terminal gets colour unless it asks for none."""
    folder = write_vault(FILES).parent
    line = as_line(problem("vault/a.md", 3))
    coloured = line.replace("[[3]]", "[[gone]]")
    assert "\x1b[33m" in coloured
    assert coloured in run("check", "vault", cwd=folder, environment={"FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in run("check", "vault", cwd=folder).stdout
    assert coloured in on_terminal("check", "vault", cwd=folder, environment={})
    assert "\x1b" not in on_terminal("check", "vault", cwd=folder, environment={"NO_COLOR": "1"})


def on_terminal(*arguments: str, cwd: Path, environment: dict[str, str]) -> str:
    """What a command writes when its output is a terminal."""
    ours, theirs = pty.openpty()
    env = {**WITHOUT_COLOUR, "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"], **environment}
    with open(theirs, "wb", buffering=0) as terminal:  # noqa: PTH123  a descriptor has no path
        commands.start("notebinder", *arguments, cwd=cwd, env=env, stdout=terminal, stderr=terminal).wait()
    with open(ours, "rb", buffering=0) as stream:  # noqa: PTH123  a descriptor has no path
        return b"".join(iter(lambda: read_some(stream.fileno()), b"")).decode()


def read_some(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux's way to say that the other end is closed
        return b""


def test_files_are_named_from_the_working_folder(write_vault: WriteVault) -> None:
    """So a click in the terminal opens them, and GitHub finds the line in the repository."""
    folder = write_vault(FILES).parent
    assert run("check", "vault", cwd=folder).stdout.startswith("vault/a.md:3: warning[missing-note]")
    assert run("check", "vault", "--format", "github", cwd=folder).stdout.startswith(
        "::warning file=vault/a.md,line=3,title=missing-note::"
    )
    assert run("check", ".", cwd=folder / "vault").stdout.startswith("a.md:3: warning[missing-note]")


def test_github_shows_the_worst_first() -> None:
    """It shows ten of a level, and mixes nothing up if those of a level come together."""
    found = [problem("a.md", 1), problem("b.md", 2, "lost-text"), problem("c.md", 3, "alias-link")]
    assert [line.split()[0] for line in as_github(found).splitlines()] == ["::error", "::warning", "::notice"]


def test_a_table_counts_very_many_problems() -> None:
    many = [problem(f"{name}.md", line) for name in "ab" for line in range(1, 16)]
    assert problems_as_text(many).endswith("\n\n     30 warning[missing-note] in 2 files\n")
    assert "30 warning" not in problems_as_text(many[:20])


def test_a_build_tells_each_kind_some_times_and_where_the_rest_is() -> None:
    """Information is counted, and other kinds are not crowded out."""
    many = [problem(f"a{line:03}.md", line) for line in range(1, 401)]
    found = [*many, problem("b.md", 1, "alias-link"), problem("c.md", 7, "missing-block")]
    plain = {as_line(each): str(each) for each in found}
    lines = [plain.get(line, line) for line in as_excerpt(found, most=2, listing="notebinder check")]
    assert lines == [
        "a001.md:1: warning[missing-note] [[1]] matches no note",
        "a002.md:2: warning[missing-note] [[2]] matches no note",
        "c.md:7: warning[missing-block] [[7]] matches no note",
        "    398 warning[missing-note] in 398 files\n"
        "      1 info[alias-link] in 1 file\n"
        "not listed above; `notebinder check` lists them",
    ]


def test_the_settings_give_codes_other_levels() -> None:
    found = [problem("a.md", 1), problem("a.md", 2, "alias-link"), problem("a.md", 1)]
    told = graded(found, {"missing-note": Level.ERROR, "alias-link": None})
    assert told == (replace(problem("a.md", 1), set_level=Level.ERROR),)
    assert str(told[0]) == "a.md:1: error[missing-note] [[1]] matches no note"


def test_a_build_has_the_levels_of_its_settings_also_for_what_is_found_besides(
    write_vault: WriteVault, tmp_path: Path
) -> None:
    levels = {"missing-note": Level.ERROR, "alias-link": None, "unused-attachment": Level.WARNING}
    settings = replace_fields(settings_for(write_vault(FILES), tmp_path / "docs"), levels=levels)
    built = inspect(settings)
    assert [str(each) for each in built.problems] == ["a.md:3: error[missing-note] [[gone]] matches no note"]
    besides = [*unused_attachments(built), problem("a.md", 1, "alias-link"), problem("a.md", 2)]
    assert [(each.code, each.level) for each in built.with_problems(besides).problems] == [
        ("missing-note", Level.ERROR),
        ("missing-note", Level.ERROR),
        ("unused-attachment", Level.WARNING),
    ]


def test_levels_in_the_settings_decide_on_exit_and_output(write_vault: WriteVault) -> None:
    levels = "      levels: {missing-note: error, unused-attachment: off}\n"
    done = run("check", cwd=project_of(write_vault, levels))
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[:2] == [
        "vault/a.md:3: error[missing-note] [[gone]] matches no note",
        "1 note, 1 page, 1 error",
    ]


def test_exit_codes_tell_problems_from_failures(write_vault: WriteVault) -> None:
    """0: fine, 1: problems, 2: could not run, with the reason and no traceback."""
    folder = project_of(write_vault, "      levels: {mising-note: off}\n")
    done = run("check", cwd=folder)
    assert (done.returncode, "did you mean" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert run("check", "gone", cwd=folder).returncode == 2
    assert run("check", "--frmat", "text", cwd=folder).returncode == 2
    assert run("explain", "mising-note", cwd=folder).returncode == 2
    assert run("check", "vault", cwd=folder).returncode == 0
    assert run("check", "vault", "--strict", cwd=folder).returncode == 1


def test_a_file_that_cannot_be_written_is_one_line(write_vault: WriteVault) -> None:
    folder = write_vault(FILES).parent
    (folder / "in the way").write_text("")
    done = run("site", "vault", "--output", "in the way/site", cwd=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "in the way" in done.stderr.splitlines()[-1]


def test_only_strict_fails_on_warnings(write_vault: WriteVault) -> None:
    vault = write_vault(FILES)
    assert check(vault).exit_code == 0
    assert check(vault, "--strict").exit_code == 1


def test_a_check_writes_no_page(write_vault: WriteVault, cache: Path) -> None:
    vault = write_vault(FILES)
    check(vault)
    assert sorted(path.name for path in vault.iterdir()) == ["a.md", "unused.svg"]
    assert list(cache.rglob("no-credentials-*"))
    assert list(cache.rglob("*.md")) == []


def test_programs_read_json(write_vault: WriteVault) -> None:
    found = json.loads(check(write_vault(FILES), "--format", "json").output)
    assert found[0] == {
        "path": "a.md",
        "line": 3,
        "code": "missing-note",
        "severity": "warning",
        "message": "[[gone]] matches no note",
        "hint": "",
    }


def test_github_annotates_the_line(write_vault: WriteVault) -> None:
    first = check(write_vault(FILES), "--format", "github").output.splitlines()[0]
    assert first == "::warning file=a.md,line=3,title=missing-note::[[gone]] matches no note"


def test_a_code_is_explained_and_an_unknown_one_guessed() -> None:
    assert explain("missing-note").startswith("warning[missing-note]\n\n")
    with pytest.raises(UnknownCodeError, match='did you mean "missing-note"'):
        explain("mising-note")


def test_without_a_code_all_are_listed() -> None:
    """Worst first, each in one line."""
    lines = CliRunner().invoke(cli, ["explain"]).output.splitlines()
    assert [line.split()[1] for line in lines] == sorted(
        PROBLEM_KINDS, key=lambda code: (list(Level).index(PROBLEM_KINDS[code].level), code)
    )
