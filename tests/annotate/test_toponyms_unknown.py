"""Names that no gazetteer has: known by context alone, placed where the text says, or left open and told so."""

from __future__ import annotations

import pytest

from geo.annotate import actors, toponyms
from geo.annotate.sentences import split
from geo.geocoders import open_gazetteer
from geo.geocoders.gazetteer import distance_km
from geo.model import Place, PlaceKind, Toponym, ToponymRole


def read(text: str) -> dict[str, Toponym]:
    sentences = split(text)
    found = toponyms.find(
        text, sentences=sentences, gazetteer=open_gazetteer(), actors=actors.find(text, sentences=sentences)
    )
    return {toponym.text: toponym for toponym in found if toponym.role is not ToponymRole.DEMONYM}


def known(name: str) -> Place:
    return open_gazetteer().lookup(name)[0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The village of Xanasorek was attacked.", ["Xanasorek"]),
        ("A mortar fell on the town Kerawanda.", ["Kerawanda"]),
        ("Fighters attacked the hamlets of Umbazra and Kafrtunek.", ["Umbazra", "Kafrtunek"]),
        ("Armed men attacked Agoudo, Yassenem and Ngouyanza villages.", ["Agoudo", "Yassenem", "Ngouyanza"]),
        ("The shelling of Qelmanash, Idlib and Talkanash went on.", ["Idlib"]),
        ("Shells fell in Qelmanash, Idlib and Talkanash on Friday.", ["Qelmanash", "Idlib", "Talkanash"]),
        ("Troops retook several towns including Rabiyash and Zumarit.", ["Rabiyash", "Zumarit"]),
        ("Habhubat is a village in northern Iraq.", ["Habhubat", "Iraq"]),
        ("Habhubat (Arabic: something) is a small village in northern Iraq.", ["Habhubat", "Iraq"]),
        ("The raid was in a place called Yerim Zar in Aleppo province.", ["Yerim Zar", "Aleppo"]),
        ("The blast was in Rukubiya, Tabqa district, on Monday.", ["Rukubiya", "Tabqa"]),
        ("A car blew up at Shorgalid, 20 km north of Mosul.", ["Shorgalid", "Mosul"]),
        ("The clash was in Eringetik, five kilometres from the regional hub of Mosul.", ["Eringetik", "Mosul"]),
    ],
)
def test_the_text_alone_makes_a_place(text: str, names: list[str]) -> None:
    assert list(read(text)) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("There were talks between Israel and Hamasid on Friday.", "Hamasid"),
        ("Shots were heard in Baghdad and Hakim was on the phone.", "Hakim"),
        ("In Baghdad, Hakimi and Darwishi said they would resign.", "Darwishi"),
        ("The crash was near Rivers and Stokely avenues in Dallas.", "Stokely"),
        ("He is buried in Iraq, Hakimi said.", "Hakimi"),
        ("The Gulf of Mexico lies off Texas.", "Mexico"),
    ],
)
def test_what_only_stands_beside_a_place_is_none(text: str, name: str) -> None:
    assert name not in read(text)


def test_a_distance_and_a_direction_place_it() -> None:
    place = read("A car blew up at Shorgalid, 20 km north of Mosul.")["Shorgalid"].place
    assert place is not None
    mosul = known("Mosul")
    assert distance_km(place.lon, place.lat, mosul.lon, mosul.lat) == pytest.approx(20, abs=1)
    assert place.lat > mosul.lat
    assert place.radius_km <= 6
    assert place.note is not None
    assert place.note.startswith("not in the gazetteer")
    assert "20 km north of Mosul" in place.note


def test_a_direction_alone_gives_a_wide_circle() -> None:
    found = read("Three people were killed in Zibrinat, a village north of Erbil, on Monday.")["Zibrinat"]
    assert found.place is not None
    erbil = known("Erbil")
    assert found.place.lat > erbil.lat
    assert distance_km(found.place.lon, found.place.lat, erbil.lon, erbil.lat) <= found.place.radius_km
    assert found.confidence < 0.4


