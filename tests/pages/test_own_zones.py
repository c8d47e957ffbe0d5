"""Zones of the reader's own on the zones page."""

import json
import shutil

import pytest
import shapely

from geo.store import Store
from geo.ui import own_zones_add
from geo.zones.claims import Claim, definition_of
from geo.zones.own import folder_of, keep
from tests.pages.conftest import HOSTILE, html_of

AROUND = shapely.box(38.7, 36.5, 39.2, 36.75)


@pytest.fixture
def own_store(small_store, tmp_path):
    """A copy of the small store, to be changed."""
    return shutil.copytree(small_store, tmp_path / "store")


def press(page, label):
    return next(button for button in page.button if button.label == label).click().run()


def chosen(page, way):
    (ways,) = (group for group in page.button_group if "Draw it" in group.options)
    return ways.set_value([way] if isinstance(ways.value, list) else way).run()


def test_a_definition_is_previewed_kept_counted_and_removed(open_page, own_store):
    page = chosen(open_page("zones", own_store, zone_card="ops"), "Write it")
    (editor,) = (area for area in page.text_area if area.label == "Definition")
    page = editor.set_value(editor.value.replace("radius_km: 20", "radius_km: -20")).run()
    assert any("definition:9" in error.value.replace("\\", "") for error in page.error)
    (editor,) = (area for area in page.text_area if area.label == "Definition")
    page = editor.set_value(editor.value.replace("radius_km: -20", "radius_km: 25")).run()
    assert not page.error
    next(button for button in page.button if button.label == "Keep it").click()
    page = page.run()
    assert not page.exception
    assert "<h2>My zone</h2>" in html_of(page)
    assert "<b>1</b> certain" in html_of(page)
    (zones,) = (choice for choice in page.multiselect if choice.label == "Zone")
    assert any("My zone" in option for option in zones.options)
    with Store(own_store, readonly=True) as store:
        assert any(zone.zone_id == "my_zone" for event in store.events() for zone in event.zones)
    assert "counted anew: 1 event lies in it." in page.toast[0].value.replace("\\", "")
    page = press(page, "Remove")
    assert "My zone" in html_of(page)
    assert any("Remove **My zone** for good?" in told.value for told in page.markdown)
    page = press(page, "Keep it")
    assert "My zone" in html_of(page)
    page = press(press(page, "Remove"), "Yes, remove it")
    assert not page.exception
    assert "My zone" not in html_of(page)


def test_saving_with_nothing_drawn_says_so_until_something_is(open_page, own_store, monkeypatch):
    page = chosen(open_page("zones", own_store, zone_card="ops"), "Draw it")
    assert any("drag from one corner" in told.value for told in page.caption)
    page = press(page, "Save the zone")
    assert any("nothing is drawn yet" in told.value for told in page.error)
    assert any("nothing is drawn yet" in told.value for told in page.run().error)
    square = {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(AROUND))}
    monkeypatch.setattr(own_zones_add, "st_folium", lambda *_, **__: {"all_drawings": [square]})
    assert not page.run().error
    page = press(page, "Save the zone")
    assert page.error
    assert not any("nothing is drawn" in told.value for told in page.error)


def test_one_broken_file_is_told_and_the_page_stands(open_page, own_store):
    folder = folder_of(own_store)
    folder.mkdir()
    (folder / "bad.yaml").write_text("zones:\n- id: bad\n", encoding="utf-8")
    page = open_page("zones", own_store, zone_card="ops")
    assert not page.exception
    assert any("bad" in error.value for error in page.error)
    assert "<h2>Operation Peace Spring area</h2>" in html_of(page)


def test_hostile_words_of_a_zone_are_shown_as_they_are(open_page, own_store):
    keep(
        own_store, definition_of(Claim(HOSTILE, note=HOSTILE, source=HOSTILE), "hostile"), outlines={"hostile": AROUND}
    )
    page = open_page("zones", own_store, zone_card="hostile")
    assert not page.exception
    assert "<img" not in html_of(page)
    assert "&lt;img src=x" in html_of(page)


def test_what_a_browser_says_was_drawn_is_not_trusted():
    from geo.ui.own_zones_add import _drawn

    square = json.loads(shapely.to_geojson(AROUND))
    (found,) = _drawn({"all_drawings": [{"type": "Feature", "properties": {}, "geometry": square}]})
    assert found.geometry.equals(AROUND)
    for answer in (None, {}, "x", {"all_drawings": None}, {"all_drawings": "x"}, {"all_drawings": [float("nan")]}):
        assert _drawn(answer) == ()
