"""The page "What this pull request changes": texts side by side, pictures before and after.

It stands by itself, without a script and without anything of the site's theme, since a pull request may
change the theme; and its policy lets it load nothing but the pictures beside it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from notebinder.hosting.changes.compare import ExportChanges, FigureChange, PageChange
from notebinder.hosting.changes.export import ExportedFigure
from notebinder.hosting.changes.text_diff import GAP, Piece, Row, side_by_side

CHANGES_PAGE = "pr-changes/"
"""The page's address in the preview."""

_MOST_PAGES = 200
"""Pages whose texts are shown; the others are only named."""

_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
"""What a browser shows as a picture and never as a page."""

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 80rem; padding: 1rem }
h2 { border-top: 1px solid #8884; margin-top: 2.5rem; padding-top: 1rem }
.note { opacity: .75 }
table { border-collapse: collapse; table-layout: fixed; width: 100% }
td { overflow-wrap: anywhere; padding: .15rem .6rem; vertical-align: top; white-space: pre-wrap; width: 50% }
td.old { background: #f8514926 } td.new { background: #2ea04326 }
th { font-weight: normal; opacity: .75; padding: .15rem .6rem; text-align: left }
td.gap { opacity: .6; text-align: center }
del { background: #f8514966; text-decoration: none } ins { background: #2ea04366; text-decoration: none }
.pictures { display: grid; gap: 1rem; grid-template-columns: 1fr 1fr }
figure { margin: 0 } img { border: 1px solid #8884; height: auto; max-width: 100% }
@media (max-width: 40rem) { .pictures { grid-template-columns: 1fr } }
"""

_HEAD = '<tr><th scope="col">Before</th><th scope="col">After</th></tr>'
_STYLE_FILE = "style.css"
_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'self'; base-uri 'none'; form-action 'none'"


def write_changes_page(changes: ExportChanges, site: Path) -> None:
    """Write the page and its pictures into a built site, in place of whatever lies there."""
    folder = site / CHANGES_PAGE
    if folder.is_dir():
        shutil.rmtree(folder)
    folder.unlink(missing_ok=True)
    folder.mkdir(parents=True)
    for figure in _figures(changes):
        for shown in (figure.old, figure.new):
            if shown and shown.file and (name := _picture_name(shown)):
                shutil.copyfile(shown.file, folder / name)
    (folder / _STYLE_FILE).write_text(_STYLE, encoding="utf-8", newline="\n")
    (folder / "index.html").write_text(changes_page(changes), encoding="utf-8", newline="\n")


def changes_page(changes: ExportChanges) -> str:
    """Write the page."""
    sections = [
        *(_page_section(change) for change in changes.pages[:_MOST_PAGES]),
        *_unshown(changes.pages[_MOST_PAGES:]),
        *map(_figure_section, _figures(changes)),
    ]
    body = "\n".join(sections) or "<p>It changes no page.</p>"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What this pull request changes</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{_STYLE_FILE}">
</head>
<body>
<p><a href="../">Back to the preview</a></p>
<h1>What this pull request changes</h1>
{body}
</body>
</html>
"""


def _figures(changes: ExportChanges) -> Iterable[FigureChange]:
    return (*changes.figures_replaced, *changes.figures_added, *changes.figures_removed)


def _page_section(change: PageChange) -> str:
    old = change.old.lines if change.old else ()
    new = change.new.lines if change.new else ()
    rows = "\n".join(map(_row, side_by_side(old, new)))
    table = f"<table>\n{_HEAD}\n{rows}\n</table>" if rows else '<p class="note">Its text is as it was.</p>'
    title = escape(change.page.title)
    if change.new:
        title = f'<a href="../{escape(quote(change.page.address))}">{title}</a>'
    return f'<section>\n<h2>{title}</h2>\n<p class="note">{_what(change)}</p>\n{table}\n</section>'


def _what(change: PageChange) -> str:
    before, after = change.words
    if change.old is None:
        return f"Added, {after:,} words."
    if change.new is None:
        return f"Removed, {before:,} words."
    moved = change.old.address != change.new.address
    words = f"{before:,} words before, {after:,} after."
    return f"Moved from <code>{escape(change.old.address)}</code>. {words}" if moved else words


def _row(row: Row) -> str:
    if row is GAP:
        return '<tr><td class="gap" colspan="2">⋯</td></tr>'
    return f"<tr>{_cell(row.left, row, 'old', 'del')}{_cell(row.right, row, 'new', 'ins')}</tr>"


def _cell(pieces: tuple[Piece, ...] | None, row: Row, kind: str, tag: str) -> str:
    if pieces is None:
        return "<td></td>"
    texts = (
        f"<{tag}>{escape(piece.text)}</{tag}>" if piece.is_changed else escape(piece.text) for piece in pieces
    )
    return f"<td{f' class={kind}' if row.is_changed else ''}>{''.join(texts)}</td>"


def _unshown(changes: tuple[PageChange, ...]) -> Iterator[str]:
    if changes:
        names = "".join(f"<li>{escape(change.page.title)}</li>" for change in changes)
        yield f"<section>\n<h2>{len(changes)} more pages</h2>\n<ul>{names}</ul>\n</section>"


def _figure_section(change: FigureChange) -> str:
    sides = f"{_picture(change.old, 'Before')}\n{_picture(change.new, 'After')}"
    return f'<section>\n<h2>{escape(change.name)}</h2>\n<div class="pictures">\n{sides}\n</div>\n</section>'


def _picture(figure: ExportedFigure | None, side: str) -> str:
    if figure is None:
        shown = '<span class="note">none</span>'
    elif name := _picture_name(figure):
        shown = f'<img src="{name}" alt="{escape(figure.name)}" loading="lazy">'
    else:
        shown = '<span class="note">a file that is no picture</span>'
    return f"<figure><figcaption>{side}</figcaption>{shown}</figure>"


def _picture_name(figure: ExportedFigure) -> str:
    """Name the copy of a picture after its bytes; empty for what a browser might run."""
    suffix = figure.file.suffix.lower() if figure.file else ""
    return f"{figure.digest}{suffix}" if suffix in _PICTURES else ""
