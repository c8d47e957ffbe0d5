"""A large store in a real Chromium: counts from afar, events from near, and the same number of them."""

import os
import sys
from pathlib import Path

import pytest

from geo.warehouse import Warehouse, connect
from tests.watch import PATIENCE_MS, Watched, free_port, start, stop

ROOT = Path(__file__).resolve().parents[2]
SHOWN = "() => ({...globalThis.timemap?.shown})"
TOLD = "(n) => { const s = globalThis.timemap?.shown; return Boolean(s) && (n === null || Boolean(s.points) === n); }"


@pytest.fixture(scope="module")
def file(tables, tmp_path_factory):
    file = tmp_path_factory.mktemp("large") / "events.duckdb"
    engine = connect(f"duckdb://{file}")
    engine.fill(tables)
    engine.close()
    return file


@pytest.fixture(scope="module")
def address(file, tmp_path_factory):
    port = free_port()
    command = [sys.executable, "-m", "geo", "dashboard", "--store", f"duckdb://{file}", "--no-browser"]
    server = start(
        [*command, "--port", str(port)],
        health=f"http://localhost:{port}/_stcore/health",
        folder=ROOT,
        environment={**os.environ, "BORDERLINES_CACHE": str(tmp_path_factory.mktemp("cache"))},
    )
    yield f"http://localhost:{port}"
    stop(server)


def test_squares_from_afar_events_from_near_and_the_counts_the_same(browser, address, file, memory):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    watched = Watched(context.new_page())
    page = watched.page
    page.goto(address)
    page.frame_locator("iframe[title='streamlit_folium.st_folium']").locator(".tm-cells-count").wait_for()
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    # From afar: squares, whose numbers make up the count that is told.
    frame.wait_for_function(TOLD, arg=False, timeout=PATIENCE_MS)
    afar = frame.evaluate(SHOWN)
    assert sum(cell[2] for cell in afar["cells"]) == afar["events"] <= memory.totals(_all()).on_map
    page.get_by_text(f"{afar['events']:,} in view, as counts").wait_for()
    # Nearer and nearer at the fullest square, until its events are shown one by one.
    frame.evaluate(
        "() => { const { map, shown } = timemap; const [x, y] = shown.cells.sort((a, b) => b[2] - a[2])[0];"
        " map.fitBounds(timemap.boundsOf(x, y), { animate: false }); map.setZoom(14, { animate: false }); }"
    )
    frame.wait_for_function(TOLD, arg=True, timeout=PATIENCE_MS)
    watched.settle()
    near = frame.evaluate(SHOWN)
    assert len(near["points"]) == near["events"]
    page.get_by_text(f"{near['events']:,} in view, one by one").wait_for()
    # And back: the same squares again.
    frame.evaluate("() => { timemap.map.setZoom(5, { animate: false }); }")
    frame.wait_for_function(TOLD, arg=False, timeout=PATIENCE_MS)
    watched.settle()
    # An event is opened by a press, and its card stands beside the map.
    frame.evaluate("() => { timemap.map.setView([36.8, 38.0], 15, { animate: false }); }")
    frame.wait_for_function(
        "() => timemap.shown?.points?.length > 0 && timemap.shown.depth === 17", timeout=PATIENCE_MS
    )
    watched.settle()
    day = frame.evaluate("() => { timemap.choose(0); return timemap.shown.points[0][4]; }")
    page.get_by_text("An imported row").wait_for()
    page.wait_for_function("() => location.href.split('event=').length === 2", timeout=PATIENCE_MS)
    with Warehouse(connect(f"duckdb://{file}")) as house:
        opened = house.event(page.url.partition("event=")[2].partition("&")[0])
    assert opened["day_start"].dt.strftime("%Y-%m-%d").to_list() == [day]
    assert watched.faults == []
    context.close()


def _all():
    from geo.warehouse import View

    return View()
