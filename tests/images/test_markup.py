"""What a browser is told, and what it therefore loads."""

import pytest

from notebinder.images.markup import default_rendition, sizes, srcset
from notebinder.images.model import Rendition, SiteImage
from notebinder.images.renditions import rendition_widths


def image(width: int, *, shown: int | None = None) -> SiteImage:
    renditions = tuple(
        Rendition(f"{w}.webp", w, w // 2, "image/webp") for w in rendition_widths(width, width // 2)
    )
    return SiteImage(renditions, shown or width, (shown or width) // 2, "#fff", "PNG")


def test_srcset_lists_all_renditions() -> None:
    assert srcset(image(1600), "../media/") == (
        "../media/480.webp 480w, ../media/720.webp 720w, ../media/960.webp 960w, "
        "../media/1440.webp 1440w, ../media/1600.webp 1600w"
    )


def test_srcset_is_empty_where_nothing_is_to_choose() -> None:
    assert srcset(image(300)) == ""


@pytest.mark.parametrize(
    ("shown", "column", "expected"),
    [
        (1600, "100vw", "min(100vw, 1600px)"),
        (800, "(max-width: 60em) 100vw, 45rem", "(max-width: 60em) min(100vw, 800px), min(45rem, 800px)"),
        (800, "calc(100vw - 2rem)", "min(calc(100vw - 2rem), 800px)"),
    ],
)
def test_sizes_never_ask_for_more_than_is_shown(shown: int, column: str, expected: str) -> None:
    assert sizes(image(1600, shown=shown), column) == expected


@pytest.mark.parametrize(("width", "name"), [(1600, "960.webp"), (900, "900.webp"), (200, "200.webp")])
def test_default_rendition_fits_the_column(width: int, name: str) -> None:
    assert default_rendition(image(width)).name == name
