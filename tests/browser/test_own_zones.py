"""A person draws a zone, saves it, and filters by it."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]
CORNERS_DRAWN = "(n) => document.querySelectorAll('.leaflet-editing-icon').length === n"
CORNERS = ((0.45, 0.3), (0.8, 0.3), (0.8, 0.7), (0.45, 0.7), (0.45, 0.3))


def test_a_drawn_zone_is_saved_counted_and_filtered_by(open_page):
    opened = open_page("/")
    page = opened.page
    page.get_by_role("link", name="Zones").click()
    page.locator("#your-zones").wait_for()
    opened.settle()
    page.get_by_text("Draw it", exact=True).click()
    page.locator("iframe[title='streamlit_folium.st_folium']").last.wait_for()
    opened.settle()
    map_ = page.locator("iframe[title='streamlit_folium.st_folium']").last
    map_.scroll_into_view_if_needed()
    inside = map_.element_handle().content_frame()
    inside.locator("a.leaflet-draw-draw-polygon").click()
    # The tool hears clicks once its own mark follows the pointer.
    inside.locator(".leaflet-mouse-marker").wait_for(state="attached")
    for number, (x, y) in enumerate(CORNERS, start=1):
        box = map_.bounding_box()
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        # The last click closes the area, and takes the corners with it.
        drawn = number if number < len(CORNERS) else 0
        inside.wait_for_function(CORNERS_DRAWN, arg=drawn)
        # The tool is deaf for 50 ms after each corner; a timer that begins later ends later.
        inside.evaluate("() => new Promise((done) => setTimeout(done, 60))")
    page.get_by_text("One area drawn").wait_for()
    page.get_by_label("Name", exact=True).fill("Drawn by hand")
    page.get_by_role("button", name="Save the zone").click()
    page.locator("h2", has_text="Drawn by hand").wait_for()
    opened.settle()
    counted = int(re.search(r"\d+", page.locator(".bl-figure b").first.inner_text())[0])
    assert counted > 0
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_url(lambda address: "/zones" not in address)
    page.frame_locator("iframe").locator(".tm-play").wait_for()
    opened.settle()
    opened.frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    whole = opened.count()
    zone = page.get_by_test_id("stSidebar").get_by_label("Zone", exact=True)
    # A long list shows only some of its lines: the others are reached by typing.
    zone.click()
    zone.press_sequentially("Drawn by")
    page.get_by_role("option", name="Drawn by hand").click()
    page.keyboard.press("Escape")
    page.wait_for_url("**zone=drawn_by_hand**")
    opened.settle()
    assert 0 < opened.count() < whole
    page.get_by_role("link", name="Zones").click()
    page.locator("#your-zones").wait_for()
    opened.settle()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("button", name="Yes, remove it").click()
    page.get_by_text("None yet.").wait_for()
