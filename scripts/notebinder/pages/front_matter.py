"""The front matter of generated pages, and the description that a page's content gives."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import yaml

from notebinder.base.escaping import template_text
from notebinder.vault.syntax.tex import readable_formula

MADE_BY_US = "# made by notebinder\n"
"""How the YAML begins that we write: so it is known even where the record of what was written is lost."""
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The one in C is ten times as fast."""

UNLISTED: Mapping[str, object] = MappingProxyType({"unlisted": True, "search": {"exclude": True}})
"""What keeps a page out of search and sitemap."""

_DESCRIPTION = 155
"""Characters of a description that search engines show."""
_ENOUGH = 1_200
"""Characters of Markdown that mostly hold as many words as a description needs."""

_CODE_BLOCK = re.compile(r"^(`{3,}+|~{3,}+).*?^\1", re.DOTALL | re.MULTILINE)
# Blanks before a sign are those of its line: `\s` would read all empty lines again for each of them.
_NOT_PROSE = re.compile(r"^[^\S\n]*(#|<|///|\||!!!|\?\?\?|:::|\[\^?[^\]]*\]:|\$\$).*$", re.MULTILINE)
_QUOTE = re.compile(r"^[^\S\n]*(?:>[^\S\n]*)+(?:\[![^\]\n]*\][+-]?)?", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]*\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)(?:\{[^{}]*\})?")
_TAG = re.compile(r"<[^<>]*>")
_FORMULA = re.compile(
    r'<span class="arithmatex">&#92;&#(?:40|91);(?P<html>[^<]*)&#92;&#(?:41|93);</span>'
    r"|\\\((?P<tex>(?:(?!\\[()]).)*)\\\)|\\\[(?:(?!\\\]).)*\\\]",
    re.DOTALL,
)
_MARKS = re.compile(r"[*_`~=\\]{1,3}|^[^\S\n]*(?:>|[-*+]|\d+[.)])\s", re.MULTILINE)


def front_matter(values: Mapping[str, object]) -> str:
    """Write front matter; empty values are left out.

    >>> front_matter({"title": "A", "description": ""})
    '---\\n# made by notebinder\\ntitle: A\\n---\\n'
    """
    given = {key: value for key, value in values.items() if value not in ("", None, [], {})}
    if "description" in given:
        given["description"] = template_text(str(given["description"]))
    written = yaml.dump(given, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=4096)
    return f"---\n{MADE_BY_US}{written}---\n"


def describe(markdown: str, titles: Sequence[str] = ()) -> str:
    """Return one line about a page: what its figures show, then how its prose begins."""
    prose = _NOT_PROSE.sub("", _CODE_BLOCK.sub("", _QUOTE.sub("", markdown)))
    words = _words(prose[:_ENOUGH])
    if len(words) < 2 * _DESCRIPTION:
        words = _words(prose)
    shown = ", ".join(dict.fromkeys(title for title in titles if title))
    text = ". ".join(filter(None, (shown, words)))
    return text if len(text) <= _DESCRIPTION else _cut(text)


def _words(prose: str) -> str:
    """Return Markdown without its marks, in one line, formulas as text."""
    prose = _FORMULA.sub(_readable, prose)
    prose = _MARKS.sub("", _TAG.sub("", _FOOTNOTE.sub("", _LINK.sub(r"\1", prose))))
    return html.unescape(" ".join(prose.split()))


def _readable(found: re.Match[str]) -> str:
    return readable_formula(html.unescape(found["html"] or found["tex"] or ""))


def _cut(text: str) -> str:
    """Cut at the last word that leaves room for the ellipsis."""
    return text[: _DESCRIPTION - 1].rpartition(" ")[0].rstrip(" ,.;:") + "…"
