"""Every page of the dashboard on a store of hostile texts, in a real Chromium: shown, never run."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import pytest

from geo.store import Store
from tests.security import world
from tests.security.conftest import Guarded, watched_answer
from tests.security.payloads import PAYLOADS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile")]
PICTURE = world.number_of("![x](")
ASKED = {"text": PAYLOADS[PICTURE], "actor": [PAYLOADS[0], PAYLOADS[PICTURE]], "theatre": PAYLOADS[1]}
LINK = urlencode(ASKED, doseq=True)


@pytest.fixture
def at(guarded, hostile_dashboard):
    def go(path: str):
        opened = guarded()
        opened.page.goto(f"{hostile_dashboard}{path}")
        opened.page.locator(".bl-head h1").first.wait_for(timeout=60_000)
        opened.settle()
        assert opened.page.get_by_test_id("stException").count() == 0
        return opened

    return go


def test_the_trap_springs(browser, hostile_dashboard):
    """Else the tests below would hold whatever ran."""
    context = browser.new_context()
    context.route("**/*", watched_answer)
    context.grant_permissions(["local-network-access"])
    opened = Guarded(context)
    opened.page.goto(f"{hostile_dashboard}/articles")
    opened.page.locator(".bl-head h1").first.wait_for(timeout=60_000)
    opened.page.evaluate(f"""() => {{ const div = document.createElement("div"); document.body.append(div);
        div.innerHTML = {PAYLOADS[0]!r} + {PAYLOADS[2]!r}; window.open("about:blank");
        setTimeout(() => alert(1)); }}""")
    sprung = {
        "a dialog": lambda: opened.dialogs == ["1"],
        "a violation": lambda: any("script-src-attr" in told for told in opened.violations),
        "a marker": lambda: opened.marked() != [],
        "a foreign address": lambda: "http://payload.invalid/p.png" in opened.foreign,
        "a second page": lambda: any(told.startswith("opened ") for told in opened.foreign),
    }
    end = time.monotonic() + 60
    while (missing := [name for name, came in sprung.items() if not came()]) and time.monotonic() < end:
        opened.page.wait_for_timeout(50)
    assert missing == []
    context.close()


def every_dot(frame) -> list[dict[str, float]]:
    return frame.evaluate(
        """() => { const {layer, map, store} = timemap, t = layer.tally, size = map.getSize();
           return [...t.seen.subarray(0, t.length)].filter(p => !layer.view.isShape(p))
             .map(p => map.latLngToContainerPoint([store.lat[p], store.lon[p]])).map(p => ({x: p.x, y: p.y}))
             .filter(p => p.x > 60 && p.y > 60 && p.x < size.x - 320 && p.y < size.y - 60); }"""
    )


def test_the_map_its_cards_its_legend_and_its_tables(at):
    opened = at("/?at=38.7,36.3,8&status=all")
    page = opened.page
    page.frame_locator("iframe").locator(".tm-count").wait_for(timeout=60_000)
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    dots = every_dot(frame)
    assert len(dots) > 30
    for spot in dots[:: len(dots) // 12]:
        frame.locator(".leaflet-container").hover(position=spot)
        page.wait_for_timeout(40)
    frame.locator(".leaflet-container").click(position=dots[0])
    page.locator(".bl-card .bl-quote").first.wait_for()
    opened.settle()
    assert "onerror" in page.locator(".bl-card").first.inner_text() or "FOREIGN" not in page.content()
    for label in ("Colour by", "Colours"):
        if frame.get_by_label(label).count():
            frame.get_by_label(label).first.select_option("actor")
    frame.locator(".tm-panel summary").first.click()
    page.wait_for_timeout(200)
    page.get_by_role("tab", name="Not on the map").click()
    opened.settle()


def test_a_forged_link_only_shows_its_words(at):
    opened = at(f"/?{LINK}")
    assert opened.page.get_by_test_id("stApp").inner_text()


def test_zones_side_by_side_and_the_readers_own(at):
    opened = at("/zones?zone_card=hostile_0&compare=zone:hostile_1&status=all")
    page = opened.page
    page.get_by_role("tab", name="Distance from the border").click()
    for chart in page.locator("[data-testid=stVegaLiteChart]").all()[:4]:
        box = chart.bounding_box()
        if box:
            chart.scroll_into_view_if_needed()
            chart.hover(position={"x": box["width"] / 2, "y": box["height"] / 2}, force=True)
            page.wait_for_timeout(80)
    page.get_by_text("Write it", exact=True).click()
    opened.settle()
    # A filter under which nothing is left says in words what was asked for.
    here, there = world.zone_named(PICTURE), world.zone_named(PICTURE + 4)
    empty = at(f"/zones?zone_card={here}&compare=zone:{there}&{LINK}&from=2030-01-01")
    assert empty.page.get_by_text("No event").count() > 0


def test_the_review_its_decisions_and_what_was_rejected(at, hostile_store):
    opened = at("/review?status=all")
    page = opened.page
    page.get_by_label("Your name, kept with each decision").fill(PAYLOADS[PICTURE])
    page.keyboard.press("Enter")
    opened.settle()
    page.get_by_text("Rejected", exact=True).first.click()
    opened.settle()
    page.get_by_role("button", name="Take back").first.wait_for()


@pytest.mark.parametrize("beginning", ["![x](", "[press]", "[![x]", "| a |", "<http"])
def test_a_decision_of_somebody_with_a_strange_name(at, hostile_store, beginning):
    number = world.number_of(beginning)
    with Store(hostile_store, readonly=True) as store:
        found = [e.id for e in store.events() if any(r.id == f"r{number:04}" for r in e.reports)]
    opened = at(f"/review?status=all&event={found[0]}" if found else "/review?status=all")
    opened.page.get_by_role("tab", name="Notes and history").click()
    opened.settle()


@pytest.mark.parametrize("path", ["/changes", "/articles?article=a0000", "/articles?article=a0039"])
def test_changes_and_articles(at, path):
    opened = at(path)
    for tab in opened.page.get_by_role("tab").all():
        tab.click()
        opened.settle()


def test_a_file_and_a_text_brought_in(at, tmp_path):
    opened = at("/articles")
    page = opened.page
    page.get_by_role("tab", name="Bring in your own").click()
    file = {"name": "<img src=x onerror=alert(1)> ![x](http:\\\\payload.invalid).md", "mimeType": "text/markdown"}
    good = f"---\ntitle: '{PAYLOADS[0]}'\n---\nGunmen killed two people in Kobani. {PAYLOADS[9]}"
    page.locator("input[type=file]").first.set_input_files(
        [{**file, "buffer": b"---\ntitle: [\n---\nx"}, {**file, "buffer": good.encode()}]
    )
    opened.settle()
    page.get_by_text("What would be read").wait_for(timeout=30_000)


def test_the_report_its_caption_and_its_presets(at):
    opened = at("/report?status=all")
    page = opened.page
    page.get_by_label("Title").first.fill(PAYLOADS[0])
    page.keyboard.press("Enter")
    opened.settle()
    page.get_by_text("Presets (").click()
    page.get_by_label("Preset", exact=True).click()
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Show", exact=True).click()
    opened.settle()
