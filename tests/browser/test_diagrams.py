"""A diagram is drawn by what the site ships, and its nodes lead to notes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Reader, Site

DIAGRAM = "```mermaid\ngraph TD\nA[Other note] --> B(Second)\nclass A,B internal-link;\n```\n"


@pytest.fixture
def diagrams(root: Path, origin: str, tmp_path: Path) -> Site:
    vault = tmp_path / "vault"
    vault.mkdir()
    for name, text in (("Drawn", DIAGRAM), ("Other note", "words"), ("Second", "words")):
        (vault / f"{name}.md").write_text(text, "utf-8")
    command = [sys.executable, "-m", "notebinder", "site", str(vault), "--output", str(root / "diagrams")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Site(f"{origin}diagrams/", root / "diagrams")


def test_a_node_that_names_a_note_leads_to_it(reader: Reader, diagrams: Site) -> None:
    page = reader.opens(f"{diagrams.address}drawn/")
    page.wait_for_function("document.querySelector('div.mermaid')?.offsetHeight > 50")
    box = page.locator("div.mermaid").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 40)
    page.wait_for_url("**/other-note/")
