"""A page with the map on a free port, and a Chromium that forgives nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(folder: Path, *options: str, base: str = "", **environment: str):
    """Start the page; gives the process and its address."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "tests/timemap/app.py"),
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
        "--server.headless",
        "true",
        "--browser.gatherUsageStats",
        "false",
        "--server.fileWatcherType",
        "none",
        "--server.baseUrlPath",
        base,
        *options,
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "BORDERLINES_CACHE": str(folder), **environment}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/{base}"
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health" if base else f"{address}_stcore/health", timeout=1)
            return process, address
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError("the page did not start")


@pytest.fixture(scope="session")
def page_address(tmp_path_factory):
    process, address = serve(tmp_path_factory.mktemp("cache"))
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    from tests.tools import HOW_TO_GET_CHROMIUM
    from tests.tools import chromium as find

    # Playwright's own look for a browser cannot run inside another of its sessions.
    path = find()
    if path is None:
        pytest.skip(HOW_TO_GET_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """A page that remembers what it should not have done."""

    def __init__(self, page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.on("console", lambda message: message.type == "error" and self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._asked)

    def _asked(self, request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.faults.append(f"asked for {request.url}")

    def open(self) -> Watched:
        self.page.goto(self.address)
        self.wait("() => document.body.innerText.includes('state={')")
        self.frame = next(f for f in self.page.frames if "streamlit_folium" in f.url)
        # Until the rerun that the first message caused is over, a second one may still replace what is read.
        self.page.wait_for_timeout(300)
        return self

    def wait(self, condition: str) -> None:
        self.page.wait_for_function(condition, timeout=20_000)

    def state(self) -> dict:
        import json

        text = self.page.locator("text=/^state=/").inner_text()
        return json.loads(text.removeprefix("state="))

    def until(self, condition) -> dict:
        """The page's state as soon as it fulfils a condition."""
        for _ in range(100):
            state = self.state()
            if condition(state):
                return state
            self.page.wait_for_timeout(50)
        raise AssertionError(f"not reached: {state}")


@pytest.fixture
def watched(chromium, page_address):
    made = []

    def make(*, width: int = 1440, height: int = 900, address: str = page_address, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        page = Watched(context.new_page(), address)
        made.append((context, page))
        return page.open()

    yield make
    for context, page in made:
        context.close()
        assert page.faults == []
