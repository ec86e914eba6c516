"""Ports of this machine: whether one is taken, and the next that is free."""

from __future__ import annotations

import socket

from notebinder.base.problems import NotebinderError

_MOST = 100
_LAST = 65_535


class TakenPortError(NotebinderError):
    """A port that another program listens on."""

    def __init__(self, port: int, hint: str) -> None:
        super().__init__(f"port {port} is taken by another program; {hint}")


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there; a host that is none of this machine's has no free port."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do after one another
            probe.bind(address)
    except OSError:
        return False
    return True


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port or the next one that is free, or raise `TakenPortError`."""
    for port in range(wanted, min(wanted + _MOST, _LAST + 1)):
        if is_free(host, port):
            return port
    raise TakenPortError(wanted, f"and so are those behind it; name a free one on {host} with --port")
