"""How the tests fuzz: the corpus, then pieces of Obsidian's syntax in any order, then the guided fuzzer."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import strategies as st

from tests.hostile.fuzz.targets import run
from tests.support.projects import PROJECT

CORPUS = Path(__file__).parent / "corpus"

_WORD = re.compile(r'^"(.*)"$')


def inputs(name: str) -> list[Path]:
    """Every input in the corpus of a target."""
    return sorted((CORPUS / name).iterdir())


def pieces(name: str) -> st.SearchStrategy[bytes]:
    """Lines of the corpus, words of the dictionary and any text, one behind the other."""
    lines = [line for file in inputs(name) for line in file.read_bytes().splitlines(keepends=True)]
    written = (CORPUS / "obsidian.dict").read_text("utf-8").splitlines()
    words = [_bytes(found[1]) for found in map(_WORD.match, written) if found]
    any_text = st.text(max_size=8).map(lambda text: text.encode("utf-8", "surrogatepass"))
    piece = st.one_of(st.sampled_from(lines), st.sampled_from(words), any_text)
    return st.lists(piece, max_size=24).map(b"".join)


def _bytes(word: str) -> bytes:
    """Read a word as libFuzzer's dictionaries spell it."""
    return word.encode().decode("unicode_escape").encode("latin-1")


def fuzz(name: str, inputs: int, found: Path) -> None:
    """Let the guided fuzzer look for an input that a target does not bear, the same way on each machine."""
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("NOT FUZZED: atheris has no wheel for this Python or system")
    seed = os.environ.get("NOTEBINDER_SEED", "1")
    limits = f"-seed={seed} -runs={inputs} -timeout=30 -rss_limit_mb=3000 -max_len=2000".split()
    command = [sys.executable, "-m", "tests.hostile.fuzz.fuzzer", name, *limits, f"-artifact_prefix={found}/"]
    env = {**os.environ, "FUZZ_FOUND": str(found), "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, env=env, check=False)
    told = done.stderr.decode("utf-8", "replace")
    broken = [file.read_bytes() for file in found.glob("*-*") if file.is_file()]
    if done.returncode or broken:
        pytest.fail(f"{name} does not bear {broken}\n{told[-4000:]}")
    runs = re.search(r"Done (\d+) runs", told)
    assert runs, told[-4000:]
    assert int(runs[1]) >= inputs


def replay(name: str, file: Path) -> None:
    """Run a target on an input of the corpus."""
    run(name, file.read_bytes())
