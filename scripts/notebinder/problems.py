"""Problems: what an author should know of, where, and the next step. Prints nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rapidfuzz import fuzz, process


class NotebinderError(Exception):
    """Anything that stops a build with a message for the author instead of a traceback."""


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


@dataclass(frozen=True, slots=True, order=True)
class SourceLocation:
    """A place in the vault."""

    path: str
    """POSIX path relative to the vault."""
    line: int = 0
    """1-based; 0 means the file as a whole."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in the vault that the author should know of."""

    location: SourceLocation
    code: str
    """A key of `PROBLEM_KINDS`."""
    message: str
    """What is wrong, without the place."""
    hint: str = ""
    """The next step, or a did-you-mean."""

    @property
    def level(self) -> Level:
        """How bad it is."""
        return PROBLEM_KINDS[self.code].level

    def __str__(self) -> str:
        text = f"{self.location}: {self.level}[{self.code}] {self.message}"
        return f"{text}; {self.hint}" if self.hint else text


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by place."""
    return tuple(sorted(set(problems)))


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """A hint that names the nearest candidate, or an empty text if none is near.

    >>> did_you_mean("Subnetz", ["VPC", "Subnets"])
    'did you mean "Subnets"?'
    """
    near = process.extractOne(
        name, list(candidates), scorer=fuzz.WRatio, score_cutoff=75, processor=str.casefold
    )
    return f'did you mean "{near[0]}"?' if near else ""


PROBLEM_KINDS: MappingProxyType[str, ProblemKind] = MappingProxyType(
    {
        "missing-attachment": ProblemKind(
            Level.WARNING,
            "An embed names a file that is not in the vault. The page shows a placeholder; "
            "drop the file into the attachment folder and it appears.",
            "notes/VPC.md:7: warning[missing-attachment] no file is named Pasted image 20241211.png",
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
    }
)
"""Every code that a problem can have."""
