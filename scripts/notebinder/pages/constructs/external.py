"""What a note embeds from other sites: a labelled box that loads it on a click, or the thing at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from notebinder.pages.constructs.text import as_prose, attribute, attributes_html
from notebinder.pages.constructs.writing import Writing
from notebinder.vault.syntax.schemes import ALWAYS, outside_address

_VIDEO = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/)|youtu\.be/)(?P<video>[\w-]+)"
)
_POST = re.compile(r"https?://(?:www\.)?(?:twitter|x)\.com/\w+/status/(?P<post>\d+)")
_SANDBOX = "allow-scripts allow-same-origin allow-popups allow-presentation"
"""What a player needs; it may not lead the page that it stands on elsewhere."""
_PLAYED = re.compile(r"https?://(?:www\.|m\.)?(?:youtube\.com/|youtu\.be/|twitter\.com/|x\.com/)")


def framed(attributes: Mapping[str, str], line: int, writing: Writing) -> str:
    """Write a page of another site in a frame, if its host is one of the settings; else a link to it."""
    source = urlsplit(outside_address(attributes.get("src", "")))
    shown = outside_address(attributes.get("data-source", "")) or source.geturl() or attributes.get("src", "")
    host = urlsplit(outside_address(shown)).netloc or shown
    label = writing.context.reading.say("page from", host=host)
    if source.scheme not in ALWAYS:
        return as_prose(label, writing)
    if source.netloc not in writing.context.reading.frame_hosts:
        hint = f"name the host under frame_hosts to embed it: {source.netloc}"
        writing.report_line(line, "refused-frame", f"{source.netloc} is not embedded but linked", hint)
        return _box("iframe", "", label, shown, writing)
    address = urlunsplit(source._replace(scheme="https"))
    values = {"src": address, "sandbox": _SANDBOX, "title": label} | {
        name: value for name, value in attributes.items() if name not in ("src", "sandbox", "loading")
    }
    return _loaded("iframe", values, (label, shown), writing)


def pictured(attributes: Mapping[str, str], writing: Writing, *, name: str = "img") -> str:
    """Write a picture, a film or a sound of another site."""
    source = outside_address(attributes["src"])
    label = writing.context.reading.say(f"{name} from", host=urlsplit(source).netloc or source)
    values = {key: value for key, value in attributes.items() if key != "poster"}
    return _loaded(name, {**values, "src": source}, (label, source), writing)


def _loaded(name: str, values: Mapping[str, str], shown: tuple[str, str], writing: Writing) -> str:
    """Write an element that loads when a reader clicks on its box: its address waits in `data-src`."""
    at_once = writing.context.reading.external_embeds_at_once
    source = {"src" if at_once else "data-src": values["src"]}
    rest = {key: value for key, value in values.items() if key != "src"}
    element = f"<{name}{attributes_html({**source, **rest, 'loading': 'lazy'})}>"
    element += "" if name == "img" else f"</{name}>"
    return element if at_once else _box(name, element, *shown, writing)


def _box(name: str, element: str, label: str, shown: str, writing: Writing) -> str:
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
