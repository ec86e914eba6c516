"""Originals are published without metadata, pixel for pixel where the format allows."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from notebinder.images.metadata import STRIPPERS
from notebinder.images.model import SiteFile, UnreadableError, UnreadableImage
from notebinder.images.originals import clean_original, copy_large, copy_original
from notebinder.images.png_pieces import strip_png
from tests.support.pictures import (
    SECRET,
    animation,
    colour_at,
    encoded,
    exif,
    opened,
    png_chunk,
    screenshot,
    swapped_profile,
)

XMP = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"


def png_texts() -> PngImagePlugin.PngInfo:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    texts.add_itxt("Comment", SECRET.decode())
    return texts


def gif_with_comment() -> bytes:
    data = animation("GIF", comment=SECRET)
    xmp = b"!\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\0"
    return data[:-1] + xmp + b";" + SECRET


LADEN = {
    "PNG": encoded(screenshot(300, 200), pnginfo=png_texts(), exif=exif(), dpi=(144, 144)) + SECRET,
    "APNG": animation("PNG", pnginfo=png_texts()),
    "JPEG": encoded(screenshot(300, 200), "JPEG", exif=exif(), comment=SECRET, xmp=XMP, dpi=(144, 144))
    + SECRET,
    "progressive JPEG": encoded(screenshot(300, 200), "JPEG", progressive=True, exif=exif(), comment=SECRET),
    "CMYK JPEG": encoded(screenshot(300, 200).convert("CMYK"), "JPEG", comment=SECRET),
    "WEBP": encoded(screenshot(300, 200), "WEBP", exif=exif(), xmp=XMP),
    "transparent WEBP": encoded(Image.new("RGBA", (30, 20), (200, 0, 0, 90)), "WEBP", exif=exif(), xmp=XMP),
    "animated WEBP": animation("WEBP", exif=exif(), xmp=XMP),
    "GIF": gif_with_comment(),
    "AVIF": encoded(screenshot(300, 200), "AVIF", exif=exif(), xmp=XMP),
}


@pytest.mark.parametrize("name", LADEN)
def test_an_original_leaves_without_metadata(name: str) -> None:
    assert SECRET in LADEN[name]
    data, suffix = clean_original(LADEN[name])
    assert SECRET not in data
    assert b"Ada" not in data
    assert {"exif", "xmp", "icc_profile", "comment", "Author", "Comment"} & set(opened(data).info) == set()
    assert suffix == {"JPEG": ".jpg", "WEBP": ".webp", "PNG": ".png", "APNG": ".png", "GIF": ".gif"}.get(
        name.rsplit(maxsplit=1)[-1], ".avif"
    )


@pytest.mark.parametrize("name", [name for name in LADEN if name not in ("AVIF", "CMYK JPEG")])
def test_an_original_keeps_every_pixel_frame_and_duration(name: str) -> None:
    before, after = Image.open(BytesIO(LADEN[name])), Image.open(BytesIO(clean_original(LADEN[name])[0]))
    frames = getattr(before, "n_frames", 1)
    assert getattr(after, "n_frames", 1) == frames
    for frame in range(frames):
        before.seek(frame)
        after.seek(frame)
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
        assert after.info.get("duration") == before.info.get("duration")
    assert after.info.get("loop") == before.info.get("loop")


@pytest.mark.parametrize("name", ["PNG", "JPEG"])
def test_an_original_keeps_its_resolution(name: str) -> None:
    assert opened(clean_original(LADEN[name])[0]).info["dpi"] == opened(LADEN[name]).info["dpi"]


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_rotated_photo_stays_upright_and_says_nothing_else(orientation: int) -> None:
    data, _ = clean_original(encoded(screenshot(300, 200), "JPEG", exif=exif(orientation)))
    assert dict(opened(data).getexif()) == {0x0112: orientation}


def test_a_rotated_png_is_turned_for_good() -> None:
    data, _ = clean_original(encoded(screenshot(300, 200), exif=exif(6)))
    assert opened(data).size == (200, 300)
    assert not opened(data).getexif()


def test_a_screens_profile_is_applied_and_left_out() -> None:
    """A profile names the screen that a screenshot was taken from."""
    picture = Image.new("RGB", (30, 20), (200, 40, 40))
    data, _ = clean_original(encoded(picture, icc_profile=swapped_profile() + SECRET))
    assert SECRET not in data
    assert "icc_profile" not in opened(data).info
    red, green, _ = colour_at(opened(data), (15, 10))
    assert green > red, "the profile's red is green"


def test_publish_original_writes_it_under_the_hash_of_what_is_published(tmp_path: Path) -> None:
    published = copy_original(LADEN["JPEG"], ".JPEG", tmp_path / "media")
    assert isinstance(published, SiteFile)
    assert published.is_cleaned
    assert published.name.endswith(".jpg")
    assert SECRET not in (tmp_path / "media" / published.name).read_bytes()


def test_other_files_are_published_as_they_are_and_say_so(tmp_path: Path) -> None:
    published = copy_original(b"%PDF-1.7 by Ada", ".pdf", tmp_path / "media")
    assert isinstance(published, SiteFile)
    assert published == SiteFile(published.name, is_cleaned=False)
    assert (tmp_path / "media" / published.name).read_bytes() == b"%PDF-1.7 by Ada"


@pytest.mark.parametrize("name", ["film.mp4", "page.html"])
def test_a_large_file_is_published_as_a_small_one_is(tmp_path: Path, name: str) -> None:
    data = b"words\0" * 500_000
    (tmp_path / name).write_bytes(data)
    with (tmp_path / name).open("rb") as file:
        published = copy_large(file, Path(name).suffix, tmp_path / "large")
    assert published == copy_original(data, f".{name.partition('.')[2]}", tmp_path / "small")
    assert isinstance(published, SiteFile)
    assert [file.name for file in (tmp_path / "large").iterdir()] == [published.name]
    assert (tmp_path / "large" / published.name).read_bytes() == data


@pytest.mark.parametrize(("name", "data"), [("a.png", b"words"), ("a.bin", LADEN["PNG"]), ("a", b"II*\0")])
def test_a_large_picture_is_not_published(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with (tmp_path / name).open("rb") as file:
        assert isinstance(copy_large(file, Path(name).suffix, tmp_path / "media"), UnreadableImage)
    assert not (tmp_path / "media").exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty (0 bytes)"),
        (b"words", "is text, not an image"),
        (LADEN["PNG"][:60], "is damaged or cut short"),
    ],
)
def test_a_bad_original_gives_its_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    published = copy_original(data, ".png", tmp_path / "media")
    assert isinstance(published, UnreadableImage)
    assert (published.code, published.message) == ("unreadable-image", reason)
    assert not (tmp_path / "media").exists()


@pytest.mark.parametrize("format_", STRIPPERS)
@given(data=st.data())
@settings(max_examples=60)
def test_a_stripper_refuses_what_is_cut_short_and_never_reads_beyond(
    format_: str, data: st.DataObject
) -> None:
    whole = LADEN[format_].removesuffix(SECRET)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(UnreadableError):
        STRIPPERS[format_](whole[:cut])


@pytest.mark.parametrize("format_", STRIPPERS)
@given(data=st.data())
@settings(max_examples=150)
def test_a_stripper_lets_nothing_through_whatever_is_damaged(format_: str, data: st.DataObject) -> None:
    damaged = bytearray(LADEN[format_])
    places = st.integers(0, len(damaged) - 1)
    for place, value in data.draw(st.dictionaries(places, st.integers(0, 255), max_size=4)).items():
        damaged[place] = value
    try:
        stripped = STRIPPERS[format_](bytes(damaged))
    except UnreadableError:
        return
    assert not any(piece in stripped for piece in (SECRET[:14], SECRET[14:27], SECRET[27:]))


SWALLOWING = {
    "PNG whose end holds what follows": ("PNG", b"\0\0\0\0IEND", b"\0\0\0\x28IEND"),
    "PNG whose text is a palette": ("PNG", b"tEXt", b"PLTE"),
    "PNG whose header holds its text": ("PNG", b"\0\0\0\x0dIHDR", b"\0\0\0\x48IHDR"),
    "JPEG whose comment has no name": ("JPEG", b"\xff\xfe", b"\xff\0"),
    "JPEG whose comment is a further picture": ("JPEG", b"\xff\xfe", b"\xff\xf7"),
    "JPEG whose comment is a table": ("JPEG", b"\xff\xfe", b"\xff\xdb"),
    "JPEG whose EXIF is a table": ("JPEG", b"\xff\xe1", b"\xff\xc4"),
    "JPEG whose EXIF is a colour space": ("JPEG", b"\xff\xe1", b"\xff\xee"),
    "JPEG whose EXIF is a frame": ("JPEG", b"\xff\xe1", b"\xff\xc0"),
    "GIF whose loop holds what follows": ("GIF", b"!\xff\x0bNETSCAPE2.0", b"!\xff\x1bNETSCAPE2.0"),
    "GIF whose comment is a timing": ("GIF", b"!\xfe", b"!\xf9"),
    "GIF whose comment is of no kind": ("GIF", b"!\xfe", b"?\xfe"),
    "GIF whose last frame holds what follows": ("GIF", b"\0!\xff\x0bXMP", b"\x0e!\xff\x0bXMP"),
    "WEBP whose EXIF is of no kind": ("WEBP", b"EXIF", b"XXXX"),
    "WEBP whose EXIF is a frame": ("WEBP", b"EXIF", b"ANMF"),
    "WEBP whose EXIF is transparency": ("WEBP", b"EXIF", b"ALPH"),
}


@pytest.mark.parametrize("name", SWALLOWING)
def test_a_piece_that_passes_for_the_picture_is_not_let_through(name: str) -> None:
    """Decoders forgive such damage, and one wrong byte may be enough."""
    format_, whole, damaged = SWALLOWING[name]
    assert whole in LADEN[format_]
    try:
        stripped = STRIPPERS[format_](LADEN[format_].replace(whole, damaged))
    except UnreadableError:
        return
    assert SECRET not in stripped


def interlaced(surplus: bytes) -> bytes:
    """5 x 3 grey pixels: all passes but the third, of 2, 2, 2, 4, 6 and 6 bytes."""
    header = struct.pack(">IIBBBBB", 5, 3, 8, 0, 0, 0, 1)
    pixels = png_chunk(b"IDAT", zlib.compress(bytes(22) + surplus))
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + pixels + png_chunk(b"IEND", b"")


def test_an_interlaced_picture_ends_with_its_last_pass() -> None:
    opened(interlaced(b""))
    assert strip_png(interlaced(b"")) == interlaced(b"")
    with pytest.raises(UnreadableError):
        strip_png(interlaced(b"x"))


RUN_BY_BROWSERS = """
    .html .htm .xhtml .xht .shtml .xml .xsl .xslt .rdf .mht .mhtml .svgz .swf .wasm
    .js .mjs .cjs .css .htc .hta .appcache .webmanifest
