"""Say why a part is placed where it is, in words for its author. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from notebinder.planning.evidence import Weighed
from notebinder.planning.lexicon import Lexicon
from notebinder.planning.material import Material
from notebinder.planning.places import Place

_TITLES = MappingProxyType(
    {
        "plan": "the plan's title",
        "heading": "the author's heading",
        "caption": "the author's caption",
        "name": "the file's name",
        "picture": "the title read from the picture",
        "words": "the author's text",
    }
)
_WORTH_A_MENTION = 0.15
_WORTH_A_DOUBT = 0.05


def reasons_for(
    weighed: Sequence[Weighed], places: Sequence[Place], chances: Sequence[Sequence[float]], lexicon: Lexicon
) -> list[tuple[str, ...]]:
    """Return the reasons for the most probable place of each part, strongest first."""
    best = [max(range(len(row)), key=row.__getitem__) for row in chances]
    return [
        (
            *_by_its_words(each, best[index], places, lexicon),
            *_by_its_neighbours(weighed, best, index, len(places)),
            *_doubts(chances[index], best[index], places),
        )
        for index, each in enumerate(weighed)
    ]


def _by_its_words(weighed: Weighed, place: int, places: Sequence[Place], lexicon: Lexicon) -> Iterator[str]:
    material = weighed.material
    source = _TITLES.get(material.titled_by, "")
    if place == len(places) + 1:
        yield f"{source} names what the whole note is about" if source else "nothing stands before it"
    elif place == len(places):
        yield f"{source} fits no entry" if source else "nobody has said what it shows"
    else:
        fit = weighed.fits[place]
        words = _shared_words(material, fit.shared, lexicon)
        if words:
            yield f"{source} and the entry share {', '.join(words)}"
        if fit.mentions >= _WORTH_A_MENTION:
            yield "its text takes up the entry's words"


def _shared_words(material: Material, shared: frozenset[str], lexicon: Lexicon) -> list[str]:
    """The words of the title that the entry has too, as written, the most telling first."""
    words = dict.fromkeys(word.strip(".,:;?!()\"'“”") for word in material.title.split())
    common = [word for word in words if lexicon.stems(word) & shared]
    return [f'"{word}"' for word in sorted(common, key=lambda word: -lexicon.mass(lexicon.stems(word)))]


def _by_its_neighbours(
    weighed: Sequence[Weighed], best: Sequence[int], index: int, no_entry: int
) -> Iterator[str]:
    what = "fits none either" if best[index] == no_entry else "belongs there too"
    for other, where in ((index - 1, "before"), (index + 1, "behind")):
        if 0 <= other < len(weighed) and best[other] == best[index]:
            yield f"its neighbour {where} it {what}{_pause(weighed, index, other)}"


def _pause(weighed: Sequence[Weighed], index: int, other: int) -> str:
    one, two = weighed[index].material.captured, weighed[other].material.captured
    if one is None or two is None:
        return ""
    return f", captured {_duration(abs((one - two).total_seconds()))} apart"


def _duration(seconds: float) -> str:
    """Return a pause in its largest unit.

    >>> _duration(98), _duration(5400)
    ('98 s', '90 min')
    """
    units = ((2 * 86400, 86400, "days"), (7200, 3600, "h"), (120, 60, "min"), (0, 1, "s"))
    unit = next(unit for unit in units if seconds >= unit[0])
    return f"{seconds / unit[1]:.0f} {unit[2]}"


def _doubts(chances: Sequence[float], best: int, places: Sequence[Place]) -> Iterator[str]:
    names = [*(f'under "{place.title}"' for place in places), "under none", "on the overview"]
    others = [index for index in range(len(chances)) if index != best]
    second = max(others, key=chances.__getitem__)
    if chances[second] >= _WORTH_A_DOUBT:
        yield f"it may also belong {names[second]} ({chances[second]:.0%})"
