"""Rules of addresses between pages."""

from __future__ import annotations

import pytest

from notebinder.addresses import Address, built_url, page_link


@pytest.mark.parametrize(
    ("path", "seen_from", "address"),
    [
        ("aws/s3.md", "aws/rds.md", "../s3/"),
        ("aws/index.md", "aws/rds.md", "../"),
        ("index.md", "aws/rds.md", "../../"),
        ("aws/rds.md", "index.md", "aws/rds/"),
        ("media/a b.png", "aws/rds.md", "../../media/a%20b.png"),
    ],
)
def test_raw_html_needs_addresses_as_browsers_see_them(path: str, seen_from: str, address: str) -> None:
    assert built_url(path, seen_from) == address


@pytest.mark.parametrize(
    ("address", "seen_from", "target"),
    [
        (Address("aws/s3.md", "limits"), "aws/rds.md", "./s3.md#limits"),
        (Address("index.md"), "aws/rds.md", "../index.md"),
        (Address("aws/rds.md", "proxy"), "aws/rds.md", "#proxy"),
        (Address("aws/rds.md"), "aws/rds.md", "./rds.md"),
    ],
)
def test_markdown_links_always_hold_a_slash(address: Address, seen_from: str, target: str) -> None:
    assert page_link(address, seen_from) == target
