"""A map among other things on a page, in a real Chromium: whose the wheel is, and what shows before the styles do."""

import mimetypes

import pytest

from geo.timemap import OfflineMap, SmallMap, assets
from tests.watch import PATIENCE_MS

pytestmark = pytest.mark.browser
HOST = "http://127.0.0.1:9/"
PAGE = """<!doctype html><meta charset=utf-8>
<script>globalThis.timemapAlarm = () => {};</script>
<script src=js/guard.js></script><script src=vendor/leaflet/leaflet.js></script>
<link rel=stylesheet href=vendor/leaflet/leaflet.css><link rel=stylesheet href=css/timemap.css>
<div id=map style="height:400px;width:600px"></div>
<script>
globalThis.L_map = L.map("map", {zoomAnimation: false}).setView([36.6, 39], 7);
timemapRun(L_map, "calmWheel", {});
</script>"""
AROUND = """<!doctype html><meta charset=utf-8><style>body { margin: 0 } iframe { border: 0 }</style>
<iframe src=map width=620 height=420></iframe><div style="height:3000px">text</div>"""

AT_REST = """() => new Promise((done) => {
  let last = -1, same = 0;
  const look = () => {
    same = scrollY === last ? same + 1 : 0;
    last = scrollY;
    same > 20 ? done() : requestAnimationFrame(look);
  };
  look();
})"""


@pytest.fixture
def page(browser):
    """A page whose files come from this test; `held` holds the styles back until it is called."""
    context = browser.new_context(viewport={"width": 800, "height": 600})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.held = None

    def answer(route):
        name = route.request.url.removeprefix(HOST)
        if name in ("", "map"):
            return route.fulfill(body=PAGE if name else AROUND, content_type="text/html")
        if page.held is not None and name.endswith(".css"):
            return page.held.append(lambda: send(route, name))
        return send(route, name)

    def send(route, name):
        file = assets.FOLDER / name
        if not file.is_file():
            return route.fulfill(status=404, body="")
        return route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(name)[0])

    page.route(f"{HOST}**", answer)
    yield page
    context.close()


def seen(page) -> tuple[float, float]:
    """How far the page is scrolled, and how near the map looks."""
    return page.evaluate("scrollY"), page.frames[1].evaluate("L_map.getZoom()")


def wheel(page):
    """Turn the wheel once over the map; tell what has followed: "page" or "map"."""
    page.evaluate("scrollTo(0, 0)")
    page.frames[1].evaluate("L_map.setZoom(7, { animate: false })")
    page.mouse.wheel(0, 100)
    for _ in range(PATIENCE_MS // 50):
        scrolled, zoom = seen(page)
        if zoom != 7:
            return "map"
        if scrolled:
            # A page that still glides would be taken for one that the next turn has scrolled.
            page.evaluate(AT_REST)
            return "page"
        page.wait_for_timeout(50)
    return "nothing"


def test_the_wheel_scrolls_the_page_until_the_map_is_clicked_and_again_afterwards(page):
    page.goto(HOST)
    page.frames[1].wait_for_load_state()
    # The part is added once this is there.
    page.frames[1].evaluate("import('./js/main.js').then(() => new Promise((done) => setTimeout(done, 0)))")
    page.mouse.move(300, 200)
    assert wheel(page) == "page"
    page.evaluate("scrollTo(0, 0)")
    page.mouse.click(300, 200)
    assert wheel(page) == "map"
    page.mouse.move(700, 500)
    page.mouse.move(300, 200)
    assert wheel(page) == "page"
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.down("Control")
    assert wheel(page) == "map"
    page.keyboard.up("Control")


def test_a_map_shows_when_its_styles_are_there(page):
    page.held = []
    page.goto(f"{HOST}map", wait_until="commit")
    page.wait_for_function("() => document.documentElement.classList.contains('tm-bare')")
    box = page.locator("#map")
    assert "visible" not in page.evaluate(
        "() => [...document.querySelectorAll('.leaflet-container')].map((one) => getComputedStyle(one).visibility)"
    )
    for send in page.held:
        send()
    page.held = None
    page.wait_for_function("() => !document.documentElement.classList.contains('tm-bare')")
    box.wait_for(state="visible")


def test_a_small_map_asks_for_a_calm_wheel_and_a_large_one_does_not():
    script = SmallMap().get_root().render()
    assert '"calmWheel"' in script
    assert '"calmWheel"' not in OfflineMap().get_root().render()
