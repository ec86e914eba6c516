"""A bar is for people at a terminal who wait; a log stays clean."""

import io
import sys

from notebinder.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def shown(monkeypatch, screen, *, seconds):
    now = [1000.0]
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("tqdm.std.time", lambda: now[0])
    with progress_bar("images", "image") as progress:
        for done in range(1, 4):
            now[0] += seconds / 3
            progress(done, 3)
    return screen.getvalue()


def test_a_bar_shows_what_is_done_of_how_many(monkeypatch):
    assert "images: 100%" in shown(monkeypatch, Terminal(), seconds=6)


def test_nothing_is_shown_within_a_second(monkeypatch):
    assert shown(monkeypatch, Terminal(), seconds=0.9).strip() == ""


def test_nothing_is_shown_in_a_log(monkeypatch):
    assert shown(monkeypatch, io.StringIO(), seconds=60) == ""
