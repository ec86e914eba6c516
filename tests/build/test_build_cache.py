"""Rules of the cached build: the next process saves work and makes the very same."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest

from notebinder.base.files import read_checked, write_checked
from notebinder.base.progress import Progress
from notebinder.base.settings import Options, Settings, resolve_settings
from notebinder.build.build_cache import convert
from notebinder.build.output import write_tree
from notebinder.build.pipeline import Build, build
from tests.build.test_rebuilding import EDITS, NAMES
from tests.support.projects import PROJECT, WriteVault, settings_for


@pytest.fixture
def settings(write_vault: WriteVault, tmp_path: Path) -> Settings:
    """A vault of some notes with files of each kind."""
    notes = {f"{name}.md": f"# {name}\n\nword [[B]] ![[paper.pdf]]\n" for name in NAMES}
    return settings_for(write_vault({**notes, "paper.pdf": "%PDF"}), tmp_path / "docs")


class Steps:
    """Counts what a build works on in each of its steps."""

    def __init__(self) -> None:
        self.done: dict[str, int] = {}

    def __call__(self, label: str, unit: str) -> Steps:
        self._label = label
        self.done[label] = 0
        return self

    def __enter__(self) -> Progress:
        return lambda done, total: self.done.__setitem__(self._label, total)

    def __exit__(self, *error: object) -> None:
        pass


def converted(settings: Settings) -> tuple[Build, dict[str, int]]:
    """Convert, and say what each step worked on; nothing where a build is taken as it is."""
    steps = Steps()
    built = convert(settings, step=steps)
    return built, steps.done


def same(one: Build, other: Build) -> bool:
    """Compare builds, one of which may be read from the cache bit by bit."""
    return all(getattr(one, each.name) == getattr(other, each.name) for each in fields(Build) if each.compare)


def test_a_build_after_edits_between_processes_equals_a_clean_one(settings: Settings, tmp_path: Path) -> None:
    rng = random.Random(3)
    for _ in range(20):
        for edit in rng.choices(EDITS, k=2):
            edit(settings.vault, rng)
        assert same(convert(settings), build(settings_for(settings.vault, tmp_path / "clean")))


@pytest.mark.usefixtures("at_rest")
def test_a_vault_at_rest_is_not_converted_again(settings: Settings) -> None:
    """And any change of it, or of what was published, is noticed."""
    first, worked_on = converted(settings)
    assert worked_on["converting notes"] == len(NAMES)
    overwritten = convert(settings)  # before anybody looks at more than its summary
    whole = (settings.project_cache / "build").read_bytes()
    (settings.project_cache / "build").write_bytes(b"another process's")
    assert not hasattr(overwritten, "no_such_field")
    assert same(overwritten, first)
    (settings.project_cache / "build").write_bytes(whole)
    second, worked_on = converted(settings)
    assert worked_on == {}
    assert same(second, first)
    assert second.digests == first.digests
    assert first.media
    shutil.rmtree(settings.output / "media")
    _, worked_on = converted(settings)
    assert worked_on["converting notes"] == 0
    assert all((settings.output / path).is_file() for path in first.media)
    (settings.vault / "new.md").write_text("new")
    assert "new.md" in convert(settings).files


@pytest.mark.usefixtures("at_rest")
def test_with_other_settings_the_vault_is_converted_anew(settings: Settings) -> None:
    convert(settings)
    other = replace(settings, private=("A.md",))
    assert "a.md" not in convert(other).files


@pytest.mark.usefixtures("at_rest")
def test_a_session_goes_on_from_a_cached_build(settings: Settings, tmp_path: Path) -> None:
    convert(settings)
    before = convert(settings)
    (settings.vault / "C.md").write_text("# C\n\nother words\n")
    built = build(settings, previous=before)
    assert built == build(settings_for(settings.vault, tmp_path / "clean"))
    assert built.changed_since(before) == {"c.md", "b.md"}


@pytest.mark.parametrize("name", ["summary", "build"])
@pytest.mark.parametrize("damage", [b"", b"[[1, 2]]\n", b"nothing"])
def test_a_damaged_file_is_as_good_as_none(settings: Settings, name: str, damage: bytes) -> None:
    built = convert(settings)
    (settings.project_cache / name).write_bytes(damage)
    (settings.vault / "A.md").touch()  # at rest, nothing would be read but the summary
    again, worked_on = converted(settings)
    assert same(again, built)
    assert worked_on["converting notes"] == len(NAMES)


@pytest.mark.parametrize("name", ["summary", "build"])
def test_a_folder_in_its_place_stops_no_build(settings: Settings, name: str) -> None:
    built = convert(settings)
    file = settings.project_cache / name
    file.unlink()
    file.mkdir()
    assert same(convert(settings), built)


@pytest.mark.parametrize("name", ["summary", "build"])
def test_each_damaged_byte_is_noticed(settings: Settings, name: str) -> None:
    built = convert(settings)
    file = settings.project_cache / name
    rng = random.Random(1)
    for _ in range(6):
        whole = file.read_bytes()
        place = rng.randrange(len(whole))
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        (settings.vault / "A.md").touch()  # at rest, nothing would be read but the summary
        again, worked_on = converted(settings)
        assert same(again, built)
        assert worked_on["converting notes"] == len(NAMES)


def test_the_cache_of_a_project_that_nobody_builds_any_more_is_removed(settings: Settings) -> None:
    projects = settings.project_cache.parent
    for name, days in (("old", 61), ("young", 59)):
        (projects / name / "cards").mkdir(parents=True)
        before = time.time() - days * 24 * 3600
        os.utime(projects / name, (before, before))
    convert(settings)
    assert {each.name for each in projects.iterdir()} == {"young", settings.project_cache.name}


BUILDING = """\
import json, sys
from pathlib import Path
from notebinder.base.settings import Options, resolve_settings
from tests.build.test_build_cache import converted

