"""Touch, steps of the calendar, sharpness, focus and names for screen readers."""

from datetime import date

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("timemap")]


class Fingers:
    """Two fingers on the screen."""

    def __init__(self, page) -> None:
        self.session = page.context.new_cdp_session(page)

    def send(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def spread(self, x: float, y: float, *, by: float) -> None:
        self.send("touchStart", (x - 20, y), (x + 20, y))
        for k in range(1, 6):
            self.send("touchMove", (x - 20 - by * k / 5, y), (x + 20 + by * k / 5, y))
        self.send("touchEnd")


def test_two_fingers_zoom_the_strip_and_the_map_and_a_tap_opens_a_place(watched):
    page = watched(width=390, height=844, has_touch=True, is_mobile=True, device_scale_factor=2)
    fingers = Fingers(page.page)
    axis = "() => timemap.timeline.brush.axis.last - timemap.timeline.brush.axis.first"
    whole = page.frame.evaluate(axis)
    strip = page.frame.locator(".tm-brush").bounding_box()
    fingers.spread(strip["x"] + strip["width"] / 2, strip["y"] + 25, by=90)
    assert page.frame.evaluate(axis) < whole * 0.6
    zoom = "() => timemap.map.getZoom()"
    before = page.frame.evaluate(zoom)
    box = page.frame.locator(".leaflet-container").bounding_box()
    fingers.spread(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, by=90)
    page.frame.wait_for_function(f"(before) => ({zoom})() > before", arg=before)
    page.frame.wait_for_function("() => !timemap.map._animatingZoom")
    place = page.frame.evaluate(
        """() => { const {layer, map, store} = timemap, t = layer.tally, size = map.getSize();
           const p = [...t.seen.subarray(0, t.length)].find((p) => !layer.view.isShape(p));
           map.panTo([store.lat[p], store.lon[p]], {animate: false});
           const at = map.latLngToContainerPoint([store.lat[p], store.lon[p]]); return [at.x, at.y]; }"""
    )
    page.settle()
    page.page.touchscreen.tap(box["x"] + place[0], box["y"] + place[1])
    assert page.until(lambda s: s["clicked"] is not None)


def test_steps_by_day_week_month_and_year(watched):
    page = watched()
    first = page.frame.get_by_label("First day, as 2019-10-09")
    last = page.frame.get_by_label("Last day, as 2019-10-09")
    for unit, wanted in (
        ("day", "2019-02-01"),
        ("week", "2019-02-07"),
        ("month", "2019-02-28"),
        ("year", "2020-01-31"),
    ):
        first.fill("2019-01-31")
        first.press("Enter")
        last.fill("2019-03-31")
        last.press("Enter")
        page.frame.get_by_label("Step", exact=True).select_option(unit)
        page.frame.get_by_label("One step on").click()
        window = page.until(lambda s, wanted=wanted: s["window"][0] == wanted)["window"]
        days = [date.fromisoformat(day) for day in window]
        assert (days[1] - days[0]).days == 59


def test_it_is_drawn_coarsely_while_time_moves_and_sharply_when_it_rests(watched):
    page = watched(device_scale_factor=2)
    ratio = "() => timemap.layer._vector.width / timemap.layer._bounds.getSize().x"
    assert page.frame.evaluate(ratio) == pytest.approx(2, abs=0.01)
    page.frame.evaluate("() => { timemap.timeline.setLength('year'); timemap.timeline.play(); }")
    page.frame.wait_for_function(f"() => Math.abs(({ratio})() - 1) < 0.01")
    page.frame.evaluate("() => timemap.timeline.pause()")
    page.frame.wait_for_function(f"() => Math.abs(({ratio})() - 2) < 0.01")


def test_every_control_has_a_name_and_a_click_draws_no_outline(watched):
    page = watched()
    controls = (
        ".tm-dock :is(button, select, input), .tm-panel :is(button, select, input), .tm-brush, .leaflet-container"
    )
    unnamed = page.frame.evaluate(
        """(controls) => [...document.querySelectorAll(controls)].map((e) => [e.outerHTML,
             e.getAttribute('aria-label') || e.closest('label')?.textContent.trim()]).filter((pair) => !pair[1])""",
        controls,
    )
    assert unnamed == []
    outline = "() => getComputedStyle(document.querySelector('.leaflet-container')).outlineStyle"
    page.frame.locator(".leaflet-container").click(position={"x": 200, "y": 300})
    assert page.frame.evaluate(outline) == "none"
    # Words typed elsewhere and then a drag of the map: still no outline, that is for the keyboard.
    date_box = page.frame.get_by_label("First day, as 2019-10-09")
    date_box.fill("2018-01-01")
    date_box.press("Enter")
    page.frame.locator(".leaflet-container").click(position={"x": 210, "y": 310})
    assert page.frame.evaluate(outline) == "none"
