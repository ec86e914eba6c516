"""Take the names of private things out of sources that are no prose: queries, bases, diagrams."""

from __future__ import annotations

import re
from functools import cache

from notebinder.public.private_names import Labels, PrivateNames
from notebinder.public.raw_links import public_app_addresses, public_wikilinks
from notebinder.vault.syntax.diagram_links import diagram_links
from notebinder.vault.syntax.targets import read_reference

QUERIES = frozenset(("base", "dataview", "dataviewjs", "query", "tasks"))
"""Languages whose source asks for notes; Obsidian shows the answer in its place."""

_BEFORE_STRINGS = ('"', "'", "path:", "file:", "includes ")
"""A line without any of these has no such string."""
# file:Diary, path includes Diary, contains(file.name, "Diary")
_PATHS = re.compile(r"\b(?:file|path|filename|folder|root)\s*(?::|\.\w|includes\b)", re.IGNORECASE)
_CLICK = re.compile(r"^\s*click\s.*$", re.MULTILINE)
_NOT_IN_A_NAME = re.compile(r"[^\w-]")


@cache
def _strings(labels: Labels) -> re.Pattern[str]:
    """What may name something: file.inFolder("Diary"), FROM 'Diary', path:Diary, path includes Diary.

    Not again what stands for a name.
    """
    done = "|".join(map(re.escape, (labels.note, labels.file, labels.folder)))
    return re.compile(
        r"\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?<=includes )(?P<rest>[^\n\"']+)"
        rf"|(?:(?<=path:)|(?<=file:))(?!{done})(?P<path>[^\s\"()]+)"
    )


def public_query(text: str, names: PrivateNames, source: str) -> str:
    """Replace links, names and folders of private things in a query."""
    text = public_app_addresses(public_wikilinks(text, names, source), names, source)
    return "\n".join(_without_names(line, names, source) for line in text.split("\n"))


def _without_names(line: str, names: PrivateNames, source: str) -> str:
    if not any(sign in line for sign in _BEFORE_STRINGS):
        return line
    asks_for_paths = bool(_PATHS.search(line))

    def shown(found: re.Match[str]) -> str:
        name = next(group for group in found.groups() if group is not None)
        label = _label(name, names, source, is_search=asks_for_paths)
        if label or '"' not in name:
            return found[0].replace(name, label) if label else found[0]
        return found[0].replace(name, _without_names(name, names, source))  # 'file.hasLink("Diary")'

    return _strings(names.labels).sub(shown, line)


def _label(name: str, names: PrivateNames, source: str, *, is_search: bool) -> str:
    """What stands for a string of a query; nothing where it names nothing private."""
    if name in (names.labels.note, names.labels.file, names.labels.folder):
        return ""
    thing = names.means(read_reference(name), source)
    if thing:
        return thing.label
    if names.is_private_folder(name):
        return names.labels.folder
    return names.labels.note if is_search and names.finds_private_only(name) else ""


def public_diagram(text: str, names: PrivateNames, source: str) -> str:
    """Rename the nodes of a Mermaid diagram that are links to something private."""
    for node, target in list(diagram_links(text)):
        thing = names.means(read_reference(target), source)
        own = rf"(?<![\w-]){re.escape(node)}"
        if thing and target != node:
            label = rf"({own}\s*[\[({{>]+[/\\]?\s*\"?\s*){re.escape(target)}"
            text = re.sub(label, rf"\g<1>{thing.label}", text)
        elif thing:
            text = re.sub(rf"{own}(?![\w-])", _NOT_IN_A_NAME.sub("_", thing.label), text)

    def click(found: re.Match[str]) -> str:
        return found[0] if public_query(found[0], names, source) == found[0] else ""

    text = public_app_addresses(_CLICK.sub(click, text), names, source)
    return public_wikilinks(text, names, source)
