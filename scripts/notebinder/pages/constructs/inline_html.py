"""HTML: tags within a text, and blocks of it. Obsidian reads no Markdown in a block."""

from __future__ import annotations

import re
from html import escape, unescape

from notebinder.pages.constructs.external import framed, pictured
from notebinder.pages.constructs.lines import raw_html
from notebinder.pages.constructs.links import place_of, refusal, target_in_vault
from notebinder.pages.constructs.text import as_prose, attribute, attributes_html
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden
from notebinder.vault.model import Block
from notebinder.vault.syntax.comments import without_comments
from notebinder.vault.syntax.html_losses import html_losses
from notebinder.vault.syntax.html_rules import known_elements
from notebinder.vault.syntax.schemes import is_elsewhere, is_picture, outside_address, scheme_of
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.tags import (
    CLEAN_TAG,
    clean_html,
    clean_tag,
    in_line,
    is_one_element,
    read_values,
)

_ADDRESSES = ("src", "href", "poster")
_LOADING = ("img", "video", "audio")
_PLAYER = re.compile(
    r'<(?P<name>video|audio)(?P<values>(?: [\w:-]+="[^"]*")*)>(?P<inner>.*?)</(?P=name)>', re.DOTALL
)
_SOURCE = re.compile(r'<source(?: [\w:-]+="[^"]*")*? src="(?P<address>[^"]*)"')
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_FENCE_START = re.compile(r"^([ \t>]*)(`{3}|~{3}|/{3})", re.MULTILINE)


def html_tag(span: Span, writing: Writing) -> str:
    """Write a tag within a text."""
    if not writing.tags.is_tag(span.text):
        if not writing.tags.closes_nothing(span):
            return as_prose(span.text, writing)
        writing.report(span, "removed-html", f"{span.text} closes nothing and is left out")
        writing.vanish(Hidden.HTML, span)
        return ""
    writing.vanish(Hidden.HTML, span)
    if span.start in writing.tags.dropped:
        return ""
    line = writing.at(span).line
    _report_losses(span.text, writing.tags.known, line, writing)
    clean = clean_tag(span.text, writing.context.reading.link_schemes)
    tag = _localised(clean, line, writing)
    tag = writing.tags.closed_before.get(span.start, "") + tag
    tag = in_line(tag) if writing.is_title else tag
    return tag.replace("[[", "&#91;[").replace("|", "&#124;").replace("\n", " ")


def html_block(block: Block, writing: Writing) -> list[str]:
    """Write a block of HTML as it is, closed where it ends."""
    typed = without_comments(block.text)
    writing.spend(Hidden.COMMENT, block.text, typed)
    writing.spend(Hidden.HTML, typed)
    _report_losses(block.text, known_elements(block.text), block.lines.start, writing)
    html = clean_html(typed, writing.context.reading.link_schemes)
    html = _PLAYER.sub(_with_source, html)
    is_whole = is_one_element(html)
    html = _localised(html, block.lines.start, writing).replace("[[", "&#91;[")
    html = _FENCE_START.sub(lambda m: f"{m[1]}&#{ord(m[2][0])};{m[2][1:]}", html)
    if writing.is_nested:  # where the engine would end the block at a blank line
        html = _BLANK_LINES.sub("\n", html)
    if html and not is_whole:
        html = f"<div>{html}</div>"
    return raw_html(html.split("\n"), writing) if html else []


def inner_html(source: str, writing: Writing) -> str:
    """Write HTML that nobody typed as such, in one line."""
    html = clean_html(source, writing.context.reading.link_schemes)
    return _localised(html, 0, writing).replace("[[", "&#91;[").replace("\n", " ")


def _with_source(player: re.Match[str]) -> str:
    """Return a player with the address of its first source, and no more, if all are on other sites."""
    own = read_values(player["values"]).get("src")
    sources = [own] if own else [unescape(source) for source in _SOURCE.findall(player["inner"])]
    if not sources or not all(map(is_elsewhere, sources)):
        return player[0]
    address = "" if own else f' src="{escape(sources[0])}"'
    return f"<{player['name']}{player['values']}{address}></{player['name']}>"


def _report_losses(html: str, known: frozenset[str], line: int, writing: Writing) -> None:
    """Tell what goes when the HTML is cleaned."""
    for loss in html_losses(html, writing.context.reading.link_schemes, known):
        if loss.address:
            told = refusal(loss.address, f"leads nowhere (<{loss.element}>)")
        else:
            what = f"the {loss.part} of <{loss.element}>" if loss.part else f"<{loss.element}>"
            place = ", from another site," if loss.is_elsewhere else ""
            told = ("removed-html", f"{what}{place} is left out", "")
        writing.report_line(line + loss.line, *told)


def _localised(html: str, line: int, writing: Writing) -> str:
    """Let addresses in clean HTML lead to where the site has what they name.

    Every value is written anew: the engine looks for links and code in it before it looks for tags.
    """

    def tag(found: re.Match[str]) -> str:
        values = read_values(found["values"]) if found["values"] else {}
        if found["name"] == "iframe":
            return _frame(values, line, writing)
        if found["name"] in _LOADING and is_elsewhere(values.get("src", "")):
            return pictured(values, writing, name=found["name"])
        placed = _placed(values, line, writing)
        if found["name"] != "a":  # nothing but a page of the site loads by itself
            placed = {key: value for key, value in placed.items() if not _is_outside(key, value)}
        return f"<{found['name']}{attributes_html(placed)}>{found['end'] or ''}"

    return CLEAN_TAG.sub(tag, html)


def _is_outside(name: str, value: str) -> bool:
    return name in _ADDRESSES and bool(scheme_of(value)) and not is_picture(value)


def _frame(values: dict[str, str], line: int, writing: Writing) -> str:
    """Write a page of another site, or a PDF of the vault; any other page is a link to it."""
    if scheme_of(values.get("src", "")):
        return framed(values, line, writing)
    values = _placed(values, line, writing)
    address = values.get("src", "")
    if address.partition("#")[0].lower().endswith(".pdf"):
        return f"<iframe{attributes_html(values)}></iframe>"
    text = as_prose(values.get("title") or address or values.get("data-source", ""), writing)
    return f'<a href="{attribute(address)}">{text}</a>' if address and not writing.in_link else text


def _placed(values: dict[str, str], line: int, writing: Writing) -> dict[str, str]:
    """Return attributes whose addresses are the site's; one that leads to nothing is only named."""
    placed: dict[str, str] = {}
    for name, value in values.items():
        if name not in _ADDRESSES or value.startswith("#") or is_picture(value):
            placed[name] = value
        elif place := _place(value, writing):
            placed[name] = place
        elif value and not scheme_of(value):
            writing.report_line(line, "missing-attachment", f"no file is named {value}")
            placed["data-source"] = value
    return placed


def _place(address: str, writing: Writing) -> str | None:
    if not address:
        return None
    target = target_in_vault(address, writing)
    return place_of(target, writing) if target else outside_address(address)
