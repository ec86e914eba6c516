"""Links: to notes, headings, blocks and files of the vault, and to other sites."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import MappingProxyType
from urllib.parse import quote

from msgspec.structs import replace

from notebinder.base.escaping import as_text
from notebinder.base.urls import built_url
from notebinder.pages.addresses import Address, page_link
from notebinder.pages.constructs.text import as_prose, attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden, LinkUse
from notebinder.vault.file_notes import is_page_file
from notebinder.vault.resolve import Found
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.schemes import ALWAYS, NEVER, is_allowed, outside_address, percent, scheme_of
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.targets import LinkTarget, read_app_address, read_reference, read_wikilink

_IN_FRAGMENT = "=&,:;.-~/?"
_PLAIN_URL = re.compile(r"https?://(?:[\w/:.?=%#+,;@~!$'()*-]|&(?!\w+;))+")
_NOT_IN_MARKDOWN = re.compile(r"['()]|&(?=\w+;)")


def wikilink(span: Span, writing: Writing) -> str:
    """Write `[[note#part|text]]` as a link to where the site shows that."""
    target = read_wikilink(span.text)
    if target.text:
        text = replace(writing, in_link=True).text(target.text, writing.at(span).line, one_line=True)
        text = text if text.strip() else as_prose(target.text, writing)
        writing.spend(Hidden.LINK, span.text, target.text)
    else:
        text = as_prose(target.shown, writing)
        if "%%" in span.text or "<!--" in span.text:
            writing.spend(Hidden.LINK, span.text, target.shown)
    return unlinked(text, span, writing) if writing.in_link else link_to(target, text, span, writing)


def link(span: Span, writing: Writing) -> str:
    """Write `[text](target)`."""
    inner = replace(writing, in_link=True)
    text = inner.inlines(span.children)
    writing.spend(Hidden.LINK, writing.source[span.start + 1 + len(span.text) : span.end])
    if writing.in_link or not span.target:
        return unlinked(text, span, writing)
    if target := target_in_vault(span.target, writing):
        return link_to(target, text, span, writing)
    if not is_allowed(span.target, writing.context.reading.link_schemes):
        return refused(text, span, writing)
    return external_link(text, outside_address(span.target), span.title, writing)


def text_with_links(text: str, writing: Writing) -> str:
    """Write a text in which nothing but links means anything, as HTML; a file that it embeds is linked."""
    return _with_links(read_inline(text), replace(writing, source=text))


def _with_links(spans: Sequence[Span], writing: Writing) -> str:
    written = ""
    for span in spans:
        if write := _LINKS.get(span.kind):
            written += write(span, writing)
        elif span.children:
            start, end = span.children[0].start, span.children[-1].end
            written += as_text(writing.source[span.start : start]) + _with_links(span.children, writing)
            written += as_text(writing.source[end : span.end])
        else:
            written += as_text(writing.source[span.start : span.end])
    return written


def target_in_vault(address: str, writing: Writing) -> LinkTarget | None:
    """Return what an address names of this vault; None for any other."""
    if not scheme_of(address):
        return read_reference(address)
    return read_app_address(address, writing.context.reading.vault_name)


def url(span: Span, writing: Writing) -> str:
    """Write an address that is a link to itself."""
    if writing.in_link:
        return unlinked(as_prose(span.text, writing), span, writing)
    if target := target_in_vault(span.target, writing):
        return link_to(target, as_prose(target.shown, writing), span, writing)
    if not is_allowed(span.target, writing.context.reading.link_schemes):
        return refused(as_prose(span.text, writing), span, writing)
    address = outside_address(span.target)
    if not writing.is_html and address == span.target and _PLAIN_URL.fullmatch(address):
        return f"<{span.text}>"
    return external_link(as_prose(span.text, writing), address, "", writing)


def refused(text: str, span: Span, writing: Writing) -> str:
    """Write the text of a link that may lead nowhere."""
    writing.report(span, *refusal(span.target, "is shown as text"))
    return unlinked(text, span, writing)


def unlinked(text: str, span: Span, writing: Writing) -> str:
    """Write the text of a link alone; between letters it becomes one word with them."""
    writing.vanish(Hidden.LINK, span)
    return text


def refusal(address: str, outcome: str) -> tuple[str, str, str]:
    """Return the code, the message and the hint for an address that is none, or has a scheme of its own."""
    scheme = scheme_of(address)
    if scheme in ALWAYS:
        return "invalid-address", f"a link whose address is none {outcome}", "correct its host or port"
    hint = f"name it under link_schemes to allow it: {scheme}" if scheme not in NEVER else ""
    return "refused-scheme", f"a link with {scheme}: {outcome}", hint


def external_link(text: str, address: str, title: str, writing: Writing) -> str:
    """Write a link to another site or app."""
    if writing.is_html:
        return f'<a href="{attribute(address)}">{text}</a>'
    name = f' "{attribute(title)}"' if title else ""
    return f"[{text}]({_NOT_IN_MARKDOWN.sub(_in_markdown, address)}{name})"


def _in_markdown(found: re.Match[str]) -> str:
    return "&amp;" if found[0] == "&" else percent(found)


def link_to(target: LinkTarget, text: str, span: Span, writing: Writing) -> str:
    """Write a link to what a target means; to nothing, the text is marked as missing."""
    address, source = _address(target, span, writing)
    if not writing.chain:
        typed = f"{target.note}#{target.part}" if target.part else target.note
        leads_to = address.page if address and not source else ""
        line = writing.at(span).line
        writing.collected.links.append(LinkUse(typed, line, address is not None, leads_to))
    if address is None:
        return missing(text, target.note, writing)
    page = writing.context.page
    if writing.is_html:
        anchor = f"#{address.anchor}" if address.anchor else ""
        place = anchor if anchor and address.page == page else built_url(address.page, page) + anchor
        return f'<a href="{attribute(place)}"{source}>{text}</a>'
    attributes = f"{{{source} }}" if source else ""
    return f"[{text}]({page_link(address, page)}){attributes}"


def missing(text: str, target: str, writing: Writing) -> str:
    """Write the text of a link to a note that does not exist, or to a file that is not published."""
    found = writing.context.look_ups.find(target, writing.note.path)
    reason = writing.context.look_ups.why_not_published(found.path) if found else ""
    title = attribute(
        f"{target}: {reason}" if reason else writing.context.reading.say("no note", name=target)
    )
    return f'<span class="nb-missing" title="{title}">{text}</span>'


def fragment(part: str) -> str:
    """Return what a browser is told of the place in a file: a page, a time.

    >>> fragment("page=3"), fragment("a chapter)"), fragment("")
    ('#page=3', '#a%20chapter%29', '')
    """
    return f"#{quote(part, safe=_IN_FRAGMENT)}" if part else ""


def place_of(target: LinkTarget, writing: Writing) -> str | None:
    """Return the address of a file or a note for raw HTML, or None if the vault has no such thing."""
    context = writing.context
    found = context.look_ups.find(target.note, writing.note.path)
    attachment = context.look_ups.linked_file(found.path) if found else None
    if attachment:
        writing.collected.attachments[attachment.path] = attachment
        published = context.look_ups.attachment_address(attachment.path)
        return built_url(published, context.page) + fragment(target.part) if published else None
    if found is None:
        return None
    place = context.look_ups.note_address(found.path)
    if target.part:
        place = context.look_ups.part_place(found.path, target.part, context.page).address
    anchor = f"#{place.anchor}" if place and place.anchor else ""
    return built_url(place.page, context.page) + anchor if place else None


def find(target: str, span: Span, writing: Writing) -> Found | None:
    """Return the file that a name in the note means, and report what is not sure."""
    if not target:
        return Found(writing.note.path)
    found = writing.context.look_ups.find(target, writing.note.path)
    if found and found.others:
        more = (f"{found.more:,} more",) if found.more else ()
        names = ", ".join((*found.others, *more))
        writing.report(
            span, "ambiguous-link", f"[[{target}]] means {found.path}, or {names}", "write the path"
        )
    if found and found.is_alias:
        name = found.path.rpartition("/")[2].removesuffix(".md")
        hint = f"Obsidian itself would write [[{name}|{target}]]"
        writing.report(span, "alias-link", f"[[{target}]] is an alias of {found.path}", hint)
    return found


def _address(target: LinkTarget, span: Span, writing: Writing) -> tuple[Address | None, str]:
    """Return where a link leads, and the attribute that names the file if that is none of ours."""
    found = find(target.note, span, writing)
    if found is None and target.part and (whole := find(f"{target.note}#{target.part}", span, writing)):
        found, target = whole, LinkTarget(whole.path)  # a note with a `#` in its name
    look_ups = writing.context.look_ups
    if found is None:
        topic = look_ups.topic(target.note)
        if topic is None:
            hint = look_ups.suggest(target.note)
            writing.report(span, "missing-note", f"[[{target.note}]] matches no note", hint)
        return topic, ""
    attachment = look_ups.linked_file(found.path)
    if attachment is None:
        return _address_in(found.path, target.part, span, writing), ""
    writing.collected.attachments[attachment.path] = attachment
    published = look_ups.attachment_address(attachment.path)
    place = Address(published, fragment(target.part).removeprefix("#"))
    return place if published else None, f' data-source="{attribute(attachment.name)}"'


def _address_in(note: str, part: str, span: Span, writing: Writing) -> Address | None:
    """Return the place of a note's part, or of the note where it has no such part."""
    look_ups = writing.context.look_ups
    if not part:
        return look_ups.note_address(note)
    place = look_ups.part_place(note, part, writing.context.page)
    if place.missing and not is_page_file(note):  # the only view of a base has no heading
        writing.report(span, f"missing-{place.missing}", f"{note} has no {place.missing} {part}", place.hint)
    return place.address


_LINKS: MappingProxyType[str, Callable[[Span, Writing], str]] = MappingProxyType(
    {"wikilink": wikilink, "embed": wikilink, "link": link, "url": url}
)
