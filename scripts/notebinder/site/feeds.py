"""The feeds of a site, RSS and JSON: its notes, those that changed last first. Values in, files out."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

RSS = "feed.xml"
JSON = "feed.json"
_MOST = 50
"""So many notes are in a feed."""


@dataclass(frozen=True, slots=True)
class Item:
    """A page in a feed."""

    title: str
    url: str
    changed: date
    created: date | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of its site."""

    title: str
    url: str
    """The site's address, with a slash at its end."""
    language: str


def feed_files(channel: Channel, items: Iterable[Item]) -> dict[str, bytes]:
    """Return both feeds by their paths on the site; none for a site that knows no dates."""
    newest = sorted(items, key=lambda item: (-item.changed.toordinal(), item.url))[:_MOST]
    return {RSS: _rss(channel, newest), JSON: _json(channel, newest)} if newest else {}


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _rss(channel: Channel, items: Iterable[Item]) -> bytes:
    root = ET.Element("rss", {"version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom"})
    feed = ET.SubElement(root, "channel")
    own = {"href": channel.url + RSS, "rel": "self", "type": "application/rss+xml"}
    for name, text in (("title", channel.title), ("link", channel.url), ("description", channel.title)):
        ET.SubElement(feed, name).text = text
    ET.SubElement(feed, "language").text = channel.language
    ET.SubElement(feed, "atom:link", own)
    for item in items:
        entry = ET.SubElement(feed, "item")
        told = {"title": item.title, "link": item.url, "description": item.description}
        for name, text in told.items():
            ET.SubElement(entry, name).text = text
        # A note that changed again is new to a reader of feeds.
        ET.SubElement(entry, "guid", {"isPermaLink": "false"}).text = f"{item.url}#{item.changed.isoformat()}"
        ET.SubElement(entry, "pubDate").text = format_datetime(_moment(item.changed))
    ET.indent(root)
    return bytes(ET.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _json(channel: Channel, items: Iterable[Item]) -> bytes:
    entries = [
        {
            "id": item.url,
            "url": item.url,
            "title": item.title,
            "content_text": item.description,
            "date_published": _moment(item.created or item.changed).isoformat(),
            "date_modified": _moment(item.changed).isoformat(),
        }
        for item in items
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.url,
        "feed_url": channel.url + JSON,
        "language": channel.language,
        "items": entries,
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def plain(text: object) -> str:
    """Return a title or description as it is, which templates hold as HTML; XML bears no control characters.

    >>> plain("R&amp;D\\x00")
    'R&D'
    """
    return "".join(char for char in html.unescape(str(text or "")) if char.isprintable() or char == " ")
