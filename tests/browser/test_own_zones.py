"""A person draws a zone, saves it, and filters by it."""

import re

import pytest

pytestmark = pytest.mark.browser
CORNERS = ((0.45, 0.3), (0.8, 0.3), (0.8, 0.7), (0.45, 0.7), (0.45, 0.3))


def test_a_drawn_zone_is_saved_counted_and_filtered_by(open_page):
    opened = open_page("/")
    page = opened.page
    page.set_default_timeout(20_000)
    page.get_by_role("link", name="Zones").click()
    page.locator("#your-zones").wait_for()
    opened.settle()
    page.get_by_text("Draw it", exact=True).click()
    opened.settle()
    map_ = page.locator("iframe[title='streamlit_folium.st_folium']").last
    map_.scroll_into_view_if_needed()
    inside = map_.element_handle().content_frame()
    inside.locator("a.leaflet-draw-draw-polygon").click()
    box = map_.bounding_box()
    for x, y in CORNERS:
        page.wait_for_timeout(150)
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    page.get_by_text("One area drawn").wait_for(timeout=15_000)
    page.get_by_label("Name", exact=True).fill("Drawn by hand")
    page.get_by_role("button", name="Save the zone").click()
    page.locator("h2", has_text="Drawn by hand").wait_for(timeout=30_000)
    opened.settle()
    counted = int(re.search(r"\d+", page.locator(".bl-figure b").first.inner_text())[0])
    assert counted > 0
    page.get_by_role("button", name="Remove", exact=True).scroll_into_view_if_needed()
    root = page.url.partition("/zones")[0]
    whole = opened.go(f"{root}/").count()
    filtered = opened.go(f"{root}/?zone=drawn_by_hand").count()
    assert 0 < filtered < whole
    page.get_by_role("link", name="Zones").click()
    page.locator("#your-zones").wait_for()
    opened.settle()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_text("None yet.").wait_for(timeout=30_000)
