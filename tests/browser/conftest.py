"""The real dashboard on the sample corpus, in a real Chromium."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.watch import Watched, free_port, start, stop

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory) -> Path:
    """A store built from the sample articles, as `make run` builds it."""
    folder = tmp_path_factory.mktemp("store") / "sample"
    command = [sys.executable, "-m", "geo", "build", "data/sources/articles", "--store", str(folder), "--quiet"]
    subprocess.run(command, cwd=ROOT, check=True, timeout=180)
    return folder


@pytest.fixture(scope="session")
def dashboard(sample_store, tmp_path_factory):
    """Address of a running dashboard."""
    port = free_port()
    command = [sys.executable, "-m", "geo", "dashboard", "--store", str(sample_store), "--no-browser"]
    server = start(
        [*command, "--port", str(port)],
        health=f"http://localhost:{port}/_stcore/health",
        folder=ROOT,
        environment={**os.environ, "BORDERLINES_CACHE": str(tmp_path_factory.mktemp("cache"))},
    )
    yield f"http://localhost:{port}"
    stop(server)


class MapPage(Watched):
    """The map page, opened; `frame` is the map itself."""

    def go(self, address: str) -> "MapPage":
        self.page.goto(address)
        self.page.frame_locator("iframe[title='streamlit_folium.st_folium']").locator(".tm-count").wait_for()
        self.frame = next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)
        self.settle()
        return self

    def count(self) -> int:
        """Events that the map says are in its window."""
        return int(self.frame.locator(".tm-count").inner_text().split()[0].replace(",", ""))

    def tab_count(self, label: str) -> int:
        text = self.page.get_by_role("tab", name=label).inner_text()
        return int(text.partition("(")[2].rstrip(")").replace(",", ""))


@pytest.fixture
def open_page(browser, dashboard):
    """Open a page of the dashboard; at the end nothing foreign was asked for and the console is clean."""
    opened = []

    def make(path: str = "/", *, size: str = "desktop", scheme: str = "light") -> MapPage:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
        )
        found = MapPage(context.new_page())
        opened.append((context, found))
        return found.go(f"{dashboard}{path}")

    yield make
    for context, found in opened:
        context.close()
        assert found.faults == []
