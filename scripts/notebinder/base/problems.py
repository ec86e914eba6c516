"""Problems: what an author should know of, where, and the next step. Prints nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import process
from rapidfuzz.distance import OSA


class NotebinderError(Exception):
    """Anything that stops a build with a message for the author instead of a traceback."""

    exit_code: ClassVar[int] = 2
    """What the command ends with: it could not run."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from process to process as the message that was made, whatever it was made from."""
        return _restored, (type(self), self.args)


def _restored(kind: type[NotebinderError], args: tuple[Any, ...]) -> NotebinderError:
    return kind.__new__(kind, *args)


class Level(StrEnum):
    """How bad a problem is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What a problem's code stands for."""

    level: Level
    meaning: str
    """One or two sentences for `notebinder explain`, with the next step."""
    example: str
    """What such a problem looks like when printed."""


class SourceLocation(Struct, frozen=True, order=True, gc=False):
    """A place in the vault."""

    path: str
    """POSIX path relative to the vault."""
    line: int = 0
    """1-based; 0 means the file as a whole."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Problem(Struct, frozen=True, order=True):
    """Something in the vault that the author should know of."""

    location: SourceLocation
    code: str
    """A key of `PROBLEM_KINDS`."""
    message: str
    """What is wrong, without the place."""
    hint: str = ""
    """The next step, or a did-you-mean."""
    set_level: Level | None = None
    """The level that the settings give its code."""

    @property
    def level(self) -> Level:
        """How bad it is."""
        return self.set_level or PROBLEM_KINDS[self.code].level

    def __str__(self) -> str:
        text = f"{self.location}: {self.level}[{self.code}] {self.message}"
        return f"{text}; {self.hint}" if self.hint else text


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by place."""
    return tuple(sorted(set(problems)))


def graded(problems: Iterable[Problem], levels: Mapping[str, Level | None]) -> tuple[Problem, ...]:
    """Each problem once, by place, with the level that the settings give its code; none means off."""
    told = (problem for problem in problems if levels.get(problem.code, problem.level) is not None)
    return sorted_problems(
        replace(problem, set_level=levels.get(problem.code, problem.set_level)) for problem in told
    )


_SLIPS = 2
"""So many letters may be mistyped, left out, too many or changed over."""
_LETTERS_FOR_A_SLIP = 3
_LONG_ENOUGH = 4
"""A shorter beginning of a word stands for too many."""
_NEAREST = 5
_DIGITS = re.compile(r"\d+")
"""Names that differ in a number, a day or a time mean different things."""
_PLURAL = re.compile(r"(?<=\w\w)(?:ies|s)$")


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """A hint that names the nearest candidate, or an empty text if none is near.

    >>> did_you_mean("Subnetz", ["VPC", "Subnets"])
    'did you mean "Subnets"?'
    """
    known = list(candidates)
    for processor in (str.casefold, _loose):
        found = process.extract(
            name, known, scorer=OSA.distance, score_cutoff=_SLIPS, processor=processor, limit=_NEAREST
        )
        for near, slips, _ in found:
            if slips * _LETTERS_FOR_A_SLIP <= len(name) and _DIGITS.findall(near) == _DIGITS.findall(name):
                return f'did you mean "{near}"?'
    begun = [
        each for each in known if len(name) >= _LONG_ENOUGH and each.casefold().startswith(name.casefold())
    ]
    return f'did you mean "{begun[0]}"?' if len(begun) == 1 else ""


def _loose(name: str) -> str:
    """Return a name without the order of its words and their plural."""
    words = (_PLURAL.sub("y" if word.endswith("ies") else "", word) for word in name.casefold().split())
    return " ".join(sorted(words))


