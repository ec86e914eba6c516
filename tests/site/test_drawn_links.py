"""A link in a drawing leads where it should, and no script stumbles over it."""

from __future__ import annotations

import pytest

from notebinder.site.drawn_links import with_quiet_drawings


@pytest.mark.parametrize(
    ("html", "quiet"),
    [
        ('<p><a href="b/">b</a></p>', '<p><a href="b/">b</a></p>'),
        (
            '<svg viewBox="0 0 9 9"></svg><a href="b/">b</a>',
            '<svg viewBox="0 0 9 9"></svg><a href="b/">b</a>',
        ),
        ('<svg><use href="#a"/></svg>', '<svg><use xlink:href="#a"/></svg>'),
        (
            '<svg><a class="x" target="_blank" href="b/">b</a></svg>',
            '<svg><a class="x" target="_blank" xlink:href="b/">b</a></svg>',
        ),
        ('<svg><a xlink:href="b/">b</a></svg>', '<svg><a xlink:href="b/">b</a></svg>'),
    ],
)
def test_only_links_in_drawings_are_written_anew(html: str, quiet: str) -> None:
    assert with_quiet_drawings(html) == quiet
