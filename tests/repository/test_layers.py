"""The rules between the rooms of the package: imports go one way, and MkDocs is known in one room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.projects import PROJECT

PACKAGE = PROJECT / "scripts/notebinder"

# Each room, and the rooms that it may import from besides itself.
ROOMS = {
    "base": "",
    "vault": "base",
    "public": "base vault",
    "images": "base vault public",
    "pages": "base vault public images",
    "planning": "base vault public images pages",
    "build": "base vault public images pages",
    "site": "base vault public images pages build",
    "hosting": "base site.headers site.site_folder",
    "cli": "base vault public images pages planning build site hosting",
}
HOSTS = {"mkdocs", "material", "jinja2"}


def modules() -> list[Path]:
    return sorted(file for file in PACKAGE.rglob("*.py") if file.parent != PACKAGE)


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0]


def imported(file: Path) -> Iterator[str]:
    """The full names of all modules, and of what is imported from them, also late or for types alone."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def is_within(name: str, room: str) -> bool:
    return f"{name}.".startswith(f"notebinder.{room}.")


def test_the_package_has_these_rooms_and_nothing_beside_them() -> None:
    there = {path.name for path in PACKAGE.iterdir()} - {"__pycache__"}
    assert there == {*ROOMS, "__init__.py", "__main__.py", "py.typed"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_those_below_it(room: str) -> None:
    allowed = [room, *ROOMS[room].split()]
    own = [file for file in modules() if room_of(file) == room]
    strangers = [
        (str(file.relative_to(PACKAGE)), name)
        for file in own
        for name in imported(file)
        if name.startswith("notebinder.") and not any(is_within(name, other) for other in allowed)
    ]
    assert own
    assert strangers == []


def test_mkdocs_and_the_theme_are_known_in_one_room() -> None:
    knowing = {
        room_of(file) for file in modules() for name in imported(file) if name.partition(".")[0] in HOSTS
    }
    assert knowing == {"site"}


def test_every_room_says_what_comes_in_what_goes_out_and_what_it_never_does() -> None:
    for folder in sorted({file.parent for file in modules()}):
        tree = ast.parse((folder / "__init__.py").read_text("utf-8"))
        assert len(tree.body) == 1, f"{folder}: a room's __init__ holds nothing but words"
        first, rest = (ast.get_docstring(tree) or "").split("\n\n")
        assert "go out" in rest or "goes out" in rest, folder
        assert first
        assert "\nNothing " in rest, folder
