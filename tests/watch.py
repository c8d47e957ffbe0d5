"""Serve an app, open it in a real Chromium, and forgive nothing: a foreign request or a console error is a fault."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STARTED_WITHIN_S = 60
# Chromium's own errands would count as requests of ours; as root it needs --no-sandbox.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
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
    """End a server and what it started."""
    import os
    import signal

    os.killpg(server.pid, signal.SIGTERM)
    server.wait(15)


class Watched:
    """A page that remembers what it should not have done."""

    def __init__(self, page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", lambda message: message.type == "error" and self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._asked)

    def _asked(self, request) -> None:
        if not request.url.startswith(OWN):
            self.faults.append(f"asked for {request.url}")
