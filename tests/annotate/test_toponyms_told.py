"""What the text says of where a name lies, and what that makes of the name."""

from __future__ import annotations

from itertools import pairwise

import pytest

from geo.annotate import actors, toponyms
from geo.annotate.sentences import split
from geo.geocoders import open_gazetteer
from geo.model import Place, PlaceKind, Toponym


def read(text: str) -> tuple[Toponym, ...]:
    sentences = split(text)
    return toponyms.find(
        text, sentences=sentences, gazetteer=open_gazetteer(), actors=actors.find(text, sentences=sentences)
    )


def place(text: str, name: str) -> Place:
    found = next(found for found in read(text) if found.text == name)
    assert found.place is not None
    return found.place


def names(text: str) -> list[str]:
    return [found.text for found in read(text)]


@pytest.mark.parametrize("name", ["Damascus", "Aleppo", "Idlib", "Raqqa", "Baghdad", "Erbil", "Duhok", "Basra", "Hama"])
def test_a_bare_name_is_the_city_and_its_province_is_called_so(name: str) -> None:
    assert place(f"A bomb exploded in {name} on Sunday.", name).kind is PlaceKind.CITY
    assert place(f"A bomb exploded in rural {name} on Sunday.", name).kind is PlaceKind.ADMIN1
    assert place(f"A bomb exploded in {name} province on Sunday.", name).kind is PlaceKind.ADMIN1
    assert place(f"A bomb exploded in the province of {name} on Sunday.", name).kind is PlaceKind.ADMIN1


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Fighting was reported in the Damascus countryside.", "Damascus countryside", "Rif Dimashq"),
        ("Fighting was reported in rural Damascus.", "Damascus", "Rif Dimashq"),
        ("Turkish jets struck the Kurdistan Region on Friday.", "Kurdistan Region", "Kurdistan Region"),
        ("Protesters rallied in Iraqi Kurdistan on Friday.", "Iraqi Kurdistan", "Kurdistan Region"),
        ("Protesters rallied in Iranian Kurdistan on Friday.", "Iranian Kurdistan", "Kordestan"),
        ("Drones flew over northern Iraq on Friday.", "Iraq", "northern Iraq"),
        ("An attack took place in eastern Syria on Friday.", "Syria", "eastern Syria"),
        ("The governor of Hatay spoke in Turkey on Friday.", "Hatay", "Hatay"),
        ("The US said on Friday that it would stay.", "US", "United States"),
        ("A man died in the UAE on Friday.", "UAE", "United Arab Emirates"),
    ],
)
def test_areas_and_abbreviations(text: str, name: str, expected: str) -> None:
    assert place(text, name).name == expected


def test_gaza_is_in_palestine() -> None:
    assert place("Strikes on Gaza killed 30 people.", "Gaza").country == "PSE"


def test_a_short_word_in_capitals_is_no_place() -> None:
    assert names("The FBI and the SDC and the PKK met on Friday.") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tall Refaat", "Tal Rifaat"),
        ("Marat Numan", "Maarat al-Numan"),
        ("Deir Attiyeh", "Dayr ‘Aţīyah"),
        ("Nabul", "Nubl"),
        ("Al-Khafsa", "Al Khafsah"),
    ],
)
def test_another_spelling_is_found_in_the_country_told(name: str, expected: str) -> None:
    found = place(f"Residents of {name} in Syria heard shells fall.", name)
    assert (found.country, found.name) == ("SYR", expected)


def test_another_spelling_is_not_tried_for_words_of_a_phrase() -> None:
    text = "Officials in Eastern Time and Residents of Hope heard of it in Syria."
    assert names(text) == ["Syria"]


def test_a_person_is_no_place_in_another_spelling() -> None:
    assert names("Hulusi Akar flew to Aleppo. The crowd listened to Akar in silence.") == ["Aleppo"]


def test_a_day_before_a_name_does_not_hide_its_preposition() -> None:
    assert names("A bomb exploded Saturday in Jalalabad, killing him.") == ["Jalalabad"]


def test_a_namesake_abroad_is_not_meant_where_the_text_tells_the_state() -> None:
    found = place("Gunmen attacked Bela village in Taraba state, killing five.", "Bela")
    assert found.country == "NGA"


def test_an_unknown_village_is_somewhere_in_the_place_told() -> None:
    text = "Gunmen attacked Xorbandu village of Konduga Local Government Area of Borno State, killing five."
    found, town = place(text, "Xorbandu"), place(text, "Konduga")
    assert (found.name, found.country) == ("Xorbandu", "NGA")
    assert (found.lon, found.lat) == (town.lon, town.lat)
    assert found.radius_km >= 20
    assert "somewhere in Konduga" in str(found.note)


def test_an_unknown_district_between_does_not_hide_the_state() -> None:
    text = "Five people were killed in Xorbandu community of Yuvranda LGA of Adamawa State on Friday."
    assert place(text, "Xorbandu").country == "NGA"


