import os
import re
from datetime import date
from pathlib import Path

import pytest

from tests.timemap import world
from tests.watch import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("timemap")]
SHOTS = os.environ.get("BORDERLINES_SHOTS")


def shot(watched, name):
    if SHOTS:
        watched.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def brush(watched):
    return watched.frame.locator("canvas.tm-brush")


def drag(watched, start: float, end: float):
    """Drag over the brush, from and to shares of its width; the page's state once it knows where the window ended.

    A slow drag tells Python of windows on its way, so what the map shows at its end is waited for.
    """
    box = brush(watched).bounding_box()
    y = box["y"] + box["height"] / 3
    mouse = watched.page.mouse
    mouse.move(box["x"] + start * box["width"], y)
    mouse.down()
    mouse.move(box["x"] + (start + end) / 2 * box["width"], y, steps=4)
    mouse.move(box["x"] + end * box["width"], y, steps=4)
    mouse.up()
    shown = watched.frame.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame("
        "() => done(timemap.timeline.dates.map((input) => input.value)))))"
    )
    return watched.until(lambda s: s["why"] == "window" and s["window"] == shown)


def test_the_first_message_tells_what_is_on_screen(watched):
    page = watched()
    state = page.state()
    frame = world.frame(400)
    assert state["window"] == [str(frame.day_start.min().date()), str(frame.day_end.max().date())]
    assert state["types_off"] == []
    assert state["ack"] == 0
    assert page.frame.locator(".tm-count").inner_text().startswith("400 events")
    shot(page, "first")


def test_dragging_an_end_of_the_brush_moves_the_window_and_tells_python(watched):
    page = watched()
    before = page.state()
    state = drag(page, 0.0, 0.5)
    assert state["window"][1] == before["window"][1]
    assert state["window"][0] > before["window"][0]
    assert page.frame.evaluate("() => timemap.timeline.mode") == "free"


def test_counts_of_the_window_are_those_of_the_frame(watched):
    page = watched()
    first, last = drag(page, 0.0, 0.4)["window"]
    frame = world.frame(400)
    overlap = frame[(frame.day_end >= first) & (frame.day_start <= last)]
    certain = overlap[(overlap.day_start >= first) & (overlap.day_end <= last)]
    text = page.frame.locator(".tm-count").inner_text()
    numbers = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)]
    assert numbers[:2] == [len(certain), len(overlap)]


def test_keys_step_and_space_plays(watched):
    page = watched()
    page.frame.get_by_label("Length of the window").select_option("month")
    page.until(lambda s: s["why"] == "window")
    brush(page).focus()
    brush(page).press("Home")
    home = page.until(lambda s: s["window"][0] == str(world.frame(400).day_start.min().date()))
    brush(page).press("ArrowRight")
    page.until(lambda s: s["window"][0] > home["window"][0])
    brush(page).press(" ")
    page.frame.locator(".tm-play", has_text="❚❚").wait_for()
    page.frame.wait_for_function("(day) => timemap.timeline.dates[0].value > day", arg=home["window"][0])
    shot(page, "playing")
    brush(page).press(" ")
    assert page.frame.locator(".tm-play").inner_text() == "▶"
    assert page.until(lambda s: s["window"][0] > home["window"][0])


def test_a_date_can_be_typed(watched):
    page = watched()
    first = page.frame.get_by_label("First day, as 2019-10-09")
    first.fill("2019-10")
    first.press("Enter")
    assert page.until(lambda s: s["window"][0] == "2019-10-01")
    first.fill("never")
    first.press("Enter")
    assert first.get_attribute("aria-invalid") == "true"


def test_the_legend_filters(watched):
    page = watched()
    page.frame.get_by_label("Battles").uncheck()
    state = page.until(lambda s: s["types_off"] == [0])
    assert state["why"] == "filter"
    frame = world.frame(400)
    assert page.frame.locator(".tm-count").inner_text().startswith(f"{(frame.event_type != 'Battles').sum()} events")


def test_a_click_opens_the_card_and_tells_the_rows(watched):
    page = watched()
    point = page.frame.evaluate(
        """() => { const t = timemap.layer.tally; const p = [...t.seen.subarray(0, t.length)]
           .filter(p => !timemap.layer.view.isShape(p))
           .sort((a, b) => t.count[b] - t.count[a])[0];
           const at = timemap.map.latLngToContainerPoint([timemap.store.lat[p], timemap.store.lon[p]]);
           return {x: at.x, y: at.y, count: t.count[p]}; }"""
    )
    page.frame.locator(".leaflet-container").click(position={"x": point["x"], "y": point["y"]})
    state = page.until(lambda s: s["clicked"] is not None)
    assert len(state["rows"]) == min(50, point["count"])
    card = page.frame.locator(".tm-card")
    assert f"{point['count']} events here in this window" in card.inner_text()
    shot(page, "card")
    card.locator("li button").nth(1).click()
    page.until(lambda s: s["clicked"] == state["rows"][1])
    drag(page, 0.999, 0.001)
    page.until(lambda s: s["clicked"] is None)


