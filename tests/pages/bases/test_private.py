"""Nothing private is in a base: a private note is no row, and no expression can see it."""

from __future__ import annotations

from tests.support.projects import BuildVault, text_of

SECRET = {
    "Diary/Hush.md": (
        "---\npublish: false\ntags: [whisper]\ncode: sesame\naliases: [Murmur]\nup: '[[Open]]'\n---\n"
        "[[Open]] ![[hidden.png]] #undertone\n"
    ),
    "Open.md": "---\nlink: '[[Hush]]'\nlist: ['[[Hush|shown]]', a]\n---\n[[Hush]] and [[Murmur]]\n",
}
WORDS = ("whisper", "sesame", "undertone", "hidden.png", "Hush", "Murmur", "Diary")
ASKED = (
    "file(file.links[0]).properties.code",
    "link.asFile().properties.code",
    "file.backlinks",
    "file.links.map(value.asFile())",
    "list.map(value.path)",
    "this.file.backlinks.map(value.code)",
    "file.properties",
    "note",
    "file.links.map(value.tags)",
    "file.hasLink(link) && link.asFile().code",
)


def test_no_formula_sees_a_private_note(build_vault: BuildVault) -> None:
    formulas = "".join(f"  x{number}: '{expression}'\n" for number, expression in enumerate(ASKED))
    columns = ", ".join(f"formula.x{number}" for number in range(len(ASKED)))
    base = f"formulas:\n{formulas}views:\n  - order: [file.name, link, list, {columns}]\n"
    built = build_vault({**SECRET, "Asks.md": f"```base\n{base}```\n", "x.base": base})
    assert text_of(built, "asks.md").count("<tr>") == 4
    assert [path for path, text in built.files.items() if any(word in text.decode() for word in WORDS)] == []
    told = [str(problem) for problem in built.problems if problem.code == "not-shown"]
    assert not any(word in message for word in WORDS for message in told)


def test_a_private_note_is_no_row_whatever_is_asked(build_vault: BuildVault) -> None:
    query = "```dataview\nLIST FROM #whisper OR #undertone\n```\n\n```dataview\nTABLE code WHERE code\n```\n"
    base = "```base\nfilters: {or: [\"file.hasTag('whisper')\", code, \"file.inFolder('Diary')\"]}\n```\n"
    built = build_vault({**SECRET, "Asks.md": f"{query}\n{base}\n`= this.file.inlinks` `= [[Open]].link`\n"})
    page = text_of(built, "asks.md")
    assert page.count("Nothing found") == 3
    assert not any(word in page for word in ("sesame", "Hush", "Murmur"))
