"""Every file of the map is kept from loading once: the map must say so each time, never stay blank."""

import gzip
import mimetypes
import os

import pytest

from geo.timemap import assets, pack
from tests.timemap import world
from tests.watch import PATIENCE_MS

pytestmark = pytest.mark.browser
HOST = "http://127.0.0.1:9/"
PAGE = f"""<!doctype html><meta charset=utf-8>
<script>{(assets.FOLDER / "js/alarm.js").read_text(encoding="utf-8")}</script>
<link rel=stylesheet href=vendor/leaflet/leaflet.css><link rel=stylesheet href=css/timemap.css>
<div id=map style="height:500px"></div><script src=js/guard.js></script><script src=vendor/leaflet/leaflet.js></script>
<script>if (globalThis.L && globalThis.timemapRun) {{ const map = L.map("map").setView([36.6, 39], 7);
timemapRun(map, "addEvents", {{url: "events.bin.gz", words: "texts.words.gz", id: "x", theme: "light", colourBy: "type",
speed: 30, live: false}}); }}</script>"""
# One of each kind. BORDERLINES_EVERY_FILE=1 takes every module, which is the same way through the same code.
KINDS = ["events.bin.gz", "vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css", "css/timemap.css", "js/guard.js",
         "js/main.js", "js/store.js", "js/dom.js"]  # fmt: skip
MODULES = sorted(f"js/{f.name}" for f in (assets.FOLDER / "js").glob("*.js") if f.name != "alarm.js")
FILES = [*KINDS, *(m for m in MODULES if m not in KINDS)] if os.environ.get("BORDERLINES_EVERY_FILE") == "1" else KINDS


@pytest.fixture(scope="module")
def page(browser):
    """A page whose files come from this test, so that no server is needed."""
    context = browser.new_context(viewport={"width": 1200, "height": 700})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.blocked = set()
    events = gzip.compress(pack(world.frame(50)))

    def answer(route):
        name = route.request.url.removeprefix(HOST)
        if name in page.blocked:
            return route.abort()
        if name == "":
            return route.fulfill(body=PAGE, content_type="text/html")
        if name == "events.bin.gz":
            return route.fulfill(body=events, content_type="application/gzip")
        file = assets.FOLDER / name
        if not file.is_file():
            return route.fulfill(status=404, body="")
        return route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(name)[0])

    page.route(f"{HOST}**", answer)
    yield page
    context.close()


def used(page) -> list[str]:
    return page.evaluate(f"() => performance.getEntriesByType('resource').map((e) => e.name.slice({len(HOST)}))")


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_does_not_load_is_told_with_a_way_to_try_again(page, file):
    page.blocked = {file}
    page.goto(HOST)
    alert = page.get_by_role("alert")
    if file not in KINDS:
        # The map may have no need of it on this page.
        page.wait_for_function("() => document.querySelector('[role=alert], .tm-dock')")
        if not alert.count():
            assert file not in used(page)
            return
    alert.first.wait_for()
    assert "could not" in alert.first.inner_text()
    page.blocked = set()
    alert.first.get_by_role("button", name="Try again").click()
    page.locator(".tm-dock").wait_for()
    assert alert.count() == 0


def test_texts_that_do_not_load_are_told_when_somebody_searches(page):
    page.blocked = set()
    page.goto(HOST)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("searchbox", name="Search place, actor or words").fill("kobani")
    page.get_by_role("alert").wait_for()
    assert "texts to search could not be loaded" in page.get_by_role("alert").inner_text()
