"""Prose: what is text in Obsidian stays text, whatever the engine would make of it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from notebinder.base.escaping import as_text
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden
from notebinder.vault.syntax.spans import Span

_RISKY = re.compile(
    r"<(?=[A-Za-z/!?-]|[^<>\s!]*(?:@|\Z))|[{}]|:(?=[a-z][\w+-]*:)|\||&(?=#(?!\d+;|[xX][0-9A-Fa-f]+;))"
)
_RISKY_IN_CODE = re.compile(r"<[!?]|\|")
_LINE_START = re.compile(
    r"""(?P<mark>\#{1,6}|>|[-+*](?=\s|$)|[:~](?=\s)|/{3}|!{3}|\?{3}|;)
    |(?P<number>\d+)\.(?=\s|$)
    |(?=[-=|:\ ]*$)(?P<rule>[-=|:])""",
    re.VERBOSE,
)
_KEPT_ESCAPES = frozenset("\\`*_{}])>#+-.!")
"""Characters that Python-Markdown, too, lets a backslash escape, and that no extension of it takes up."""
_DELIMITERS = frozenset("*_~=\\")
_LONGEST_COMMENT = 200
"""So far back on its line a text looks for a comment that it stands behind."""
_NOTHING = re.compile(r"(?:\s|%%(?:(?!%%).)*%%|<!--(?:(?!-->).)*-->|</[\w-]+>)*")
_IN_ATTRIBUTE = re.compile(r"""[&<>"'`\\\[\]|{}$]""")
_SYNTAX = re.compile(
    r"""[\\`*\[\]<{}|]|~~|==|:(?=//|[a-z][\w+-]*:)|&(?=\#|\w+;)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])
    |\A(?:[\#>+-]|\d+\.(?=\s)|:|/{3}|!{3}|\?{3})""",
    re.VERBOSE,
)


def text(span: Span, writing: Writing) -> str:
    """Write prose; only what the engine would take for syntax becomes a character reference."""
    if writing.is_html:
        return html.escape(html.unescape(span.text), quote=False)
    closing = "%%" if "%%" in span.text else "-->" if "<!--" in span.text else ""
    if closing:
        hint = f"close it with {closing} in the same paragraph, or let it begin a line of its own"
        writing.report(span, "open-comment", "a comment is opened and never closed, so it is shown", hint)
    shown = _RISKY.sub(_in_cell if writing.is_cell else _in_prose, span.text)
    if shown.startswith(":") and _follows_footnote(span, writing.source):
        shown = f"&#58;{shown[1:]}"  # or the footnote before it would be the definition of one
    if shown.endswith("!") and writing.source.startswith(("[", "h", "#"), span.end):
        shown = f"{shown[:-1]}&#33;"  # or with the link behind it, it would be an image
    if not _begins_line(span, writing):
        return shown
    shown = shown.lstrip(" \t")
    found = _LINE_START.match(shown)
    return _escape_start(found, shown) if found else shown


def _in_cell(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _in_prose(found: re.Match[str]) -> str:
    return found[0] if found[0] == "|" else f"&#{ord(found[0])};"


def _follows_footnote(span: Span, source: str) -> bool:
    line = source[max(source.rfind("\n", 0, span.start), span.start - _LONGEST_COMMENT, 0) : span.start]
    return line.endswith("]") and ("[^" in line or "^[" in line)


def _begins_line(span: Span, writing: Writing) -> bool:
    """Whether nothing that is shown stands before the span on its line."""
    if not span.start:
        return True
    line = writing.source.rfind("\n", 0, span.start) + 1
    return span.start - line < _LONGEST_COMMENT and bool(_NOTHING.fullmatch(writing.source, line, span.start))


def _escape_start(found: re.Match[str], shown: str) -> str:
    rest = shown[found.end() :]
    if found["number"]:
        return f"{found['number']}\\.{rest}"
    char = found["mark"] or found["rule"]
    return (
        f"\\{char}{rest}" if char[0] in "#-+*>" and len(char) == 1 else f"&#{ord(char[0])};{char[1:]}{rest}"
    )


def literal(span: Span, writing: Writing) -> str:
    """Write delimiters and brackets that pair with none in Obsidian, so that they pair with none here."""
    if writing.is_html:
        return span.text
    first, source = span.text[-1], writing.source
    if first == "[":
        return _bracket(span, writing)
    is_harmless = (
        (first == "_" and _is_within_word(span, source))
        or (first in "*_~=" and len(span.text) == 1 and _is_alone(span, source))
        or (first == "]" and not writing.in_link)
    )
    if is_harmless:
        return span.text
    return "".join(f"\\{char}" if char in "*_" else f"&#{ord(char)};" for char in span.text)


def _is_within_word(span: Span, source: str) -> bool:
    before, after = _neighbours(span, source)
    return before.isalnum() and after.isalnum()


def _is_alone(span: Span, source: str) -> bool:
    return _neighbours(span, source) == (" ", " ")


def _neighbours(span: Span, source: str) -> tuple[str, str]:
    return source[max(0, span.start - 1) : span.start], source[span.end : span.end + 1]


def _bracket(span: Span, writing: Writing) -> str:
    is_risky = writing.has_link_ends or writing.source.startswith(("[", "^"), span.end)
    if writing.in_link or is_risky or _begins_line(span, writing) or len(span.text) > 1:
        return f"{span.text[:-1]}&#91;"
    return span.text


def escape(span: Span, writing: Writing) -> str:
    """Write an escaped character so that it is text for the engine, too."""
    char = span.text
    if writing.is_html:
        return html.escape(char, quote=False)
    if char in _KEPT_ESCAPES:
        return f"\\{char}"
    return f"&#{ord(char)};" if char in "<&([~=|:^$/?" else char


def soft_break(span: Span, writing: Writing) -> str:
    """Write a line end: a line break, unless the vault's setting says that it is a space."""
    stands_apart = writing.source.startswith("$$", span.end) or writing.source.endswith("$$", 0, span.start)
    if writing.context.reading.strict_line_breaks or stands_apart:
        return " " if writing.is_one_line else "\n"
    return hard_break(span, writing)


def hard_break(_span: Span, writing: Writing) -> str:
    """Write a line break."""
    return "<br>" if writing.is_one_line or writing.is_html else "  \n"


def code(span: Span, writing: Writing) -> str:
    """Write inline code as typed; where the engine would look into it, as HTML."""
    content = span.text.replace("\n", " ")
    if len(content) > 2 and content[0] == content[-1] == " " and content.strip():
        content = content[1:-1]
    source = writing.source[span.start : span.end]
    is_alike = "\n" not in source and content == content.strip() and not _RISKY_IN_CODE.search(content)
    if is_alike and not writing.is_html and not (span.start == 0 and source.startswith("```")):
        return source
    return f"<code>{as_text(content)}</code>"


def comment(span: Span, writing: Writing) -> str:
    """Leave a comment out, or a declaration, of which the author is told."""
    writing.vanish(Hidden.COMMENT, span)
    opening = writing.source[span.start : span.start + 4]
    if opening.startswith(("<?", "<!")) and opening != "<!--":
        hint = "where it is meant as text, write it in backticks"
        writing.report(span, "removed-html", f"{opening[:2]}...> is left out", hint)
    return ""


def emphasis(span: Span, writing: Writing) -> str:
    """Write emphasis as typed where every engine reads it alike, else as the tags that it stands for."""
    inner = writing.inlines(span.children)
    if span.text and not writing.is_html and _is_read_alike(span, inner, writing.source):
        return f"{span.text}{inner}{span.text}"
    name = {"strong": "strong", "emphasis": "em", "strike": "del", "mark": "mark"}[span.kind]
    return f"<{name}>{inner}</{name}>"


def _is_read_alike(span: Span, inner: str, source: str) -> bool:
    """Tell whether no other sign stands within or beside delimiters that an engine could pair them with."""
    size = len(span.text)
    before, after = _neighbours(span, source)
    first, last = source[span.start + size], source[span.end - size - 1]
    is_plain = (first.isalnum() or not before.strip()) and (last.isalnum() or not after.strip())
    return is_plain and span.text[0] not in inner and _DELIMITERS.isdisjoint((before, first, last, after))


def attribute(value: str) -> str:
    """Write a value for the attribute of a tag, which the engine reads as one piece but for these signs."""
    return _IN_ATTRIBUTE.sub(lambda found: f"&#{ord(found[0])};", value).replace("\n", " ")


def attributes_html(values: Mapping[str, str]) -> str:
    """Write the attributes of a tag, each behind a space."""
    return "".join(f' {name}="{attribute(value)}"' if value else f" {name}" for name, value in values.items())


def as_prose(text: str, writing: Writing) -> str:
    """Write a text that nobody marked up, such as a file's name.

    Letters, digits and the spaces between them stay as they are.
    """
    if writing.is_html:
        return html.escape(text, quote=False)
    return _SYNTAX.sub(lambda found: "".join(f"&#{ord(char)};" for char in found[0]), text)
