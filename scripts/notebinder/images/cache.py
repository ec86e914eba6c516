"""Cache what was made of each image, so that one made before costs one `stat` and one look-up.

The folder holds `manifest`, the published files under `files/`, and `made`, to which each image is added as
soon as it is made, so that a build that is killed loses none; the next one takes it into the manifest. The
manifest and each line of `made` are sealed with their own digest and the files are named by theirs, so that
damage is seen and made good; writes are atomic and names stand for contents, so that two builds at once do
not disturb each other.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import PIL
from filelock import FileLock
from PIL import features

from notebinder.base.file_state import FileState
from notebinder.base.files import drop_temporary, read_checked, write_atomically, write_checked
from notebinder.images.model import Rendition, SiteImage, UnreadableImage
from notebinder.images.renditions import FILE_NAME, RECIPE, RenderedImage, is_named_by_content

VERSIONS = f"{RECIPE} pillow-{PIL.__version__} webp-{features.version('webp')}"
"""Whatever else decides about the bytes that are made."""

_MADE = "made"
_ORPHAN_SECONDS = 24 * 3600
"""Files without an entry are kept for so long: another build may be about to write the entry."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of the vault as it was when its content was last read."""

    digest: str
    state: FileState | None
    """None if the file may have been in motion then."""


@dataclass(slots=True)
class RenditionCache:
    """The cache folder; it owns what it knows and is shared by all threads of a build."""

    folder: Path
    files: dict[str, ReadFile] = field(default_factory=dict)
    """By absolute path."""
    images: dict[str, SiteImage | UnreadableImage] = field(default_factory=dict)
    """By the digest of the file's content."""
    is_changed: bool = False

    def digest(self, path: Path, state: FileState) -> str | None:
        """Return the digest of a file that has not changed since it was last read, else None."""
        read = self.files.get(str(path))
        return read.digest if read and read.state == state else None

    def note_file(self, path: Path, read: ReadFile) -> None:
        """Note what was read of a file."""
        self.files[str(path)] = read
        self.is_changed = True

    def note_image(self, path: Path, digest: str, image: SiteImage | UnreadableImage) -> None:
        """Note what was made of a file with this content, for good."""
        self.images[digest] = image
        self.is_changed = True
        self.folder.mkdir(parents=True, exist_ok=True)
        made = {"versions": VERSIONS, "path": str(path.absolute()), "digest": digest, "image": asdict(image)}
        line = json.dumps(made)
        with self._alone(), (self.folder / _MADE).open("a", encoding="utf-8") as journal:
            journal.write(f"{_seal(line)} {line}\n")

    def write_renditions(self, rendered: RenderedImage) -> None:
        """Keep the published files of an image."""
        for rendition, data in zip(rendered.image.renditions, rendered.files, strict=True):
            write_atomically(self._file(rendition.name), data)

    def read_rendition(self, name: str) -> bytes | None:
        """Return a published file, or None if it is missing or damaged."""
        try:
            data = self._file(name).read_bytes()
        except OSError:
            return None
        return data if is_named_by_content(name, data) else None

    def save(self) -> None:
        """Write down what is new, together with what another build has learnt meanwhile."""
        if not self.is_changed:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._save_with(open_cache(self.folder))
        self._drop_orphans()
        self.is_changed = False

    def _save_with(self, other: RenditionCache) -> None:
        self.files = {path: read for path, read in (other.files | self.files).items() if Path(path).exists()}
        used = {read.digest for read in self.files.values()}
        images = other.images | self.images
        self.images = {digest: images[digest] for digest in sorted(used & images.keys())}
        write_checked(self.folder / "manifest", _to_json(self))
        (self.folder / _MADE).unlink(missing_ok=True)

    def _alone(self) -> FileLock:
        """Keep other builds from adding a line to what is being taken into the manifest."""
        return FileLock(self.folder / "lock")

    def _file(self, name: str) -> Path:
        return self.folder / "files" / name

    def _drop_orphans(self) -> None:
        published = (image for image in self.images.values() if isinstance(image, SiteImage))
        used = {rendition.name for image in published for rendition in image.renditions}
        files = self.folder / "files"
        if not files.is_dir() or files.is_symlink():
            return
        drop_temporary(self.folder, older_than=_ORPHAN_SECONDS)
        drop_temporary(files, older_than=_ORPHAN_SECONDS)
        for file in files.iterdir():
            is_ours = FILE_NAME.match(file.name) and file.name not in used
            if is_ours and file.lstat().st_mtime < time.time() - _ORPHAN_SECONDS:
                file.unlink(missing_ok=True)


def open_cache(folder: Path) -> RenditionCache:
    """Return what the folder knows; nothing if it is new, damaged, or of other versions."""
    try:
        cache = _from_json(folder, read_checked(folder / "manifest") or b"")
    except (ValueError, KeyError, TypeError, RecursionError):
        cache = RenditionCache(folder)
    for made in _made_since(folder):
        cache.images[made["digest"]] = _image(made["image"])
        cache.files.setdefault(made["path"], ReadFile(made["digest"], None))
        cache.is_changed = True
    return cache


def _made_since(folder: Path) -> Iterator[Mapping[str, Any]]:
    """Yield what was added since the manifest was written, without a line that a killed process left half."""
    journal = folder / _MADE
    try:
        lines = journal.read_text("utf-8", errors="replace").splitlines() if journal.is_file() else []
    except OSError:
        return
    for line in lines:
        seal, _, body = line.partition(" ")
        if seal == _seal(body) and (made := json.loads(body))["versions"] == VERSIONS:
            yield made


def _seal(line: str) -> str:
    return sha256(line.encode()).hexdigest()


def _to_json(cache: RenditionCache) -> bytes:
    return json.dumps(
        {
            "versions": VERSIONS,
            "files": {path: asdict(read) for path, read in sorted(cache.files.items())},
            "images": {digest: asdict(image) for digest, image in sorted(cache.images.items())},
        },
        ensure_ascii=False,
        indent=0,
    ).encode("utf-8", "surrogatepass")


def _from_json(folder: Path, body: bytes) -> RenditionCache:
    found = json.loads(body.decode("utf-8", "surrogatepass"))
    files = {path: _read_file(value) for path, value in found["files"].items()}
    if found["versions"] != VERSIONS:
        return RenditionCache(folder, files)
    return RenditionCache(folder, files, {digest: _image(value) for digest, value in found["images"].items()})


def _read_file(value: Mapping[str, Any]) -> ReadFile:
    state = value.get("state")  # older notebinders kept no whole one
    return ReadFile(value["digest"], FileState(*state) if state else None)


def _image(value: Mapping[str, Any]) -> SiteImage | UnreadableImage:
    if "code" in value:
        return UnreadableImage(**value)
    renditions = tuple(Rendition(**rendition) for rendition in value["renditions"])
    kept = value["kept_at_night"]
    return SiteImage(
        **{
            **value,
            "renditions": renditions,
            "removed": tuple(value["removed"]),
            "kept_at_night": None if kept is None else tuple(tuple(box) for box in kept),
        }
    )
