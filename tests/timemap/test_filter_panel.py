"""The filters in the map's own panel, and the fan of a place with many events."""

import pytest

from tests.timemap import world

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("timemap")]
FRAME = world.frame(400)


def opened(watched, **options):
    page = watched(**options)
    page.frame.get_by_text("Filters", exact=True).click()
    return page


def facet(page, name):
    found = page.frame.locator(f"[data-facet={name}]")
    found.locator("> summary").click()
    return found


def count(page) -> int:
    return int(page.count().split()[0].replace(",", ""))


def test_an_actor_is_found_ticked_counted_and_told(watched):
    page = opened(watched)
    actors = facet(page, "actors")
    line = actors.get_by_text("Islamic State", exact=True).locator("..")
    wanted = FRAME[(FRAME.actor1 == "Islamic State") | (FRAME.actor2 == "Islamic State")]
    page.frame.wait_for_function("() => document.querySelector('[data-facet=actors] .tm-n')?.textContent > 0")
    # The panel has scrolled to the list that was opened.
    page.frame.wait_for_function(
        "() => document.querySelector('[data-facet=actors]').getBoundingClientRect().bottom"
        " <= document.querySelector('.tm-panel-body').getBoundingClientRect().bottom + 1"
    )
    assert int(line.locator(".tm-n").inner_text()) == len(wanted)
    line.locator("input").check()
    state = page.until(lambda s: s["filters"]["actors"])
    assert state["why"] == "filter"
    assert count(page) == len(wanted)
    assert page.frame.locator(".tm-badge").inner_text() == "1"
    page.frame.get_by_role("button", name="Reset all filters").click()
    page.until(lambda s: s["filters"]["actors"] is None)
    assert count(page) == 400


def test_words_confidence_and_zones_narrow_each_other(watched):
    page = opened(watched)
    page.frame.get_by_role("searchbox", name="Search place, actor or words").fill("  ain  Syrian ")
    state = page.until(lambda s: s["filters"]["text"] == "ain Syrian")
    texts = FRAME[["place", "actor1", "actor2"]].astype(object).fillna("").agg(" ".join, axis=1)
    found = texts.str.contains("Ain") & texts.str.contains("Syrian")
    assert count(page) == found.sum() > 0
    slider = page.frame.get_by_label("Lowest confidence")
    slider.focus()
    for _ in range(12):
        slider.press("ArrowRight")
    state = page.until(lambda s: s["filters"]["min_confidence"] == 0.6)
    found &= FRAME.confidence >= 0.6
    assert count(page) == found.sum() > 0
    facet(page, "zones").get_by_label("Operation Peace Spring").check()
    state = page.until(lambda s: s["filters"]["zones"])
    found &= FRAME.zones_inside.map(lambda zones: "ops" in zones)
    assert count(page) == found.sum()
    assert state["filters"]["possible"] is True


def test_a_phone_gets_the_filters_with_lines_for_fingers(watched):
    page = watched(width=390, height=844, has_touch=True, device_scale_factor=2)
    page.frame.get_by_role("button", name="Legend, filters and layers").tap()
    page.frame.get_by_text("Filters", exact=True).tap()
    lines = facet(page, "actor_types").locator("label")
    page.frame.wait_for_function("() => document.querySelectorAll('[data-facet=actor_types] label').length > 3")
    assert all(line.bounding_box()["height"] >= 40 for line in lines.all())
    lines.first.tap()
    page.until(lambda s: s["filters"]["actor_types"])


def test_many_events_of_one_place_fan_out_and_the_keyboard_reaches_them(watched):
    page = watched()
    page.frame.locator(".leaflet-container").focus()
    page.page.keyboard.press("Enter")
    fan = page.frame.get_by_role("group").filter(has=page.frame.locator(".tm-fan-dot"))
    fan.wait_for(state="attached")
    dots = page.frame.locator(".tm-fan-dot")
    total = int(fan.get_attribute("aria-label").split()[0])
    assert dots.count() == min(25, total) > 10
    page.frame.wait_for_function("() => !timemap.map._panAnim?._inProgress")
    boxes = [dot.bounding_box() for dot in dots.all()]
    assert all(b["width"] >= 24 for b in boxes)
    gaps = [max(abs(a["x"] - b["x"]), abs(a["y"] - b["y"])) for k, a in enumerate(boxes) for b in boxes[:k]]
    assert min(gaps) > 15
    assert page.frame.evaluate("() => document.activeElement.className") == "tm-fan-dot"
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    state = page.until(lambda s: s["rows"][1:2] == [s["clicked"]])
    assert page.frame.locator(".tm-fan-dot[aria-current]").get_attribute("title") == dots.nth(1).get_attribute("title")
    # Neither the buttons of the map nor its panel lie over the card.
    page.frame.wait_for_function("() => !timemap.map._panAnim?._inProgress")
    # The card that is going fades for a moment beside the one that came.
    card = page.frame.locator(".leaflet-popup").last.bounding_box()
    for other in (".leaflet-control-zoom", ".tm-panel-body"):
        box = page.frame.locator(other).bounding_box()
        assert card["x"] >= box["x"] + box["width"] or card["x"] + card["width"] <= box["x"], (card, box)
    page.page.keyboard.press("Escape")
    page.until(lambda s: s["clicked"] is None and s["seq"] > state["seq"])
    assert dots.count() == 0
