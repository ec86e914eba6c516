"""A complete docs folder for any engine: all pages, media, the theme's files, and a report of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from notebinder.base.progress import Step, no_progress
from notebinder.base.settings import Settings
from notebinder.build.output import write_tree
from notebinder.build.pipeline import Build, build
from notebinder.build.published import public_problems
from notebinder.build.report import report_as_json
from notebinder.images.media import MEDIA
from notebinder.public.credentials.masking import (
    check_hand_written,
    masked_page,
)
from notebinder.public.private_names import PrivateNames
from notebinder.site.address_list import redirects_of
from notebinder.site.hand_written import narrowed, page_names, resolve_wikilinks, without_private
from notebinder.site.headers import REPORT

_THEME_FILES = Path(__file__).parent / "theme" / "material" / "assets"


def export_docs(settings: Settings, target: Path, *, step: Step = no_progress) -> Build:
    """Write everything that the project's `docs` would hold, with the links of hand-written pages resolved.

    Nothing in the target folder that notebinder did not write is touched.
    """
    prefix = settings.output_address
    built = build(replace(settings, output=target / prefix, docs=target), step=step)
    files = {f"{prefix}{path}": data for path, data in built.files.items()}
    by_hand = check_hand_written(settings)
    own = dict(_hand_written(settings, files, built.public.names))
    files = own | files | dict(_theme_files())
    files |= redirects_of(built.layouts, settings)
    files[REPORT] = report_as_json(built.notes, public_problems(built), files).encode()
    written = write_tree(
        target, files, kept=[f"{prefix}{path}" for path in built.media], media=f"{prefix}{MEDIA}"
    )
    return built.with_problems([*by_hand, *written.problems])


def _hand_written(
    settings: Settings, generated: dict[str, bytes], private: PrivateNames
) -> Iterator[tuple[str, bytes]]:
    """Yield the author's own files below `docs`; their pages with resolved links to what is public."""
    docs, output = settings.docs, settings.output
    files = [] if output == docs.resolve() else [file for file in sorted(docs.rglob("*")) if file.is_file()]
    own = {
        file.relative_to(docs).as_posix(): file for file in files if not file.resolve().is_relative_to(output)
    }
    names = page_names(path for path in (*own, *generated) if path.endswith(".md"))
    private = narrowed(private, names)
    for path, file in own.items():
        data = file.read_bytes()
        if path.endswith(".md"):
            text = masked_page(path, data.decode("utf-8", "replace"), settings)
            text = without_private(text, private)
            data = resolve_wikilinks(text, path, names).encode()
        yield path, data


def _theme_files() -> Iterator[tuple[str, bytes]]:
    """Yield styles, scripts and fonts, which an engine loads through `extra_css` and `extra_javascript`."""
    for file in sorted(_THEME_FILES.rglob("*")):
        if file.is_file() and file.suffix != ".md":
            yield f"assets/{file.relative_to(_THEME_FILES).as_posix()}", file.read_bytes()
