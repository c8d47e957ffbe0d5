"""Drives an installed Firefox by its own WebDriver BiDi socket: no driver, nothing to download."""

from __future__ import annotations

import json
import subprocess
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from tests.watch import OWN, free_port, stop

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE_S = 60
# Firefox's own errands would count as requests of ours.
PREFERENCES = {
    "app.update.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """One page in one headless Firefox."""

    def __init__(self, path: str, profile: Path) -> None:
        self.faults: list[str] = []
        lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        port = free_port()
        command = [path, "--headless", "--remote-debugging-port", str(port), "--profile", str(profile), "--no-remote"]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self._open = ExitStack()
        self._number = 0
        try:
            self._socket = self._connect(f"ws://127.0.0.1:{port}/session")
            self.ask("session.new", capabilities={})
            self.ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
            self.page = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.close()
            raise

    def _connect(self, address: str) -> Any:
        from websockets.exceptions import WebSocketException
        from websockets.sync.client import connect

        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                return self._open.enter_context(connect(address, max_size=None, close_timeout=2))
            except (OSError, WebSocketException):
                # While it starts it may answer and not yet speak.
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.2)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; what happens meanwhile is looked at."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        end = time.monotonic() + PATIENCE_S
        while True:
            # The whole wait is bounded: a page that keeps asking for files would else be listened to for ever.
            told = json.loads(self._socket.recv(timeout=max(0.0, end - time.monotonic())))
            if told.get("id") == self._number:
                if told["type"] == "error":
                    raise RuntimeError(f"{method}: {told['message']}")
                return dict(told["result"])
            self._watch(told)

    def _watch(self, told: dict[str, Any]) -> None:
        if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
            self.faults.append(f"console: {told['params']['text']}")
        if told.get("method") == "network.beforeRequestSent":
            url = told["params"]["request"]["url"]
            if not url.startswith((*OWN, "moz-extension:", "about:", "resource:", "chrome:")):
                self.faults.append(f"asked for {url}")

    def go(self, address: str) -> None:
        self.ask("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def frames(self) -> list[dict[str, Any]]:
        tree = self.ask("browsingContext.getTree", root=self.page)["contexts"]
        return list(tree[0]["children"])

    def frame(self, part: str) -> str:
        """Context of the frame whose address holds `part`, as soon as it is there."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if found := [frame["context"] for frame in self.frames() if part in frame["url"]]:
                return str(found[0])
            time.sleep(0.1)
        raise AssertionError(f"no frame of {part}")

    def run(self, script: str, *, context: str) -> Any:
        """Value of an expression in a page or frame; it must be plain text or a number."""
        told = self.ask("script.evaluate", expression=script, target={"context": context}, awaitPromise=True)
        if told["type"] != "success":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return told["result"].get("value")

    def until(self, script: str, *, context: str) -> Any:
        """Value of an expression as soon as it is true."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if value := self.run(script, context=context):
                return value
            time.sleep(0.1)
        raise AssertionError(f"not reached: {script}")

    def close(self) -> None:
        try:
            self._open.close()
        finally:
            stop(self._process)
