"""Rules of a session: what goes wrong with a build is told, and only an end that is asked for ends it."""

from __future__ import annotations

from typing import cast

import pytest

from notebinder.base.ending import Ended
from notebinder.site.live.served import ServedProject
from notebinder.site.live.session import Session
from notebinder.site.live.watching import Changes, Watcher
from tests.support.serving import Listener


class Failing:
    """A project whose builds fail, and its site."""

    errors = ()
    faults: dict[str, str] = {}  # noqa: RUF012
    is_understood = True

    def __init__(self, error: BaseException) -> None:
        self.site = self
        self._error = error

    def build_all(self) -> frozenset[str]:
        raise self._error


@pytest.mark.parametrize("error", [ValueError("a fault"), SystemExit("a fault")])
def test_a_plugin_that_fails_or_wants_to_end_the_program_is_told_of(error: BaseException) -> None:
    listener = Listener()
    Session(cast(ServedProject, Failing(error)), listener, Watcher()).react(Changes(is_configuration=True))
    assert listener.announced == [(frozenset(), ("a fault",))]


def test_a_build_that_the_system_asks_to_end_ends_the_session() -> None:
    session = Session(cast(ServedProject, Failing(Ended(143))), Listener(), Watcher())
    with pytest.raises(Ended):
        session.react(Changes(is_configuration=True))
