"""A date in the environment that is none is told and left out; MkDocs would break at it."""

from __future__ import annotations

import os

import pytest

from notebinder.site.build_date import drop_unreadable_date


@pytest.mark.parametrize("given", ["today", "1e9", "-5", "99999999999", "9" * 30, "-" + "9" * 30, "١٢x", " "])
def test_what_is_no_date_is_told_and_dropped(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    (problem,) = drop_unreadable_date()
    assert (problem.code, problem.location.path) == ("unread-setting", "SOURCE_DATE_EPOCH")
    assert "SOURCE_DATE_EPOCH" not in os.environ


@pytest.mark.parametrize("given", ["0", "1700000000", " 12 "])
def test_a_date_stays(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert list(drop_unreadable_date()) == []
    assert os.environ["SOURCE_DATE_EPOCH"] == given


def test_an_empty_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert list(drop_unreadable_date()) == []
    assert "SOURCE_DATE_EPOCH" not in os.environ
