"""The feeds of a site: what readers of feeds are told, newest first."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree as ET

from notebinder.site.feeds import JSON, RSS, Channel, Item, feed_files

SITE = Channel("R&D", "https://x.y/", "de")
OLD = Item("Old <b>", "https://x.y/old/", date(2024, 5, 2), None, "first & last")
NEW = Item("New", "https://x.y/new/", date(2024, 12, 11), date(2023, 1, 1))


def test_what_changed_last_comes_first() -> None:
    files = feed_files(SITE, [OLD, NEW])
    feed = ET.fromstring(files[RSS])
    assert feed.findtext("channel/title") == "R&D"
    assert [item.findtext("title") for item in feed.iter("item")] == ["New", "Old <b>"]
    assert [item.findtext("pubDate") for item in feed.iter("item")] == [
        "Wed, 11 Dec 2024 00:00:00 +0000",
        "Thu, 02 May 2024 00:00:00 +0000",
    ]
    told = json.loads(files[JSON])
    assert [
        (item["url"], item["date_published"][:10], item["date_modified"][:10]) for item in told["items"]
    ] == [
        ("https://x.y/new/", "2023-01-01", "2024-12-11"),
        ("https://x.y/old/", "2024-05-02", "2024-05-02"),
    ]


def test_a_note_that_changed_again_is_new_to_a_reader() -> None:
    def guid(day: date) -> str | None:
        return ET.fromstring(feed_files(SITE, [Item("A", "https://x.y/", day)])[RSS]).findtext(".//guid")

    assert guid(date(2024, 1, 1)) != guid(date(2024, 1, 2))


def test_a_feed_holds_the_fifty_newest() -> None:
    items = [Item(str(year), f"https://x.y/{year}/", date(year, 1, 1)) for year in range(1900, 2000)]
    told = json.loads(feed_files(SITE, items)[JSON])["items"]
    assert [item["title"] for item in (told[0], told[-1])] == ["1999", "1950"]


def test_a_site_without_dates_has_no_feed() -> None:
    assert feed_files(SITE, []) == {}
