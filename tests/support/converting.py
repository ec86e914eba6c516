"""Convert a note in memory, and show the page as the site's Markdown engine does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import markdown
from mkdocs.utils.yaml import yaml_load

from notebinder.images.model import SiteFile
from notebinder.pages.addresses import PageContent, read_addresses
from notebinder.pages.constructs.context import PageContext
from notebinder.pages.constructs.converting import convert_lines
from notebinder.pages.constructs.look_ups import LookUps, ReadingSettings, Sources
from notebinder.pages.model import Converted
from notebinder.vault.file_notes import is_page_file, with_file_notes
from notebinder.vault.model import Attachment, Figure, LineRange
from notebinder.vault.reading import Vault
from notebinder.vault.resolve import read_index
from tests.support.notes import read_note, whole
from tests.support.projects import PROJECT

NOTHING: Mapping[str, str] = {}


def convert(
    text: str,
    *,
    path: str = "Note.md",
    others: Mapping[str, str] = NOTHING,
    files: Mapping[str, str] = NOTHING,
    lines: LineRange | None = None,
    **context: Any,
) -> Converted:
    """Convert one note of a vault that has these other notes and files, each on a page of its own name."""
    notes = {name: read_note(name, source) for name, source in {path: text, **others}.items()}
    attachments = {name: Attachment(name, Path(name)) for name in files}
    with_pages = filter(is_page_file, files)
    vault = with_file_notes(Vault(Path(), notes, attachments, {}), lambda file: files[file.path], with_pages)
    notes = dict(vault.notes)
    pages = [PageContent(page_of(name), name, (whole(note),)) for name, note in notes.items()]
    sources = Sources(
        vault,
        read_index(notes, attachments),
        read_addresses(pages, notes),
        write_original=lambda attachment: SiteFile(attachment.path, is_cleaned=False),
        read=lambda attachment: files[attachment.path],
        reading=context.pop("reading", ReadingSettings()),
        tag_page=context.pop("tag_page", ""),
        **{name: context.pop(name) for name in ("moment",) if name in context},
    )
    here = PageContext(page_of(path), LookUps(sources), figure_html, **context)
    return convert_lines(notes[path], lines or whole(notes[path]), here)


def page_of(path: str) -> str:
    name, _, suffix = path.lower().replace(" ", "-").rpartition(".")
    return f"{name}.md" if suffix == "md" else f"{name}-{suffix}.md"


def figure_html(figure: Figure, *, inline: bool) -> str:
    size = "".join(f' {name}="{value}"' for name in ("width", "height") if (value := getattr(figure, name)))
    source = escape(figure.source).replace(":", "%3A")
    image = f'<img src="{source}" alt="{escape(figure.alt)}"{size}>'
    return image if inline else f"<figure>{image}</figure>"


def rendered(text: str) -> str:
    """Return the HTML that the site's Markdown engine makes of a page, without permalinks."""
    extensions, configs = _extensions()
    engine = markdown.Markdown(extensions=[*extensions], extension_configs=configs)
    return engine.convert(text)


@cache
def _extensions() -> tuple[tuple[str, ...], dict[str, Any]]:
    with (PROJECT / "scripts/notebinder/site/theme/mkdocs.yml").open("rb") as file:
        entries = yaml_load(file)["markdown_extensions"]
    configs = {
        name: options for entry in entries if isinstance(entry, dict) for name, options in entry.items()
    }
    return tuple(next(iter(e)) if isinstance(e, dict) else e for e in entries), {
        **configs,
        "toc": {"marker": ""},
    }
