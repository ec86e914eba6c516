"""An author at work: random edits of a project, as people and programs make them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from platformdirs import user_cache_path

from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import format_transcript, transcript_file
from tests.support.projects import PROJECT

_WORDS = (
    "shard",
    "replica",
    "backup",
    "endpoint",
    "snapshot",
    "quota",
    "latency",
    "cluster",
    "größe",
    "区域",
)
_CONFIG = (PROJECT / "mkdocs.yml").read_text("utf-8")


def write_project(root: Path, *, notes: int = 6) -> Path:
    """Write a small project with the configuration of this one; return its folder."""
    for folder in ("notes/Deep/Deeper", "assets", "docs", ".obsidian"):
        (root / folder).mkdir(parents=True)
    config = _CONFIG.replace("scripts/notebinder", f"{PROJECT}/scripts/notebinder")
    (root / "mkdocs.yml").write_text(config, "utf-8")
    (root / "docs/index.md").write_text("# Home\n\nSee [[note 1]] and [[gone]].\n")
    for number in range(notes):
        folder = ("notes", "notes/Deep", "notes/Deep/Deeper")[number % 3]
        link = f"[[Note {number + 1}]]"
        (root / folder / f"Note {number}.md").write_text(
            f"First words of {number}\n\n## Part one\n\n{link}\n\n## Part two\n\n#tag/{number % 2}\n"
        )
    return root


def png(chance: random.Random) -> bytes:
    """A picture that no other is like."""
    stream = BytesIO()
    Image.frombytes("RGB", (40, 30), chance.randbytes(3600)).save(stream, "PNG")
    return stream.getvalue()


@dataclass
class Author:
    """Does one thing after another to the project in a folder."""

    root: Path
    chance: random.Random
    done: list[str] = field(default_factory=list)
    _count: int = 0

    def edit(self) -> None:
        """Do something."""
        deed = self.chance.choice(_DEEDS)
        self._count += 1
        self.done.append(deed.__name__.strip("_"))
        deed(self)

    def name(self) -> str:
        return f"{self.chance.choice(_WORDS)} {self._count}"

    def note(self) -> Path:
        """Any note; a new one if there is none left."""
        found = sorted((self.root / "notes").rglob("*.md"))
        return self.chance.choice(found) if found else self.root / "notes/Last.md"

    def append(self, file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text("utf-8") if file.exists() else "") + text, "utf-8")

    def words(self) -> str:
        return " ".join(self.chance.choices(_WORDS, k=5))


def _write_text(author: Author) -> None:
    author.append(author.note(), f"\n{author.words()}\n")


def _add_heading(author: Author) -> None:
    author.append(author.note(), f"\n## {author.name()}\n\n{author.words()}\n")


def _rename_headings(author: Author) -> None:
    note = author.note()
    note.write_text(note.read_text("utf-8").replace("## Part", f"## {author.name()}"), "utf-8")


def _retitle(author: Author) -> None:
    note = author.note()
    note.write_text(f"---\ntitle: {author.name()}\n---\n{note.read_text('utf-8')}", "utf-8")


def _hide(author: Author) -> None:
    """Make a note private that a hand-written page names, or public again."""
    note = author.note()
    text = note.read_text("utf-8") if note.exists() else ""
    head = "---\npublish: false\n---\n"
    note.write_text(text.removeprefix(head) if text.startswith(head) else head + text, "utf-8")
    (author.root / "docs/names.md").write_text(f"# Names\n\n[[{note.stem}]] and {author.words()}\n", "utf-8")


def _begin_note(author: Author) -> None:
    folder = author.chance.choice(("notes", "notes/Deep", f"notes/{author.name()}"))
    author.append(author.root / folder / f"{author.name()}.md", f"New. [[{author.note().stem}]]\n")


def _link(author: Author) -> None:
    author.append(author.note(), f"\n[[{author.note().stem}]], ![[{author.note().stem}#Part one]]\n")


def _delete_note(author: Author) -> None:
    author.note().unlink(missing_ok=True)


def _rename_note(author: Author) -> None:
    note = author.note()
    if note.exists():
        note.rename(note.with_name(f"{author.name()}.md"))


def _move_folder(author: Author) -> None:
    folders = sorted(path for path in (author.root / "notes").iterdir() if path.is_dir())
    if folders:
        author.chance.choice(folders).rename(author.root / "notes" / author.name())


def _paste_image(author: Author) -> None:
    name = f"Pasted image 2024121118{author._count:04}.png"
    (author.root / "assets" / name).write_bytes(png(author.chance))
    author.append(author.note(), f"\n![[{name}]]\n")


def _replace_image(author: Author) -> None:
    for image in sorted((author.root / "assets").glob("*.png"))[:1]:
        image.write_bytes(png(author.chance))


def _delete_image(author: Author) -> None:
    for image in sorted((author.root / "assets").glob("*.png"))[-1:]:
        image.unlink()


def _transcribe(author: Author) -> None:
    for image in sorted((author.root / "assets").glob("*.png"))[:2]:
        transcript = Transcript(author.name(), (author.words(),), "")
        transcript_file(image).write_text(format_transcript(transcript), "utf-8")


def _plan(author: Author) -> None:
    note = author.note()
    plan = f"topics:\n  - title: {author.name()}\n    parts: [Part one]\n  - title: Rest\n"
    note.with_name(f"{note.stem}.plan.yml").write_text(plan, "utf-8")


def _drop_plans(author: Author) -> None:
    for plan in (author.root / "notes").rglob("*.plan.yml"):
        plan.unlink()


def _write_by_hand(author: Author) -> None:
    page = author.root / "docs" / f"page-{author.chance.randrange(3)}.md"
    page.write_text(f"# {author.name()}\n\n[[{author.note().stem}]] {author.words()}\n", "utf-8")


def _delete_by_hand(author: Author) -> None:
    for page in sorted((author.root / "docs").glob("page-*.md"))[:1]:
        page.unlink()


def _style_by_hand(author: Author) -> None:
    (author.root / "docs/own.css").write_text(f"/* {author.words()} */", "utf-8")


def _save_in_pieces(author: Author) -> None:
    """Empty, half, whole; or under another name and moved."""
    note = author.note()
    text = f"{author.words()}\n\n> [!note] {author.name()}\n> ```\n> code\n"
    for piece in ("", text[: len(text) // 2], text):
        note.write_text(piece, "utf-8")
    temporary = note.with_name(f"{note.name}.tmp")
    temporary.write_text(f"{text}\n{author.words()}\n", "utf-8")
    temporary.replace(note)


def _appear_and_vanish(author: Author) -> None:
    note = author.root / "notes" / f"{author.name()}.md"
    note.write_text("gone at once\n")
    note.unlink()


def _check_out(author: Author) -> None:
    """Many files at once, and away again half of the time."""
    folder = author.root / "notes/Branch"
    if folder.exists():
        shutil.rmtree(folder)
        return
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.md").write_text(f"{author.words()} [[{number + 1}]]\n", "utf-8")


def _change_setting(author: Author) -> None:
    strict = author.chance.choice(("true", "false"))
    (author.root / ".obsidian/app.json").write_text(f'{{"strictLineBreaks": {strict}}}')


def _clear_cache(author: Author) -> None:
    shutil.rmtree(user_cache_path("notebinder"), ignore_errors=True)


_DEEDS: tuple[Callable[[Author], None], ...] = (
    *(_write_text, _add_heading, _rename_headings, _retitle, _begin_note, _link, _delete_note, _rename_note),
    *(
        _move_folder,
        _paste_image,
        _replace_image,
        _delete_image,
        _transcribe,
        _plan,
        _drop_plans,
    ),
    *(_write_by_hand, _delete_by_hand, _style_by_hand, _save_in_pieces, _appear_and_vanish, _check_out),
    *(_change_setting, _hide, _clear_cache),
)