"""
MADE_PAGES_BY_MKDOCS = ".markdown .mdown .mkdn .mkd"


@pytest.mark.parametrize(
    ("suffix", "published"),
    [
        *((suffix, f"{suffix}.txt") for suffix in (RUN_BY_BROWSERS + MADE_PAGES_BY_MKDOCS).split()),
        (".XHTML", ".xhtml.txt"),
        (".csv", ".csv"),
    ],
)
def test_a_file_that_browsers_run_is_published_as_text(suffix: str, published: str, tmp_path: Path) -> None:
    """A page of an author's would run on the site's own address."""
    made = copy_original(b"<script>alert(1)</script>", suffix, tmp_path)
    assert isinstance(made, SiteFile)
    assert made.name[20:] == published
    assert (tmp_path / made.name).read_bytes() == b"<script>alert(1)</script>"


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_an_image_under_any_other_name_leaves_without_metadata_too(name: str, tmp_path: Path) -> None:
    published = copy_original(LADEN[name], ".bin", tmp_path)
    assert isinstance(published, SiteFile)
    assert SECRET not in (tmp_path / published.name).read_bytes()
    assert published.is_cleaned


@pytest.mark.parametrize("suffix", [".tiff", ".bin", ".png"])
@pytest.mark.parametrize("beginning", [b"II*\0", b"MM\0*", b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypmif1"])
def test_a_photo_whose_metadata_cannot_be_taken_out_is_not_published(
    beginning: bytes, suffix: str, tmp_path: Path
) -> None:
    published = copy_original(beginning + SECRET, suffix, tmp_path)
    assert isinstance(published, UnreadableImage)
    assert (published.code, published.hint) == ("unreadable-image", "export it as JPEG or PNG")
    assert list(tmp_path.iterdir()) == []
