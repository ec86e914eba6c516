"""What of a vault is public, what is not, and why: for the author, and for what is told in public."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType

from msgspec.structs import replace

from notebinder.base.problems import Problem
from notebinder.build.pipeline import Build
from notebinder.build.report import count_of
from notebinder.pages.constructs.images import has_image_suffix
from notebinder.public.public_notes import link_targets
from notebinder.vault.plan import plan_path
from notebinder.vault.resolve import resolve

_GUESS = re.compile(r'did you mean "(?P<name>.*)"\?')
_HIDDEN = re.compile(r"((?:^|.*?/)\.[^/]+).*")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the vault in the list of what is public."""

    path: str
    public: bool
    rule: str
    """The row of the table that decided; `used` and `unused` for attachments that no row forbids."""
    because: str


def list_published(built: Build) -> Iterator[Listed]:
    """List each note and attachment of a vault by path, and behind them what is hidden, only the folders."""
    users, used_privately = _users(built), built.public.used_privately()
    hidden: set[str] = set()
    for path, verdict in built.public.verdicts.items():
        if verdict.rule == "hidden":
            hidden.add(_HIDDEN.sub(r"\1", path))
        elif not verdict.is_public or path in built.vault.notes:
            yield Listed(path, verdict.is_public, verdict.rule, verdict.because)
        elif path in built.vault.attachments:
            yield _attachment(path, built, users, path in used_privately)
    yield from (Listed(path, False, "hidden", "it is hidden") for path in sorted(hidden))


def _attachment(path: str, built: Build, users: Mapping[str, str], is_used_privately: bool) -> Listed:
    if path in built.attachments:
        is_cleaned = has_image_suffix(path) or built.vault.attachments[path].text is not None
        whole = "" if is_cleaned else "; it is published whole, metadata included"
        return Listed(path, True, "used", f"{users.get(path, 'a published page')} uses it{whole}")
    if is_used_privately:
        return Listed(path, False, "unused", "only private notes use it")
    return Listed(path, False, "unused", "no published note uses it")


def _users(built: Build) -> dict[str, str]:
    """Return a note that uses each published attachment."""
    found: dict[str, str] = {}
    for path, note in built.vault.notes.items():
        for target in link_targets(note):
            there = resolve(target, path, built.public.names.index)
            if there and there.path in built.attachments:
                found.setdefault(there.path, path)
    return found


def listed_as_text(listed: Sequence[Listed]) -> str:
    """One file a line, public ones first, and how many there are."""
    outside = [each for each in listed if each.rule == "outside"]
    ordered = sorted((each for each in listed if each.rule != "outside"), key=lambda each: not each.public)
    lines = [f"{'public ' if each.public else 'private'} {each.path}: {each.because}" for each in ordered]
    if outside:
        where = "outside the folders in the settings `notes` and `attachments`"
        lines.append(f"private {count_of(len(outside), 'file')} {where}")
    public = [each for each in listed if each.public]
    return "\n".join(
        [*lines, f"{_count(public)} public, {len(listed) - len(public)} files or folders private"]
    )


def _count(public: Sequence[Listed]) -> str:
    notes = sum(each.rule not in ("used", "unused") for each in public)
    return f"{count_of(notes, 'note')} and {count_of(len(public) - notes, 'attachment')}"


def listed_as_json(listed: Iterable[Listed]) -> str:
    """A list of objects."""
    return json.dumps([asdict(each) for each in listed], ensure_ascii=False, indent=2)


LISTS: Mapping[str, Callable[[Sequence[Listed]], str]] = MappingProxyType(
    {"text": listed_as_text, "json": listed_as_json}
)
"""How `notebinder check --published` can list them."""


def public_problems(built: Build) -> list[Problem]:
    """Return the problems that may be told in public: none names a file that is not published."""
    verdicts = built.public.verdicts
    listed = {each.path: each.public for each in list_published(built)}
    withheld = {path for path, verdict in verdicts.items() if not verdict.is_public}
    withheld |= {path for path, is_public in listed.items() if not is_public}
    withheld |= {
        companion for path in withheld for companion in (plan_path(path), f"{path}.txt", f"{path}.places")
    }
    names = {path.rpartition("/")[2].removesuffix(".md") for path, is_public in listed.items() if is_public}
    return [_discreet(problem, names) for problem in built.problems if problem.location.path not in withheld]


def _discreet(problem: Problem, names: set[str]) -> Problem:
    guess = _GUESS.search(problem.hint)
    return problem if guess is None or guess["name"] in names else replace(problem, hint="")
