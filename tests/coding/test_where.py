"""Where it happened: which of the names of a sentence is the place, and which only stands there."""

from dataclasses import replace

import pytest

from geo.coding import code
from geo.model import GeoPrecision, ToponymRole


@pytest.mark.parametrize("role", [ToponymRole.METONYM, ToponymRole.DEMONYM, ToponymRole.DATELINE])
def test_a_name_that_is_no_place_places_nothing(annotate, town, role):
    text = "Ankara shelled the hills."
    report = code(annotate(text, places={"Ankara": town("Ankara", country="TUR")}, roles={"Ankara": role}))[0]
    assert report.place is None
    assert report.geo_precision is None


def test_the_finer_place_wins_and_the_container_does_not(annotate, town):
    places = {"Tal Rawan": town("Tal Rawan"), "Aleppo province": town("Aleppo", kind="admin-1", radius_km=80)}
    report = code(annotate("Shells hit Tal Rawan in Aleppo province.", places=places))[0]
    assert report.place.name == "Tal Rawan"
    assert report.geo_precision is GeoPrecision.PLACE


def test_a_country_stays_a_country(annotate, town):
    report = code(
        annotate(
            "Gunmen shot dead two farmers in Syria.", places={"Syria": town("Syria", kind="country", radius_km=300)}
        )
    )[0]
    assert report.place.name == "Syria"
    assert report.geo_precision is GeoPrecision.REGION


def test_a_town_that_only_gives_the_direction_is_not_the_place(annotate, town):
    places = {"Tal Rawan": town("Tal Rawan"), "Deir Sawan": town("Deir Sawan", lon=39.0)}
    report = code(annotate("In Tal Rawan, northeast of Deir Sawan, gunmen killed two guards.", places=places))[0]
    assert report.place.name == "Tal Rawan"


def test_the_war_it_is_about_is_not_the_place(annotate, town):
    places = {"Tal Rawan": town("Tal Rawan"), "Deir Sawan": town("Deir Sawan", lon=39.0)}
    text = "Rockets hit a base in Tal Rawan in retaliation for the war in Deir Sawan."
    assert code(annotate(text, places=places))[0].place.name == "Tal Rawan"


def test_the_province_of_a_governor_who_speaks_is_not_the_place(annotate, town):
    text = "An air strike killed 33 soldiers in Idlib, the governor of Hatay said."
    places = {"Idlib": town("Idlib"), "Hatay": town("Hatay", country="TUR")}
    assert code(annotate(text, places=places))[0].place.name == "Idlib"


def test_an_agreement_stands_where_it_was_signed(annotate, town):
    text = "The patrols were agreed in Moscow this month, together with a ceasefire along the line in Idlib."
    places = {"Moscow": town("Moscow", country="RUS"), "Idlib": town("Idlib")}
    (report,) = [r for r in code(annotate(text, places=places)) if r.sub_event_type == "Agreement"]
    assert report.place.name == "Moscow"


def test_where_an_official_speaks_is_not_where_it_happened(annotate, town):
    text = "Gunmen shot dead three guards, an official in Baghdad said."
    assert code(annotate(text, places={"Baghdad": town("Baghdad", country="IRQ")}))[0].place is None


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (None, "Baghdad blames Turkey for the shelling of the village."),
        ("Baghdad", "A car bomb in southern Baghdad killed nine."),
    ],
)
def test_a_seat_of_government_is_a_place_only_where_the_words_say_so(annotate, town, place, text):
    report = code(annotate(text, places={"Baghdad": town("Baghdad", country="IRQ")}))[0]
    assert (report.place and report.place.name) == place
    assert report.actor1 != "Government of Iraq"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Gunmen shot dead a journalist in Tal Rawan in Aleppo province.", "Tal Rawan"),
        ("A bomb killed two police officers in Tal Rawan in Aleppo province.", "Tal Rawan"),
        ("Gunmen burst into a hospital in Tal Rawan in Aleppo province and shot dead a nurse.", "Tal Rawan"),
        ("Gunmen killed two guards in Aleppo province; they died at a hospital in Tal Rawan.", "Aleppo province"),
        ("Gunmen killed two guards, an official in Tal Rawan said, in Aleppo province.", "Aleppo province"),
        ("Gunmen killed two guards in Aleppo province, the Tal Rawan-based agency reported.", "Aleppo province"),
    ],
)
def test_where_an_official_was_killed_is_where_it_happened(annotate, town, text, where):
    places = {"Tal Rawan": town("Tal Rawan"), "Aleppo province": town("Aleppo province", kind="admin-1", radius_km=80)}
    assert code(annotate(text, places=places))[0].place.name == where


@pytest.mark.parametrize(
    ("note", "lat", "where"),
    [
        ("south of Azaz", 36.2, "Tal Rawan"),
        ("south of Azaz", 34.0, "south of Azaz"),  # too far away to be meant
        ("40 km south of Azaz", 36.2, "south of Azaz"),
    ],
)
def test_a_mere_direction_gives_way_to_the_place_that_lies_there(annotate, town, note, lat, where):
    vague = replace(town("south of Azaz", lat=36.4, radius_km=30), id="derived:test:Azaz@180/20", note=note)
    places = {"Azaz": vague, "Tal Rawan": town("Tal Rawan", lat=lat)}
    text = "A suicide bomber killed nine people south of Azaz. The attack took place in Tal Rawan."
    assert code(annotate(text, places=places))[0].place.name == where


def test_a_mere_direction_does_not_give_way_to_the_town_it_begins_at(annotate, town):
    vague = replace(town("south of Azaz", lat=36.4, radius_km=30), id="derived:test:Afar@180/20", note="south of Afar")
    places = {"Azaz": vague, "Afar": town("Afar", lat=36.6)}
    text = "A suicide bomber killed nine people south of Azaz. The attack shook Afar."
    assert code(annotate(text, places=places))[0].place.name == "south of Azaz"


@pytest.mark.parametrize(
    "who", ["peacekeepers from Burundi", "rockets fired from Burundi", "workers from eastern Burundi"]
)
def test_where_people_or_rockets_come_from_is_not_where_it_happened(annotate, town, who):
    text = f"Gunmen were seen near {who} and killed nine people."
    places = {"Burundi": town("Burundi", kind="country", country="BDI", radius_km=90)}
    assert code(annotate(text, places=places))[0].place is None
