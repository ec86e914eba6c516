"""Whatever a property or a base says, no page holds what could run."""

from __future__ import annotations

from itertools import cycle

import yaml

from tests.browser.payloads import INLINE, ONE_LINE
from tests.support.built_pages import faults_in_article
from tests.support.converting import convert, rendered

_AT_ONCE = 60


def test_no_payload_runs_from_a_value_or_a_base() -> None:
    payloads = sorted({*INLINE, *ONE_LINE})
    shapes = cycle(("table", "cards", "list"))
    for start in range(0, len(payloads), _AT_ONCE):
        found = convert(_note(payloads[start : start + _AT_ONCE], next(shapes)))
        assert "nb-base" in found.markdown
        assert faults_in_article(rendered(found.markdown)) == []


def _note(texts: list[str], shape: str) -> str:
    """Return a note whose properties are payloads, shown in every way that there is."""
    names = {f"p{number}": text for number, text in enumerate(texts)}
    made = {
        f"{by} {name}": f"{by}(note.{name})" for by in ("html", "link", "image", "icon") for name in names
    }
    base = {
        "formulas": {**made, "all": "[note, file.properties]", "named": "link('x', note.p0)"},
        "properties": {name: {"displayName": text} for name, text in names.items()},
        "views": [
            {
                "type": shape,
                "name": texts[0],
                "image": "note.p0",
                "separator": texts[0],
                "order": [
                    "file.name",
                    "formula.named",
                    "formula.all",
                    *names,
                    *(f"formula.{n}" for n in made),
                ],
                "groupBy": "note.p1",
                "summaries": names,
            }
        ],
    }
    inline = " ".join(f"`=this.{name}` `VIEW[{{{name}}} <b>]`" for name in names)
    source = yaml.safe_dump(base, allow_unicode=True, width=10_000).replace("```", "` ``")
    return f"---\n{yaml.safe_dump(names, allow_unicode=True)}---\n{inline}\n\n```base\n{source}\n```\n"
