"""The real dashboard in a real Chromium: any request to another host and any console error fails the test."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.tools import HOW_TO_GET_CHROMIUM, chromium

ROOT = Path(__file__).resolve().parent.parent.parent
# Chromium's own errands would count as requests of ours; as root it needs --no-sandbox.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
STARTED_WITHIN_S = 60


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory) -> Path:
    """A store built from the sample articles, as `make run` builds it."""
    folder = tmp_path_factory.mktemp("store") / "sample"
    command = [sys.executable, "-m", "geo", "build", "data/sources/articles", "--store", str(folder), "--quiet"]
    subprocess.run(command, cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def dashboard(sample_store):
    """Address of a running dashboard."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "geo",
        "dashboard",
        "--store",
        str(sample_store),
        "--port",
        str(port),
        "--no-browser",
    ]
    server = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    address = f"http://localhost:{port}"
    try:
        _wait_for(f"{address}/_stcore/health", server)
        yield address
    finally:
        # The command's child is the server: end the whole group.
        os.killpg(server.pid, 15)
        server.wait(10)
        server.stderr.close()


def _wait_for(address: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"the dashboard ended: {server.stderr.read().decode()}")
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the dashboard did not answer")


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        pytest.skip(HOW_TO_GET_CHROMIUM)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


class Watched:
    """A page, and what it did that it must not do."""

    def __init__(self, page, address: str) -> None:
        self.page, self.address = page, address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._on_request)
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _on_request(self, request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.foreign.append(request.url)

    def check(self) -> None:
        assert self.foreign == []
        assert self.errors == []


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desktop", "phone"])
def watched(request, browser, dashboard):
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    found = Watched(context.new_page(), dashboard)
    yield found
    context.close()
    found.check()
