"""Images: what the author says of them, whatever the figures on the page look like."""

from __future__ import annotations

import posixpath

from notebinder.images.formats import IMAGE_SUFFIXES
from notebinder.pages.constructs.external import pictured
from notebinder.pages.constructs.links import refused
from notebinder.pages.constructs.text import as_prose, attributes_html
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import EmbedUse
from notebinder.vault.model import Attachment, Figure
from notebinder.vault.syntax.schemes import ALWAYS, is_picture, outside_address, scheme_of
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.targets import LinkTarget, read_image_text

_UNSHOWN_SUFFIXES = (
    *(".arw", ".cr2", ".cr3", ".dng", ".heic", ".heif", ".hif", ".ico", ".jp2", ".jxl", ".nef", ".psd"),
    *(".tif", ".tiff"),
)
EMBEDDED_SUFFIXES = IMAGE_SUFFIXES | frozenset(_UNSHOWN_SUFFIXES)
"""Pictures; the place of one that browsers do not show says so."""


def attachment_image(
    attachment: Attachment, target: LinkTarget, line: int, writing: Writing, *, inline: bool
) -> str:
    """Write an image of the vault."""
    said = read_image_text(target.text)
    figure = Figure(
        attachment.path, attachment, alt=said.alt, width=said.width, height=said.height, fragment=target.part
    )
    return _figure(figure, line, writing, inline=inline)


def missing_embed(target: LinkTarget, span: Span, writing: Writing, *, inline: bool = True) -> str:
    """Write a placeholder for a file that is not there."""
    hint = writing.context.look_ups.suggest(target.note)
    writing.report(span, "missing-attachment", f"no file is named {target.note}", hint)
    said = read_image_text(target.text)
    figure = Figure(target.note, None, alt=said.alt, width=said.width, height=said.height)
    return _figure(figure, writing.at(span).line, writing, inline=inline)


def _figure(figure: Figure, line: int, writing: Writing, *, inline: bool) -> str:
    if not writing.chain:
        writing.collected.figures.append(figure)
        writing.collected.embeds.append(EmbedUse(figure.source, line, shown=figure.attachment is not None))
    return writing.context.figure_html(figure, inline=inline)


def external_image(span: Span, writing: Writing) -> str:
    """Write an image of another site, or one that its address holds."""
    said = read_image_text(span.text)
    values = {"src": span.target, "alt": said.alt}
    values |= {"title": span.title} if span.title else {}
    values |= {"width": str(said.width)} if said.width else {}
    values |= {"height": str(said.height)} if said.height else {}
    if is_picture(span.target):
        return f"<img{attributes_html(values)}>"
    if scheme_of(span.target) not in ALWAYS or not outside_address(span.target):
        return refused(as_prose(span.text or span.target, writing), span, writing)
    return pictured(values, writing)


def has_image_suffix(path: str) -> bool:
    """Tell whether a name is one of an image."""
    return posixpath.splitext(path)[1].lower() in EMBEDDED_SUFFIXES
