"""Inline code that stands for a value in the app: its value here, as the box of properties shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from notebinder.base.escaping import as_text
from notebinder.pages.bases.dataview_functions import FILE_FIELDS, FUNCTIONS
from notebinder.pages.bases.evaluating import Evaluator
from notebinder.pages.bases.inline_values import read_inline_value
from notebinder.pages.bases.values import EvaluationError, Value, as_string, is_empty
from notebinder.pages.constructs import text
from notebinder.pages.constructs.base_values import value_html, writing_for
from notebinder.pages.constructs.bases import Asked
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden
from notebinder.pages.vault_facts import FileFacts, VaultFacts
from notebinder.vault.syntax.properties import property_tags
from notebinder.vault.syntax.spans import Span

_BEGINS = ("=", "VIEW[", "INPUT[", "BUTTON[")
_NOTHING = "-"
"""What Dataview shows for a property that a note does not have."""
_OF_OTHERS = re.compile(r"links\b|tags\b|\bfile\(|asFile|hasLink|\)\s*[.\[]")
"""What an expression holds that asks for more than the note itself."""


def code(span: Span, writing: Writing) -> str:
    """Write inline code, or the value that it stands for."""
    if span.text.lstrip().startswith(_BEGINS) and (shown := _value(span, writing)) is not None:
        return shown
    return text.code(span, writing)


def _value(span: Span, writing: Writing) -> str | None:
    found = read_inline_value(span.text)
    if found is None:
        return None
    here = writing_for(writing.note.path, writing)
    try:
        shown = [
            _html(_evaluated(piece, writing), here) if is_asked else as_text(piece)
            for piece, is_asked in found.pieces
        ]
    except EvaluationError as error:
        message = f"`{span.text.strip()}` cannot be worked out, so it is shown as typed: {error}"
        writing.report(span, "not-shown", message)
        return None
    writing.vanish(Hidden.QUERY, span)
    return "".join(shown) or (_NOTHING if span.text.lstrip().startswith("=") else "")


def _evaluated(expression: str, writing: Writing) -> Value:
    look_ups, note = writing.context.look_ups, writing.note
    if _OF_OTHERS.search(expression):
        facts, asked = look_ups.facts(), Asked(look_ups)
    else:
        hidden = {name.casefold() for name in writing.context.reading.properties_hidden}
        shown = {key: value for key, value in note.properties.items() if key.casefold() not in hidden}
        facts = VaultFacts({note.path: FileFacts(note.path, shown, property_tags(shown))})
        asked = _AskedOfOne(look_ups)
    this = facts.files.get(note.path) or FileFacts(note.path)
    say = writing.context.reading.say
    evaluator = Evaluator(facts, asked, this, say=say, globals=FUNCTIONS, file_fields=FILE_FIELDS)
    return evaluator.evaluate(expression, this)


@dataclass(frozen=True, slots=True)
class _AskedOfOne(Asked):
    """Answers the questions of an expression that depends on few other files."""

    def path_of(self, target: str, source: str) -> str:
        """Return the file that a name in the note `source` means; empty for none."""
        found = self.look_ups.find(target, source) if target else None
        return found.path if found else ""


def _html(value: Value, writing: Writing) -> str:
    """Return a value within a text."""
    if isinstance(value, list):
        return ", ".join(_html(item, writing) for item in value if item is not None)
    if isinstance(value, dict):
        return as_text(as_string(value))
    if isinstance(value, bool):
        return writing.context.reading.say("yes" if value else "no")
    return "" if is_empty(value) else value_html(value, writing)