def test_an_unknown_village_follows_the_place_described() -> None:
    text = "Gunmen broke into a home in Xorbandu village north of Baghdad on Monday."
    found = place(text, "Xorbandu")
    assert found.lat > place("A bomb exploded in Baghdad on Monday.", "Baghdad").lat + 0.1


def test_a_quarter_lies_in_its_city() -> None:
    text = "A car bomb exploded in central Baghdad's Karrada district on Monday."
    found = place(text, "Karrada")
    assert found.country == "IRQ"
    assert abs(found.lat - 33.34) < 0.3


def test_the_city_of_is_no_province_and_the_demonym_tells_the_country() -> None:
    found = place("A bomber struck a bank in the eastern Afghan city of Jalalabad.", "Jalalabad")
    assert (found.country, found.kind) == ("AFG", PlaceKind.CITY)


def test_where_a_province_lies_is_not_a_part_of_it() -> None:
    whole = place("Five died in Aleppo province on Friday.", "Aleppo")
    said = place("Five died in Syria's northern Aleppo province on Friday.", "Aleppo")
    assert (said.lon, said.lat) == (whole.lon, whole.lat)
    part = place("Five died in northern Aleppo province on Friday.", "Aleppo")
    assert part.lat > whole.lat


def test_in_the_south_of_a_city_is_within_it() -> None:
    city = place("A bomb exploded in Baghdad.", "Baghdad")
    within = place("A bomb exploded in the south of Baghdad.", "Baghdad")
    assert 0 < city.lat - within.lat < city.radius_km / 111


@pytest.mark.parametrize("text", ["He flew to the White House.", "It was called Operation Olive Branch by the army."])
def test_buildings_and_operations_are_no_towns(text: str) -> None:
    assert names(text) == []


def test_an_agency_is_no_place() -> None:
    assert names("The Anadolu agency told it first.") == []


def test_south_of_a_country_is_not_in_it() -> None:
    assert place("Groups gathered south of Turkey.", "Turkey").name == "Türkiye"
    assert place("Fires burned in the south of Turkey.", "Turkey").name == "southern Türkiye"


def test_a_party_is_no_place() -> None:
    assert names("The Kurdistan Workers\u2019 Party answered.") == []


def test_a_camp_is_not_its_town() -> None:
    found = place("A woman was shot dead in al-Hol camp on Friday.", "al-Hol camp")
    assert found.kind is PlaceKind.CAMP


def test_toponyms_never_overlap() -> None:
    text = "Rockets hit Ain al-Asad air base and al-Hol camp in Syria, and Tall Refaat in Syria, and San Pedro Sula."
    found = read(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "name", "across"),
    [
        ("Shells hit Ras al-Ain in Turkey on Monday.", "Ras al-Ain", "TUR"),
        ("Mortars landed in the Turkish town of Tal Abyad.", "Tal Abyad", "TUR"),
        ("Shells hit Ras al-Ain in Syria on Monday.", "Ras al-Ain", None),
        ("Shells hit Manbij in Turkey on Monday.", "Manbij", None),
    ],
)
def test_a_border_town_told_to_lie_in_the_other_country_is_its_other_side(
    text: str, name: str, across: str | None
) -> None:
    meant = place(text, name)
    assert meant.id.startswith("derived:across:") is (across is not None)
    if across is not None:
        assert (meant.country, meant.kind) == (across, PlaceKind.TOWN)
        assert 3.0 < meant.radius_km < 6.0
        assert "other side of the border" in (meant.note or "")


@pytest.mark.parametrize("whom", ["Islamic State", "the Free Syrian Army"])
def test_a_sentence_of_many_names_is_no_headline(whom: str) -> None:
    assert "Tal Tamr" in names(f"The Syrian Democratic Forces attacked {whom} in Tal Tamr on Tuesday.")


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Gunmen stormed Velamba village in Gassol LGA of Taraba State.", "Velamba", "somewhere in Gassol"),
        ("Four people were shot in Johar Town area of Islamabad.", "Johar", "somewhere in Islamabad"),
        ("Militiamen raided camps in Velamba, South Darfur.", "Velamba", "somewhere in Southern Darfur"),
        ("Houses burned in Velamba village, Adamawa State.", "Velamba", "somewhere in Adamawa"),
        (
            "Gunmen attacked villages in Bosso Local Council area of Niger state in Nigeria.",
            "Bosso",
            "somewhere in Niger",
        ),
        ("Houses burned in the Tama area southwest of Lubero.", "Tama", "somewhere in Lubero"),
    ],
)
def test_an_unknown_name_lies_in_the_nearest_place_told(text: str, name: str, told: str) -> None:
    note = place(text, name).note
    assert note is not None
    assert note.endswith(told)


def test_a_district_by_its_town_is_wide() -> None:
    assert place("Gunmen stormed Velamba village in Gassol LGA of Taraba State.", "Velamba").radius_km >= 25
