"""Notes made to hurt: each grows with a number, and nothing in a conversion may grow faster than it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

Bomb = Callable[[int], str]


def _repeated(piece: str, end: str = "") -> Bomb:
    return lambda size: piece * (size // len(piece)) + end


def _around(left: str, inner: str, right: str) -> Bomb:
    def bomb(size: int) -> str:
        count = size // len(left + right)
        return left * count + inner + right * count

    return bomb


def _nested_list(size: int) -> str:
    """Each level is indented more than the one before, so its text grows with the square of the levels."""
    return "".join(f"{'  ' * level}- {level}\n" for level in range(int(size**0.5)))


def _numbered(piece: str) -> Bomb:
    return lambda size: "".join(piece.format(n=number) for number in range(size // len(piece)))


BOMBS: Mapping[str, Bomb] = MappingProxyType(
    {
        "references to a footnote": _repeated("[^a] "),
        # brackets, parentheses, marks: opened and never closed, closed and never opened, and in pairs
        "open brackets": _repeated("["),
        "open image brackets": _repeated("!["),
        "open wikilinks": _repeated("[["),
        "open embeds": _repeated("![["),
        "open footnotes": _repeated("^["),
        "closed brackets": _repeated("]"),
        "nested brackets": _around("[", "a", "]"),
        "nested brackets apart": _around("[ ", "a", " ]"),
        "nested links": _around("[", "a", "](b)"),
        "nested images": _around("![", "a", "](b)"),
        "nested footnotes": _around("^[", "a", "]"),
        "links behind open brackets": lambda size: "[" * (size // 2) + "[a](b)" * (size // 12),
        "nested parentheses": _around("(", "a", ")"),
        "a link to parentheses": lambda size: "[a](" + "(" * size,
        "links to open parentheses": _repeated("[a]("),
        "links to open angles": _repeated("[a](<b"),
        "links with open titles": _repeated('[a](b "'),
        "links with open titles in brackets": _repeated("[a](b (c"),
        "links to escapes": lambda size: "[a](" + "\\(" * (size // 2),
        "links to spaces": lambda size: "[a](" + " " * size,
        "references": _repeated("[a][b"),
        "reference definitions": _numbered("[a{n}]: b\n"),
        "reference definitions and uses": lambda size: (
            _numbered("[a{n}]: b\n")(size // 2) + "\n" + _numbered("[a{n}] ")(size // 2)
        ),
        "open reference definitions": _repeated("[a]: <b\n"),
        "long labels": lambda size: "[r]: x\n\n" + "[" * (size // 2) + "a" * (size // 2) + "]" * 20,
        "labels that are none": lambda size: "[r]: x\n\n" + "[" * (size // 2) + "]" * (size // 2),
        "emphasis opened": _repeated("*a "),
        "emphasis of two signs": _repeated("*a_ "),
        "strong opened": _repeated("**a "),
        "strong closed": _repeated("a** "),
        "nested emphasis": _around("*a ", "b", " a*"),
        "nested strong": _around("**a ", "b", " a**"),
        "stars": _repeated("*"),
        "stars within words": _repeated("a*b"),
        "stars of many lengths": lambda size: "".join("a" + "*" * n for n in range(int(size**0.5))),
        "underscores": _repeated("_"),
        "tildes": _repeated("~~a "),
        "nested strike": _around("~~a ", "b", " a~~"),
        "marks": _repeated("==a "),
        "marks in pairs": _repeated("==a== "),
        "equals": _repeated("="),
        "marks and ticks": _repeated("==`a"),
        # code, formulas, comments
        "ticks": _repeated("`a "),
        "ticks of many lengths": lambda size: " ".join("`" * n for n in range(int(size**0.5))),
        "ticks of two lengths": _repeated("``a` "),
        "dollars": _repeated("$"),
        "formulas opened": _repeated("$a "),
        "display formulas opened": _repeated("$$a "),
        "formulas": _repeated("$a$ "),
        "backslashes": _repeated("\\"),
        "open formulas on lines": _repeated("$$a\n"),
        "percents": _repeated("%%a "),
        "percents on lines": _repeated("a\n\n%%b"),
        "three percents": _repeated("%%% "),
        "comments opened": _repeated("<!-- "),
        "comments opened on lines": _repeated("a\n<!--\n\n"),
        # HTML
        "open tags": _repeated("<b>"),
        "nested tags": _around("<b>", "a", "</b>"),
        "closed tags": _repeated("</b>"),
        "tags apart": _repeated("<b>a</i>"),
        "tags of many names": _numbered("<a{n}>"),
        "closed tags of other names": _numbered("<a{n}>x</b{n}>"),
        "angles": _repeated("<"),
        "half tags": _repeated("<a "),
        "half attributes": _repeated('<a b="'),
        "a tag of attributes": lambda size: f"<a{' b' * (size // 2)}>",
        "a tag of spaces": lambda size: f"<a{' ' * size}b>",
        "half tags of spaces": lambda size: ("<a" + " " * 50) * (size // 52),
        "half tags that end": lambda size: "<div " * (size // 5) + ">",
        "half attributes that end": lambda size: "<div a='" * (size // 8) + ">",
        "half closed tags": _repeated("</div "),
        "half closed tags that end": lambda size: "</div " * (size // 6) + ">",
        "comments in tags": lambda size: "<div>\n" + "<!-- " * (size // 5),
        "open labels of footnotes": _repeated("[^a"),
        "instructions": _repeated("<?"),
        "declarations": _repeated("<!A "),
        "character data": _repeated("<![CDATA["),
        "addresses opened": _repeated("<a:b"),
        "mail opened": _repeated("<a.b@c.d"),
        "a long mail address": lambda size: "<a@" + "b." * (size // 2),
        "blocks of tags": _repeated("<div>\n"),
        "nested blocks of tags": _around("<div>\n\n", "a\n\n", "</div>\n\n"),
        "hidden tags": _repeated("<script>"),
        "half blocks of tags": _repeated("<div "),
        "details": _repeated("<details><summary>a</summary>\n\n"),
        "ampersands": _repeated("&"),
        "references to characters": _repeated("&#x41;"),
        # addresses, tags, headings, names of blocks
        "addresses": _repeated("http://a "),
        "an address of parentheses": lambda size: "http://a" + "(b)" * (size // 3),
        "an address of open parentheses": lambda size: "http://a" + "(" * size,
        "an address of stops": lambda size: "http://a" + "." * size,
        "tags": _repeated("#a "),
        "many tags": _numbered("#a{n} "),
        "hashes": _repeated("#"),
        "slashes in a tag": lambda size: "#a" + "/b" * (size // 2),
        "headings": _repeated("# a\n"),
        "many headings": _numbered("# a{n}\n"),
        "headings of underlines": _repeated("a\n=\n"),
        "block names": _numbered("a ^b{n}\n\n"),
        "links to headings": lambda size: (
            _numbered("# a{n}\n")(size // 2) + "\n" + _numbered("[[#a{n}]] ")(size // 2)
        ),
        "links to missing headings": lambda size: (
            _numbered("# a{n}\n")(size // 2) + "\n" + _numbered("[[#b{n}]] ")(size // 2)
        ),
        "links to blocks": lambda size: (
            _numbered("a ^b{n}\n\n")(size // 2) + "\n" + _numbered("[[#^b{n}]] ")(size // 2)
        ),
        "links to one missing note": _repeated("[[nothing]] "),
        "links to missing notes": _numbered("[[no note {n}]] "),
        "links on lines": _repeated("[[Note]]\n\n"),
        "links of Markdown to missing notes": _numbered("[a](no{n}.md) "),
        "embeds of missing files": _numbered("![[no file {n}.png]]\n\n"),
        "embeds of itself": _repeated("![[Note]]\n\n"),
        "images of other sites": _repeated("![a](https://b.c/d.png) "),
        # lists, quotes, callouts, tables
        "nested lists": _nested_list,
        "lists on one line": _repeated("- "),
        "numbers on one line": _repeated("1. "),
        "lists and quotes on one line": _repeated("- > "),
        "quotes": lambda size: ">" * size + " a",
        "quotes apart": _repeated("> "),
        "quotes that end and begin": _repeated("> a\n\n"),
        "callouts": lambda size: "".join(f"{'> ' * n}[!note] {n}\n" for n in range(1, int(size**0.5))),
        "a callout of many lines": lambda size: "> [!note]\n" + "> a\n" * (size // 4),
        "items": _repeated("- a\n"),
        "items apart": _repeated("- a\n\n"),
        "items of two lists": _repeated("- a\n* b\n"),
        "tasks": _repeated("- [ ] a\n"),
        "half a table": _repeated("|"),
        "rows": lambda size: "|a|b|\n|-|-|\n" + "|c|d|\n" * (size // 6),
        "columns": lambda size: "|a" * (size // 6) + "|\n" + "|-" * (size // 6) + "|\n" + "|b" * (size // 6),
        "rows without cells": lambda size: (
            "|a" * int(size**0.5) + "|\n" + "|-" * int(size**0.5) + "|\n" + "|\n" * (size // 2)
        ),
        "surplus cells": lambda size: "|a|\n|-|\n" + "|b|c|\n" * (size // 6),
        "footnotes": lambda size: "".join(f"[^{n}]\n\n[^{n}]: a\n\n" for n in range(size // 16)),
        "footnotes of one name": lambda size: "".join(f"^[a{n}] " for n in range(size // 6)),
        "footnotes in footnotes": lambda size: (
            "[^0]\n\n" + "".join(f"[^{n}]: a [^{n + 1}]\n\n" for n in range(size // 16))
        ),
        "fences": _repeated("```\n"),
        "ticks on lines": _repeated("`\n"),
        "open fences": _repeated("```a\n~~~\n"),
        "fences of many lengths": lambda size: "".join("`" * (n + 3) + "\n" for n in range(int(size**0.5))),
        "rules": _repeated("---\n"),
        "indented code": _repeated("    a\n\n"),
        "tabs": _repeated("\t"),
        "spaces": _repeated(" "),
        "empty lines": _repeated("\n"),
        "lines of spaces": _repeated("  \n"),
        "lines": _repeated("a\n"),
        "paragraphs": _repeated("a\n\n"),
        "letters": _repeated("a"),
        "words": _repeated("word "),
        "words of another script": _repeated("\u6f22\u5b57 "),
        "joined signs": lambda size: "a" + "\u0301" * size,
        "odd signs": _repeated("\u202e\u200b\ufeff\ud7ff"),
        "slashes": _repeated("/// html | div\n"),
        "braces": _repeated("{: onclick=a }\n"),
        "snippets": _repeated('--8<-- "a"\n'),
        "abbreviations": _repeated("*[a]: b\n"),
        "admonitions": _repeated('!!! a "b"\n'),
        "diagrams": lambda size: "```mermaid\n" + "A[" * (size // 2) + "\n```",
        "classes of diagrams": lambda size: (
            "```mermaid\n" + "class A internal-link " * (size // 22) + "\n```"
        ),
        "queries": lambda size: "```dataview\n" + "a\n" * (size // 2) + "```",
    }
)
"""Each by what it is made of; it makes about so many characters as it is asked for."""
