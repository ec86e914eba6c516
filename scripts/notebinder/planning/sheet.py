"""Write a sheet on which an author checks a proposed plan at a glance: topics, pictures, reasons."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from pathlib import Path

from notebinder.images.decode import open_image, upright_srgb
from notebinder.images.model import UnreadableError
from notebinder.planning.leftovers import topics_of_leftovers
from notebinder.planning.proposal import OVERVIEW, PartProposal, PlanProposal

_WIDTH, _HEIGHT = 320, 240
_STYLE = """
  :root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif }
  body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
  section > div { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)) }
  article { border: 1px solid #8886; border-radius: 4px; padding: .6rem }
  article.doubt { border: 2px solid #d97706 }
  img { display: block; margin-bottom: .5rem; max-width: 100% }
  p { margin: .2rem 0 } .why { opacity: .75 }
"""


def write_sheet(proposal: PlanProposal, images: Mapping[str, Path]) -> str:
    """Return a page of HTML that holds all that it shows; images are found by their part's name.

    A part stands under each of its topics; what is not sure has a border.
    """
    leftovers = topics_of_leftovers(proposal)
    shelves: dict[str, list[PartProposal]] = {
        topic: [] for topic in (OVERVIEW, *(place.name for place in proposal.places))
    }
    for part in proposal.parts:
        for topic in part.topics or (leftovers.get(part.part.name, ""),):
            shelves.setdefault(topic, []).append(part)
    name = escape(proposal.note)
    sections = "".join(_section(topic, parts, images) for topic, parts in shelves.items() if parts)
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Plan of {name}</title>\n'
        f"<style>{_STYLE}</style>\n<h1>Plan of {name}</h1>\n{sections}</html>\n"
    )


def _section(topic: str, parts: list[PartProposal], images: Mapping[str, Path]) -> str:
    cards = "".join(f"{card}\n" for part in parts for card in _card(part, images))
    return f"<section>\n<h2>{escape(topic or 'No topic')}</h2>\n<div>\n{cards}</div>\n</section>\n"


def _card(part: PartProposal, images: Mapping[str, Path]) -> Iterator[str]:
    picture = _thumbnail(images.get(part.part.name.partition("#")[0]))
    shown = f'<img src="{picture}" alt="">' if picture else ""
    say = "the plan says so" if part.planned else "sure" if part.sure else f"not sure, {part.probability:.0%}"
    name = escape(part.title or part.part.name)
    why = escape("; ".join(part.reasons))
    yield (
        f'<article class="{"" if part.sure else "doubt"}">{shown}<p><b>{name}</b></p>'
        f'<p>{say}</p><p class="why">line {part.part.lines.start}: {why}</p></article>'
    )


def _thumbnail(file: Path | None) -> str:
    """A small picture as an address of its own, or nothing where it cannot be read."""
    if file is None:
        return ""
    stream = BytesIO()
    try:
        with open_image(file.read_bytes()) as (image, _):
            picture = upright_srgb(image)
            picture.thumbnail((_WIDTH, _HEIGHT))
            picture.save(stream, "WEBP", quality=70)
    except UnreadableError:
        return ""
    return "data:image/webp;base64," + base64.b64encode(stream.getvalue()).decode()