def test_an_order_from_python_is_acknowledged_and_the_map_is_kept(watched):
    page = watched()
    page.frame.evaluate("() => { window.mark = 'kept'; }")
    page.page.get_by_role("button", name="Jump").click()
    state = page.until(lambda s: s["ack"] == 1)
    assert state["window"] == ["2019-10-09", "2019-10-31"]
    assert state["zoom"] == 8
    for _ in range(3):
        page.page.get_by_role("button", name="Rerun").click()
        page.settle()
    assert page.frame.evaluate("() => window.mark") == "kept"
    assert page.frame.evaluate("() => timemap.map.getZoom()") == 8
    shot(page, "jump")


def test_zones_are_drawn_only_while_in_force(watched):
    page = watched()
    drag(page, 0.999, 0.1)
    page.frame.get_by_text("Zones", exact=True).click()
    assert "tm-none" in page.frame.locator("label", has_text="Operation Peace Spring").get_attribute("class")
    assert page.frame.locator("label", has_text="Afrin <b>`${1}").count() == 1


def test_a_payload_that_fails_says_so_and_can_be_tried_again(browser, page_address):
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.route("**/*.bin.gz", lambda route: route.abort())
    page.goto(page_address)
    page.wait_for_selector("iframe")
    frame = page.frame_locator("iframe")
    frame.locator(".tm-error").wait_for(timeout=PATIENCE_MS)
    assert "The events could not be loaded" in frame.locator(".tm-error").inner_text()
    page.unroute("**/*.bin.gz")
    frame.get_by_role("button", name="Try again").click()
    frame.locator(".tm-dock").wait_for()
    context.close()


def test_a_script_that_fails_says_so(browser, page_address):
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(page_address)
    page.frame_locator("iframe").get_by_text("could not load a part of itself").wait_for(timeout=PATIENCE_MS)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_gets_a_usable_timeline(watched, scheme):
    page = watched(width=390, height=844, color_scheme=scheme, has_touch=True, device_scale_factor=2)
    assert page.frame.evaluate("() => document.documentElement.dataset.tmTheme") == scheme
    width = page.frame.evaluate("() => innerWidth")
    for button in page.frame.locator(".tm-dock button:visible").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 40
    assert page.frame.evaluate("() => document.querySelector('.tm-dock').scrollWidth") <= width
    page.frame.get_by_label("More time controls").click()
    page.frame.get_by_label("Length of the window").wait_for()
    page.frame.get_by_role("button", name="Legend, filters and layers").click()
    shot(page, f"phone-{scheme}")


def test_words_that_try_to_run_are_only_shown(watched, page_address):
    page = watched(address=f"{page_address}?evil=1")
    page.frame.evaluate("() => timemap.picker.select(5)")
    page.frame.get_by_label("Colour by").select_option("actor")
    page.frame.get_by_text("Filters", exact=True).click()
    page.frame.locator("[data-facet=actors] > summary").click()
    page.frame.locator("[data-facet=actors] label", has_text="onerror").first.wait_for()
    page.frame.get_by_text("Zones", exact=True).click()
    page.until(lambda s: s["clicked"] == 5)
    text = page.frame.locator(".tm-card").inner_text()
    assert world.EVIL in text
    assert page.frame.locator("[data-part=zones] label", has_text="onerror").count() == 2
    ran = page.frame.evaluate("() => [globalThis.hacked, parent.hacked, document.images.length]")
    assert ran == [None, None, 0]


