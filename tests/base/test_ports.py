"""Rules of ports: one that is taken makes way for the next."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from notebinder.base.ports import TakenPortError, free_port, is_free

HOST = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def test_a_port_is_free_until_somebody_listens(taken: int) -> None:
    assert not is_free(HOST, taken)
    found = free_port(HOST, taken)
    assert found > taken
    assert is_free(HOST, found)


def test_a_free_port_is_taken_as_wanted(taken: int) -> None:
    found = free_port(HOST, taken + 1)
    assert free_port(HOST, found) == found


def test_where_nothing_is_free_the_message_says_what_to_do() -> None:
    with pytest.raises(TakenPortError, match=r"port 8000 is taken .*; .* --port"):
        free_port("192.0.2.1", 8000)
