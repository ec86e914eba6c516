"""The forms in which authors write the outline of a note: lists, lines, headings, tables. Guesses nothing.

Each form is told by its blocks alone; whether what is listed are topics is for those to say who know the rest
of the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from notebinder.vault.model import Block, OutlineEntry

_LISTS = ("ordered_list", "bullet_list")
_FEWEST = 3
_FEWEST_BELOW_A_LABEL = 2
_WORDS_OF_A_TOPIC = 12
_COLUMNS = 2
_COUNTED = re.compile(r"(?:\d{1,3}|[a-z]|[ivx]{1,5})[.):]\s+(?=\S)", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__)(?!\s)(?:(?!\1).)+\1\s*:?")
_LINK = re.compile(r"\[\[#[^\[\]]+\]\]|\[[^\[\]]+\]\(#[^()\s]+\)")
_ENDING = re.compile(r"[\s:.…–—-]+$")
_MARKS = re.compile(r"[*_#=~`]+")

_LABELS = frozenset(
    label
    for labels in (
        "agenda|chapters|content|contents|course content|course outline|in this note|index|list of topics",
        "outline|syllabus|table of content|table of contents|toc|topic|topics|topics covered|what is covered",
        "inhalt|inhaltsverzeichnis|gliederung|themen|übersicht|inhoud|inhoudsopgave|onderwerpen|innehåll",
        "sommaire|table des matières|sujets|thèmes|temas|temario|índice|contenido|contenidos|conteúdo",
        "sumário|tópicos|argomenti|indice|sommario|spis treści|tematy|zagadnienia|içindekiler|konular",
        "содержание|оглавление|темы|план|зміст|теми|목차|주제|目录|目錄|大纲|大綱|主题|主題|目次|トピック",
        "विषय|विषय सूची|विषयसूची|अनुक्रमणिका|المحتويات|الفهرس|المواضيع|תוכן|תוכן עניינים",
    )
    for label in labels.split("|")
)
"""What stands above an outline."""


def is_label(block: Block) -> bool:
    """Tell whether a heading or a line says that an outline follows: "Topics:", "Table of contents"."""
    return block.kind in ("heading", "paragraph") and "\n" not in block.text and _names_outline(block.text)


def _names_outline(text: str) -> bool:
    words = " ".join(_MARKS.sub("", text).casefold().split())
    return _ENDING.sub("", words) in _LABELS


def read_entries(blocks: Sequence[Block], *, is_labelled: bool) -> tuple[tuple[OutlineEntry, ...], int]:
    """Return the entries that the first of these blocks begin with, and how many blocks hold them.

    A list is one in any case; all else must be more alike, the more so without a label above it.
    """
    first = blocks[0]
    if first.kind in _LISTS:
        return _listed(first), 1
    if first.kind in ("callout", "blockquote"):
        return _framed(first, is_labelled=is_labelled), 1
    if first.kind == "table":
        return _column(first, is_labelled=is_labelled), 1
    return _lines(blocks, is_labelled=is_labelled)


def _listed(block: Block) -> tuple[OutlineEntry, ...]:
    return tuple(entry for item in block.children for entry in _item(item))


def _item(item: Block) -> Iterator[OutlineEntry]:
    """An item's first line, and the items of lists within it that are short enough to be topics."""
    text = item.children[0].text if item.children and item.children[0].kind == "paragraph" else ""
    line = text.partition("\n")[0]
    if line:
        number = item.info[:-1]
        yield OutlineEntry(line, item.lines.start, int(number) if number else None)
    for inner in (each for child in item.children if child.kind in _LISTS for each in child.children):
        for entry in _item(inner):
            if len(entry.text.split()) <= _WORDS_OF_A_TOPIC:
                yield OutlineEntry(entry.text, entry.line)


def _framed(block: Block, *, is_labelled: bool) -> tuple[OutlineEntry, ...]:
    """The list in a callout or quote that holds nothing else but a label."""
    inner = [child for child in block.children if child.kind != "identifier"]
    has_label = is_label(inner[0]) if inner else False
    rest = inner[has_label:]
    if (
        len(rest) != 1
        or rest[0].kind not in _LISTS
        or not (is_labelled or has_label or _names_outline(block.text))
    ):
        return ()
    return _listed(rest[0])


def _column(table: Block, *, is_labelled: bool) -> tuple[OutlineEntry, ...]:
    """The topics in a table of one column, or of two of which the first counts."""
    rows = [row.children for row in table.children]
    head, body = (rows[0], rows[1:]) if rows else ((), [])
    if not body or len(head) > _COLUMNS:
        return ()
    counts = len(head) == _COLUMNS and all(re.fullmatch(r"\d*\W*", row[0].text) for row in body if row)
    column = 1 if counts else 0
    named = is_labelled or _names_outline(head[column].text)
    if not named or (len(head) == _COLUMNS and not counts):
        return ()
    cells = [row[column] for row in body if len(row) > column and row[column].text.strip()]
    return tuple(OutlineEntry(cell.text.strip(), cell.lines.start) for cell in cells)


def _lines(blocks: Sequence[Block], *, is_labelled: bool) -> tuple[tuple[OutlineEntry, ...], int]:
    """Lines of one kind below one another: headings, or paragraphs that are counted, bold, or links."""
    alike = _alike(blocks)
    lines = [(block.lines.start + at, text) for block in alike for at, text in _split(block)]
    kinds = (_is_counted, _is_bold_or_link, *([_is_short] if is_labelled else []))
    usable = kinds if blocks[0].kind == "paragraph" else kinds[:1]
    fewest = _FEWEST_BELOW_A_LABEL if is_labelled else _FEWEST
    if len(lines) < fewest or not any(all(is_one(text) for _, text in lines) for is_one in usable):
        return (), 0
    return tuple(_counted(text, line) for line, text in lines), len(alike)


def _alike(blocks: Sequence[Block]) -> list[Block]:
    """The headings of one level, or the paragraphs without embeds, that stand first."""
    first = blocks[0]
    is_one = first.kind in ("heading", "paragraph")
    kind = (first.kind, first.level)
    return [
        *takewhile(lambda each: is_one and (each.kind, each.level) == kind and "![" not in each.text, blocks)
    ]


def _split(block: Block) -> Iterator[tuple[int, str]]:
    return ((at, line.strip()) for at, line in enumerate(block.text.split("\n")) if line.strip())


def _counted(text: str, line: int) -> OutlineEntry:
    mark = _COUNTED.match(text)
    rest = text[mark.end() :] if mark else text
    number = re.match(r"\d+", text) if mark else None
    return OutlineEntry(_ENDING.sub("", rest) or rest, line, int(number[0]) if number else None)


def _is_counted(text: str) -> bool:
    return bool(_COUNTED.match(text)) and len(text.split()) <= _WORDS_OF_A_TOPIC


def _is_bold_or_link(text: str) -> bool:
    return bool(_BOLD.fullmatch(text) or _LINK.fullmatch(text))


def _is_short(text: str) -> bool:
    """Below a label, lines that could be anything else are topics if none is a sentence."""
    return len(text.split()) <= _WORDS_OF_A_TOPIC and not text.endswith((".", ",", ";"))
