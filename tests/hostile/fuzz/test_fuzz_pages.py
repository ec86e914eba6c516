"""Rules for any bytes at all, as notes that become pages, and as whole vaults."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.fuzz.fuzzing import fuzz, inputs, pieces, replay
from tests.hostile.fuzz.targets import run

TARGETS = {"constructs": (200, 120), "pipeline": (40, 15)}
"""Each with how many inputs the guided fuzzer tries, and how many hypothesis makes up."""

CORPUS = [(name, file) for name in TARGETS for file in inputs(name)]


@pytest.mark.parametrize(("name", "file"), CORPUS, ids=[f"{n}-{f.stem}" for n, f in CORPUS])
def test_an_input_of_the_corpus_is_borne(name: str, file: Path) -> None:
    replay(name, file)


@pytest.mark.parametrize("name", TARGETS)
def test_any_pieces_of_syntax_are_borne(name: str) -> None:
    """No exception, no hang, and the account balances."""

    @settings(max_examples=TARGETS[name][1], deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def bear(data: st.DataObject) -> None:
        run(name, data.draw(pieces(name)))

    bear()


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_guided_fuzzer_finds_is_borne(name: str, tmp_path: Path) -> None:
    """For hours: `make fuzz`."""
    fuzz(name, TARGETS[name][0], tmp_path)
