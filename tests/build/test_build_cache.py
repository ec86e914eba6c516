"""Rules of the build that is kept on disk: the next process saves work and makes the very same."""

from __future__ import annotations

import json
import os
import pickle
import random
from dataclasses import replace
from pathlib import Path

import pytest

from notebinder.base.settings import Settings
from notebinder.build import sealed
from notebinder.build.build_cache import Late, convert
from notebinder.build.output import write_tree
from notebinder.build.pipeline import build
from notebinder.build.sealed import read_sealed, write_sealed
from tests.build.test_rebuilding import EDITS, NAMES
from tests.support.projects import WriteVault, settings_for


@pytest.fixture
def settings(write_vault: WriteVault, tmp_path: Path) -> Settings:
    """A vault of some notes with files of each kind."""
    notes = {f"{name}.md": f"# {name}\n\nword [[B]] ![[paper.pdf]]\n" for name in NAMES}
    return settings_for(write_vault({**notes, "paper.pdf": "%PDF"}), tmp_path / "docs")


def kept_file(settings: Settings) -> Path:
    return next((settings.cache / "builds").iterdir())


def test_a_build_after_edits_between_processes_equals_a_clean_one(settings: Settings, tmp_path: Path) -> None:
    rng = random.Random(3)
    for _ in range(20):
        for edit in rng.choices(EDITS, k=2):
            edit(settings.vault, rng)
        assert convert(settings) == build(settings_for(settings.vault, tmp_path / "clean"))


@pytest.mark.usefixtures("at_rest")
def test_a_vault_at_rest_is_not_converted_again(settings: Settings) -> None:
    """And any change of it, or of what was published, is noticed."""
    first = convert(settings)
    second = convert(settings)
    assert isinstance(second.layouts, Late)
    assert second == first
    assert second.digests == first.digests
    for file in (settings.output / "media").iterdir():
        file.unlink()
    third = convert(settings)
    assert not isinstance(third.layouts, Late)
    assert all((settings.output / path).is_file() for path in first.media)
    (settings.vault / "new.md").write_text("new")
    assert "new.md" in convert(settings).files


@pytest.mark.usefixtures("at_rest")
def test_with_other_settings_the_vault_is_converted_anew(settings: Settings) -> None:
    convert(settings)
    other = replace(settings, private=("A.md",))
    assert "a.md" not in convert(other).files


@pytest.mark.usefixtures("at_rest")
def test_a_session_goes_on_from_a_kept_build(settings: Settings, tmp_path: Path) -> None:
    convert(settings)
    before = convert(settings)
    (settings.vault / "C.md").write_text("# C\n\nother words\n")
    built = build(settings, previous=before)
    assert built == build(settings_for(settings.vault, tmp_path / "clean"))
    assert built.changed_since(before) == {"c.md", "b.md"}


@pytest.mark.parametrize("damage", [b"", b"[[1, 2]]\n", b"nothing"])
def test_a_damaged_file_is_as_good_as_none(settings: Settings, damage: bytes) -> None:
    built = convert(settings)
    kept_file(settings).write_bytes(damage)
    assert convert(settings) == built


def test_a_folder_in_its_place_stops_no_build(settings: Settings) -> None:
    built = convert(settings)
    file = kept_file(settings)
    file.unlink()
    file.mkdir()
    assert convert(settings) == built


def test_without_a_place_for_the_key_nothing_is_kept(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "no folder"
    file.touch()
    monkeypatch.setattr(sealed, "user_data_path", lambda name: file / name)
    monkeypatch.setattr(sealed, "_key", sealed._key.__wrapped__)
    assert convert(settings) == build(settings)
    assert not (settings.cache / "builds").exists()


def test_each_damaged_byte_is_noticed(settings: Settings) -> None:
    built = convert(settings)
    whole = kept_file(settings).read_bytes()
    rng = random.Random(1)
    for place in rng.sample(range(len(whole)), 12):
        kept_file(settings).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert convert(settings) == built


class _Bomb:
    """What a vault from elsewhere could bring along in its cache folder."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self._trace),)


def test_nothing_is_unpickled_that_this_user_did_not_seal(settings: Settings, tmp_path: Path) -> None:
    built = convert(settings)
    bomb = pickle.dumps(_Bomb(tmp_path / "exploded"))
    head = json.dumps([[len(bomb), "0" * 64], [len(bomb), "0" * 64]]).encode()
    kept_file(settings).write_bytes(head + b"\n" + bomb + bomb)
    assert convert(settings) == built
    assert not (tmp_path / "exploded").exists()


def test_a_seal_holds_for_one_place_and_one_version(tmp_path: Path) -> None:
    write_sealed(tmp_path / "kept", "1", ("first", "second"))
    sealed = read_sealed(tmp_path / "kept", "1")
    assert sealed is not None
    assert [part() for part in sealed.parts] == ["first", "second"]
    other = read_sealed(tmp_path / "kept", "2")
    assert other is not None
    with pytest.raises(ValueError, match="seal"):
        other.parts[0]()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_only_this_user_can_read_what_is_kept(settings: Settings) -> None:
    convert(settings)
    assert kept_file(settings).stat().st_mode & 0o077 == 0


def test_nothing_is_kept_where_a_site_is_made_from(settings: Settings) -> None:
    inside = replace(settings, cache=settings.docs / "cache")
    convert(inside)
    assert not (inside.cache / "builds").exists()


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
