"""Measure how long a vault takes to become a site, as ratios to plain Material on the same pages.

    python benchmarks/building.py VAULT [VAULT ...]

Plain Material is `mkdocs build` of the pages that notebinder wrote, with the same features, extensions and
search and with `navigation.prune`, without which 6,000 pages take it most of an hour, but without the theme
and the plugins of notebinder. Each step runs in a process of its own, on a copy of the vault, one after the
other; the images are in their cache. The last vault should be the largest: the time per note is compared with
that of the first, and, since its notes may be longer, with that of some of its own folders that hold as many
notes. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPEATED = 3
"""Steps that take no second are run so often, and the fastest counts."""

LOOK = 0.4
"""Seconds between two looks at the memory; each look takes time from what it looks at."""


@dataclass(frozen=True)
class Place:
    """The folders of one vault's measurement."""

    folder: Path

    @property
    def vault(self) -> Path:
        """The copy of the vault."""
        return self.folder / "vault"

    @property
    def docs(self) -> Path:
        """The pages that notebinder writes."""
        return self.folder / "docs"

    @property
    def cache(self) -> Path:
        """Where notebinder keeps what it made."""
        return self.folder / "cache"

    def site(self, name: str) -> Path:
        """The folder of a built site."""
        return self.folder / f"site-{name}"


@dataclass(frozen=True)
class Measured:
    """What one step took."""

    seconds: float
    """From the start of its process to the end."""
    cpu: float
    """Seconds of all its processes together."""
    memory: float
    """The most that its processes, but for Pagefind's, held at one time, in MB; shared pages count once."""
    pagefind: float
    """The most that Pagefind's program held, in MB."""
    told: dict[str, Any]
    """What the step itself measured."""


def convert(place: Place) -> dict[str, Any]:
    """Convert the vault and write its pages."""
    from notebinder.base.settings import Options, resolve_settings
    from notebinder.build.build_cache import convert as convert_with_cache
    from notebinder.build.output import write_tree

    options = Options(vault=str(place.vault))
    settings = resolve_settings(options, root=place.vault, docs=place.docs, cache=place.cache)
    built = convert_with_cache(settings)
    written = write_tree(place.docs, built.files, kept=built.media, digests=built.digests)
    return {"pages": len(built.digests), "changed": len(written.changed)}


def rebuild(place: Place) -> dict[str, Any]:
    """Convert, then edit one note in the same session and convert again."""
    from notebinder.base.settings import Options, resolve_settings
    from notebinder.build.output import write_tree
    from notebinder.build.pipeline import build

    options = Options(vault=str(place.vault))
    settings = resolve_settings(options, root=place.vault, docs=place.docs, cache=place.cache)
    built = build(settings)
    note = place.vault / built.notes[len(built.notes) // 2].layout.note.path
    seconds = []
    for number in range(REPEATED):
        with note.open("a", encoding="utf-8") as stream:
            stream.write(f"\nOne more line: {number}.\n")
        start = time.perf_counter()
        built = build(settings, previous=built)
        write_tree(place.docs, built.files, kept=built.media)
        seconds.append(time.perf_counter() - start)
    return {"edit": min(seconds)}


def plain(place: Place) -> dict[str, Any]:
    """Build the pages with Material as it comes, which can cut the navigation to what is near a page."""
    from mkdocs.commands.build import build as build_with_mkdocs
    from mkdocs.config import load_config
    from mkdocs.utils.yaml import yaml_load

    from notebinder.site.whole_site import THEME

    theme_file = THEME / "mkdocs.yml"
    with theme_file.open("rb") as stream:
        shared = yaml_load(stream)
    features = [*shared["theme"]["features"], "navigation.prune"]
    config = load_config(
        config_file=_empty(place),
        site_name="vault",
        docs_dir=str(place.docs),
        site_dir=str(place.site("plain")),
        theme={"name": "material", "font": False, "features": features},
        markdown_extensions=shared["markdown_extensions"],
        plugins=["search"],
    )
    build_with_mkdocs(config)
    return _weight(place.site("plain"))


def site(place: Place) -> dict[str, Any]:
    """Build the pages with notebinder's theme, as `notebinder site` does once they are there."""
    import yaml
    from mkdocs.commands.build import build as build_with_mkdocs
    from mkdocs.config import load_config

    from notebinder.base.settings import Options
    from notebinder.base.words import ENGLISH
    from notebinder.site import search_events, theme_events
    from notebinder.site.whole_site import WholeSite, configuration

    whole = configuration(WholeSite(place.folder, place.site("notebinder"), name="vault"))
    file = place.folder / "notebinder.yml"
    file.write_text(yaml.safe_dump(whole | {"plugins": {"search": {}, "awesome-nav": {}}}), "utf-8")
    config = load_config(str(file), docs_dir=str(place.docs))
    search = search_events.SearchEvents(Options().pagefind_above)
    config.plugins[theme_events.NAME] = theme_events.ThemeEvents(Options(), ENGLISH)
    config.plugins[search_events.NAME] = search
    build_with_mkdocs(config)
    return {"pagefind": search.seconds, **_weight(place.site("notebinder"))}


def _empty(place: Place) -> Any:  # noqa: ANN401  MkDocs wants an open file
    file = place.folder / "plain.yml"
    file.write_text("site_name: vault\n", "utf-8")
    return file.open("rb")


def _weight(folder: Path) -> dict[str, Any]:
    return {"html": sum(file.stat().st_size for file in folder.rglob("*.html"))}


STEPS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "cold": convert,
    "unchanged": convert,
    "edit": rebuild,
    "plain": plain,
    "site": site,
}


