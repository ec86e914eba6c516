"""Drives an installed Firefox over its own socket (Marionette), without any program in between."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PATIENCE = 20
"""Seconds; a busy machine takes its time, and what passes waits for nothing."""
_START = 60
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""Under this name elements are handed over."""
_PREFERENCES = {
    "marionette.port": 0,  # any that is free
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,  # nothing answers there, and no other host is asked
    "network.proxy.share_proxy_settings": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "app.update.disabledForTesting": True,
    "app.normandy.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "ui.prefersReducedMotion": 1,
    "layout.css.prefers-color-scheme.content-override": 1,
}
_ERRORS = """return Services.console.getMessageArray()
    .filter(it => it instanceof Ci.nsIScriptError && it.flags === Ci.nsIScriptError.errorFlag)
    .map(it => it.message).filter(it => it.includes(arguments[0]))"""
_ZOOM = "gBrowser.selectedBrowser.fullZoom = arguments[0]"
_SCHEME = "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0])"


class NoStartError(Exception):
    """Firefox is there, and cannot be driven."""


class FirefoxError(Exception):
    """What Firefox says of a command that fails."""


class Firefox:
    """One window, as a reader uses it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._number = connection, 0
        self._read()  # its greeting
        self._ask("WebDriver:NewSession", capabilities={})

    def goto(self, address: str) -> None:
        """Open a page."""
        self._ask("WebDriver:Navigate", url=address)

    def js(self, script: str, *given: object) -> Any:
        """Return what a script says of the page; it reads what it is given as `arguments`."""
        return self._ask("WebDriver:ExecuteScript", script=script, args=list(given))["value"]

    def until(self, condition: str, *given: object) -> None:
        """Wait until a condition holds, also on the page that comes after this one."""
        latest: object = None
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                latest = self.js(f"return {condition}", *given)
            except FirefoxError as error:  # between two pages
                latest = error
            if latest and not isinstance(latest, FirefoxError):
                return
            time.sleep(0.05)
        raise AssertionError(f"{condition} with {given} stayed {latest}")

    def find(self, selector: str) -> dict[str, str]:
        """Wait for an element and return it."""
        self.until("document.querySelector(arguments[0])", selector)
        found = self._ask("WebDriver:FindElement", using="css selector", value=selector)["value"]
        return {_ELEMENT: found[_ELEMENT]}

    def click(self, selector: str) -> None:
        """Click an element where a reader would."""
        self._ask("WebDriver:ElementClick", id=self.find(selector)[_ELEMENT])

    def point_at(self, selector: str) -> None:
        """Move the mouse over an element."""
        element = self.find(selector)
        self.js("arguments[0].scrollIntoView({block: 'center'})", element)
        move = {"type": "pointerMove", "origin": element, "x": 0, "y": 0, "duration": 0}
        pointer = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self._ask("WebDriver:PerformActions", actions=[pointer | {"actions": [move]}])

    def press(self, text: str) -> None:
        """Press the keys of a text, one after the other, wherever the focus is."""
        keys = [{"type": kind, "value": sign} for sign in text for kind in ("keyDown", "keyUp")]
        self._ask("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": keys}])

    def sized(self, width: int, height: int = 800, zoom: float = 1) -> None:
        """Give the window a size; none is narrower than a few hundred pixels, but a page can be larger."""
        self._ask("WebDriver:SetWindowRect", width=round(width * zoom), height=height)
        self._chrome(_ZOOM, zoom)

    def scheme(self, name: str) -> None:
        """Have the system use light or dark colours."""
        self._chrome(_SCHEME, ("dark", "light").index(name))

    def errors(self, origin: str) -> list[str]:
        """Return the errors on the console that name an origin."""
        return list(self._chrome(_ERRORS, origin))

    def _chrome(self, script: str, *given: object) -> Any:
        self._ask("Marionette:SetContext", value="chrome")
        try:
            return self.js(script, *given)
        finally:
            self._ask("Marionette:SetContext", value="content")

    def _ask(self, command: str, **parameters: object) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _, _, error, value = self._read()
        if error:
            raise FirefoxError(f"{command}: {error['message']}")
        return value

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._exactly(1)
        return json.loads(self._exactly(int(length[:-1])))

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self._connection.recv(size - len(data))
            if not part:
                raise FirefoxError("it is gone")
            data += part
        return data


@contextmanager
def firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """Start Firefox with an empty profile, and end it."""
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _PREFERENCES.items())
    (profile / "user.js").write_text("\n".join(lines))
    command = [program, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
    running = subprocess.Popen(
        [*command, "--profile", str(profile)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with socket.create_connection(("127.0.0.1", _port(profile, running)), timeout=60) as connection:
            yield _session(connection)
    finally:
        running.terminate()
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def _session(connection: socket.socket) -> Firefox:
    try:
        return Firefox(connection)
    except (OSError, FirefoxError) as error:
        raise NoStartError(f"it begins no session: {error}") from error


def _port(profile: Path, running: subprocess.Popen[bytes]) -> int:
    """Wait until it says where it listens."""
    file = profile / "MarionetteActivePort"
    end = time.monotonic() + _START
    while time.monotonic() < end and running.poll() is None:
        if file.is_file() and (text := file.read_text()).strip():
            return int(text)
        time.sleep(0.1)
    raise NoStartError("it does not say where it listens")
