"""Languages of code that stand for something that only the app or a plugin of it shows. Reads nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import translate
from functools import lru_cache
from types import MappingProxyType

_OTHERS = """
    activity-history add-summary advanced-chart anki asciimath badges battlemap bookmark breadcrumbs button
    button-* calendar-timeline cardlink carousel ccard chart chat chat-* chess chess-study chessboard chesser
    chord-sheet chords chordpro chronos circuitikz clock col col-md consumable contributiongraph count
    countdown counter csvtable custom-frames dbfolder desmos desmos-graph dice dice-roller dirtree drawing
    embed encounter encounter-table event-btns excalidraw feed flashcard flashcards folder-index-content
    folder-overview folderv function-plot functionplot gallery gantt-list geogebra ggb gevent github-*
    goboard gpx graphviz habit habit-tracker habittracker handdrawn-ink handwritten-ink healthpoints
    heatmap-* hexmap image-gallery image-layout* imagemap img-gallery initiative initiative-tracker itinerary
    jira jira-* js-engine jsxgraph juggl juxtapose ketcher kroki lapse leaflet leaflet-* link-embed linkcard
    list-cards localgraph mapview markmap markwhen mdm media-* mehrmaid meta-bind meta-bind-* mindmap
    minichart mol multi-column music-abc nomnoml note-gallery note-toolbar* ob-timeline ob-timeline-* osu
    pikchr plantuml plantuml-* poker pomodoro pseudo puml quiz quizdown randomness recent-files reminder
    rendered rpg-* sheet simple-time-tracker skills slide-note slideshow smiles space-repetition
    spell-components spoiler spoiler-block sqlseal stat statblock stats steno stockchart sudoku svgbob tabs
    table-of-contents tiddly tikz timekeep timeline timeline-* timer timestamp timestamp-url toc todoist
    toggl tracker typst vega vega-lite vid wavedrom wardley weather widget widgets world-clock worldclock
    zoommap
    """

PLUGIN_BLOCKS: Mapping[str, str] = MappingProxyType(
    {
        "compressed-json": "Excalidraw drawing",
        "dataview": "Dataview query",
        "dataviewjs": "Dataview script",
        "query": "Search results",
        "tasks": "Tasks query",
        **dict.fromkeys(_OTHERS.split(), ""),
    }
)
"""Names, in which `*` stands for anything, and what each shows if that is more than its name says."""


@lru_cache
def _pattern(others: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(translate, (*PLUGIN_BLOCKS, *others))), re.IGNORECASE)


def is_plugin_block(language: str, others: tuple[str, ...] = ()) -> bool:
    """Tell whether only a plugin shows what a language stands for; an author may know of others.

    >>> is_plugin_block("Meta-Bind-button"), is_plugin_block("python"), is_plugin_block("python", ("py*",))
    (True, False, True)
    """
    return bool(language) and _pattern(others).fullmatch(language) is not None
