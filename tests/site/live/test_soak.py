"""Whatever the author did: a few seconds later the served site is what a clean build makes.

`make soak` does it longer; NOTEBINDER_SOAK sets the number of edits, NOTEBINDER_SEED another order.
"""

from __future__ import annotations

import os
import random
import re
import time
from functools import partial
from pathlib import Path

import pytest

from tests.support.author import Author, write_project
from tests.support.serving import Served, clean_build, serving, wait_until

pytestmark = pytest.mark.whole

EDITS = int(os.environ.get("NOTEBINDER_SOAK", "40"))
SEED = int(os.environ.get("NOTEBINDER_SEED", "5"))
_BETWEEN_CHECKS = 5
_TO_ITS_AUTHOR = re.compile(
    rb'\s*<span class="nb-placeholder-hint">[^<]*</span>'
    rb'|(?<=\.) [^".]*\.\w+ appears here once it lies in [^"<]*'
)


@pytest.mark.parametrize(("way", "patience"), [("page by page", 0.0), ("all at once", 60.0)])
def test_after_random_edits_the_served_site_equals_a_clean_build(
    tmp_path: Path, way: str, patience: float
) -> None:
    root = write_project(tmp_path / "project")
    chance = random.Random(f"{SEED} {way}")
    author = Author(root, chance)
    with serving(root, tmp_path / "served", patience=patience) as served:
        for number in range(1, EDITS // 2 + 1):
            author.edit()
            time.sleep(chance.choice((0, 0, 0.1, 0.4)))
            if number % _BETWEEN_CHECKS == 0:
                wanted = clean_build(root, tmp_path / "clean")
                wait_until(partial(_serves, served, wanted), seconds=60)
                assert differences(served.files(), wanted) == [], author.done


def _serves(served: Served, wanted: dict[str, bytes]) -> bool:
    return differences(served.files(), wanted) == []


def differences(served: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    """The files that are not the same, but for where a missing picture belongs: its author alone is told."""
    left, right = ({path: _TO_ITS_AUTHOR.sub(b"", it[path]) for path in it} for it in (served, wanted))
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))
