"""Write a sheet on which an author checks a proposed plan at a glance: topics, pictures, reasons."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from io import BytesIO
from pathlib import Path

from notebinder.images.decode import open_image, upright_srgb
from notebinder.images.model import UnreadableError
from notebinder.planning.leftovers import topics_of_leftovers
from notebinder.planning.proposal import OVERVIEW, PartProposal, PlanProposal
from notebinder.vault.outline import plain_text

_WIDTH, _HEIGHT = 320, 240
_STYLE = """
  :root { color-scheme: light dark; font: 14px/1.35 system-ui, sans-serif }
  body { margin: 1.5rem auto; max-width: 96rem; padding: 0 1rem }
  main { display: flex; flex-wrap: wrap; gap: 1.2rem 2rem; margin-top: 1.5rem }
  section { max-width: 100% }
  section > div { align-items: start; display: flex; flex-wrap: wrap; gap: .7rem }
  h2 { contain: inline-size; font-size: 1.1rem; margin: 0 0 .4rem }
  article { border: 1px solid #8886; border-radius: 4px; padding: .5rem; width: 12rem }
  article.doubt { outline: 2px solid #d97706 }
  article:target { outline-width: 4px }
  img { display: block; height: 8rem; margin: 0 auto .4rem; max-width: 100%; object-fit: contain }
  p { margin: .1rem 0; overflow-wrap: anywhere } .why, summary { opacity: .75 } summary { cursor: pointer }
"""


def write_sheet(proposal: PlanProposal, images: Mapping[str, Path]) -> str:
    """Return a page of HTML that holds all that it shows; images are found by their part's name.

    A part stands under each of its topics; what is not sure is listed first, has a border, and says why.
    """
    leftovers = topics_of_leftovers(proposal)
    shelves: dict[str, list[PartProposal]] = {
        topic: [] for topic in (OVERVIEW, *(place.name for place in proposal.places))
    }
    for part in proposal.parts:
        for topic in part.topics or (leftovers.get(part.part.name, ""),):
            shelves.setdefault(topic, []).append(part)
    name = escape(proposal.note)
    empty = [topic for topic, parts in shelves.items() if not parts and topic != OVERVIEW]
    sections = "".join(_section(topic, parts, images) for topic, parts in shelves.items() if parts)
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>Plan of {name}</title>\n'
        f"<style>{_STYLE}</style>\n<h1>Plan of {name}</h1>\n"
        f"{_summary(proposal, empty)}<main>\n{sections}</main>\n</html>\n"
    )


def _summary(proposal: PlanProposal, empty: Iterable[str]) -> str:
    doubts = ", ".join(
        f'<a href="#{part.part.lines.start}">{escape(part.title or part.part.name)}</a>'
        for part in proposal.parts
        if not part.sure
    )
    bare = escape("; ".join(map(plain_text, empty)))
    lines = (
        escape(proposal.summary),
        doubts and f"To look at: {doubts}",
        bare and f"Nothing stands under: {bare}",
    )
    return "".join(f"<p>{line}</p>\n" for line in lines if line)


def _section(topic: str, parts: list[PartProposal], images: Mapping[str, Path]) -> str:
    cards = "".join(f"{card}\n" for part in parts for card in _card(part, topic, images))
    return (
        f"<section>\n<h2>{escape(plain_text(topic) or 'No topic')}</h2>\n<div>\n{cards}</div>\n</section>\n"
    )


def _card(part: PartProposal, topic: str, images: Mapping[str, Path]) -> Iterator[str]:
    picture = _thumbnail(images.get(part.part.name.partition("#")[0]))
    shown = f'<img src="{picture}" alt="">' if picture else ""
    say = "the plan says so" if part.planned else part.chance
    line = part.part.lines.start
    place = f' id="{line}"' if topic in part.topics[:1] or not part.topics else ""
    why = f'<p class="why">line {line}: {escape("; ".join(part.reasons))}</p>'
    yield (
        f'<article{place} class="{"" if part.sure else "doubt"}">{shown}'
        f"<p><b>{escape(part.title or part.part.name)}</b></p>"
        + (f"<details><summary>{say}</summary>{why}</details>" if part.sure else f"<p>{say}</p>{why}")
        + "</article>"
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
