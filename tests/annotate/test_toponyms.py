from __future__ import annotations

import pytest

from geo.annotate import actors, toponyms
from geo.annotate.sentences import split
from geo.geocoders import open_gazetteer
from geo.model import PlaceKind, Toponym, ToponymRole

LITERAL, METONYM, DEMONYM = ToponymRole.LITERAL, ToponymRole.METONYM, ToponymRole.DEMONYM
DATELINE, CONTAINER = ToponymRole.DATELINE, ToponymRole.CONTAINER


def read(text: str) -> tuple[Toponym, ...]:
    sentences = split(text)
    return toponyms.find(
        text,
        sentences=sentences,
        gazetteer=open_gazetteer(),
        actors=actors.find(text, sentences=sentences),
    )


def named(text: str, *roles: ToponymRole) -> list[str]:
    wanted = roles or (LITERAL, METONYM, DATELINE, CONTAINER)
    return [found.text for found in read(text) if found.role in wanted]


def one(text: str, name: str) -> Toponym:
    return next(found for found in read(text) if found.text == name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr Victoria said the bridge would open in May.", []),
        ("Jordan Henderson scored twice before half time.", []),
        ("Hulusi Akar spoke to reporters before he left.", []),
        ("The agreement was first told by the Jordan Times on Monday.", []),
        ("He studied law at Damascus University for two years.", []),
        ("Aleppo FC won again after a long break.", []),
        ("The company is Erbil-based and sells cement.", ["Erbil"]),
        ("A shop was robbed in Lebanon, Ohio, on Friday.", ["Lebanon", "Ohio"]),
        ("Of course they left. March was cold. He was Reading a book. Most stayed.", []),
        ("Police searched houses in Mosul and Tikrit.", ["Mosul", "Tikrit"]),
        ("Kobani, a town on the border, was quiet.", ["Kobani"]),
        ("Sen. Lincoln thanked Judge Washington for the letter.", []),
        ("Residents of the town of Manbij fled towards Jarabulus.", ["Manbij", "Jarabulus"]),
        ("Masoud Barzani met the delegation. Barzani promised to answer soon.", []),
        ("He paid US$40 for a ride on US-24.", []),
        ("The tomb was built about 300 B.C. by a king.", []),
        ("Shells fell on Deir ez-Zor, Ra's al-'Ayn and al-Hasakah.", ["Deir ez-Zor", "Ra's al-'Ayn", "al-Hasakah"]),
        ("They gathered near the Tishrin Dam and at Ain al-Asad air base.", ["Tishrin Dam", "Ain al-Asad air base"]),
    ],
)
def test_a_place_is_told_from_a_person_a_paper_and_a_common_word(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ankara said it would answer any attack.", "Ankara"),
        ("The party held talks with Damascus last week.", "Damascus"),
        ("They kept to deals reached with Moscow in 2019.", "Moscow"),
        ("Moscow and Washington agreed to meet again.", "Moscow"),
        ("Moscow and Washington agreed to meet again.", "Washington"),
        ("The attack forced a vote, forcing Baghdad to act.", "Baghdad"),
        ("The group praised Tehran's support for the front.", "Tehran"),
        ("Three US soldiers were hurt in the crash.", "US"),
        ("Turkey has carried out several operations.", "Turkey"),
        ("It is time to normalise ties between Ankara and Damascus.", "Damascus"),
    ],
)
def test_a_government_is_a_metonym(text: str, name: str) -> None:
    found = one(text, name)
    assert found.role is METONYM
    assert found.place is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A bomb exploded in Damascus overnight.", "Damascus"),
        ("The jets carried out strikes on Damascus before dawn.", "Damascus"),
        ("Thousands marched through Ankara on Sunday.", "Ankara"),
        ("The number of attacks in Syria and Iraq is on track to rise.", "Iraq"),
        ("Israeli jets bombed Beirut for a third day.", "Beirut"),
    ],
)
def test_a_capital_where_something_happens_is_a_place(text: str, name: str) -> None:
    assert one(text, name).role is LITERAL


def test_washington_as_a_government_is_the_capital_not_the_state() -> None:
    place = one("Washington said it would not withdraw.", "Washington").place
    assert place is not None
    assert place.kind is PlaceKind.CITY
    assert place.lon == pytest.approx(-77.0, abs=0.2)