def test_playing_tells_python_once_a_second_and_at_the_end(watched):
    page = watched()
    page.frame.evaluate(
        "() => { const s = Streamlit.setComponentValue; window.sent = 0;"
        " Streamlit.setComponentValue = (v) => { sent++; s(v); };"
        " const { table } = timemap, fill = table.fill.bind(table); window.fills = 0;"
        " table.fill = () => { fills++; fill(); }; }"
    )
    page.frame.get_by_label("Length of the window").select_option("year")
    page.until(lambda s: s["why"] == "window")
    page.frame.evaluate(
        "() => { window.sent = 0; window.mark = 'kept'; window.began = performance.now(); timemap.timeline.play(); }"
    )
    page.frame.wait_for_function("() => sent >= 1")
    page.frame.wait_for_function("() => fills >= 2")
    sent, fills, seconds, playing = page.frame.evaluate(
        "() => [sent, fills, (performance.now() - began) / 1000, timemap.timeline.playing]"
    )
    assert playing
    assert sent <= 1 + seconds
    # The table in the map is filled at once and then no more often than Python is told.
    assert fills <= 2 + seconds
    # A line of the table that the map shows meanwhile stops the time and opens its event.
    line = page.frame.locator(".tm-live tbody tr").first
    line.wait_for()
    shot(page, "playing")
    line.dispatch_event("click")
    page.frame.wait_for_function("() => !timemap.timeline.playing && document.querySelector('.tm-card')")
    page.until(lambda s: s["clicked"] is not None)
    assert not page.frame.locator(".tm-live").is_visible()
    window = page.frame.evaluate("() => timemap.timeline.dates.map((input) => input.value)")
    page.until(lambda s: s["window"] == window)
    assert page.frame.evaluate("() => window.mark") == "kept"


def length(state) -> int:
    """Days of the window, both ends among them."""
    first, last = map(date.fromisoformat, state["window"])
    return (last - first).days + 1


def test_modes_of_the_window(watched):
    page = watched()
    bounds = page.state()["window"]
    mode = page.frame.get_by_label("What the window does")
    mode.select_option("day")
    assert page.until(lambda s: s["window"] == [bounds[1], bounds[1]])
    mode.select_option("cumulative")
    state = drag(page, 0.999, 0.5)
    assert state["window"][0] == bounds[0]
    assert state["window"][1] < bounds[1]
    mode.select_option("fixed")
    page.frame.get_by_label("Length of the window").select_option("year")
    fixed = page.until(lambda s: length(s) == 365)
    assert fixed["window"][1] == state["window"][1]
    moved = drag(page, 0.5, 0.7)
    assert moved["window"][1] > fixed["window"][1]
    assert length(moved) == 365


def test_the_axis_of_time_zooms_by_wheel_and_key(watched):
    page = watched()
    length = "() => timemap.timeline.brush.axis.last - timemap.timeline.brush.axis.first"
    whole = page.frame.evaluate(length)
    box = brush(page).bounding_box()
    page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.page.mouse.wheel(0, -300)
    page.frame.wait_for_function(f"(whole) => ({length})() < whole * 0.8", arg=whole)
    near = page.frame.evaluate(length)
    brush(page).press("+")
    assert page.frame.evaluate(length) < near
    shot(page, "zoomed")
    brush(page).press("0")
    assert page.frame.evaluate(length) == whole


def test_radii_heat_and_shaded_zones_draw_and_follow_the_window(watched):
    page = watched()
    painted = (
        "(name) => { const c = timemap.layer[name]; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height)"
    )
    painted += ".data; let n = 0; for (let k = 3; k < d.length; k += 4) n += d[k] > 0; return n; }"
    home = page.frame.evaluate("() => [timemap.map.getCenter(), timemap.map.getZoom()]")
    near = "() => { const {lat, lon} = timemap.store; timemap.map.setView([lat[0], lon[0]], 12, {animate: false}); }"
    page.frame.evaluate(near)
    before = page.frame.evaluate(painted, "_vector")
    page.frame.get_by_text("Signs", exact=True).click()
    page.frame.get_by_label("Show how exact places are").check()
    page.frame.wait_for_function(f"(before) => ({painted})('_vector') > before + 300", arg=before)
    shot(page, "radii")
    page.frame.evaluate("([at, zoom]) => { timemap.map.setView(at, zoom, {animate: false}); }", home)
    page.frame.get_by_label("Draw as").select_option("heat")
    page.frame.wait_for_function(f"() => ({painted})('_density') > 50")
    assert page.frame.locator(".tm-ramp").is_visible()
    shot(page, "heat")
    page.frame.get_by_text("Zones", exact=True).click()
    page.frame.get_by_label("Shade by events").check()
    frame = world.frame(400)
    inside = sum("ops" in zones for zones in frame.zones_inside)
    page.frame.locator("label", has_text="Operation Peace Spring").get_by_text(str(inside), exact=True).wait_for()
    drag(page, 0.999, 0.05)
    page.frame.locator("label", has_text="Operation Peace Spring").get_by_text("0", exact=True).wait_for()
    page.frame.get_by_label("Colour by").select_option("zone")
    assert page.frame.locator(".tm-actors", has_text="Operation Peace Spring").count() == 1
