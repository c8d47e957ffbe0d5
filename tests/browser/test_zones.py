"""The zones page in a real browser: its counts follow its own map's timeline, and the link keeps the days."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]


def test_counts_follow_the_zone_maps_own_timeline(open_page):
    zones = open_page("/")
    zones.page.get_by_test_id("stSidebar").get_by_role("link", name="Zones").click()
    zones.page.wait_for_url("**/zones?zone_card=**")
    chart = zones.page.frame_locator("iframe")
    chart.locator(".tm-count").wait_for()
    zones.settle()
    figure = zones.page.locator(".bl-figure").first
    before = figure.inner_text()
    day = chart.locator("input[type=text]").first
    day.fill("2021-01-01")
    day.press("Enter")
    zones.page.wait_for_url("**zone_days=2021-01-01**")
    zones.settle()
    assert figure.inner_text() != before
    zones.page.get_by_role("button", name="Back to").click()
    zones.page.wait_for_function("() => !location.search.includes('zone_days')")
    zones.settle()
    assert figure.inner_text() == before
