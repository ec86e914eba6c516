"""Any folder of notes is served live, also where the wanted port is taken."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.projects import WriteVault

pytestmark = pytest.mark.whole

COMMAND = [sys.executable, "-m", "notebinder"]


def shown(address: str, text: str, process: subprocess.Popen[str]) -> bool:
    """Whether the page shows a text before patience ends."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(address, timeout=5) as answer:
                if text in answer.read().decode():
                    return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


def test_a_vault_is_served_live_beside_another_program(write_vault: WriteVault, tmp_path: Path) -> None:
    vault = write_vault({"Garden.md": "Tulips\n"})
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [*COMMAND, "serve", str(vault), "--port", str(port)]
        log = (tmp_path / "log").open("w+")
        process = subprocess.Popen(command, stdout=log, stderr=log, text=True)
        try:
            line = ""
            while not line.startswith("Port") and process.poll() is None:
                line = (tmp_path / "log").read_text("utf-8")
            assert line.startswith(f"Port {port} is taken; the site will be at http://127.0.0.1:")
            address = line.split("\n", 1)[0].rpartition(" ")[2]
            assert shown(f"{address}garden/", "Tulips", process)
            *_, last = (tmp_path / "log").read_text("utf-8").splitlines()
            assert "Open the site in a browser; each save is shown there" in last
            assert last.endswith(f"Serving on {address}")
            (vault / "Garden.md").write_text("Dahlias\n", "utf-8")
            assert shown(f"{address}garden/", "Dahlias", process)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
            log.close()
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


def test_mkdocs_says_in_a_line_that_the_port_is_taken(write_vault: WriteVault, tmp_path: Path) -> None:
    """Before it builds, and without a traceback."""
    vault = write_vault({"Garden.md": "Tulips\n"})
    (tmp_path / "docs").mkdir()
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"site_name: A\nplugins: [{{notebinder: {{vault: {vault}}}}}]\n", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(config), "-a", address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"port {address.rpartition(':')[2]} is taken by another program" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "docs").iterdir())
