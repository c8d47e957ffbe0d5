"""A server that dies under an open page, a reload, a damaged store: the page recovers or says what to do."""

import os
import sys
from pathlib import Path

import pytest

from geo.pipeline import open_resources, rebuild_events
from geo.store import FILE_NAME, Store
from tests import store_world as world
from tests.watch import Watched, free_port, start, stop

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("faults")]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 60_000


@pytest.fixture
def serve(tmp_path):
    """Start the dashboard on a store; the same port again after it was stopped."""
    folder, port, running = tmp_path / "store", free_port(), []
    world.fill(folder, range(3))
    with Store(folder) as store:
        rebuild_events(store, open_resources())

    def started():
        command = [sys.executable, "-m", "geo", "dashboard", "--store", str(folder), "--no-browser"]
        server = start(
            [*command, "--port", str(port)],
            health=f"http://localhost:{port}/_stcore/health",
            folder=ROOT,
            environment={**os.environ, "BORDERLINES_CACHE": str(tmp_path / "cache")},
        )
        running.append(server)
        return server, f"http://localhost:{port}", folder

    yield started
    for server in running:
        if server.poll() is None:
            stop(server)


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield Watched(context.new_page()).page
    context.close()


def map_is_there(page):
    page.frame_locator("iframe[title='streamlit_folium.st_folium']").locator(".tm-count").wait_for(timeout=PATIENCE_MS)


def test_an_open_page_comes_back_with_its_filters_when_the_server_does(serve, page):
    server, address, _ = serve()
    page.goto(f"{address}/?text=Shells")
    map_is_there(page)
    # A reload in the middle of play begins again where the link says.
    page.frame_locator("iframe[title='streamlit_folium.st_folium']").locator("canvas.tm-brush").press(" ")
    page.reload()
    map_is_there(page)
    stop(server)
    page.get_by_text("Connecting").or_(page.get_by_text("Connection error")).first.wait_for(timeout=PATIENCE_MS)
    serve()
    page.get_by_text("Connection error").wait_for(state="hidden", timeout=PATIENCE_MS)
    map_is_there(page)
    assert page.get_by_test_id("stSidebar").get_by_label("Search").input_value() == "Shells"
    assert page.get_by_test_id("stException").count() == 0


def test_a_store_that_is_damaged_meanwhile_is_told_with_the_remedy_and_comes_back(serve, page):
    _, address, folder = serve()
    page.goto(address)
    map_is_there(page)
    whole = (folder / FILE_NAME).read_bytes()
    (folder / FILE_NAME).write_bytes(b"torn " * 2_000)
    page.reload()
    page.get_by_text("Put back a copy").wait_for(timeout=PATIENCE_MS)
    (folder / FILE_NAME).write_bytes(whole)
    page.reload()
    map_is_there(page)