def run(step: str, place: Place) -> Measured:
    """Run one step in a process of its own."""
    command = [sys.executable, __file__, "--step", step, str(place.folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"}
    os.sync()  # what was written before must not slow this step down
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        with watched(process.pid) as peak:
            output, _ = process.communicate()
        seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{step} failed; try: {' '.join(command)}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    largest, whole = (each / 1e6 for each in peak)
    return Measured(seconds, cpu, largest, whole, json.loads(output.splitlines()[-1]))


@contextmanager
def watched(process: int) -> Iterator[list[int]]:
    """Note the most memory that a process and its children hold, and that Pagefind's program holds."""
    peak, end = [0, 0], threading.Event()

    def watch() -> None:
        while not end.wait(LOOK):
            now = [0, 0]
            for each in [process, *children(process)]:
                now[is_pagefind(each)] += held(each)
            peak[:] = map(max, peak, now)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        end.set()
        watcher.join()


def children(process: int) -> list[int]:
    """Return the processes that a process started, theirs included."""
    try:
        own = [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []
    return [*own, *(inner for each in own for inner in children(each))]


def is_pagefind(process: int) -> bool:
    """Tell which program a process runs."""
    try:
        return Path(f"/proc/{process}/comm").read_text().startswith("pagefind")
    except OSError:
        return False


def held(process: int) -> int:
    """Return the bytes that a process holds; of pages that it shares, its part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def measure(vault: Path, folder: Path) -> dict[str, Measured]:
    """Run all steps on a copy of a vault."""
    place = Place(folder)
    shutil.copytree(vault, place.vault, symlinks=True)
    measured = {"cold": cold(place)}
    measured["unchanged"] = fastest(place, "unchanged")
    measured |= {step: run(step, place) for step in ("plain", "site", "edit")}
    return measured


def cold(place: Place) -> Measured:
    """Convert a vault of which nothing is known but its images."""
    _age(place.vault)
    run("cold", place)  # fills the cache of images
    shutil.rmtree(place.docs)
    for kept in place.cache.iterdir():
        if kept.name not in ("manifest", "files"):
            shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
    return run("cold", place)


def cold_sample(vault: Path, count: int, folder: Path) -> float:
    """Return the seconds per note of folders of a vault that hold as many notes, of its usual length."""
    place = Place(folder)
    usual = _size(vault) / _notes(vault)
    folders = [each for each in vault.iterdir() if each.is_dir() and _notes(each)]
    for each in sorted(folders, key=lambda each: abs(_size(each) / _notes(each) - usual)):
        if place.vault.is_dir() and _notes(place.vault) >= count:
            break
        shutil.copytree(each, place.vault / each.name, symlinks=True)
    return cold(place).seconds / _notes(place.vault)


def fastest(place: Place, step: str) -> Measured:
    """Run a step a few times and return the run that nothing disturbed."""
    return min((run(step, place) for _ in range(REPEATED)), key=lambda measured: measured.seconds)


def _age(vault: Path) -> None:
    """Let the copies be as old as an author's files, or they would count as still being written."""
    hour_ago = time.time() - 3600
    for file in vault.rglob("*"):
        if file.is_file():
            os.utime(file, (hour_ago, hour_ago))
    time.sleep(2.1)  # the time of the change itself cannot be set


def table(vaults: list[Path], results: list[dict[str, Measured]], sample: float) -> str:
    """Write the measurements as a table in Markdown.

    Args:
        vaults: what was measured.
        results: the steps of each.
        sample: the seconds per note of folders of the last that hold as many notes as the first.
    """
    rows = [row(*each) for each in zip(vaults, results, strict=True)]
    counts = [_notes(vault) for vault in vaults]
    first, last = (results[place]["cold"].seconds / counts[place] for place in (0, -1))
    names = list(rows[0])
    lines = [f"| | {' | '.join(f'{count} notes' for count in counts)} |"]
    lines.append(f"|---|{'---|' * len(rows)}")
    lines += [f"| {name} | {' | '.join(each[name] for each in rows)} |" for name in names]
    ratios = f"last to first: {last / first:.2f}, last to as many notes of its own: {last / sample:.2f}"
    return "\n".join(lines) + f"\n\nCold conversion per note, {ratios}"


def _notes(vault: Path) -> int:
    return sum(1 for _ in vault.rglob("*.md"))


def _size(vault: Path) -> float:
    """Return the megabytes of all notes."""
    return sum(file.stat().st_size for file in vault.rglob("*.md")) / 1e6


def row(vault: Path, measured: dict[str, Measured]) -> dict[str, str]:
    """Return the ratios of one vault by what they say."""
    plain, notes = measured["plain"], _notes(vault)
    whole = plain.seconds
    cold, unchanged, mkdocs = (measured[name].seconds for name in ("cold", "unchanged", "site"))
    pagefind = measured["site"].told["pagefind"]
    peak = max(measured["cold"].memory, measured["site"].memory)
    return {
        "plain Material, seconds": f"{whole:.1f}",
        "cold conversion": f"{cold / whole:.3f}",
        "conversion, nothing changed": f"{unchanged / whole:.3f}",
        "MkDocs' part, without Pagefind": f"{(mkdocs - pagefind) / whole:.2f}",
        "Pagefind's indexing": f"{pagefind / whole:.2f}",
        "whole build, nothing changed, without Pagefind": f"{(unchanged + mkdocs - pagefind) / whole:.2f}",
        "whole build, cold, without Pagefind": f"{(cold + mkdocs - pagefind) / whole:.2f}",
        "conversion after one edit in a session, seconds": f"{measured['edit'].told['edit']:.2f}",
        "cold conversion, ms a note": f"{cold / notes * 1000:.2f}",
        "cold conversion, ms a KB of notes": f"{cold / _size(vault):.2f}",
        "cold conversion, CPU seconds": f"{measured['cold'].cpu / plain.cpu:.3f}",
        "peak memory of the conversion": f"{measured['cold'].memory / plain.memory:.2f}",
        "peak memory of the whole build, without Pagefind": f"{peak / plain.memory:.2f}",
        "peak memory of Pagefind's indexing": f"{measured['site'].pagefind / plain.memory:.2f}",
        "HTML": f"{measured['site'].told['html'] / plain.told['html']:.2f}",
    }


def main() -> None:
    """Measure the vaults of the command line, or run one step for that."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("vaults", type=Path, nargs="+", metavar="VAULT")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        print(json.dumps(STEPS[arguments.step](Place(arguments.vaults[0]))))
        return
    results = []
    for vault in arguments.vaults:
        with tempfile.TemporaryDirectory(prefix="notebinder-") as folder:
            results.append(measure(vault, Path(folder)))
    first, last = arguments.vaults[0], arguments.vaults[-1]
    with tempfile.TemporaryDirectory(prefix="notebinder-") as folder:
        sample = cold_sample(last, _notes(first), Path(folder))
    print(table(arguments.vaults, results, sample))


if __name__ == "__main__":
    main()
