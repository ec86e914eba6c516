"""What a pull request's build left behind is checked as something hostile."""

import os
import stat
import struct
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notebinder.hosting.preview.artefact import ArtefactLimits, HostileArtefactError, folder_files, unpack

PAGE = b"<html></html>"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "artefact.zip"


def pack(
    archive: Path,
    members: Iterable[tuple[str | zipfile.ZipInfo, bytes]],
    compression: int = zipfile.ZIP_DEFLATED,
) -> Path:
    with zipfile.ZipFile(archive, "w", compression) as opened:
        for member, content in members:
            opened.writestr(member, content)
    return archive


def member(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name)
    about.external_attr = mode << 16
    return about


def refusal(archive: Path, folder: Path, **limits: int) -> str:
    """The refusal's message; nothing of the artefact may have been written."""
    with pytest.raises(HostileArtefactError) as raised:
        unpack(archive, folder, limits=ArtefactLimits(**limits))
    assert list(folder.rglob("*")) == []
    return str(raised.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    return folder


def test_honest_artefact_is_unpacked(archive: Path, folder: Path) -> None:
    """Files keep their bytes and get no rights."""
    pack(archive, [("site/rds/index.html", PAGE), (member("export/rds.md", stat.S_IFREG | 0o4755), b"# RDS")])
    unpack(archive, folder)
    found = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert found == {"site/rds/index.html": PAGE, "export/rds.md": b"# RDS"}
    assert not (folder / "export/rds.md").stat().st_mode & stat.S_IXUSR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("site/A.html", "site/a.html"),
        ("site/\u00e9.html", "site/e\u0301.html"),
        ("site/B/x.html", "site/b/y.html"),
        ("site/c", "site/C/x.html"),
        ("site/d.html.", "site/d.html"),
        ("site/stra\u00dfe.html", "site/STRASSE.html"),
    ],
)
def test_names_that_are_one_elsewhere_are_refused(one: str, other: str, archive: Path, folder: Path) -> None:
    """On macOS and Windows the second would take the place of the first."""
    pack(archive, [(one, PAGE), (other, PAGE)])
    assert "are one on macOS or Windows" in refusal(archive, folder)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("/etc/cron.d/job", "'/etc/cron.d/job' is an absolute path"),
        ("site/../../outside.txt", "'site/../../outside.txt' leads outside its folder"),
        ("..", "'..' leads outside its folder"),
        ("site\\..\\outside.txt", "'site\\\\..\\\\outside.txt' has a backslash or colon in its name"),
        ("C:/outside.txt", "'C:/outside.txt' has a backslash or colon in its name"),
        ("site/a\nb.html", "'site/a\\nb.html' has a control character in its name"),
        ("site/a\u2028b.html", "'site/a\\u2028b.html' has a control character in its name"),
        ("site/a\u202egpj.html", "'site/a\\u202egpj.html' has a mark of writing direction in its name"),
        ("site/\u2066a.html", "'site/\\u2066a.html' has a mark of writing direction in its name"),
        ("site/.git/hooks/pre-push", "'site/.git/hooks/pre-push' has an empty or hidden part in its name"),
        ("", "'' has an empty or hidden part in its name"),
        ("site//a.html", "'site//a.html' has an empty or hidden part in its name"),
        ("site/" + "a" * 500, "has too long a name"),
        ("index.html", "'index.html' lies outside site/ and export/"),
        ("pr-preview/pr-1/index.html", "lies outside site/ and export/"),
    ],
)
def test_bad_name_is_refused(archive: Path, folder: Path, name: str, reason: str) -> None:
    """Each bad name is refused before anything is written, with the name quoted."""
    assert reason in refusal(pack(archive, [("site/index.html", PAGE), (member(name), PAGE)]), folder)


def test_name_that_hides_behind_a_nul_is_refused(archive: Path, folder: Path) -> None:
    pack(archive, [("site/good.htmlXevil", PAGE)])
    archive.write_bytes(archive.read_bytes().replace(b"good.htmlXevil", b"good.html\0evil"))
    assert "'site/good.html\\x00evil' has a control character in its name" in refusal(archive, folder)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [(stat.S_IFLNK, "symbolic link"), (stat.S_IFIFO, "special file"), (stat.S_IFCHR, "special file")],
)
def test_what_is_no_file_is_refused(archive: Path, folder: Path, mode: int, kind: str) -> None:
    pack(archive, [(member("site/passwd", mode | 0o777), b"/etc/passwd")])
    assert refusal(archive, folder) == f"The artefact is refused: 'site/passwd' is a {kind}, not a file."


@pytest.mark.whole
def test_gigabyte_of_zeros_is_refused(archive: Path, folder: Path) -> None:
    """A gigabyte that packs to a megabyte is refused by what the archive says of it."""
    with (
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened,
        opened.open("site/zeros", "w") as file,
    ):
        for _ in range(1000):
            file.write(bytes(1_000_000))
    assert archive.stat().st_size < 2_000_000
    assert refusal(archive, folder) == (
        "The artefact is refused: 'site/zeros' is larger than 95,000,000 bytes; "
        "it unpacks to 1,000,000,000 bytes, and 900,000,000 are allowed."
    )