def test_without_a_word_of_where_it_lies_it_has_no_place_and_says_so() -> None:
    found = read("The village of Xanasorek was attacked.")["Xanasorek"]
    assert found.place is None
    assert found.reason == "not in the gazetteer"


def test_a_namesake_in_a_country_the_article_never_names_is_left_open_and_kept_for_choice() -> None:
    found = read("A tribal elder was killed in the Zari area, police in Pakistan said.")["Zari"]
    assert found.place is None
    assert "the article tells of other countries" in found.reason
    assert found.candidates
    assert found.candidates[0].place.country != "PAK"


@pytest.mark.parametrize(
    "text",
    [
        "Turkey said its jets had hit Suluk overnight.",
        "Cars burned in Palmyra. Then more burned in Palmyra, officials in Germany said.",
    ],
)
def test_a_town_of_the_theatre_or_named_again_is_no_stranger(text: str) -> None:
    assert all(found.place is not None for found in read(text).values())


def test_a_county_lies_around_the_town_it_is_called_after() -> None:
    place = read("Gunmen killed 12 people in Kenya's northern Mandera County, an official said.")[
        "Mandera County"
    ].place
    town = next(place for place in open_gazetteer().lookup("Mandera") if place.country == "KEN")
    assert place is not None
    assert (place.lon, place.lat, place.country) == (town.lon, town.lat, "KEN")
    assert place.radius_km >= 25


def test_a_road_is_a_line_and_a_rifle_is_none() -> None:
    found = read("Two people died on the M4 highway. The M4 is closed near Tal Tamr.")
    place = found["M4 highway"].place
    assert place is not None
    assert place.kind is PlaceKind.ROAD
    assert found["M4"].place == place
    assert "M4" not in read("He held an M4 when he was found near Tal Tamr.")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Fighters were killed in Kurdistan province in Iran.", "Kurdistan", "IRN"),
        ("Fighters were killed in Iraqi Kurdistan.", "Iraqi Kurdistan", "IRQ"),
        ("Police stormed a home in a Tunis suburb on Friday.", "Tunis", "TUN"),
        ("A shell from Ras al-Ain landed in Ceylanpinar in Turkey.", "Ceylanpinar", "TUR"),
        ("A shell from Ceylanpinar landed in Serekaniye in Syria.", "Serekaniye", "SYR"),
    ],
)
def test_what_stands_beside_a_name_decides_between_namesakes(text: str, name: str, country: str) -> None:
    place = read(text)[name].place
    assert place is not None
    assert place.country == country


def test_a_capital_is_not_the_country_of_its_name_in_another_language() -> None:
    place = read("Police stormed a home in a Tunis suburb on Friday.")["Tunis"].place
    assert place is not None
    assert place.kind in (PlaceKind.CITY, PlaceKind.ADMIN1)


def test_a_city_called_so_is_not_its_region() -> None:
    place = read("A bomb exploded at a market in Davao City in the Philippines.")["Davao City"].place
    assert place is not None
    assert place.kind is PlaceKind.CITY


@pytest.mark.parametrize("verb", ["shelled", "bombarded", "recaptured", "evacuated"])
def test_what_is_done_to_places_makes_a_place(verb: str) -> None:
    assert "Serekaniye" in read(f"Serekaniye was {verb} on Friday.")


def test_the_name_after_several_titles_is_a_persons() -> None:
    assert "Dayton" not in read("Navy Senior Chief Petty Officer Scott C. Dayton was wounded. Dayton was flown out.")


def test_the_province_tells_more_than_the_country_before_it() -> None:
    place = read("Gunmen attacked Qirbatan village in Turkey's restive Sanliurfa province.")["Qirbatan"].place
    assert place is not None
    assert (place.kind, place.country) == (PlaceKind.ADMIN1, "TUR")
    assert place.note is not None
    assert "Şanlıurfa" in place.note
