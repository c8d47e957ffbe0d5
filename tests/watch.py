"""Serve an app, open it in a real Chromium, and forgive nothing: a foreign request or a console error is a fault."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STARTED_WITHIN_S = 60
PATIENCE_MS = 45_000
"""Longest wait for anything on a page: a machine may have other work."""
# Chromium's own errands would count as requests of ours; as root it needs --no-sandbox.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# Notes when Python came to rest last.
RESTS = """if (top === self) new MutationObserver(() => {
  const state = document.querySelector('[data-testid=stApp]')?.dataset.testScriptState;
  if (state !== window.scriptState) { window.scriptState = state; window.stateAt = Date.now(); }
}).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-test-script-state']})"""
# Python has come to rest since each map spoke last, for a third of a second and some frames of it: on a busy machine a
# third of a second may be one frame. What a map says that changes nothing makes Python do nothing: after eight seconds
# it is taken for heard.
CALM = """() => {
  const frames = [...document.querySelectorAll('iframe')].map((frame) => frame.contentWindow);
  const open = frames.filter((frame) => frame?.timemap);
  const unheard = (told) => told > window.stateAt + 5 && Date.now() - told < 8000;
  const waits = ({ timemap: map, performance: clock }) => map.bridge.timer || map.timeline.searching
    || unheard(clock.timeOrigin + map.bridge.told);
  if (window.scriptState !== 'notRunning' || open.some(waits)) window.calm = null;
  else window.calm ??= { since: performance.now(), frames: 0 };
  return window.calm !== null && ++window.calm.frames > 8 && performance.now() - window.calm.since > 350;
}"""
OWN = ("http://127.0.0.1:", "http://localhost:", "ws://127.0.0.1:", "ws://localhost:", "data:", "blob:")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(command: Sequence[str], *, health: str, folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a server in a process group of its own and wait until its health page answers."""
    server = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(health, timeout=1):
                return server
        except OSError:
            if server.poll() is not None:
                raise RuntimeError(f"ended with {server.returncode}: {' '.join(command)}") from None
            time.sleep(0.1)
    stop(server)
    raise RuntimeError(f"did not answer within {STARTED_WITHIN_S} s: {' '.join(command)}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server and what it started, whether it wants to or not."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, kind)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
            return


class Watched:
    """A page that remembers what it should not have done."""

    def __init__(self, page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(RESTS)
        self.faults: list[str] = []
        page.on("console", lambda message: message.type == "error" and self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._asked)

    def settle(self) -> None:
        """Wait until page, map and Python have nothing more to tell each other."""
        self.page.evaluate("() => { window.calm = null; }")
        self.page.wait_for_function(CALM, timeout=PATIENCE_MS)

    def _asked(self, request) -> None:
        if not request.url.startswith(OWN):
            self.faults.append(f"asked for {request.url}")