def test_archive_that_lies_about_a_size_is_refused(archive: Path, tmp_path: Path, folder: Path) -> None:
    """Ten megabytes that claim to be ten bytes never reach the disk as more than they claim."""
    pack(archive, [("site/zeros", bytes(10_000_000))])
    size, lie = struct.pack("<L", 10_000_000), struct.pack("<L", 10)
    archive.write_bytes(archive.read_bytes().replace(size, lie))
    with pytest.raises(HostileArtefactError, match="cannot be read: Bad CRC-32"):
        unpack(archive, folder)
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) <= 10


def test_too_many_files_are_refused(archive: Path, folder: Path) -> None:
    pack(archive, [(f"site/{number}", b"") for number in range(11)])
    assert refusal(archive, folder, files=10) == (
        "The artefact is refused: it has 11 files, and 10 are allowed."
    )


def test_same_name_twice_is_refused(archive: Path, folder: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        pack(archive, [("site/index.html", PAGE), ("site/index.html", b"another")])
    assert "'site/index.html' is there 2 times" in refusal(archive, folder)


def test_file_that_is_also_a_folder_is_refused(archive: Path, folder: Path) -> None:
    pack(archive, [("site/rds", PAGE), ("site/rds/index.html", PAGE)])
    assert "'site/rds' is both a file and a folder" in refusal(archive, folder)


def test_unusual_compression_is_refused(archive: Path, folder: Path) -> None:
    """LZMA may ask for gigabytes of memory."""
    pack(archive, [("site/index.html", PAGE)], zipfile.ZIP_LZMA)
    assert "'site/index.html' is a file in an unusual compression, not a file" in refusal(archive, folder)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\5\6" + b"\xff" * 18])
def test_what_is_no_archive_is_refused(archive: Path, folder: Path, content: bytes) -> None:
    archive.write_bytes(content)
    assert "its archive cannot be read" in refusal(archive, folder)


def test_damaged_archive_is_refused(archive: Path, folder: Path) -> None:
    pack(archive, [("site/index.html", os.urandom(1000))])
    whole = bytearray(archive.read_bytes())
    whole[100:110] = b"\xff" * 10
    archive.write_bytes(whole)
    with pytest.raises(HostileArtefactError, match="its archive cannot be read"):
        unpack(archive, folder)


SEGMENTS = st.sampled_from(
    ["site", "export", "..", ".", "", "a", "b.html", "C:", "\\..", ".git", "\0", "a\nb"]
)
NAMES = st.lists(SEGMENTS, min_size=1, max_size=5).map("/".join) | st.text(min_size=1)


@given(st.lists(NAMES.filter(lambda name: "\0" not in name and not name.endswith("/")), max_size=4))
@settings(deadline=None)
def test_whatever_the_names_nothing_is_written_outside(names: list[str]) -> None:
    """An artefact is unpacked as its names say, or nothing of it is."""
    with tempfile.TemporaryDirectory() as work:
        archive, folder = Path(work, "artefact.zip"), Path(work, "unpacked")
        folder.mkdir()
        try:
            pack(archive, [(member(name), PAGE) for name in dict.fromkeys(names)])
        except (ValueError, UnicodeEncodeError):
            return  # no archive can hold such a name
        try:
            unpack(archive, folder)
            expected = {name.removeprefix("./") for name in names}
        except HostileArtefactError:
            expected = set()
        found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
        assert found == expected
        assert sorted(path.name for path in Path(work).iterdir()) == ["artefact.zip", "unpacked"]


def test_many_reasons_are_cut_short(archive: Path, folder: Path) -> None:
    """A refusal stays short enough for a comment."""
    pack(archive, [(f"bad{number}", b"") for number in range(9)])
    assert refusal(archive, folder).endswith("'bad4' lies outside site/ and export/ (and 4 more).")


def test_folder_lists_its_files(tmp_path: Path) -> None:
    (tmp_path / "rds").mkdir()
    (tmp_path / "rds/index.html").write_bytes(PAGE)
    (tmp_path / ".nojekyll").touch()
    (tmp_path / "404.html").write_bytes(PAGE)
    assert folder_files(tmp_path) == ("404.html", "rds/index.html")


def test_folder_with_a_link_is_refused(tmp_path: Path) -> None:
    """A link could publish any file of the machine."""
    (tmp_path / "notes.html").symlink_to("/etc/passwd")
    (tmp_path / "all").symlink_to("/etc")
    with pytest.raises(HostileArtefactError) as raised:
        folder_files(tmp_path)
    assert str(raised.value) == (
        "The artefact is refused: 'all' is a symbolic link, not a file; "
        "'notes.html' is a symbolic link, not a file."
    )
