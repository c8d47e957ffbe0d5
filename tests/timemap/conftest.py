"""A page with nothing but the map on a free port, in the shared Chromium."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from tests.watch import PATIENCE_MS, Watched, free_port, start, stop

ROOT = Path(__file__).resolve().parents[2]


def serve(folder: Path, *, base: str = "", **environment: str):
    """Start the page; gives the server and its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "tests/timemap/app.py")]
    options = {
        "server.port": str(port),
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "server.fileWatcherType": "none",
        "server.baseUrlPath": base,
    }
    for name, value in options.items():
        command += [f"--{name}", value]
    address = f"http://127.0.0.1:{port}/{base}"
    server = start(
        command,
        health=f"{address.rstrip('/')}/_stcore/health",
        folder=ROOT,
        environment={**os.environ, "PYTHONPATH": str(ROOT), "BORDERLINES_CACHE": str(folder), **environment},
    )
    return server, address


@pytest.fixture(scope="session")
def page_address(tmp_path_factory):
    server, address = serve(tmp_path_factory.mktemp("cache"))
    yield address
    stop(server)


class MapAlone(Watched):
    """The page, opened; `frame` is the map itself."""

    def __init__(self, page, address: str) -> None:
        super().__init__(page)
        self.address = address

    def open(self) -> MapAlone:
        self.page.goto(self.address)
        self.wait("() => document.body.innerText.includes('state={')")
        self.frame = next(f for f in self.page.frames if "streamlit_folium" in f.url)
        # Until the rerun that the first message caused is over, a second one may still replace what is read.
        self.settle()
        return self

    def wait(self, condition: str) -> None:
        self.page.wait_for_function(condition, timeout=PATIENCE_MS)

    def state(self) -> dict:
        text = self.page.locator("text=/^state=/").inner_text()
        return json.loads(text.removeprefix("state="))

    def until(self, condition) -> dict:
        """The page's state as soon as it fulfils a condition."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < end:
            state = self.state()
            if condition(state):
                return state
            self.page.wait_for_timeout(50)
        raise AssertionError(f"not reached: {state}")

    def count(self) -> str:
        """What the map counts, once it has."""
        self.settle()
        return self.frame.locator(".tm-count").inner_text()


@pytest.fixture
def watched(browser, page_address):
    made = []

    def make(*, width: int = 1440, height: int = 900, address: str = page_address, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        page = MapAlone(context.new_page(), address)
        made.append((context, page))
        return page.open()

    yield make
    for context, page in made:
        context.close()
        assert page.faults == []
