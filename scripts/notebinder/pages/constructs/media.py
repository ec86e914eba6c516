"""Players: sound, film and PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from notebinder.base.urls import built_url
from notebinder.pages.constructs.links import fragment
from notebinder.pages.constructs.text import as_prose, attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.vault.model import Attachment
from notebinder.vault.syntax.targets import LinkTarget, read_image_text

_HEIGHT = re.compile(r"(?:^|[#&])height=(?P<pixels>\d+)")
_PAGE_HEIGHT = 600
"""CSS pixels that a PDF is shown in if its author says nothing."""

Player = Callable[[Attachment, LinkTarget, Writing], str]


def sound(attachment: Attachment, target: LinkTarget, writing: Writing) -> str:
    """Write a player for sound."""
    source = _source(attachment, target, writing)
    return f'<span class="nb-media"><audio controls preload="metadata"{source}></audio></span>'


def film(attachment: Attachment, target: LinkTarget, writing: Writing) -> str:
    """Write a player for a film."""
    said = read_image_text(target.text)
    size = f' width="{said.width}"' if said.width else ""
    size += f' height="{said.height}"' if said.height else ""
    source = _source(attachment, target, writing)
    return f'<span class="nb-media"><video controls preload="metadata"{size}{source}></video></span>'


def pdf(attachment: Attachment, target: LinkTarget, writing: Writing) -> str:
    """Write a viewer for a PDF, and a link for browsers that show none."""
    address = built_url(writing.context.look_ups.attachment_address(attachment.path), writing.context.page)
    asked = _HEIGHT.search(target.part)
    height = int(asked["pixels"]) if asked else _PAGE_HEIGHT
    page = fragment(_HEIGHT.sub("", target.part).lstrip("#&"))
    name = attribute(attachment.name)
    frame = (
        f'<iframe src="{attribute(address)}{page}" title="{name}" data-source="{name}" width="100%"'
        f' height="{height}" loading="lazy"></iframe>'
    )
    text = as_prose(attachment.name, writing)
    link = f'<a href="{attribute(address)}{page}" data-source="{name}" data-generated>{text}</a>'
    return f'<span class="nb-media nb-pdf">{frame}{link}</span>'


PLAYERS: MappingProxyType[str, Player] = MappingProxyType(
    {
        **dict.fromkeys((".3gp", ".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav"), sound),
        **dict.fromkeys((".mkv", ".mov", ".mp4", ".ogv", ".webm"), film),
        ".pdf": pdf,
    }
)
"""What plays a file, by its suffix."""


def _source(attachment: Attachment, target: LinkTarget, writing: Writing) -> str:
    address = built_url(writing.context.look_ups.attachment_address(attachment.path), writing.context.page)
    address += fragment(target.part)
    return f' src="{attribute(address)}" data-source="{attribute(attachment.name)}"'
