"""The page that leads on from an address that a page has had to the one that it has now."""

from __future__ import annotations

import posixpath
from html import escape
from urllib.parse import quote

from notebinder.base.words import ENGLISH, Words

REDIRECT_HEAD = '<!doctype html>\n<html data-made-by="notebinder" lang="'
REDIRECT_POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'"
"""The policy of a page that only leads on."""
_SCRIPT = "assets/notebinder/moved.js"


def redirect_page(address: str, target: str, title: str, say: Words = ENGLISH) -> bytes:
    """Lead on by a refresh, at once; the theme's script keeps the part of the address behind `#`."""
    href = quote(posixpath.relpath(target or ".", address)) + "/"
    root = "../" * address.count("/")
    link = f'<a href="{href}">{escape(title)}</a>'
    page = f"""{REDIRECT_HEAD}{escape(say.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{REDIRECT_POLICY}">
<title>{escape(title)}</title>
<link rel="canonical" href="{href}">
<meta name="robots" content="noindex">
<script src="{root}{_SCRIPT}"></script>
<meta http-equiv="refresh" content="0; url={href}">
</head>
<body>
<p dir="auto">{say("moved to", link=link)}</p>
</body>
</html>
"""
    return page.encode()
