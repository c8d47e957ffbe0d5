"""A reviewer's name is there again after a reload, in their own browser and nowhere else."""

import pytest
from playwright.sync_api import expect

from tests.watch import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]
BOX = ".st-key-reviewer_box input"
NAME = "Ada; رنا = <b>"


def test_a_name_is_kept_by_its_own_browser_until_it_is_emptied(browser, dashboard):
    mine, other = browser.new_context(), browser.new_context()
    try:
        page = mine.new_page()
        write(page, dashboard, NAME)
        expect(page.get_by_role("button", name="Accept")).to_be_enabled(timeout=PATIENCE_MS)
        page.reload()
        expect(page.locator(BOX)).to_have_value(NAME, timeout=PATIENCE_MS)
        expect(page.get_by_role("button", name="Accept")).to_be_enabled(timeout=PATIENCE_MS)
        assert "Ada" not in page.url
        stranger = other.new_page()
        stranger.goto(f"{dashboard}/review")
        expect(stranger.get_by_role("button", name="Accept")).to_be_disabled(timeout=PATIENCE_MS)
        expect(stranger.locator(BOX)).to_have_value("", timeout=PATIENCE_MS)
        write(page, dashboard, "")
        expect(page.get_by_role("button", name="Accept")).to_be_disabled(timeout=PATIENCE_MS)
        assert not [cookie for cookie in mine.cookies() if cookie["name"] == "borderlines_reviewer"]
    finally:
        mine.close()
        other.close()


def write(page, dashboard, name):
    if not page.url.startswith(dashboard):
        page.goto(f"{dashboard}/review")
    # The buttons come before the script that listens; what stands under the table is the last of the page.
    page.wait_for_function("window.borderlinesKeepsTheName", timeout=PATIENCE_MS)
    page.locator(BOX).fill(name)
    page.locator(BOX).press("Enter")
