"""Serve a project, or any folder of notes, live: the port is looked at before anything is built."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands.serve import serve

from notebinder.base.ports import free_port
from notebinder.base.user_cache import find_user_cache
from notebinder.site.whole_site import WholeSite, written_project
from notebinder.vault.syntax.slugs import fingerprint

HOST = "127.0.0.1"
PORT = 8000


def serve_project(config_file: Path, port: int, *, opens_browser: bool = False) -> None:
    """Serve a project until it is ended; its port must be free."""
    serve(str(config_file), dev_addr=f"{HOST}:{port}", open_in_browser=opens_browser)


def serve_vault(vault: Path, port: int, *, name: str = "", opens_browser: bool = False) -> None:
    """Serve a folder of notes in which nothing is set up, until it is ended."""
    output = find_user_cache([vault])[0] / "served" / fingerprint(str(vault.resolve()))
    with written_project(WholeSite(vault, output, name=name)) as config_file:
        serve_project(config_file, port, opens_browser=opens_browser)


def port_to_serve(wanted: int) -> int:
    """Return the wanted port or the next free one."""
    return free_port(HOST, wanted)
