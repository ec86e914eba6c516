"""The cache: known images cost a look, damage is made good, and every way gives the same bytes."""

import errno
import json
import os
import pathlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from notebinder.base.files import read_checked, write_checked
from notebinder.images.cache import ReadFile, open_cache
from notebinder.images.model import SiteImage, UnreadableImage
from notebinder.images.rendering import render_images
from tests.support.pictures import animation, encoded, line_art, screenshot

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'

Images = dict[str, SiteImage | UnreadableImage]
Publish = Callable[..., Images]


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Images of all kinds, one of them twice, one of them no image."""
    folder = tmp_path_factory.mktemp("vault")
    contents = {
        "a.png": encoded(screenshot(530, 200)),
        "again.png": encoded(screenshot(530, 200)),
        "b.png": encoded(line_art(600, 300)),
        "c.gif": animation(),
        "d.svg": SVG,
        "e.png": b"words",
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in contents}


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Publish to fixed folders below the test's own."""

    def publish(files: Mapping[str, Path], **options: Any) -> Images:
        return render_images(files, output=tmp_path / "media", cache=tmp_path / "cache", **options)

    return publish


def tree(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_runs_in_parallel_and_from_the_cache_give_identical_trees(
    vault: dict[str, Path], tmp_path: Path
) -> None:
    trees: list[dict[str, bytes]] = []
    results: list[Images] = []
    for jobs, cache in ((1, "one"), (4, "four"), (2, "one")):
        output = tmp_path / f"media {len(trees)}"
        results.append(render_images(vault, output=output, cache=tmp_path / cache, jobs=jobs))
        trees.append(tree(output))
    assert trees[0] == trees[1] == trees[2]
    assert results[0] == results[1] == results[2]


def test_the_output_is_what_the_results_name(
    vault: dict[str, Path], publish: Publish, tmp_path: Path
) -> None:
    images = publish(vault).values()
    named = {r.name for image in images if isinstance(image, SiteImage) for r in image.renditions}
    assert set(tree(tmp_path / "media")) == named


def test_identical_pastes_are_published_once(vault: dict[str, Path], publish: Publish) -> None:
    calls = []
    images = publish(vault, progress=lambda done, total: calls.append((done, total)))
    assert images["a.png"] == images["again.png"]
    assert calls == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


@pytest.mark.usefixtures("at_rest")
def test_a_warm_cache_opens_no_image_and_writes_nothing(
    vault: dict[str, Path], publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(vault)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    opened: list[Path] = []
    stats: list[Path] = []
    open_file, stat = os.open, pathlib.Path.stat
    monkeypatch.setattr("io.open", recorder(opened, open))
    monkeypatch.setattr(pathlib.Path, "stat", recorder(stats, stat))
    monkeypatch.setattr(os, "open", recorder(opened, open_file))
    second = publish(vault, progress=lambda done, total: pytest.fail("nothing is new"))
    monkeypatch.undo()
    assert second == first
    assert [pathlib.Path(file).name for file in opened] == ["manifest"]
    assert sorted(stats.count(file) for file in vault.values()) == [1] * len(vault)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before


def recorder(calls: list[Path], function: Callable[..., Any]) -> Callable[..., Any]:
    def record(file: Path, *args: Any, **options: Any) -> Any:
        calls.append(file)
        return function(file, *args, **options)

    return record


def test_only_a_new_image_is_made(vault: dict[str, Path], publish: Publish, tmp_path: Path) -> None:
    publish(vault)
    new = tmp_path / "new.png"
    new.write_bytes(encoded(line_art(90, 60)))
    calls = []
    publish({**vault, "new.png": new}, progress=lambda *call: calls.append(call))
    assert calls == [(1, 1)]


def test_a_changed_image_is_made_again(publish: Publish, tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(encoded(line_art(90, 60)))
    first = publish({"a": file})["a"]
    file.write_bytes(encoded(line_art(60, 90)))
    second = publish({"a": file})["a"]
    assert isinstance(first, SiteImage)
    assert isinstance(second, SiteImage)
    assert (first.width, second.width) == (90, 60)


def recoloured(colour: str) -> bytes:
    """A picture whose file has the same size in any colour."""
    return encoded(Image.new("RGB", (90, 60), colour), "BMP")


@pytest.mark.usefixtures("at_rest")
def test_an_image_that_was_replaced_by_one_of_the_same_size_and_time_is_made_again(
    publish: Publish, tmp_path: Path
) -> None:
    """Else the old one would stay public, whatever it shows."""
    file = tmp_path / "a.bmp"
    colours = []
    for colour in ("#ff0000", "#0000ff"):
        file.write_bytes(recoloured(colour))
        os.utime(file, ns=(0, 0))
        image = publish({"a": file})["a"]
        assert isinstance(image, SiteImage)
        colours.append(image.colour)
    assert colours == ["#ff0000", "#0000ff"]


def test_an_image_that_was_written_twice_within_a_tick_of_the_clock_is_made_again(
    publish: Publish, tmp_path: Path
) -> None:
    file = tmp_path / "a.bmp"
    file.write_bytes(recoloured("red"))
    publish({"a": file})
    cache = open_cache(tmp_path / "cache")
    assert [read.state for read in cache.files.values()] == [None]


def test_renditions_that_an_older_notebinder_made_are_used(publish: Publish, tmp_path: Path) -> None:
    """It knew files by their size and time alone, which is believed no more; their images are still good."""
    file = tmp_path / "a.bmp"
    file.write_bytes(recoloured("red"))
    first = publish({"a": file})
    manifest = tmp_path / "cache" / "manifest"
    found = json.loads(read_checked(manifest) or "")
    (read,) = found["files"].values()
    found["files"] = {str(file): {"size": 1, "mtime_ns": 2, "digest": read["digest"]}}
    write_checked(manifest, json.dumps(found).encode())
    assert publish({"a": file}, progress=lambda *call: pytest.fail("made again")) == first


def test_a_touched_or_moved_image_is_not_made_again(publish: Publish, tmp_path: Path) -> None:
    """CI checks everything out anew: only the content counts."""
    file = tmp_path / "a.png"
    file.write_bytes(encoded(line_art(90, 60)))
    first = publish({"a": file})["a"]
    os.utime(file, ns=(0, 0))
    moved = file.rename(tmp_path / "b.png")
    assert publish({"a": moved}, progress=lambda *call: pytest.fail("made again"))["a"] == first


def test_a_lost_output_comes_back_from_the_cache(
    vault: dict[str, Path], publish: Publish, tmp_path: Path
) -> None:
    publish(vault)
    whole = tree(tmp_path / "media")
    for file in (tmp_path / "media").iterdir():
        file.unlink()
    publish(vault, progress=lambda *call: pytest.fail("made again"))
    assert tree(tmp_path / "media") == whole


def truncate_files(cache: Path) -> None:
    for file in (cache / "files").iterdir():
        file.write_bytes(file.read_bytes()[:-9])


def remove_files(cache: Path) -> None:
    for file in (cache / "files").iterdir():
        file.unlink()


def scribble(cache: Path) -> None:
    manifest = (cache / "manifest").read_text("utf-8")
    (cache / "manifest").write_text(manifest.replace('"width": 530', '"width": 53'), "utf-8")


def truncate(cache: Path) -> None:
    manifest = (cache / "manifest").read_bytes()
    (cache / "manifest").write_bytes(manifest[: len(manifest) // 2])


def empty(cache: Path) -> None:
    (cache / "manifest").write_bytes(b"")


def no_json(cache: Path) -> None:
    (cache / "manifest").write_bytes(b"\xff\xfe\0\n{]")


@pytest.mark.parametrize("damage", [truncate_files, remove_files, scribble, truncate, empty, no_json])
def test_a_damaged_cache_is_rebuilt(
    vault: dict[str, Path], publish: Publish, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    first, whole = publish(vault), tree(tmp_path / "media")
    damage(tmp_path / "cache")
    for file in (tmp_path / "media").iterdir():
        file.unlink()
    assert publish(vault) == first
    assert tree(tmp_path / "media") == whole
    assert publish(vault, progress=lambda *call: pytest.fail("made again")) == first


@pytest.mark.usefixtures("at_rest")
@pytest.mark.parametrize("lose", [truncate_files, remove_files])
def test_a_lost_rendition_that_cannot_be_made_again_is_a_problem_of_its_image(
    vault: dict[str, Path],
    publish: Publish,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lose: Callable[[Path], None],
) -> None:
    """The state of the file is known, so that only the second try reads it; all others are published."""
    first = publish(vault)
    lose(tmp_path / "cache")
    for file in (tmp_path / "media").iterdir():
        file.unlink()
    read_bytes = pathlib.Path.read_bytes

    def read(file: Path) -> bytes | None:
        if file == vault["b.png"]:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
        return read_bytes(file)

    monkeypatch.setattr(pathlib.Path, "read_bytes", read)
    second = publish(vault)
    told = UnreadableImage("unreadable-image", "cannot be read (Permission denied)")
    assert second == {**first, "b.png": told}


def test_a_cache_of_another_version_is_not_used(
    vault: dict[str, Path], publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(vault)
    monkeypatch.setattr("notebinder.images.cache.VERSIONS", "0")
    assert open_cache(tmp_path / "cache").images == {}


def test_two_builds_at_once_do_not_disturb_each_other(vault: dict[str, Path], tmp_path: Path) -> None:
    names = list(vault)
    halves = [{name: vault[name] for name in names[:4]}, {name: vault[name] for name in names[2:]}]
    results: list[Images] = [{}, {}]

    def build(number: int) -> None:
        output = tmp_path / "media"
        results[number] = render_images(halves[number], output=output, cache=tmp_path / "cache", jobs=2)

    builds = [threading.Thread(target=build, args=(number,)) for number in (0, 1)]
    for thread in builds:
        thread.start()
    for thread in builds:
        thread.join()
    alone = render_images(vault, output=tmp_path / "alone", cache=tmp_path / "new cache")
    assert results[0] | results[1] == alone
    assert tree(tmp_path / "media") == tree(tmp_path / "alone")


def test_a_second_build_keeps_what_the_first_has_learnt(vault: dict[str, Path], tmp_path: Path) -> None:
    one, other = open_cache(tmp_path), open_cache(tmp_path)
    for cache, name in ((one, "a.png"), (other, "b.png")):
        cache.note_file(vault[name], ReadFile(name, None))
        cache.note_image(vault[name], name, UnreadableImage("unreadable-image", "is empty"))
        cache.save()
    assert set(open_cache(tmp_path).images) == {"a.png", "b.png"}


def test_what_is_no_longer_in_the_vault_leaves_the_cache_in_time(publish: Publish, tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(encoded(line_art(90, 60)))
    publish({"a": file})
    kept = tmp_path / "cache" / "files"
    old = {name.name for name in kept.iterdir()}
    for orphan in kept.iterdir():
        os.utime(orphan, (0, 0))
    file.write_bytes(encoded(line_art(60, 90)))
    publish({"a": file})
    assert old.isdisjoint(name.name for name in kept.iterdir())
    assert len(open_cache(tmp_path / "cache").images) == 1


def test_work_is_kept_when_a_build_is_stopped(
    vault: dict[str, Path], publish: Publish, tmp_path: Path
) -> None:
    """All of it, what was under way too."""

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(vault, jobs=1, progress=stop)
    made = len(open_cache(tmp_path / "cache").images)
    calls = []
    publish(vault, progress=lambda *call: calls.append(call))
    assert made >= 3
    assert len(calls) == 5 - made


def test_work_is_kept_when_a_build_is_killed(
    vault: dict[str, Path], publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is saved at its end, and its last word is cut short; a build of other notes comes between."""
    with monkeypatch.context() as killed:
        killed.setattr("notebinder.images.cache.RenditionCache.save", lambda _: None)
        first = publish(vault, jobs=1)
    with (tmp_path / "cache" / "made").open("a") as journal:
        journal.write("0123 {")
    other = tmp_path / "other.png"
    other.write_bytes(encoded(line_art(90, 60)))
    publish({"other": other})
    assert publish(vault, progress=lambda *call: pytest.fail("made again")) == first


def test_nothing_is_written_when_there_are_no_images(publish: Publish, tmp_path: Path) -> None:
    assert publish({}) == {}
    assert list(tmp_path.iterdir()) == []


def test_no_temporary_file_is_left(vault: dict[str, Path], publish: Publish, tmp_path: Path) -> None:
    publish(vault)
    assert [file for file in tmp_path.rglob("*") if file.name.endswith(".tmp")] == []


def test_a_failure_of_the_machine_is_not_remembered_of_the_image(
    publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk while Pillow loads a reader says nothing of the file; the next build shows it."""
    file = tmp_path / "a.png"
    file.write_bytes(encoded(line_art(90, 60)))

    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as machine:
        machine.setattr("PIL.Image.open", fail)
        assert isinstance(publish({"a": file})["a"], UnreadableImage)
    assert isinstance(publish({"a": file})["a"], SiteImage)


def test_an_image_that_another_build_has_made_meanwhile_is_not_forgotten(
    vault: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It makes one while this build has read what is new, and has not thrown that away yet."""
    cache, other = open_cache(tmp_path / "cache"), open_cache(tmp_path / "cache")
    broken = UnreadableImage("unreadable-image", "is empty", "save it again")
    cache.note_image(vault["a.png"], "a", broken)
    adding = threading.Thread(target=other.note_image, args=(vault["b.png"], "b", broken))

    def slowly(file: Path, data: bytes) -> None:
        adding.start()
        adding.join(0.1)  # without a lock it would be done by now
        write_checked(file, data)

    monkeypatch.setattr("notebinder.images.cache.write_checked", slowly)
    cache.save()
    adding.join()
    assert open_cache(tmp_path / "cache").images.keys() == {"a", "b"}
