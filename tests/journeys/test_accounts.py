"""Over all vaults: a word of a note that is on no page stands in what Obsidian hides by its own rules."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from notebinder.base.settings import Options, resolve_settings
from notebinder.images.model import SiteFile
from notebinder.pages.constructs.look_ups import Sources
from notebinder.pages.drafts import Draft, assign_addresses, draft_note
from notebinder.pages.layout import NoteLayout, lay_out
from notebinder.pages.ledger import Placed, balance
from notebinder.pages.model import Hidden
from notebinder.vault.reading import open_vault, read_attachment
from notebinder.vault.resolve import read_index
from notebinder.vault.syntax.words import count_words
from tests.support.projects import PROJECT
from tests.support.real_vaults import real_vault

VAULTS = ["everyday", "outline note", "obsidian-help", "student-notes", "aws-notes", "obsidian-export-cases"]
HIDING = {
    Hidden.COMMENT: r"%%[\s\S]*?(?:%%|\Z)|<!--[\s\S]*?-->|(?<!\\)%.*",
    Hidden.DEFINITION: r"^[ \t>]*\[[^\]^][^\]]*\]:[\s\S]*?$",
    Hidden.EMBED: r"!\[\[[^\]\n]*\]\]|!\[[^\]]*\]\([^)\n]*\)",
    Hidden.FOOTNOTE: r"\[\^[^\]\s]+\]",
    Hidden.HTML: r"<(?P<block>\w+)[\s\S]*?</(?P=block)>|</?[a-zA-Z][^>]*>",
    Hidden.IDENTIFIER: r"\^[A-Za-z0-9-]+[ \t]*$",
    Hidden.LANGUAGE: r"^[ \t>*+-]*(?:```|~~~).*$",
    Hidden.LINK: r"\[\[[^\]\n]*\]\]|\]\([^\n]*\)|\]\[[^\]]*\]|<?\w+:[^\s>]*>?",
    Hidden.CALLOUT: r"\[![^\]]*\]",
    Hidden.QUERY: r"```(?:base|dataview)[\s\S]*?```|`[^`\n]*`",
    Hidden.TOLD: r"\|.*",
}
"""Where each may stand in a note, read in another way than the package reads it."""
CODE = re.compile(r"^(?:```[\s\S]*?^```|~~~[\s\S]*?^~~~)|`[^`\n]*`", re.MULTILINE)


@pytest.fixture(scope="module", params=VAULTS)
def vault(request: pytest.FixtureRequest) -> Path:
    own = PROJECT / "tests/vaults" / request.param / "vault"
    return own if own.is_dir() else real_vault(request.param)


def test_words_on_no_page_stand_in_what_hides_them(vault: Path, tmp_path: Path) -> None:
    odd = [
        (layout.note.path, str(by), dict(words))
        for layout, drafts in drafted(vault, tmp_path)
        for by, words in beyond(layout, drafts).items()
        if words
    ]
    assert odd == []


def beyond(layout: NoteLayout, drafts: tuple[Draft, ...]) -> dict[Hidden, Counter[str]]:
    """Return the words that are booked as hidden and stand in nothing that hides."""
    placed = [Placed(s.section.lines, s.converted) for draft in drafts for s, _ in draft.sections]
    account = balance(layout.note, placed)
    assert account.problems == ()
    assert account.words_in == account.words_shown + account.words_spent
    text = layout.note.text
    found: dict[Hidden, Counter[str]] = {}
    for by in account.words_hidden:
        read = text if by in (Hidden.LANGUAGE, Hidden.QUERY) else CODE.sub("", text)
        typed = [match[0] for match in re.finditer(HIDING[by], read, re.MULTILINE)]
        booked = sum((Counter(part.converted.spent.get(by)) for part in placed), Counter[str]())
        there = set(count_words("\n".join(typed)))
        found[by] = Counter({word: count for word, count in booked.items() if word not in there})
    return found


def drafted(vault: Path, docs: Path) -> list[tuple[NoteLayout, tuple[Draft, ...]]]:
    """Draft all notes of a vault; no image is encoded."""
    settings = resolve_settings(Options(), root=vault, docs=docs, cache=docs)
    read, _ = open_vault(settings)
    index = read_index(read.notes, read.attachments)
    layouts, _ = lay_out(read, index)
    sources = Sources(
        read,
        index,
        assign_addresses(layouts, read),
        write_original=lambda attachment: SiteFile(attachment.path, is_cleaned=False),
        read=read_attachment,
    )
    return [(layout, draft_note(layout, sources).pages.value) for layout in layouts]
