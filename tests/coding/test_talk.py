"""Who blames, threatens and demands, beside the deed it is about."""

from dataclasses import replace
from datetime import date

import pytest

from geo.coding import code
from geo.model import EventType, Status
from tests.coding.conftest import make

FRIDAY, SATURDAY = date(2022, 12, 2), date(2022, 12, 3)


def talk(reports):
    return [(r.sub_event_type, r.actor1, r.actor2) for r in reports if r.event_type is EventType.DIPLOMACY]


@pytest.mark.parametrize(
    "text",
    [
        "Turkey's defence ministry said nine people were killed by a bomb in the town, and blamed the YPG.",
        "A bomb went off in the town. Turkey's defence ministry counted nine dead. The ministry blamed the YPG.",
        "Turkey's defence ministry said the YPG had fired the rockets.",
    ],
)
def test_blame_is_news_beside_the_deed(annotate, text):
    assert ("Accusation", "Government of Turkey", "People's Protection Units (YPG)") in talk(code(annotate(text)))


def test_blame_by_nobody_known_is_no_diplomacy(annotate):
    assert not talk(code(annotate("A bomb went off in the town and local sources blamed the YPG.")))


@pytest.mark.parametrize(
    ("sub", "text"),
    [
        ("Threat or ultimatum", "Iran has threatened to close the strait."),
        ("Demand or request", "Iraq has asked for an end to the raids."),
        ("Statement", "Russia was deeply worried by the raids."),
    ],
)
def test_words_of_governments(annotate, sub, text):
    assert code(annotate(text))[0].sub_event_type == sub


def test_a_threat_of_a_deed_is_still_to_come(annotate):
    assert code(annotate("Iran has threatened to close the strait."))[0].status is Status.PLANNED


def test_an_answer_falls_between_the_deed_and_the_telling(annotate, town):
    text = "A bomb exploded in Azaz on Friday and killed nine people. Iraq condemned the attack."
    made = annotate(text, places={"Azaz": town("Azaz")}, days={"Friday": FRIDAY}, published=SATURDAY)
    (said,) = [r for r in code(made) if r.event_type is EventType.DIPLOMACY]
    assert (said.day_start, said.day_end, said.place) == (FRIDAY, SATURDAY, None)


@pytest.mark.parametrize(
    ("actor1", "actor2", "text"),
    [
        (
            None,
            "Military Forces of Turkey",
            "Turkey's prime minister said that a car bomb killed two Turkish soldiers.",
        ),
        (
            None,
            "People's Protection Units (YPG)",
            "The YPG said that 20 of its fighters were killed in an air strike.",
        ),
        (
            "Military Forces of the United States",
            "Iran-backed militias",
            "US jets struck two sites that were used by Iran-backed militias.",
        ),
        ("Syrian Democratic Forces", None, "The SDF said that a truce began at noon."),
        ("Militants", "Civilians", "Seven people were killed when militants attacked the village."),
    ],
)
def test_who_did_it_and_who_only_lost(annotate, actor1, actor2, text):
    report = code(annotate(text))[0]
    assert (report.actor1, report.actor2) == (actor1, actor2)


def test_who_holds_a_town_did_not_do_it_there(annotate):
    report = code(annotate("Rockets struck a market in the rebel-held town and killed nine people."))[0]
    assert report.actor2 == "Civilians"


def test_the_dead_of_several_months_are_a_count(annotate):
    text = "Sixteen people were killed in March, 19 in February."
    made = annotate(text, days={"March": date(2021, 3, 1)}, published=date(2021, 4, 18))
    month = replace(made.dates[0], day_end=date(2021, 3, 31))
    assert code(replace(made, dates=(month,)))[0].status is Status.AGGREGATE


def test_blame_from_abroad_names_nobody(annotate, town):
    text = "A car bomb exploded in Azaz. Turkey's defence ministry said it was deadly and blamed the YPG."
    places = {"Azaz": town("Azaz"), "Turkey": town("Turkey", country="TUR", kind="country", radius_km=500)}
    report = next(r for r in code(annotate(text, places=places)) if r.event_type is EventType.EXPLOSIONS)
    assert (report.actor1, report.place.name) == (None, "Azaz")


def test_a_ministry_is_no_place(annotate, town):
    text = "Iraq's interior ministry said nine people were killed by a roadside bomb."
    places = {"Iraq": town("Iraq", country="IRQ", kind="country", radius_km=400)}
    assert all(r.place is None for r in code(annotate(text, places=places)))


def test_nobody_was_hurt_by_what_was_told_just_before(annotate):
    report = code(annotate("A drone struck the airport. Nobody was hurt."))[0]
    assert (report.fatalities_low, report.fatalities_high) == (0, 0)
    assert report.fatalities_text == "Nobody was hurt"


def test_an_agreement_of_last_month_is_told_to_explain(annotate, town):
    text = "The two sides signed an agreement in Moscow on that day."
    made = annotate(text, places={"Moscow": town("Moscow", country="RUS")}, days={"that day": date(2022, 10, 1)})
    old = replace(made, article=replace(made.article, published=FRIDAY))
    assert {r.status for r in code(old) if r.sub_event_type == "Agreement"} == {Status.BACKGROUND}


@pytest.mark.parametrize(
    ("text", "kind", "speaker"),
    [
        ("Ankara put the blame on the YPG.", "Accusation", "Government of Turkey"),
        (
            "Russia's defence ministry said that rebels had used women as a shield.",
            "Accusation",
            "Government of Russia",
        ),
        ("Turkey paused its operation under a deal made with Iraq.", "Agreement", "Government of Turkey"),
    ],
)
def test_blame_and_deals_in_plain_words(text, kind, speaker):
    reports = code(make(text))
    assert [(report.sub_event_type, report.actor1) for report in reports] == [(kind, speaker)]


def test_who_tells_what_gunmen_did_accuses_nobody():
    reports = code(make("Nigerian police said gunmen had killed nine people."))
    assert [report.sub_event_type for report in reports] == ["Attack"]
