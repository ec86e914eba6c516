"""Join the theme's styles and scripts, so that a page asks for a few files, and make them lean.

The files stay apart in the theme, one for each thing. Their order matters, and stands here.
"""

from __future__ import annotations

import fnmatch
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

import rcssmin  # type: ignore[import-untyped]  # neither has stubs
import rjsmin  # type: ignore[import-untyped]

_FOLDER = "assets/notebinder"

_STYLES = (
    "assets/stylesheets/main.*.min.css",  # Material's own; their hashes change from version to version
    "assets/stylesheets/palette.*.min.css",
    *(f"{_FOLDER}/{name}.css" for name in ("fonts", "colours", "frame", "search", "text", "pieces", "print")),
)
_HEAD_SCRIPTS = (f"{_FOLDER}/scope.js", f"{_FOLDER}/palette.js")
_SCRIPTS = tuple(
    f"{_FOLDER}/{name}.js"
    for name in (
        "say",
        "shared",
        "policy",
        "diagrams",
        "access",
        "navigation",
        "formulas",
        "night",
        "words",
        "slides",
        "viewer",
        "external",
        "previews",
        "around",
        "search-box",
    )
)
_FOR_PAPER = f"{_FOLDER}/print.css"

# "/*# sourceMappingURL=main.css.map */"
_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


@dataclass(frozen=True)
class Bundle:
    """One file in place of several."""

    path: str
    """Its name changes with its content, so that browsers may keep it for ever."""
    content: bytes
    replaces: tuple[str, ...]


def bundled_styles(paths: Collection[str], read: Callable[[str], str]) -> Bundle:
    """Join the styles among the site's files; those for paper stay for paper."""
    used = _used(paths, _STYLES)
    texts = [
        lean_style(read(path)) if path.startswith(_FOLDER) else _MAP.sub("", read(path)) for path in used
    ]
    joined = [
        f"@media print {{\n{text}}}\n" if path == _FOR_PAPER else text
        for path, text in zip(used, texts, strict=True)
    ]
    maps = [f"{path}.map" for path in used if f"{path}.map" in paths]
    return _bundle("\n".join(joined), (*used, *maps), "css")


def bundled_head_scripts(paths: Collection[str], read: Callable[[str], str]) -> Bundle:
    """Join the scripts that run before anything is painted."""
    return _bundled_scripts(_used(paths, _HEAD_SCRIPTS), read)


def bundled_scripts(paths: Collection[str], read: Callable[[str], str]) -> Bundle:
    """Join the scripts that run after Material's."""
    return _bundled_scripts(_used(paths, _SCRIPTS), read)


def _bundled_scripts(used: tuple[str, ...], read: Callable[[str], str]) -> Bundle:
    return _bundle("\n".join(lean_script(read(path)) for path in used), used, "js")


def single_scripts(paths: Iterable[str]) -> Iterator[str]:
    """Yield those scripts that stay apart and are not lean, by their paths on the site."""
    patterns = (f"{_FOLDER}/*.js", f"{_FOLDER}/vendor/*/*.js")
    found = (path for path in paths if any(fnmatch.fnmatch(path, pattern) for pattern in patterns))
    return (path for path in found if not path.endswith(".min.js"))


def lean_script(text: str) -> str:
    """Leave out what only authors read."""
    return str(rjsmin.jsmin(text))


def lean_style(text: str) -> str:
    """Leave out what only authors read."""
    return str(rcssmin.cssmin(text))


def _used(paths: Collection[str], patterns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for pattern in patterns for path in fnmatch.filter(paths, pattern))


def _bundle(text: str, replaces: tuple[str, ...], kind: str) -> Bundle:
    """The files refer to others from their folder, so there it stands."""
    content = text.encode()
    name = hashlib.sha256(content).hexdigest()[:8]
    return Bundle(f"{_FOLDER}/theme.{name}.min.{kind}", content, replaces)
