"""Run one target under the coverage-guided fuzzer: `python -m tests.hostile.fuzz.fuzzer TARGET [OPTIONS]`.

The options are libFuzzer's. What it finds worth keeping goes to `.cache/fuzz`; the corpus in the repository
is only read.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import atheris

from tests.hostile.fuzz.targets import run, target

CORPUS = Path(__file__).parent / "corpus"
PROJECT = Path(__file__).parents[3]


def main() -> None:
    """Fuzz until libFuzzer's own options say that it is enough."""
    name, options = sys.argv[1], sys.argv[2:]
    with atheris.instrument_imports(include=["notebinder", "markdown_it", "mdit_py_plugins"]):
        target(name)

    def test(data: bytes) -> None:
        run(name, data)

    found = Path(os.environ.get("FUZZ_FOUND", PROJECT / ".cache" / "fuzz")) / name
    found.mkdir(parents=True, exist_ok=True)
    seeds = [f"-dict={CORPUS / 'obsidian.dict'}", str(found), str(CORPUS / name)]
    atheris.Setup([sys.argv[0], *options, *seeds], test)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