PROBLEM_KINDS: MappingProxyType[str, ProblemKind] = MappingProxyType(
    {
        "unreadable-file": ProblemKind(
            Level.ERROR,
            "A file of the vault cannot be read. Check its permissions.",
            "notes/VPC.md: error[unreadable-file] cannot be read: Permission denied",
        ),
        "outside-link": ProblemKind(
            Level.WARNING,
            "A symbolic link (or a junction) leads to something that is no file of the vault's folders. It "
            "is left out, so that nothing from elsewhere gets on the site unnoticed. Put a copy of the file "
            "in its place.",
            "notes/VPC.md: warning[outside-link] is a link to something that is no file of the vault, so it "
            "is left out; put a copy of the file in its place",
        ),
        "not-utf-8": ProblemKind(
            Level.WARNING,
            "A note is in another encoding than UTF-8, which Obsidian writes. It was read as Windows-1252; "
            "save it as UTF-8 so that no letter is guessed.",
            "notes/VPC.md:3: warning[not-utf-8] is no UTF-8 and was read as Windows-1252; save it as UTF-8",
        ),
        "no-cache": ProblemKind(
            Level.INFO,
            "The folder that keeps what one build learns for the next cannot be used or is not safe, so each "
            "build begins anew. It must be yours alone, and lie neither in the project nor in the vault.",
            "~/.cache/notebinder: info[no-cache] others than you may write to it, so this build keeps "
            "nothing for the next one",
        ),
        "unreadable-properties": ProblemKind(
            Level.WARNING,
            "The block between the two --- lines at the top of a note is no valid YAML, so its properties "
            "are ignored. Most often a value with a colon needs quotes.",
            "notes/VPC.md:2: warning[unreadable-properties] the properties are no valid YAML: ...",
        ),
        "unclear-publish": ProblemKind(
            Level.WARNING,
            "A note says something of `publish` or `draft` that is neither true nor false, or its properties "
            "cannot be read and seem to say so. On doubt a note stays private; write true or false.",
            "notes/VPC.md:1: warning[unclear-publish] `publish: later` is neither true nor false, so the "
            "note is not published; write true or false",
        ),
        "unread-publish-mark": ProblemKind(
            Level.WARNING,
            "A note seems to say whether it is to be published, in a way that neither Obsidian nor "
            "notebinder reads: in properties behind an invisible sign or a comment, with full-width letters, "
            "as `private: true` or `public: false`. On doubt it stays private; write `publish: false`.",
            "notes/VPC.md:1: warning[unread-publish-mark] `private: true` is no mark that Obsidian or "
            "notebinder reads; on doubt the note is not published; write `publish: true` or ...",
        ),
        "conflict-copy": ProblemKind(
            Level.WARNING,
            "A program that keeps folders in step (Syncthing, Dropbox, Nextcloud, OneDrive, Obsidian Sync, "
            "iCloud) left a second file of this name because the first was changed in two places. It is not "
            "published. Merge what is new in it and delete it, or set publish_conflict_copies; a copy of a "
            "private note is never published.",
            "notes/VPC (conflicted copy 2026-03-02).md: warning[conflict-copy] a program that keeps folders "
            "in step left it beside VPC.md as a conflicted copy, so it is not published; merge and delete "
            "it, or set `publish_conflict_copies: true`",
        ),
        "not-downloaded": ProblemKind(
            Level.WARNING,
            "A file of the vault lies in iCloud only: what it holds is not on this machine, so no page shows "
            "it. Download it and build again.",
            "notes/VPC.md: warning[not-downloaded] is in iCloud only and not on this machine, so no page "
            "shows it; choose Download Now in the Finder, and build again",
        ),
        "unread-setting": ProblemKind(
            Level.WARNING,
            "A setting of Obsidian or of the environment cannot be read. Where it is to keep notes private, "
            "all that it might fit stay private; any other counts as if it were not there.",
            "SOURCE_DATE_EPOCH: warning[unread-setting] 'today' is no number of seconds, so it is not used; "
            "write one, or nothing",
        ),
        "unused-pattern": ProblemKind(
            Level.WARNING,
            "A pattern under `private` fits no file of the vault. Most often it is misspelled, and what it "
            "was to keep private is published.",
            "mkdocs.yml: warning[unused-pattern] the pattern 'Dairy/' under `private` fits no file of the "
            'vault; did you mean "diary"?',
        ),
        "missing-transcript": ProblemKind(
            Level.INFO,
            "The text inside an image cannot be searched, because nobody has read it yet. "
            "Run `notebinder transcribe`, or write the transcript by hand.",
            "assets/VPC.png: info[missing-transcript] has no transcript; run `notebinder transcribe`",
        ),
        "outdated-transcript": ProblemKind(
            Level.INFO,
            "An image was replaced, but its transcript was corrected by hand and is therefore kept. "
            "Check it; delete it to have the new image read.",
            "assets/A.png.txt: info[outdated-transcript] was made from an older image; check or delete it",
        ),
        "unreadable-transcript": ProblemKind(
            Level.WARNING,
            "A file stands where an image's transcript belongs, but it does not begin as one. It is neither "
            "shown nor overwritten. Rename it, or delete it to have the image read.",
            "assets/VPC.png.txt: warning[unreadable-transcript] does not begin as a transcript does",
        ),
        "untranscribed-image": ProblemKind(
            Level.WARNING,
            "The text of an image could not be read, because the image cannot be opened. Paste it again.",
            "assets/VPC.png: warning[untranscribed-image] cannot be opened: image file is truncated",
        ),
        "unreadable-plan": ProblemKind(
            Level.ERROR,
            "A line of a plan does not have the form of a plan: a list `topics:` of `title:` and `parts:`, "
            "where a part is its name or `name: title`.",
            'notes/AWS.plan.yml:3: error[unreadable-plan] a topic has no title; add a line "title: ..."',
        ),
        "shallow-history": ProblemKind(
            Level.INFO,
            "The clone holds only the newest commits, so nobody can tell when notes were written, and their "
            "pages show no dates. Fetch the whole history.",
            ".git: info[shallow-history] holds only the newest commits, so its notes have no dates; run "
            "`git fetch --unshallow` there",
        ),
        "empty-submodule": ProblemKind(
            Level.WARNING,
            "A folder is a submodule of git whose files were never fetched, so its notes are missing.",
            "shared/: warning[empty-submodule] is a submodule that was never fetched; run "
            "`git submodule update --init --recursive`",
        ),
        "unreadable-navigation": ProblemKind(
            Level.WARNING,
            "A file .nav.yml in the vault is no list `nav:` of notes and folders (with a `title:` for its "
            "folder), so the folder is arranged by name. Correct it, or remove it.",
            "notes/.nav.yml:2: warning[unreadable-navigation] cannot be read as a list `nav:` of notes and "
            "folders, so it is ignored",
        ),
        "plan-without-note": ProblemKind(
            Level.WARNING,
            "A plan stands beside no note of its name. Rename it with its note, or delete it.",
            "notes/AWS.plan.yml: warning[plan-without-note] there is no note notes/AWS.md",
        ),
        "unknown-part": ProblemKind(
            Level.WARNING,
            "A plan names a part that the note does not have. A part is named by its attachment's file name, "
            "its heading or its first words.",
            'notes/AWS.plan.yml:5: warning[unknown-part] no part of the note is named "Cloneing"',
        ),
        "repeated-part": ProblemKind(
            Level.WARNING,
            "A plan names one part twice under one topic; it is shown once.",
            'notes/AWS.plan.yml:6: warning[repeated-part] "Cloning" stands twice under one topic',
        ),
        "unknown-entry": ProblemKind(
            Level.WARNING,
            "A topic's `entry:` is no line of the note's outline.",
            'notes/AWS.plan.yml:8: warning[unknown-entry] the outline has no entry "Proxies"',
        ),
        "repeated-topic": ProblemKind(
            Level.WARNING,
            "Two topics of a plan have one title, so readers cannot tell them apart. Rename one.",
            'notes/AWS.plan.yml:9: warning[repeated-topic] two topics have the title "RDS"',
        ),
        "lost-text": ProblemKind(
            Level.ERROR,
            "The account of a note does not balance: words of this line are on no page. This is a fault of "
            "notebinder; please report it with the line.",
            'notes/AWS.md:31: error[lost-text] "RDS replicates data" is not wholly on a page',
        ),
        "credential": ProblemKind(
            Level.ERROR,
            "Text that would be published looks like a password, a key or a token. Nothing is written; only "
            "who serves the site on the own machine sees it, with •••• in the place of each. If it "
            "is a real one, replace it where it is used, since it may be known already, and remove it. "
            "If it is an example, write %% notebinder: allow-credential %% on its line or on the line "
            "above (above a block of code for the whole block), or use the settings credentials_allowed and "
            "credentials_allowed_in. To publish the site with •••• in the place of each, set "
            "credentials: mask, or use the option --mask-credentials.",
            "notes/AWS.md:12: error[credential] looks like an AWS access key; nothing is published; ...",
        ),
        "foreign-file": ProblemKind(
            Level.ERROR,
            "A file that notebinder did not write stands where a page should go. It was left as it is, so "
            "the page is missing. Move or rename the file.",
            "docs/topics/aws/index.md: error[foreign-file] stands where a generated page should go",
        ),
        "open-comment": ProblemKind(
            Level.WARNING,
            "%% or <!-- opens a comment that nothing closes. Within a paragraph it is shown as text; where "
            "it begins a line, all that follows is hidden. One that ends in another paragraph is left out.",
            "notes/VPC.md:5: warning[open-comment] a comment is opened and never closed, so it is shown",
        ),
        "too-large": ProblemKind(
            Level.ERROR,
            "A note, a canvas or another text is so large that it would hold up the build. It is not read, "
            "so its page is empty, or the file is not published. Split it.",
            "notes/Log.md: error[too-large] has 9,000,000 bytes; more than 2,000,000 are not read; split it",
        ),
        "too-long": ProblemKind(
            Level.WARNING,
            "A paragraph or a table has more signs or cells than the engine behind the pages bears, and is "
            "shown as it was typed; or a note has so many headings that the last ones stay out of its table "
            "of contents. Cut it in pieces.",
            "notes/VPC.md:5: warning[too-long] has more signs than the engine bears, so it is shown as it "
            "was typed; cut it in pieces",
        ),
        "unreadable-formula": ProblemKind(
            Level.WARNING,
            "A formula has a command that KaTeX, which draws formulas on the site, does not know, or braces "
            "and environments that do not fit. The page shows it as it was typed.",
            r"notes/A.md:7: warning[unreadable-formula] the formula cannot be set and is shown as typed: "
            r"KaTeX knows no \slashed",
        ),
        "repeated-identifier": ProblemKind(
            Level.WARNING,
            "Two blocks of a note have one identifier. Links to it lead to the first, as in Obsidian.",
            "notes/A.md:9: warning[repeated-identifier] the identifier ^seed is given twice, and "
            "links lead to the first block; give it another one",
        ),
        "private-tag": ProblemKind(
            Level.INFO,
            "A tag in the text of a note, not in its properties, keeps the whole note off the site. That is "
            "right where it was meant; a sentence that only speaks of the tag writes it in backticks.",
            "notes/List.md:3: info[private-tag] the tag #private in its text keeps the whole note private",
        ),
        "empty-embed": ProblemKind(
            Level.INFO,
            "A note is embedded that says nothing yet. The page shows a link to it.",
            "notes/A.md:7: info[empty-embed] notes/B.md says nothing yet, so its embed is a link",
        ),
        "unused-footnote": ProblemKind(
            Level.WARNING,
            "Nothing refers to a footnote, or it is defined a second time, so its text is on no page.",
            "notes/A.md:9: warning[unused-footnote] nothing refers to the footnote 2, so its text is on no "
            "page; write [^2] where it belongs",
        ),
        "shared-address": ProblemKind(
            Level.WARNING,
            "Two pages would have one address on the site: a note `Recipes` beside `Recipes/index`, names "
            "that differ in case only, a permalink that is taken. Both are shown, one at another address.",
            "notes/Recipes.md: warning[shared-address] its address would be recipes/, which "
            "Recipes/index.md has, so it is recipes-1a2b3c4d/; rename one of them",
        ),
        "lost-page": ProblemKind(
            Level.ERROR,
            "MkDocs does not build a page that stands for a note, or builds another one at its address.",
            "topics/a.md: error[lost-page] MkDocs builds no page of it",
        ),
        "embed-flood": ProblemKind(
            Level.WARNING,
            "Notes that embed one another bring so much text to a page that nobody could read it. From there "
            "on its embeds are links. Link to the notes instead.",
            "notes/VPC.md: warning[embed-flood] embeds more than 1,000,000 characters, so the last embeds "
            "are links; link to notes instead of embedding them",
        ),
        "not-shown": ProblemKind(
            Level.WARNING,
            "Something that Obsidian shows is not on the page, or not wholly: a block of a plugin, a file "
            "that is no canvas, a view whose files nobody can tell without the app, a formula that has no "
            "value. A labelled box or an empty cell stands in its place. The message says what stops it.",
            "Books.base:12: warning[not-shown] 'price.toFixd(2)' cannot be worked out for Lamp.md: there "
            'is no function toFixd(); did you mean "toFixed"?',
        ),
        "too-deep": ProblemKind(
            Level.WARNING,
            "Lists, quotes or callouts stand within one another so deep that no engine shows them. The "
            "whole of them is shown as it was typed.",
            "notes/VPC.md:5: warning[too-deep] is nested deeper than 50 levels, so it is shown as it was "
            "typed; nest it less deep",
        ),
        "surplus-cell": ProblemKind(
            Level.WARNING,
            "A row of a table has more cells than the table's head. Obsidian and the page leave the surplus "
            "out; often a | within a link or a formula must be written \\|.",
            "notes/VPC.md:12: warning[surplus-cell] the row has more cells than the head, so Obsidian does "
            "not show: networks; within a cell write \\| for |",
        ),
        "missing-note": ProblemKind(
            Level.WARNING,
            "A link names a note that is not in the vault. Its text is marked as missing and leads nowhere; "
            "correct the name, or write the note.",
            'notes/VPC.md:41: warning[missing-note] [[Subnetz]] matches no note; did you mean "Subnets"?',
        ),
        "missing-heading": ProblemKind(
            Level.WARNING,
            "A link or an embed names a heading that its note does not have. A link leads to the note's top, "
            "an embed becomes such a link.",
            'notes/VPC.md:8: warning[missing-heading] S3.md has no heading Limit; did you mean "Limits"?',
        ),
        "missing-block": ProblemKind(
            Level.WARNING,
            "A link or an embed names a block identifier that its note does not have. Write ^name at the end "
            "of the block that is meant.",
            "notes/VPC.md:9: warning[missing-block] notes/S3.md has no block ^limits",
        ),
        "ambiguous-link": ProblemKind(
            Level.WARNING,
            "A link's name fits several files as well. It leads to the one named first; write its path to "
            "be sure.",
            "notes/VPC.md:3: warning[ambiguous-link] [[S3]] means aws/S3.md, or old/S3.md; write the path",
        ),
        "alias-link": ProblemKind(
            Level.INFO,
            "A link names an alias. Obsidian stores such a link as [[Note|alias]] and makes a new note from "
            "the bare alias.",
            "notes/VPC.md:3: info[alias-link] [[NAT]] is an alias of notes/Network address translation.md",
        ),
        "refused-scheme": ProblemKind(
            Level.WARNING,
            "A link opens something else than a page: an app, a file, a script. It is shown as text, unless "
            "the setting `link_schemes` names its scheme; `javascript`, `data` and `file` are never links.",
            "notes/VPC.md:6: warning[refused-scheme] a link with zotero: is shown as text; name it under "
            "link_schemes to allow it: zotero",
        ),
        "invalid-address": ProblemKind(
            Level.WARNING,
            "A link, a picture or a frame has an address that no browser can open: it names no host, one "
            "with signs that no host has, or a port that is none. Its text is shown; correct the address.",
            "notes/VPC.md:6: warning[invalid-address] a link whose address is none is shown as text; correct "
            "its host or port",
        ),
        "removed-html": ProblemKind(
            Level.INFO,
            "HTML that runs, sends, styles the whole page, or loads something of another site by itself is "
            "left out, most of it as in Obsidian; of styles and classes only what does so. Embed the file "
            "with ![[...]], or link what is meant; where the word is meant, write it in backticks.",
            "notes/VPC.md:9: info[removed-html] <object> is left out",
        ),
        "refused-frame": ProblemKind(
            Level.INFO,
            "A note embeds a page of a host that the setting `frame_hosts` does not name. "
            "The page is linked instead.",
            "notes/VPC.md:9: info[refused-frame] x.y is not embedded but linked; name the host under "
            "frame_hosts to embed it: x.y",
        ),
        "blocked-by-policy": ProblemKind(
            Level.WARNING,
            "The content policy of the site keeps a page from loading or running something: analytics, "
            "comments, or HTML of a page in docs/. Name the host under the setting `guests` if you trust it "
            "with every page; a script or style that stands in a page goes into a file of its own.",
            "mkdocs.yml: warning[blocked-by-policy] https://x.y/count.js is kept from loading; name its host "
            "under guests to allow it: x.y",
        ),
        "embed-cycle": ProblemKind(
            Level.WARNING,
            "Notes embed one another in a circle, or more than five deep. The innermost embed becomes "
            "a link.",
            "notes/A.md:7: warning[embed-cycle] A -> B -> A; link to it instead of embedding it",
        ),
        "awkward-name": ProblemKind(
            Level.WARNING,
            "A file's name has a character that means something else within a link, so that Obsidian itself "
            "cannot link to it. The site shows it all the same.",
            "notes/C#.md: warning[awkward-name] has # in its name, which a link reads as something else",
        ),
        "unused-attachment": ProblemKind(
            Level.INFO,
            "A file in the attachment folders that no note links or embeds. It is not published.",
            "assets/old.png: info[unused-attachment] no note uses it; embed it, or delete it",
        ),
        "same-picture": ProblemKind(
            Level.INFO,
            "Two pictures show the same, as far as can be seen: a slide was captured twice. "
            "Embed one of them at both places; the list of all screenshots shows only one as it is.",
            "notes/S3.md:40: info[same-picture] assets/B.png shows the same as assets/A.png (notes/S3.md:12)",
        ),
        "missing-attachment": ProblemKind(
            Level.WARNING,
            "An embed names a file that is not in the vault. The page shows a placeholder; "
            "drop the file into the attachment folder and it appears.",
            "notes/VPC.md:7: warning[missing-attachment] no file is named Pasted image 20241211.png",
        ),
        "lfs-pointer": ProblemKind(
            Level.WARNING,
            "In the place of a file lies what Git LFS leaves until it is fetched: three lines that name "
            "the file. Nothing of it is published. Run `git lfs pull`; in a workflow on GitHub, give "
            "actions/checkout `lfs: true`.",
            "a.csv: warning[lfs-pointer] is a pointer of Git LFS, not the file itself; run `git lfs pull`",
        ),
        "unreadable-image": ProblemKind(
            Level.WARNING,
            "A file that is embedded as an image is empty, damaged, or something else. The page shows a "
            "placeholder; save the image again, or take it from a backup.",
            "assets/VPC.png: warning[unreadable-image] the image is empty (0 bytes); save it again",
        ),
        "image-too-large": ProblemKind(
            Level.WARNING,
            "An image has so many pixels or bytes that decoding it could stop the machine. The page shows a "
            "placeholder; save the image smaller.",
            "assets/VPC.png: warning[image-too-large] the image is too large to decode "
            "(60,000 x 60,000 = 3,600 megapixels); save it with at most 50 megapixels",
        ),
        "unsafe-svg": ProblemKind(
            Level.WARNING,
            "A drawing (SVG) holds what could harm a reader and cannot be taken out without changing the "
            "picture. The page shows a placeholder; export the drawing as PNG.",
            "assets/flow.svg: warning[unsafe-svg] the image shows HTML (foreignObject); export it as PNG",
        ),
        "cleaned-svg": ProblemKind(
            Level.INFO,
            "A drawing (SVG) is published without its scripts and references to other files. What is drawn "
            "stays as it is; nothing is to be done unless the drawing was meant to be interactive.",
            "assets/flow.svg: info[cleaned-svg] published without its scripts",
        ),
        "image-suffix": ProblemKind(
            Level.INFO,
            "The suffix of an image's name says another format than its content. The page shows it all the "
            "same; other programs may not, so rename it.",
            "assets/VPC.png: info[image-suffix] the image is JPEG, though its name ends in .png; "
            "rename it to .jpg",
        ),
        "no-pagefind": ProblemKind(
            Level.WARNING,
            "The site is larger than the setting `pagefind_above`, but Pagefind could not index it, so that "
            "the search of small sites is used: it works, but each reader loads an index of all pages. "
            "Pagefind's program comes with the package for the common machines; elsewhere put it on the PATH "
            "or name it in the environment as PAGEFIND_BINARY_PATH.",
            "mkdocs.yml: warning[no-pagefind] Pagefind could not index 9,120 kB of text: its program is not "
            "installed; readers load one large index instead",
        ),
        "lost-address": ProblemKind(
            Level.WARNING,
            "An address that this site has had leads nowhere, so links to it are broken. "
            "`notebinder redirects` looks for the page that took its place; where it finds none, name it in "
            "addresses.yml.",
            "addresses.yml: warning[lost-address] /topics/vpc/ was live and leads nowhere now",
        ),
        "unlisted-address": ProblemKind(
            Level.INFO,
            "A page is not in the list of addresses, so nobody would notice if it moved. "
            "Run `notebinder redirects` and commit addresses.yml.",
            "addresses.yml: info[unlisted-address] 2 pages not listed yet, such as /topics/vpc/",
        ),
    }
)
"""Every code that a problem can have."""
