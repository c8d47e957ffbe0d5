"""The panel in the map: when it is open, and that there is one."""

import pytest

from tests.watch import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("timemap")]


def test_the_panel_stays_closed_when_it_was_closed(browser, page_address):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    for opened in (True, False):
        page.goto(page_address)
        toggle = page.frame_locator("iframe").get_by_role("button", name="Legend, filters and layers")
        toggle.wait_for(timeout=PATIENCE_MS)
        assert toggle.get_attribute("aria-expanded") == str(opened).lower()
        if opened:
            toggle.click()
    context.close()


def test_the_panel_begins_closed_in_a_narrow_window(watched):
    toggle = watched(width=1050).frame.get_by_role("button", name="Legend, filters and layers")
    assert toggle.get_attribute("aria-expanded") == "false"


def test_a_basemap_that_is_there_before_the_events_makes_one_panel(browser, page_address):
    # It once made panels without end: opening one asks the labels, and they asked for a panel.
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    faults = []
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))

    held = []
    page.route("**/*.bin.gz", lambda route: held.append(route))
    page.goto(page_address)
    page.frame_locator("iframe").locator(".tm-panel [data-part=basemap]").first.wait_for(state="attached")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    page.frame_locator("iframe").locator(".tm-dock").wait_for(timeout=PATIENCE_MS)
    assert page.frame_locator("iframe").locator(".tm-panel").count() == 1
    assert faults == []
    context.close()
