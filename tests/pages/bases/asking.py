"""Ask expressions of notes in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from notebinder.pages.bases.evaluating import Evaluator
from notebinder.pages.bases.moments import Moment
from notebinder.pages.bases.values import Value
from notebinder.pages.vault_facts import read_facts
from notebinder.vault.model import Attachment
from notebinder.vault.reading import Vault
from notebinder.vault.resolve import VaultIndex, read_index, resolve
from tests.support.notes import read_note

NOW = datetime(2025, 5, 27, 12)
NOTES = {
    "Books/Lamp.md": (
        "---\ntags: [book/novel]\nprice: 12.5\nage: 5\nread: false\npress: '[[Mill Press|the press]]'\n"
        "start: 2025-01-31\nauthors: [A, B]\ntasks: [x, y, z]\nempty:\nMixed Case: yes\nodd: 010\n"
        "size: {width: 3}\nwhen: 2025-03-04T05:06:07\nlost: '[[Nowhere]]'\ntype: ['[[Mill Press]]']\n---\n"
        "#shelf [[Kite]] ![[cover.png]] [x](../Mill%20Press.md)\n"
    ),
    "Books/Kite.md": "A kite. [[Mill Press#Part]]\n",
    "Mill Press.md": "---\nicon: wheel\naliases: [MP]\n---\nA press.\n",
    "Shelf.md": "---\nlimit: 3\n---\n[[Lamp]]\n",
}


@dataclass(frozen=True)
class Answers:
    """Answers what expressions ask of a build."""

    index: VaultIndex

    def path_of(self, target: str, source: str) -> str:
        found = resolve(target, source, self.index)
        return found.path if found else ""

    def times_of(self, path: str) -> tuple[Moment, Moment]:
        return Moment(datetime(2025, 1, 1)), Moment(datetime(2025, 5, 24, 12))

    def size_of(self, path: str) -> int:
        return len(path)

    def moment(self) -> Moment:
        return Moment(NOW)


@dataclass
class Asker:
    """Works expressions out for a note of a vault."""

    notes: Mapping[str, str] = field(default_factory=lambda: NOTES)
    formulas: Mapping[str, str] = field(default_factory=dict)
    this: str = "Shelf.md"

    def evaluator(self) -> Evaluator:
        notes = {path: read_note(path, text) for path, text in self.notes.items()}
        attachments = {"cover.png": Attachment("cover.png", Path("cover.png"))}
        index = read_index(notes, attachments)
        facts = read_facts(Vault(Path(), notes, attachments, {}), index)
        return Evaluator(facts, Answers(index), facts.files.get(self.this), self.formulas)

    def ask(self, source: str, path: str = "Books/Lamp.md") -> Value:
        evaluator = self.evaluator()
        return evaluator.evaluate(source, evaluator.vault.files[path])


def ask(source: str, **formulas: str) -> Value:
    """Return the value of an expression for a book."""
    return Asker(formulas=formulas).ask(source)
