"""Links in drawings within a page, written so that no script of the theme stumbles over them.

Scripts set `href` of whatever has one, which elements of SVG do not allow, and read it as a text, which it is
not there. The older `xlink:href` they do not look for, and a link with a target they leave to the browser.
"""

from __future__ import annotations

import re

_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LINK = re.compile(r"<(?P<name>a|use|image|textPath)\b(?P<before>[^<>]*?)\shref=", re.IGNORECASE)


def with_quiet_drawings(html: str) -> str:
    """Return the content of a page with such links.

    >>> with_quiet_drawings('<a href="b/"></a><svg><a href="b/">b</a></svg>')
    '<a href="b/"></a><svg><a target="_self" xlink:href="b/">b</a></svg>'
    """
    return _DRAWING.sub(lambda drawn: _LINK.sub(_quiet, drawn[0]), html) if "<svg" in html else html


def _quiet(link: re.Match[str]) -> str:
    target = ' target="_self"' if link["name"].lower() == "a" and "target=" not in link["before"] else ""
    return f"<{link['name']}{link['before']}{target} xlink:href="
