"""The rule of the architecture: a module imports only from those above it in the README's list."""

from __future__ import annotations

import ast
import re

from .conftest import PROJECT

PACKAGE = PROJECT / "scripts/notebinder"


def layers() -> list[str]:
    readme = (PROJECT / "README.md").read_text("utf-8")
    block = re.search(r"```text\n(problems .*?)```", readme, re.DOTALL)
    assert block is not None
    return [line.split()[0].rstrip("/") for line in block[1].splitlines()]


def layer_of(module: str) -> str:
    return module.removeprefix("notebinder.").partition(".")[0]


def imports() -> list[tuple[str, str]]:
    found = []
    for file in sorted(PACKAGE.rglob("[!_]*.py")):
        own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("notebinder."):
                found.append((own, layer_of(node.module or "")))
    return [(own, other) for own, other in found if own != other]


def test_every_module_has_its_place_in_the_readme() -> None:
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert {name for name in there if not name.startswith("_")} - {"py"} == set(layers())


def test_a_module_imports_only_from_those_above_it() -> None:
    order = layers()
    assert [(own, other) for own, other in imports() if order.index(own) < order.index(other)] == []
