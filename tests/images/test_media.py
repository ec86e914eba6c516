"""Rules of what is published as it is: a file of any size, but no text that nobody searched."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.utils import markdown_extensions

from notebinder.base.limits import Limits
from notebinder.images.media import Originals, WithheldFile
from notebinder.images.model import SiteFile
from notebinder.vault.file_cache import FileCache
from notebinder.vault.model import Attachment
from tests.support.projects import BuildVault


@pytest.fixture
def originals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_rest: None) -> Originals:
    """Files of more than ten bytes are large, and never read as a whole."""
    monkeypatch.setattr("notebinder.images.media.LIMITS", Limits(whole_bytes=10))

    def refuse(path: str, data: bytes) -> tuple[None, tuple[()]]:
        pytest.fail(f"{path} was read as a whole ({len(data)} bytes)")

    return Originals(tmp_path / "media", FileCache(), refuse)


def attachment(file: Path, data: bytes) -> Attachment:
    file.write_bytes(data)
    return Attachment(file.name, file)


def test_a_large_film_is_copied_once(tmp_path: Path, originals: Originals) -> None:
    film = attachment(tmp_path / "film.mp4", b"\0\0 frames of a film")
    published = originals.copy(film)
    assert isinstance(published, SiteFile)
    copy = tmp_path / "media" / published.name
    assert copy.read_bytes() == film.file.read_bytes()
    state = copy.stat()
    again = Originals(originals.folder, originals.cache.next(), originals.search)
    assert (again.copy(film), copy.stat()) == (published, state)


def test_a_large_film_whose_copy_is_gone_is_copied_again(tmp_path: Path, originals: Originals) -> None:
    film = attachment(tmp_path / "film.mp4", b"\0\0 frames of a film")
    published = originals.copy(film)
    assert isinstance(published, SiteFile)
    (tmp_path / "media" / published.name).unlink()
    again = Originals(originals.folder, originals.cache.next(), originals.search)
    assert again.copy(film) == published
    assert (tmp_path / "media" / published.name).is_file()


def test_a_text_that_is_too_large_to_be_searched_is_not_published(
    tmp_path: Path, originals: Originals
) -> None:
    withheld = originals.copy(attachment(tmp_path / "log.csv", b"a long, long log"))
    assert isinstance(withheld, WithheldFile)
    assert [(each.location.path, each.code) for each in withheld.problems] == [("log.csv", "too-large")]
    assert not (tmp_path / "media").exists()


@pytest.mark.parametrize("suffix", sorted({*markdown_extensions} - {".md"}))
def test_no_attachment_becomes_a_page(suffix: str, build_vault: BuildVault) -> None:
    """MkDocs takes more suffixes for Markdown than Obsidian, and cleans no HTML."""
    built = build_vault({"A.md": f"[a](b{suffix})", f"b{suffix}": "<script>x</script>"})
    assert [Path(name).suffixes for name in built.media] == [[suffix, ".txt"]]
