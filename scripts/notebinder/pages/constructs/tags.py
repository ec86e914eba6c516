"""Tags."""

from __future__ import annotations

import re

from notebinder.base.urls import built_url
from notebinder.pages.addresses import Address, page_link
from notebinder.pages.constructs.text import as_prose, attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.vault.resolve import canonical
from notebinder.vault.syntax.spans import Span

# Whatever a list of attributes or an address could read as something else.
_NOT_IN_ID = re.compile(r"""[\s\x00-\x1f"'`<>&#=%?()\[\]{}|\\^~*!:;,.$@+]+""")


def tag_anchor(tag: str) -> str:
    """Return the id of a tag on the page that lists all tags.

    >>> tag_anchor("AWS/S3")
    'tag/aws/s3'
    """
    return f"tag/{_NOT_IN_ID.sub('-', canonical(tag))}"


def tag(span: Span, writing: Writing) -> str:
    """Write a tag as a link to what else has it."""
    text = f"#{as_prose(span.text, writing)}"
    if not writing.chain:
        writing.collected.tags.append(span.text)
    if writing.in_link:
        return text
    page, place = writing.context.page, writing.context.look_ups.page_of_tags()
    if not place:
        return f'<span class="tag nb-tag">{text}</span>'
    address = Address(place, tag_anchor(span.text))
    if writing.is_html:
        return f'<a class="tag nb-tag" href="{attribute(built_url(place, page))}#{address.anchor}">{text}</a>'
    return f"[{text}]({page_link(address, page)}){{ .tag .nb-tag }}"
