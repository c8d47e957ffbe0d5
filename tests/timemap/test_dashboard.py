"""The whole dashboard behind a path of its own, as behind a proxy: in Chromium and in Firefox."""

import os
import subprocess
import sys

import pytest

from tests.timemap.conftest import ROOT
from tests.timemap.firefox import Firefox
from tests.tools import HOW_TO_GET_FIREFOX
from tests.tools import firefox as firefox_path
from tests.watch import Watched, free_port, start, stop

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("timemap-dashboard")]
BASE = "maps/borderlines"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    articles = ROOT / "data/sources/articles"
    command = [sys.executable, "-m", "geo", "build", str(articles), "--store", str(folder / "store"), "--quiet"]
    subprocess.run(command, cwd=ROOT, check=True, timeout=180)
    port = free_port()
    address = f"http://127.0.0.1:{port}/{BASE}"
    environment = {"BORDERLINES_CACHE": str(folder / "cache"), "BORDERLINES_STORE": str(folder / "store")}
    options = {"server.port": str(port), "server.address": "127.0.0.1", "server.headless": "true",
               "server.baseUrlPath": BASE, "browser.gatherUsageStats": "false",
               "server.fileWatcherType": "none"}  # fmt: skip
    server = start(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", *(f"--{k}={v}" for k, v in options.items())],
        health=f"{address}/_stcore/health",
        folder=ROOT,
        environment={**os.environ, **environment},
    )
    yield address
    stop(server)


READY = "document.querySelector('.tm-count')?.textContent.includes('event')"


@pytest.fixture
def whole(browser, dashboard):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    seen = Watched(context.new_page())
    seen.page.goto(dashboard + "/")
    seen.page.frame_locator("iframe").locator(".tm-count").wait_for()
    seen.frame = next(frame for frame in seen.page.frames if "streamlit_folium" in frame.url)
    seen.settle()
    yield seen
    context.close()
    assert seen.faults == []


def tab_count(page) -> int:
    return int(page.get_by_role("tab").first.inner_text().partition("(")[2].rstrip(")").replace(",", ""))


def test_a_filter_of_the_map_is_the_filter_of_the_page_and_back(whole):
    page, frame = whole.page, whole.frame
    frame.evaluate("() => { window.mark = 'kept'; }")
    everything = tab_count(page)
    frame.get_by_text("Filters", exact=True).click()
    actors = frame.locator("[data-facet=actors]")
    actors.locator("> summary").click()
    actors.get_by_role("searchbox").fill("islamic")
    actors.get_by_role("checkbox").first.check()
    page.wait_for_url("**actor=*")
    page.get_by_test_id("stSidebar").get_by_text("Islamic State").first.wait_for()
    whole.settle()
    shown = int(frame.locator(".tm-count").inner_text().split()[0])
    page.wait_for_function(f"() => document.querySelector('[role=tab]').textContent.includes('({shown})')")
    assert 0 < shown < everything
    page.get_by_test_id("stSidebar").get_by_label("Search").fill("airstrike")
    page.keyboard.press("Enter")
    frame.wait_for_function("() => document.querySelector('.tm-panel .tm-search').value === 'airstrike'")
    page.get_by_role("button", name="Reset filters").first.click()
    frame.wait_for_function("() => timemap.finder.value().actors === null && timemap.finder.value().text === null")
    page.wait_for_function(f"() => document.querySelector('[role=tab]').textContent.includes('({everything})')")
    assert frame.evaluate("() => window.mark") == "kept"


def test_the_maps_own_table_follows_while_time_plays_and_the_page_when_asked(whole):
    page, frame = whole.page, whole.frame
    everything = tab_count(page)
    frame.get_by_label("Length of the window").select_option("year")
    page.wait_for_function(f"() => !document.querySelector('[role=tab]').textContent.includes('({everything})')")
    frame.get_by_label("More time controls").click()
    assert frame.get_by_label("Live table").is_checked()
    assert not frame.get_by_label("Page follows").is_checked()
    assert not frame.locator(".tm-live").is_visible()
    frame.get_by_label("Page follows").check()
    frame.locator(".tm-play").click()
    frame.locator(".tm-live tbody tr").first.wait_for()
    newest = frame.locator(".tm-live tbody").inner_text()
    frame.wait_for_function("(was) => document.querySelector('.tm-live tbody').innerText !== was", arg=newest)
    at = page.get_by_role("tab").first.inner_text()
    page.wait_for_function("(at) => document.querySelector('[role=tab]').textContent !== at", arg=at)
    assert frame.evaluate("() => timemap.timeline.playing")
    frame.locator(".tm-play").click()
    frame.locator(".tm-live").wait_for(state="hidden")
    first = frame.evaluate("() => timemap.timeline.dates[0].value")
    page.wait_for_url(f"**from={first}*")


def test_the_whole_dashboard_works_in_firefox(dashboard, tmp_path):
    path = firefox_path()
    if path is None:
        pytest.skip(HOW_TO_GET_FIREFOX)
    firefox = Firefox(path, tmp_path)
    try:
        firefox.go(dashboard + "/")
        firefox.until("document.querySelector('[role=tab]')?.textContent.includes('(')", context=firefox.page)
        frame = firefox.frame("streamlit_folium")
        firefox.until(READY, context=frame)
        shown = firefox.run("timemap.timeline.counts.certain + timemap.timeline.counts.possible", context=frame)
        firefox.until(f"document.querySelector('[role=tab]').textContent.includes('({shown})')", context=firefox.page)
        firefox.run("timemap.finder.search.value = 'kobani'; "
                    "timemap.finder.search.dispatchEvent(new Event('change')); 1", context=frame)  # fmt: skip
        firefox.until("location.search.includes('text=kobani')", context=firefox.page)
        few = firefox.run("timemap.timeline.counts.certain + timemap.timeline.counts.possible", context=frame)
        assert 0 < few < shown
        firefox.until(f"document.querySelector('[role=tab]').textContent.includes('({few})')", context=firefox.page)
        assert firefox.faults == []
    finally:
        firefox.close()
