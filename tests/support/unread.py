"""Lets pytest collect files of tests without reading them; for `-p tests.support.unread --collect-only`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


class UnreadModule(pytest.Module):
    """A file of tests that stands for all that is in it."""

    def collect(self) -> Iterator[pytest.Item]:
        yield UnreadTest.from_parent(self, name="tests")


class UnreadTest(pytest.Item):
    def runtest(self) -> None:
        raise NotImplementedError("this is only collected")


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module:
    module: pytest.Module = UnreadModule.from_parent(parent, path=module_path)
    return module