root = Path(sys.argv[1])
built, worked_on = converted(resolve_settings(Options("vault"), root=root, docs=root / "docs"))
print(json.dumps([worked_on, sorted(built.files), [str(each) for each in built.problems]]))
"""


def test_a_cache_that_an_earlier_run_on_ci_left_is_used_by_the_next_run_there(tmp_path: Path) -> None:
    """Each run has another machine with another home and a checkout of its own, and the same cache folder."""

    def run(number: int) -> tuple[dict[str, int], list[str], list[str]]:
        shutil.rmtree(tmp_path / "project", ignore_errors=True)
        (tmp_path / "project/vault").mkdir(parents=True)
        for name in NAMES:
            note = tmp_path / f"project/vault/{name}.md"
            note.parent.mkdir(exist_ok=True)
            note.write_text(f"# {name}\n\n[[B]]\n")
        home = {"HOME": str(tmp_path / f"home-{number}"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
        command = (sys.executable, "-c", BUILDING, str(tmp_path / "project"))
        env = {**os.environ, **home}
        done = subprocess.run(command, cwd=PROJECT, env=env, stdout=subprocess.PIPE, check=True)
        worked_on, files, problems = json.loads(done.stdout)
        return worked_on, files, problems

    cold, warm = run(1), run(2)
    assert cold[0]["converting notes"] == len(NAMES)
    assert warm[0]["converting notes"] == 0
    assert cold[1:] == warm[1:]
    assert warm[2] == []


class Bomb:
    """What a stranger's project could bring along as its cache."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self._trace),)


def test_nothing_is_unpickled_that_came_with_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, trace = tmp_path / "project", tmp_path / "exploded"
    (root / "vault").mkdir(parents=True)
    (root / "vault/A.md").write_text("# A\n")

    def codes(cache: Path) -> list[str]:
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
        settings = resolve_settings(Options("vault"), root=root, docs=root / "docs")
        return [problem.code for problem in convert(settings).problems]

    assert codes(tmp_path / "own") == []
    (file,) = (tmp_path / "own").rglob("summary")
    head = (read_checked(file) or b"").partition(b"\n")[0]
    write_checked(file, head + b"\n" + pickle.dumps(Bomb(trace)))
    shutil.copytree(tmp_path / "own", root / ".cache")
    assert codes(root / ".cache") == ["no-cache"]
    assert not trace.exists()
    assert codes(tmp_path / "own") == []
    assert trace.exists()  # a bomb, and where it would have been read


@pytest.mark.usefixtures("at_rest")
def test_pages_at_rest_are_not_read_again_and_changed_ones_are_noticed(settings: Settings) -> None:
    built = convert(settings)

    def write() -> tuple[str, ...]:
        return write_tree(settings.output, built.files, kept=built.media, digests=built.digests).changed

    assert set(write()) == set(built.files)
    assert write() == ()
    page = settings.output / "a.md"
    page.write_bytes(page.read_bytes()[::-1])
    in_the_way = write_tree(settings.output, built.files, kept=built.media, digests=built.digests).problems
    assert [problem.location.path for problem in in_the_way] == ["a.md"]
    page.unlink()
    assert write() == ("a.md",)
