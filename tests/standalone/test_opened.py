"""The page opened from disk in a real Chromium: scrubbed, filtered, read. Any request but for the file itself fails."""

import pytest
from playwright.sync_api import expect

from geo.query import Query
from geo.standalone import html
from tests import store_world as world
from tests.reports.world import ARABIC, HOSTILE, hostile, made, material
from tests.watch import PATIENCE_MS

pytestmark = pytest.mark.browser


class Opened:
    """A page over file://, that remembers what it should not have done."""

    def __init__(self, page, path):
        self.page, self.faults = page, []
        address = path.as_uri()
        page.on("request", lambda asked: asked.url == address or self.faults.append(f"asked for {asked.url}"))
        page.on("console", lambda said: said.type in ("error", "warning") and self.faults.append(said.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        page.goto(address)
        page.wait_for_function("() => document.querySelector('#list li') || document.querySelector('.tm-error')")

    def count(self):
        return int(self.page.locator("#list-count").inner_text().partition("(")[2].rstrip(")"))

    def drag(self, start, end):
        box = self.page.locator("canvas.tm-brush").bounding_box()
        y = box["y"] + box["height"] / 3
        self.page.mouse.move(box["x"] + start * box["width"], y)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + end * box["width"], y, steps=5)
        self.page.mouse.up()

    def until(self, count):
        expect(self.page.locator("#list-count")).to_contain_text(f"({count})", timeout=PATIENCE_MS)

    def until_not(self, count):
        expect(self.page.locator("#list-count")).not_to_contain_text(f"({count})", timeout=PATIENCE_MS)


@pytest.fixture
def opened(browser, tmp_path):
    made = []

    def make(given, *, width=1440, height=900, **options):
        path = tmp_path / "page.html"
        path.write_bytes(html(given).encode())
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        made.append((context, Opened(context.new_page(), path)))
        return made[-1][1]

    yield make
    for context, page in made:
        context.close()
        assert page.faults == []


def test_it_is_scrubbed_filtered_and_read(opened):
    page = opened(material())
    placed = len(material().placed)
    assert page.count() == placed
    assert page.page.locator(".tm-count").inner_text().startswith(f"{placed} event")
    # The window: the last days only, then all again.
    page.drag(0.001, 0.6)
    page.until_not(placed)
    assert 0 < page.count() < placed
    page.page.locator("canvas.tm-brush").focus()
    page.page.get_by_label("Length of the window").select_option("all")
    page.until(placed)
    # Filters: the legend's, and words.
    page.page.get_by_label("Battles").uncheck()
    page.until(placed - 1)
    page.page.get_by_label("Battles").check()
    page.page.locator(".tm-panel summary", has_text="Filters").click()
    page.page.get_by_label("Search place, actor or words").fill("day 3")
    page.until(1)
    page.page.get_by_role("button", name="Reset all filters").click()
    page.until(placed)
    # Evidence: sentence, source and title.
    page.page.locator("#list li button").first.click()
    card = page.page.locator("#card")
    card.locator("blockquote").wait_for()
    assert "Shells hit the town on day" in card.inner_text()
    assert "Frontier Post" in card.inner_text()
    assert page.page.locator(".tm-card").count() == 1
    # What is not on the map is there, too.
    page.page.locator("#tray-count").click()
    page.page.locator("#tray li button").first.click()
    assert "Not on the map:" in card.inner_text()


@pytest.mark.parametrize(("width", "begins"), [(1050, "false"), (1440, "true")])
def test_the_panel_begins_open_only_where_there_is_room(opened, width, begins):
    toggle = opened(material(), width=width).page.get_by_role("button", name="Legend, filters and layers")
    assert toggle.get_attribute("aria-expanded") == begins


def test_playing_moves_the_window(opened):
    page = opened(material())
    first = page.page.get_by_label("First day, as 2019-10-09")
    before = first.input_value()
    page.page.get_by_label("Length of the window").select_option("week")
    page.page.get_by_role("button", name="Play").click()
    expect(first).not_to_have_value(before, timeout=PATIENCE_MS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_whole(opened, scheme):
    page = opened(material(), width=390, height=844, color_scheme=scheme, has_touch=True)
    assert page.page.evaluate("() => document.documentElement.dataset.tmTheme") == scheme
    assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    map_height = page.page.locator("#map").bounding_box()["height"]
    assert map_height > 300
    page.page.locator("#theme").click()
    assert page.page.evaluate("() => document.documentElement.dataset.tmTheme") != scheme


def test_words_that_want_to_run_are_only_shown(opened):
    given = hostile()
    page = opened(given)
    for row in page.page.locator("#list li button").all():
        row.click()
        page.page.locator("#card blockquote").wait_for()
        # Nothing but a plain web address is a link, and what it says stays in it.
        for link in page.page.locator("#card a").all():
            assert link.get_attribute("href").startswith("https://a.example/%22onmouseover=%22")
            assert link.get_attribute("onmouseover") is None
    shown = page.page.locator("#list").inner_text() + page.page.locator("#card").inner_text()
    assert "Kobani" in shown
    quotes = page.page.evaluate("() => timemap.store.meta.actors.filter(Boolean).map((actor) => actor[0])")
    assert HOSTILE[3] in quotes
    assert ARABIC in page.page.locator("#card").inner_text()
    assert page.page.evaluate(
        "() => [globalThis.hacked, document.images.length,"
        " document.querySelectorAll('iframe, svg, script:not([type]), link').length]"
    ) == [None, 0, 1]


GRAPHIC = "Shells hit the town on day 0, and three prisoners were tortured and beheaded."
TITLE = "The beheaded of the market"


def with_graphic_text():
    events = [world.event(0, quote=GRAPHIC), world.event(1, place=world.RAS_AL_AYN)]
    return made(events, [world.article(0, title=TITLE), world.article(1)], Query(statuses=None))


def test_graphic_text_is_folded_until_clicked_and_then_stays_as_it_was_left(opened):
    page = opened(with_graphic_text()).page
    rows = page.locator("#list li button")
    expect(rows).to_have_count(2, timeout=PATIENCE_MS)
    plain, graphic = rows.filter(has_text="Ayn"), rows.filter(has_not_text="Ayn")
    quote, fold = page.locator("#card details.sa-graphic blockquote"), page.locator("#card .sa-graphic summary")

    def open_plain():
        plain.click()
        expect(page.locator("#card > div > figure > blockquote")).to_be_visible(timeout=PATIENCE_MS)
        expect(fold).to_have_count(0)

    def open_graphic():
        graphic.click()
        expect(fold).to_have_text("Graphic text. Click to read", timeout=PATIENCE_MS)

    open_plain()
    open_graphic()
    expect(quote).to_be_hidden()
    expect(page.locator("#card figcaption")).to_contain_text("Graphic title")
    # What can be seen anywhere, a map's card and its labels included.
    assert not {"tortured", "beheaded"} & set(page.locator("body").inner_text().lower().replace(",", " ").split())
    fold.click()
    expect(quote).to_have_text(GRAPHIC)
    expect(quote).to_be_visible()
    open_plain()
    open_graphic()
    expect(quote).to_be_visible()
    fold.focus()
    page.keyboard.press("Enter")
    expect(quote).to_be_hidden()
    open_plain()
    open_graphic()
    expect(quote).to_be_hidden()


def test_its_policy_stops_what_gets_in_all_the_same(browser, tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(html(material()).encode())
    context = browser.new_context()
    page = context.new_page()
    asked, stopped = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: stopped.append((request.url, request.failure)))
    page.goto(path.as_uri())
    page.wait_for_selector("#list li")
    page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "window.hacked = 1";
          const picture = document.createElement("img");
          picture.src = "http://127.0.0.1:9/x.png";
          const div = document.createElement("div");
          div.innerHTML = '<img src=x onerror="window.hacked = 2">';
          document.body.append(script, picture, div);
          await fetch("http://127.0.0.1:9/").catch(() => 0);
          await new Promise((done) => setTimeout(done, 200));
        }"""
    )
    assert page.evaluate("() => globalThis.hacked") is None
    # Chromium tells of what it stopped before it left, too.
    assert [(url, "csp") for url in asked if url != path.as_uri()] == stopped
    context.close()
