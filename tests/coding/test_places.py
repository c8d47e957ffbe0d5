"""A deed in several places is several events."""

from geo.coding import code
from geo.model import ToponymRole
from tests.coding.conftest import place

NORTH = place("Alba")
SOUTH = place("Bedra", lon=39.5, lat=35.5)
EAST = place("Cerva", lon=41.0, lat=36.0)


def test_each_place_of_a_list_is_an_event(annotate):
    reports = code(
        annotate(
            "Turkish jets bombed Alba, Bedra and Cerva, killing ten people.",
            places={"Alba": NORTH, "Bedra": SOUTH, "Cerva": EAST},
        )
    )
    assert {r.place.name for r in reports} == {"Alba", "Bedra", "Cerva"}
    assert [r.fatalities_low for r in reports] == [10, None, None]


def test_a_stretch_between_two_places_is_one_event(annotate):
    reports = code(
        annotate("Turkish jets bombed the road between Alba and Bedra.", places={"Alba": NORTH, "Bedra": SOUTH})
    )
    assert len(reports) == 1


def test_a_town_and_its_province_are_one_event(annotate):
    reports = code(annotate("Turkish jets bombed Alba, Bedra.", places={"Alba": NORTH, "Bedra": SOUTH}))
    assert len(reports) == 1


def test_a_name_that_tells_what_it_lies_in_is_still_one_of_a_list(annotate, town):
    text = "Rockets hit Tal Rawan in Aleppo province and at Azaz on Monday."
    places = {
        "Tal Rawan": town("Tal Rawan"),
        "Aleppo": town("Aleppo", kind="admin-1", radius_km=80),
        "Azaz": town("Azaz", lat=36.6),
    }
    reports = code(annotate(text, places=places, roles={"Aleppo": ToponymRole.CONTAINER}))
    assert {report.place.name for report in reports} == {"Tal Rawan", "Azaz"}
