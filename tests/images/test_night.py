"""What of a picture is turned dark at night, and what stays as it is."""

from __future__ import annotations

from PIL import Image, ImageDraw

from notebinder.images.night import kept_at_night


def slide(paper: str = "white") -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (1600, 900), paper)
    pen = ImageDraw.Draw(picture)
    pen.text((100, 60), "Amazon S3 - Objects", fill="black", font_size=80)
    pen.text((100, 300), "Stores objects in buckets", fill="#333", font_size=40)
    return picture, pen


def covered(kept: tuple[tuple[int, int, int, int], ...], across: float, down: float) -> bool:
    return any(box[0] < across * 1000 < box[2] and box[1] < down * 1000 < box[3] for box in kept)


def test_letters_are_turned_with_their_paper() -> None:
    assert kept_at_night(slide()[0]) == ()


def test_a_coloured_box_stays_with_the_letters_on_it() -> None:
    picture, pen = slide()
    pen.rectangle((800, 450, 1200, 650), fill="#ff9900")
    pen.text((850, 500), "S3 Select", fill="white", font_size=70)
    kept = kept_at_night(picture)
    assert kept
    assert all(covered(kept, across, down) for across in (0.51, 0.6, 0.74) for down in (0.51, 0.6, 0.71))
    assert not covered(kept, 0.4, 0.6)
    assert not covered(kept, 0.1, 0.1)


def test_a_frame_keeps_its_line_and_not_what_is_in_it() -> None:
    picture, pen = slide()
    pen.rectangle((800, 300, 1500, 800), outline="#7aa116", width=60)
    kept = kept_at_night(picture)
    assert kept
    assert covered(kept, 0.515, 0.6)
    assert not covered(kept, 0.7, 0.6)


def test_a_picture_that_is_dark_or_coloured_stays_as_it_is() -> None:
    assert kept_at_night(slide("#101820")[0]) is None
    assert kept_at_night(Image.linear_gradient("L").resize((800, 600))) is None


def test_boxes_do_not_overlap() -> None:
    picture, pen = slide()
    pen.ellipse((900, 200, 1500, 800), fill="#c925d1")
    kept = kept_at_night(picture)
    assert kept
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in kept)
    union = Image.new("1", (1000, 1000))
    for left, top, right, bottom in kept:
        ImageDraw.Draw(union).rectangle((left, top, right - 1, bottom - 1), fill=1)
    assert area == sum(union.convert("L").point(lambda value: value > 0).histogram()[1:])


def test_the_smallest_picture_is_no_fault() -> None:
    assert kept_at_night(Image.new("RGB", (1, 1), "white")) == ()
