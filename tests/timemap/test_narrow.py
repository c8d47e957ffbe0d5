"""The time control on maps of several widths: nothing lies over anything else."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 620, 820])
def test_both_days_can_be_read(watched, width):
    page = watched(width=width)
    first, last = page.frame.locator(".tm-date").all()[:2]
    count = page.frame.locator(".tm-count").bounding_box()
    for box in (first.bounding_box(), last.bounding_box()):
        assert box["width"] >= 70
        beside = box["x"] + box["width"] <= count["x"] or count["x"] + count["width"] <= box["x"]
        assert beside or box["y"] + box["height"] <= count["y"]
