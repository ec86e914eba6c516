"""What a note embeds from other sites: a labelled box that loads it on a click, or the thing at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from notebinder.constructs.text import as_prose, attribute
from notebinder.constructs.writing import Writing

_VIDEO = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/)|youtu\.be/)(?P<video>[\w-]+)"
)
_POST = re.compile(r"https?://(?:www\.)?(?:twitter|x)\.com/\w+/status/(?P<post>\d+)")
_PLAYED = re.compile(r"https?://(?:www\.|m\.)?(?:youtube\.com/|youtu\.be/|twitter\.com/|x\.com/)")


def external_box(name: str, attributes: Mapping[str, str], writing: Writing) -> str:
    """Write an `iframe` or `img` of another site.

    Its address stands in `data-src` until a reader clicks on the box.
    """
    source = attributes.get("src", "")
    values = {key: value for key, value in attributes.items() if key not in ("src", "loading")}
    shown = values.get("data-source", source)
    label = f"{'Picture' if name == 'img' else 'Embedded page'} from {urlsplit(shown).netloc or shown}"
    if name == "iframe":
        values.setdefault("title", label)
    at_once = writing.context.reading.external_embeds_at_once
    values = {"src" if at_once else "data-src": source, **values, "loading": "lazy"}
    element = f"<{name}{_attributes(values)}>{'</iframe>' if name == 'iframe' else ''}"
    if at_once:
        return element
    text = as_prose(label, writing)
    link = f'<a href="{attribute(shown)}" data-generated>{text}</a>'
    if writing.in_link:
        link = f"<span data-generated>{text}</span>"
    return f'<span class="nb-external nb-external-{name}">{element}{link}</span>'


def played(url: str) -> Mapping[str, str] | None:
    """Return the attributes of a frame that plays what a video's or a post's address names, or None."""
    if not _PLAYED.match(url):
        return None
    if video := _VIDEO.match(url):
        address = f"https://www.youtube-nocookie.com/embed/{video['video']}"
        return {"src": address, "data-source": url, "allowfullscreen": ""}
    if post := _POST.match(url):
        return {"src": f"https://platform.twitter.com/embed/Tweet.html?id={post['post']}", "data-source": url}
    return {"src": url, "data-source": url}


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{attribute(value)}"' if value else f" {name}" for name, value in values.items())
