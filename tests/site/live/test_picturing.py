"""While serving, a pasted image is shown as it is; its renditions are made in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from queue import Queue

import pytest

from notebinder.images.cache import open_cache
from notebinder.images.model import SiteImage
from notebinder.images.rendering import Postpone, cache_renditions, render_images
from notebinder.site.live.picturing import BackgroundPictures
from tests.support.pictures import SECRET, encoded, exif, screenshot
from tests.support.serving import wait_until

pytestmark = pytest.mark.whole

PASTED = encoded(screenshot(800, 450), exif=exif()) + SECRET


@pytest.fixture
def image(tmp_path: Path) -> Path:
    file = tmp_path / "a.png"
    file.write_bytes(PASTED)
    return file


def published(file: Path, folder: Path, postponed: list[Path] | None = None) -> SiteImage:
    """Publish an image into a folder; without a list nothing is postponed."""
    postpone = None if postponed is None else Postpone(postponed.append)
    made = render_images({"a": file}, output=folder / "media", cache=folder / "cache", postpone=postpone)["a"]
    assert isinstance(made, SiteImage)
    return made


def test_an_image_is_shown_as_it_is_until_its_renditions_are_made(tmp_path: Path, image: Path) -> None:
    postponed: list[Path] = []
    first = published(image, tmp_path / "served", postponed)
    assert ([(r.width, r.mime) for r in first.renditions], postponed) == ([(800, "image/png")], [image])
    cache_renditions(image, tmp_path / "served/cache")
    then = published(image, tmp_path / "served", postponed)
    assert then == published(image, tmp_path / "clean")
    assert [rendition.width for rendition in then.renditions] == [480, 720, 800]
    assert (first.width, first.height, postponed) == (then.width, then.height, [image])


def test_an_image_that_is_shown_as_it_is_is_not_read_again(
    tmp_path: Path, image: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    postpone = Postpone(asked.append)
    publish = partial(render_images, output=tmp_path / "media", cache=tmp_path / "cache", postpone=postpone)
    first = publish({"a": image})
    monkeypatch.setattr("notebinder.images.rendering.image_as_it_is", lambda _: pytest.fail("it was read"))
    assert publish({"a": image}) == first
    assert asked == [image, image]


def test_renditions_are_asked_for_in_the_order_of_the_files(tmp_path: Path) -> None:
    asked: list[Path] = []
    files = {name: tmp_path / f"{name}.png" for name in "bca"}
    for number, file in enumerate(files.values()):
        file.write_bytes(encoded(screenshot(40 + number, 30)))
    render_images(files, output=tmp_path / "m", cache=tmp_path / "c", postpone=Postpone(asked.append))
    assert asked == list(files.values())


def test_an_image_as_it_is_has_no_metadata(tmp_path: Path, image: Path) -> None:
    first = published(image, tmp_path, [])
    data = (tmp_path / "media" / first.best.name).read_bytes()
    assert SECRET in PASTED
    assert SECRET not in data


def test_an_image_that_must_be_turned_is_not_shown_as_it_is(tmp_path: Path) -> None:
    file, postponed = tmp_path / "a.jpg", list[Path]()
    file.write_bytes(encoded(screenshot(600, 340), "JPEG", exif=exif(orientation=6)))
    made = published(file, tmp_path, postponed)
    assert (made.best.width, made.best.mime, postponed) == (340, "image/webp", [])


def test_a_picture_is_made_once_and_told(tmp_path: Path, image: Path) -> None:
    told: Queue[str] = Queue()
    pictures = BackgroundPictures(tmp_path / "cache")
    for _ in range(3):
        pictures.put(image)
    pictures.start(told.put)
    assert told.get(timeout=30) == str(image)
    other = tmp_path / "b.png"
    other.write_bytes(encoded(screenshot(40, 30)))
    for file in (image, other):
        pictures.put(file)
    assert told.get(timeout=30) == str(other)
    assert told.qsize() == 0
    assert len(published(image, tmp_path, []).renditions) == 3


def test_pictures_that_wait_are_told_together(
    tmp_path: Path, image: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """So their pages do not change with each."""
    monkeypatch.setattr("notebinder.site.live.picturing.TOGETHER", 1e9)
    monkeypatch.setattr("notebinder.site.live.picturing.PAGE_FIRST", 0)
    monkeypatch.setattr("notebinder.base.progress.LINE_SECONDS", 0)
    caplog.set_level("INFO")
    other = tmp_path / "b.png"
    other.write_bytes(encoded(screenshot(40, 30)))
    pictures = BackgroundPictures(tmp_path / "cache")
    for file in (image, other):
        pictures.put(file)
    made: Queue[tuple[str, int]] = Queue()
    pictures.start(lambda path: made.put((path, len(open_cache(tmp_path / "cache").images))))
    assert [made.get(timeout=30) for _ in range(2)] == [(str(image), 2), (str(other), 2)]
    assert "making images lighter: 1 of 2 images" in caplog.text


def test_a_picture_that_cannot_be_made_is_not_told_and_the_next_one_is(
    tmp_path: Path, image: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: Queue[str] = Queue()
    folder = tmp_path / "cache"
    folder.write_text("a file where the folder should be")
    pictures = BackgroundPictures(folder)
    pictures.start(told.put)
    pictures.put(image)
    assert wait_until(lambda: "its renditions cannot be made" in caplog.text)
    assert told.qsize() == 0
    folder.unlink()
    pictures.put(image)
    assert told.get(timeout=30) == str(image)