def test_demonyms_are_kept_apart_with_their_country() -> None:
    found = read("Turkish and South African officials met Syrians.")
    assert [(f.text, f.role, f.place.country if f.place else None) for f in found] == [
        ("Turkish", DEMONYM, "TUR"),
        ("South African", DEMONYM, "ZAF"),
        ("Syrians", DEMONYM, "SYR"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ERBIL, Kurdistan Region – Shells hit a village near Amedi on Friday.",
        "BAGHDAD (Agency) — A bomb went off in Mosul.",
        "DAMASCUS, Syria - Rebels entered Idlib on Monday.",
    ],
)
def test_a_dateline_is_not_the_place_of_the_news(text: str) -> None:
    found = read(text)
    assert found[0].role is DATELINE
    assert found[-1].role is LITERAL


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("He lives in Lebanon, Ohio, with his wife.", "Lebanon", "USA", "Ohio"),
        ("Fire broke out in Paris, Texas, at noon.", "Paris", "USA", "Texas"),
        ("Shells fell on Tal Rifaat, in Aleppo province.", "Tal Rifaat", "SYR", "Aleppo"),
        ("Lawmakers in Georgia and Alabama and in Atlanta voted.", "Georgia", "USA", "Georgia"),
        ("Troops from Georgia trained near Tbilisi and Gori.", "Georgia", "GEO", None),
        ("Tripoli and Sidon in southern Lebanon were calm.", "Tripoli", "LBN", None),
        ("Fighting in Tripoli and Misrata shook Libya.", "Tripoli", "LBY", None),
        ("Syria and Russia signed the paper.", "Russia", "RUS", None),
    ],
)
def test_names_are_placed_together(text: str, name: str, country: str, admin1: str | None) -> None:
    place = one(text, name).place
    assert place is not None
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1


@pytest.mark.parametrize("province", ["Aleppo", "Idlib", "Raqqa", "Deir ez-Zor"])
def test_a_province_is_meant_only_where_the_text_says_so(province: str) -> None:
    town = one(f"A mine went off in {province} on Friday.", province).place
    area = one(f"A mine went off in {province} province on Friday.", province).place
    rural = one(f"Shells hit rural {province} on Friday.", province).place
    assert town is not None
    assert area is not None
    assert rural is not None
    assert town.kind is PlaceKind.CITY
    assert area.kind is rural.kind is PlaceKind.ADMIN1


def test_one_sense_per_article_and_reasons_and_runners_up() -> None:
    found = read("Shells hit Lebanon, Ohio. Lebanon is small. The mayor of Lebanon was away.")
    lebanon = [f for f in found if f.text == "Lebanon"]
    assert len({f.place.id for f in lebanon if f.place}) == 1
    assert all(f.reason for f in found)
    assert lebanon[0].candidates
    assert all(0.0 <= f.confidence <= 1.0 for f in found)


def test_a_group_named_after_a_country_is_not_a_place() -> None:
    assert "Iraq" not in named("The Islamic Resistance in Iraq claimed the attack.", LITERAL)


def test_names_in_arabic_script() -> None:
    found = read("وقال المرصد إن القصف استهدف مدينة حلب وريف إدلب في سوريا.")
    assert [(f.text, f.place.country if f.place else None) for f in found] == [
        ("حلب", "SYR"),
        ("إدلب", "SYR"),
        ("سوريا", "SYR"),
    ]


def test_a_county_the_gazetteer_lacks_is_vague_and_says_so() -> None:
    place = one("The fire began in Orange Grove Township, Ohio, near Dayton, Ohio.", "Ohio").place
    assert place is not None
    found = [f for f in read("Deputies from Laurel County drove to London, Kentucky.") if "County" in f.text]
    assert [f.text for f in found] == ["Laurel County"]


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Turkey shelled posts along the Turkish border near Kobani.", "Turkish border", "own:syria_turkiye_border"),
        ("Iraq closed the Syrian border after clashes in Mosul and al-Qaim.", "Syrian border", "own:iraq_syria_border"),
        ("Syria reinforced its border with Turkey near Azaz.", "Turkey", "own:syria_turkiye_border"),
    ],
)
def test_a_border_told_by_one_country_is_the_one_the_article_is_about(text: str, name: str, place: str) -> None:
    found = one(text, name)
    assert found.role is LITERAL
    assert found.place is not None
    assert found.place.id == place


def test_a_feature_the_gazetteer_lacks_is_found_but_not_placed() -> None:
    found = one("Families fled Camp Zulqarnain and crossed into Iraq.", "Camp Zulqarnain")
    assert found.place is None


def test_a_spelling_of_the_theatre_is_recognised_where_the_text_calls_it_a_town() -> None:
    found = one("A bomb went off in the town of Moqdadiyyah, in Diyala province, east of Baghdad.", "Moqdadiyyah")
    assert found.place is not None
    assert found.place.country == "IRQ"


@pytest.mark.parametrize(
    "text", ["Patrols ran along the Turkey-Syria border.", "A post on the Syrian–Turkish border fell."]
)
def test_a_border_between_two_countries(text: str) -> None:
    found = read(text)
    assert {f.place.id for f in found if f.place} == {"own:syria_turkiye_border"}
    assert {f.role for f in found} == {LITERAL}


def test_damascus_is_the_city() -> None:
    place = one("Officials met in Damascus, Syria, on Thursday.", "Damascus").place
    assert place is not None
    assert place.kind is PlaceKind.CITY
