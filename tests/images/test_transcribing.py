"""The transcript file: what it holds, and when it may be written."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebinder.base.problems import Problem
from notebinder.images.transcribing import (
    check_transcripts,
    hash_image,
    read_untranscribed,
    transcribe_images,
)
from notebinder.vault.model import Attachment, Transcript
from notebinder.vault.transcripts import (
    format_transcript,
    is_transcript,
    load_transcript,
    load_transcripts,
    parse_transcript,
    transcript_file,
)
from tests.support.projects import PROJECT

SLIDE = Transcript("S3 Bucket Policies", ("JSON based policies", "Resources: buckets and objects"))


class Reader:
    """Stands in for the engine: says what it is told, and remembers what it was shown."""

    def __init__(self, transcript: Transcript = SLIDE) -> None:
        self.transcript = transcript
        self.shown: list[str] = []

    def __call__(self, file: Path) -> Transcript:
        self.shown.append(file.name)
        return self.transcript


@pytest.fixture
def image(tmp_path: Path) -> Attachment:
    file = tmp_path / "Pasted image 1.png"
    file.write_bytes(b"first picture")
    return Attachment("assets/Pasted image 1.png", file)


def edit(image: Attachment, old: str, new: str) -> None:
    file = transcript_file(image.file)
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def printed(problems: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


def test_file_has_a_short_head_and_a_paragraph_on_each_line() -> None:
    assert format_transcript(Transcript("VPC", ("A private\nnetwork", " ", "In one region"), "1f")) == (
        "# Read by notebinder. Correct what is wrong; a corrected file is never overwritten.\n"
        "title: VPC\n"
        "image: 1f\n"
        "text: 30fae7f59ab4e2756bd6\n"
        "---\n"
        "A private network\n"
        "In one region\n"
    )


@given(title=st.text(), paragraphs=st.lists(st.text()), image_hash=st.sampled_from(["", "1f", "aa:b"]))
def test_what_is_written_is_read_again(title: str, paragraphs: list[str], image_hash: str) -> None:
    """Whatever an engine reads, the file comes back uncorrected and says the same words."""
    back = parse_transcript(format_transcript(Transcript(title, tuple(paragraphs), image_hash)))
    assert back is not None
    assert not back.corrected
    assert format_transcript(back) == format_transcript(Transcript(title, tuple(paragraphs), image_hash))


@pytest.mark.parametrize("text", ["", "my own notes about this image", "---\ntext", "title: VPC\n---\ntext"])
def test_other_text_is_no_transcript(text: str) -> None:
    assert parse_transcript(text) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\nResources", "\n\n  Resources"),
    ],
    ids=["line ends", "byte order mark", "no last line end", "white space"],
)
def test_editors_and_git_may_change_white_space_without_correcting(
    image: Attachment, change: Callable[[str], str]
) -> None:
    transcribe_images([image], Reader())
    file = transcript_file(image.file)
    file.write_bytes(change(file.read_text(encoding="utf-8")).encode())
    assert load_transcript(image.file) == Transcript(
        SLIDE.title, SLIDE.paragraphs, hash_image(b"first picture")
    )


def test_new_image_is_read_and_an_unchanged_one_is_not_read_again(image: Attachment) -> None:
    reader = Reader()
    told: list[tuple[int, int]] = []
    first = transcribe_images([image], reader, progress=lambda *counts: told.append(counts))
    second = transcribe_images([image], reader, progress=lambda *counts: told.append(counts))
    assert (first.written, second.written) == (("assets/Pasted image 1.png",), ())
    assert reader.shown == ["Pasted image 1.png"]
    assert told == [(1, 1)]


def test_replaced_image_is_read_again(image: Attachment) -> None:
    transcribe_images([image], Reader())
    image.file.write_bytes(b"second picture")
    transcribe_images([image], Reader(Transcript("RDS Proxy", ())))
    assert load_transcript(image.file) == Transcript("RDS Proxy", (), hash_image(b"second picture"))


@pytest.mark.parametrize(
    ("old", "new"),
    [("JSON based", "JSON-based"), ("title: S3 Bucket Policies", "title: Policies"), ("\ntext", "\n")],
)
def test_corrected_file_is_never_overwritten(image: Attachment, old: str, new: str) -> None:
    transcribe_images([image], Reader())
    edit(image, old, new)
    before = transcript_file(image.file).read_bytes()
    image.file.write_bytes(b"second picture")
    done = transcribe_images([image], Reader(Transcript("RDS Proxy", ())))
    assert transcript_file(image.file).read_bytes() == before
    assert printed(done.problems) == [
        "assets/Pasted image 1.png.txt: info[outdated-transcript] was made from an older image; "
        "check or delete it"
    ]


def test_file_that_is_no_transcript_is_left_alone_and_reported(image: Attachment) -> None:
    transcript_file(image.file).write_text("my own notes", encoding="utf-8")
    reader = Reader()
    done = transcribe_images([image], reader)
    expected = [
        "assets/Pasted image 1.png.txt: warning[unreadable-transcript] does not begin as a transcript does; "
        "rename it, or delete it to have the image read"
    ]
    assert reader.shown == []
    assert printed(done.problems) == printed(check_transcripts([image])) == expected
    assert transcript_file(image.file).read_text(encoding="utf-8") == "my own notes"


def test_image_that_cannot_be_opened_is_reported_and_the_others_are_read(
    image: Attachment, tmp_path: Path
) -> None:
    good = Attachment("assets/Z.png", tmp_path / "Z.png")
    good.file.write_bytes(b"picture")

    def read(file: Path) -> Transcript:
        if file.name != "Z.png":
            raise OSError("image file is truncated")
        return SLIDE

    done = transcribe_images([image, good], read, jobs=1)
    assert done.written == ("assets/Z.png",)
    assert printed(done.problems) == [
        "assets/Pasted image 1.png: warning[untranscribed-image] cannot be opened: image file is truncated"
    ]


def test_the_newest_are_read_first_and_a_stop_loses_only_what_is_being_read(tmp_path: Path) -> None:
    images = [Attachment(f"{number}.png", tmp_path / f"{number}.png") for number in range(4)]
    for number, image in enumerate(images):
        image.file.write_bytes(b"picture %d" % number)
        os.utime(image.file, (number, number))
    shown: list[str] = []

    def read(file: Path) -> Transcript:
        shown.append(file.name)
        if len(shown) == 3:
            raise KeyboardInterrupt
        return SLIDE

    with pytest.raises(KeyboardInterrupt):
        transcribe_images(images, read, jobs=1)
    assert shown == ["3.png", "2.png", "1.png"]
    again = Reader()
    assert transcribe_images(images, again, jobs=1).written == ("1.png", "0.png")


@pytest.mark.skipif(sys.platform != "linux", reason="sends signals to processes that are forked")
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_from_outside_keeps_what_was_read_on_all_cores(tmp_path: Path, asked: signal.Signals) -> None:
    for number in range(40):
        (tmp_path / f"{number}.png").write_bytes(b"picture %d" % number)
    command = [sys.executable, "-m", "tests.support.transcribing", str(tmp_path)]
    running = subprocess.Popen(command, cwd=PROJECT)
    while len([*tmp_path.glob("*.txt")]) < 2 and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(asked)
    assert running.wait() == (130 if asked == signal.SIGINT else 128 + asked)
    read = [load_transcript(image) for image in tmp_path.glob("*.png")]
    assert 2 <= len(read) - read.count(None) < 40
    assert {transcript.title for transcript in read if transcript} == {"Read"}
    left = transcribe_images([Attachment(f.name, f) for f in tmp_path.glob("*.png")], Reader(), jobs=1)
    assert len(left.written) == read.count(None)


def test_image_without_transcript_is_worth_knowing(image: Attachment, tmp_path: Path) -> None:
    drawing = Attachment("assets/drawing.svg", tmp_path / "drawing.svg")
    assert printed(check_transcripts([image, drawing])) == [
        "assets/Pasted image 1.png: info[missing-transcript] has no transcript; run `notebinder transcribe`"
    ]


def test_transcripts_are_found_by_the_name_of_their_image(image: Attachment, tmp_path: Path) -> None:
    transcribe_images([image], Reader())
    other = Attachment("assets/Z.png", tmp_path / "Z.png")
    assert load_transcripts([image, other]) == {
        "Pasted image 1.png": Transcript(SLIDE.title, SLIDE.paragraphs, hash_image(b"first picture"))
    }


def test_untranscribed_images_can_be_read_without_writing(image: Attachment, tmp_path: Path) -> None:
    read, bad = Attachment("b.png", tmp_path / "b.png"), Attachment("missing.png", tmp_path / "missing.png")
    read.file.write_bytes(b"picture")
    transcribe_images([image], Reader())

    def reader(file: Path) -> Transcript:
        file.read_bytes()
        return SLIDE

    assert read_untranscribed([image, read, bad], reader, jobs=1) == {"b.png": SLIDE}
    assert not transcript_file(read.file).exists()


def test_other_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "drawing.svg").write_text("<svg/>")
    reader = Reader()
    transcribe_images([Attachment("drawing.svg", tmp_path / "drawing.svg")], reader)
    assert reader.shown == []


@pytest.mark.parametrize(
    ("name", "expected"), [("a.png.txt", True), ("A.JPG.TXT", True), ("a.txt", False), ("a.png", False)]
)
def test_transcripts_are_told_by_their_name(name: str, expected: bool) -> None:
    assert is_transcript(name) is expected
