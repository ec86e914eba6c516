"""What the author changes is noticed, whatever happens to files and folders meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from notebinder.base import file_state
from notebinder.site.live import watching
from notebinder.site.live.watching import Changes, Seen, Watched, Watcher, compare, look


def files(seen: Mapping[str, Seen]) -> list[str]:
    return names(frozenset(path for folder in seen.values() for path in folder.files))


def names(paths: frozenset[str]) -> list[str]:
    return sorted(Path(path).name for path in paths)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    (folder / "Deep").mkdir(parents=True)
    (folder / "a.md").write_text("a")
    (folder / "Deep/b.md").write_text("b")
    return folder


@pytest.fixture
def watcher(vault: Path) -> Iterator[Watcher]:
    watcher = Watcher(lambda path: path.endswith("ours.md"))
    config = str(vault.parent / "mkdocs.yml")
    watcher.watch(Watched((str(vault),), frozenset({str(vault / "site")}), (config,)))
    watcher.start()
    yield watcher
    watcher.stop()


def test_a_look_sees_all_files_but_hidden_ones_and_ignored_folders(vault: Path) -> None:
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian/app.json").write_text("{}")
    (vault / "site").mkdir()
    (vault / "site/index.html").write_text("")
    (vault / ".nav.yml").write_text("")
    seen = look([str(vault)], frozenset({str(vault / "site")}))
    assert files(seen) == [".nav.yml", "a.md", "b.md"]


def test_a_look_at_single_files_sees_them_though_they_are_hidden(vault: Path) -> None:
    (vault / ".hidden").write_text("")
    assert files(look([str(vault / ".hidden"), str(vault / "gone")])) == [".hidden"]


def test_a_link_to_a_folder_is_not_followed(vault: Path) -> None:
    (vault / "Deep/round").symlink_to(vault)
    assert files(look([str(vault)])) == ["a.md", "b.md"]


def test_two_looks_differ_in_new_changed_replaced_and_deleted_files(vault: Path) -> None:
    (vault / "same.md").write_text("same")
    (vault / "replaced.md").write_text("old")
    before = look([str(vault)])
    (vault / "new.md").write_text("new")
    (vault / "a.md").write_text("longer")
    (vault / "other").write_text("new")
    os.utime(vault / "other", ns=(0, before[str(vault)].files[str(vault / "replaced.md")].modified))
    (vault / "other").replace(vault / "replaced.md")
    (vault / "Deep/b.md").unlink()
    found = compare(before, look([str(vault)]))
    assert names(found.changed) == ["a.md", "b.md", "new.md", "replaced.md"]
    assert names(found.new) == ["new.md"]


def test_a_burst_of_changes_is_one(vault: Path, watcher: Watcher) -> None:
    for number in range(50):
        (vault / f"{number}.md").write_text("words")
    assert len(watcher.wait(10).changed) == 50
    assert watcher.wait(0.3) == Changes()


def test_who_waits_longer_than_asked_gets_nothing(watcher: Watcher) -> None:
    assert watcher.wait(0.2) == Changes()


def test_what_notebinder_writes_is_no_change(vault: Path, watcher: Watcher) -> None:
    (vault / "ours.md").write_text("ours")
    (vault / "theirs.md").write_text("theirs")
    assert names(watcher.wait(10).changed) == ["theirs.md"]


def test_what_notebinder_was_seen_writing_before_that_was_known_is_no_change(vault: Path) -> None:
    """A conversion writes for seconds, and says at its end what."""
    ours: set[str] = set()
    watcher = Watcher(ours.__contains__)
    watcher.watch(Watched((str(vault),)))
    watcher.notice(str(vault / "new.md"))
    assert watcher.has_news
    ours.add(str(vault / "new.md"))
    assert not watcher.has_news
    assert watcher.wait(0) == Changes()


def test_a_change_of_the_configuration_is_told_apart(vault: Path, watcher: Watcher) -> None:
    (vault.parent / "mkdocs.yml").write_text("site_name: x")
    assert watcher.wait(10) == Changes(is_configuration=True)


def test_a_look_that_had_to_wait_for_others_is_followed_by_the_next(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build takes the processor from the looks; then what is saved must not wait for many times that."""
    watcher, work = Watcher(), [0.0, 0.0]
    watcher.watch(Watched((str(vault),)))
    monkeypatch.setattr(watching, "thread_time", lambda: work.pop(0))
    assert watcher._look() == watching._SHORTEST_PAUSE
    work += [0.0, 2.0]
    assert watcher._look() == watching._SHORTEST_PAUSE  # it was a thorough one, whose rest quick ones fill
    work += [0.0, 0.25]
    assert watcher._look() == watching._PAUSE_PER_LOOK * 0.25


def test_a_quick_look_sees_what_authors_write_and_all_names(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else lies there is looked at by the next thorough look."""
    monkeypatch.setattr(file_state, "AT_REST_NS", -1)
    (vault / "Deep/data.bin").write_text("b")
    before = look([str(vault)])
    (vault / "Deep/b.md").write_text("longer")
    (vault / "Deep/data.bin").write_text("longer")
    quick = look([str(vault)], known=before)
    assert quick[str(vault)] is before[str(vault)]
    assert names(compare(before, quick).changed) == ["b.md"]
    assert names(compare(quick, look([str(vault)])).changed) == ["data.bin"]
    (vault / "Deep/new.bin").write_text("new")
    (vault / "Deep/b.md").unlink()
    (vault / "Deeper").mkdir()
    (vault / "Deeper/c.md").write_text("c")
    last = compare(quick, look([str(vault)], known=quick))
    assert (names(last.changed), names(last.new)) == (
        ["b.md", "c.md", "data.bin", "new.bin"],
        ["c.md", "new.bin"],
    )


def test_a_quick_look_looks_into_a_folder_whose_names_have_just_changed(vault: Path) -> None:
    """Within one tick of the clock a second change leaves no trace in its state."""
    before = look([str(vault)])
    assert before[str(vault)].state is None
    (vault / "new.bin").write_text("new")
    assert names(compare(before, look([str(vault)], known=before)).new) == ["new.bin"]


def test_a_folder_may_vanish_and_come_back(vault: Path, watcher: Watcher) -> None:
    shutil.move(vault, vault.parent / "away")
    assert names(watcher.wait(10).changed) == ["a.md", "b.md"]
    shutil.move(vault.parent / "away", vault)
    assert names(watcher.wait(10).new) == ["a.md", "b.md"]


def test_the_end_wakes_whoever_waits(watcher: Watcher) -> None:
    watcher.stop()
    assert watcher.wait() == Changes()
    assert watcher.is_stopped


def test_files_watched_anew_are_compared_with_what_was_seen_before(vault: Path) -> None:
    """No change between the last look and the new choice of folders is lost; what else is there is known."""
    watcher, docs = Watcher(), vault.parent / "docs"
    watcher.watch(Watched((str(vault),)))
    (vault / "a.md").write_text("changed meanwhile")
    (vault / "new.md").write_text("new")
    (vault / "Deep/b.md").unlink()
    docs.mkdir()
    (docs / "index.md").write_text("known")
    watcher.watch(Watched((str(vault), str(docs))))
    watcher.start()
    found = watcher.wait(10)
    assert (names(found.changed), names(found.new)) == (["a.md", "b.md", "new.md"], ["new.md"])
    watcher.stop()
