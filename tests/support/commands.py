"""Run the project's commands in processes that are forked when everything is imported.

A command that starts anew spends a second on imports. Those that test how a command starts, or that need
another interpreter, are started by `subprocess` as ever.
"""

from __future__ import annotations

import atexit
import functools
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PROJECT = Path(__file__).parents[2]
CAN_FORK = hasattr(os, "fork")
PATIENCE = 110
"""Seconds that a command may take; less than a test has."""


@dataclass
class Running:
    """A command that was started, with what `subprocess.Popen` offers of it."""

    args: tuple[str, ...]
    pid: int
    _ended: IO[bytes]
    """Tells how the command ended, and that it did."""
    returncode: int | None = None

    def poll(self) -> int | None:
        """Return how the command ended, or None while it runs."""
        if self.returncode is None and select.select([self._ended], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = PATIENCE) -> int:
        """Wait for the command's end and return how it ended."""
        if self.returncode is None:
            if not select.select([self._ended], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            with self._ended:
                self.returncode = int(self._ended.readline())
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the command has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the command to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Make the command end."""
        self.send_signal(signal.SIGKILL)


def start(
    *command: str, cwd: Path, stdout: IO[Any], stderr: IO[Any], env: Mapping[str, str] | None = None
) -> Running | subprocess.Popen[bytes]:
    """Start a module with its arguments, as `python -m` does."""
    environment = dict(os.environ if env is None else env)
    if not CAN_FORK:
        arguments = [sys.executable, "-m", *command]
        return subprocess.Popen(arguments, cwd=cwd, stdout=stdout, stderr=stderr, env=environment)
    reading, writing = os.pipe()
    request = json.dumps({"command": command, "cwd": str(cwd), "env": environment}).encode() + b"\n"
    socket.send_fds(_server(), [request], [stdout.fileno(), stderr.fileno(), writing])
    os.close(writing)
    ended = os.fdopen(reading, "rb", buffering=0)
    return Running(command, int(ended.readline()), ended)


def run(
    *command: str, cwd: Path, env: Mapping[str, str] | None = None, timeout: float = PATIENCE
) -> subprocess.CompletedProcess[str]:
    """Run a module to its end and return what it said."""
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        running = start(*command, cwd=cwd, stdout=stdout, stderr=stderr, env=env)
        try:
            running.wait(timeout)
        finally:
            running.kill()
        said = []
        for stream in (stdout, stderr):
            stream.seek(0)
            said.append(stream.read().decode().replace(os.linesep, "\n"))
    return subprocess.CompletedProcess(command, running.wait(), *said)


@functools.cache
def _server() -> socket.socket:
    """Start the process that forks, once for each process of tests; it ends with that."""
    ours, theirs = socket.socketpair()
    arguments = [sys.executable, "-m", "tests.support.commands", str(theirs.fileno())]
    process = subprocess.Popen(arguments, cwd=PROJECT, pass_fds=[theirs.fileno()])
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def load_everything() -> None:
    """Import whatever a build of this project's site does, so that processes forked from now on need not."""
    from mkdocs.commands import build, serve
    from mkdocs.config import load_config

    from notebinder.cli import main, preview, project, vault

    _ = build, serve, main, preview, project, vault
    load_config(str(PROJECT / "mkdocs.yml"))


def _next_command(control: socket.socket) -> list[str] | None:
    """Fork for each request; return it in the process that is to fulfil it, and None at the end."""
    while True:
        request, descriptors = b"", list[int]()
        while not request.endswith(b"\n"):
            piece, found, _, _ = socket.recv_fds(control, 1 << 20, 3)
            if not piece:
                return None
            request, descriptors = request + piece, descriptors + found
        if os.fork() == 0:
            return _fulfil(json.loads(request), descriptors, control)
        for descriptor in descriptors:
            os.close(descriptor)
        while _is_one_reaped():
            pass


def _is_one_reaped() -> bool:
    """The times of a process are added to ours when it is waited for."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


def _fulfil(request: dict[str, Any], descriptors: list[int], control: socket.socket) -> list[str]:
    """Become the process of the command; another one stays behind and tells how that ended."""
    stdout, stderr, ended = descriptors
    control.close()
    child = os.fork()
    if child:
        os.close(stdout)
        os.close(stderr)
        os.write(ended, f"{child}\n".encode())
        os.write(ended, f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n".encode())
        os._exit(0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for descriptor, place in ((stdout, 1), (stderr, 2)):
        os.dup2(descriptor, place)
        os.close(descriptor)
    os.close(ended)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    tempfile.tempdir = None
    sys.path[0] = request["cwd"]
    return list(request["command"])


def main() -> None:
    """Serve until whoever started this has ended."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load_everything()
    gc.collect()
    gc.freeze()
    command = _next_command(socket.socket(fileno=int(sys.argv[1])))
    if command:
        sys.argv = ["", *command[1:]]
        runpy.run_module(command[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
