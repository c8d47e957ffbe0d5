"""Sentences as war reports have them, which a first reading of new articles got wrong."""

import pytest

from geo.annotate.actors import find
from geo.coding import code
from geo.model import Status
from tests.coding.conftest import make

TURKEY, SYRIA = "Military Forces of Turkey", "Military Forces of Syria"
PKK, SDF, SNA, ISIS = (
    "Kurdistan Workers' Party (PKK)", "Syrian Democratic Forces", "Syrian National Army", "Islamic State (ISIS)",
)  # fmt: skip


@pytest.mark.parametrize(
    "count",
    [
        "The union of doctors said at least 97 civilians had been killed since Saturday.",
        "More than 300 people have died over the past three weeks.",
        "Over the last month 40 people were killed there.",
    ],
)
def test_the_dead_of_weeks_are_not_those_of_one_strike(count):
    strike, *others = code(make(f"An air strike hit a market on Monday. {count}"))
    assert strike.sub_event_type == "Air/drone strike"
    assert strike.fatalities_low is None
    assert {one.status for one in others} <= {Status.AGGREGATE, Status.BACKGROUND}


def test_who_took_the_town_long_before_did_not_plant_the_bomb():
    text = "Bombs have gone off in the town since Turkish troops captured it. On Tuesday a car bomb killed six people."
    assert TURKEY not in {report.actor1 for report in code(make(text))}


def test_since_a_day_names_who_does_it():
    (report,) = code(make("Since Sunday Turkish troops have shelled the village."))
    assert report.actor1 == TURKEY


def test_weapons_are_those_of_whom_they_belong_to():
    (report,) = code(make("Warplanes of the Syrian army bombed the camps on Tuesday."))
    assert (report.actor1, report.actor2) == (SYRIA, None)


@pytest.mark.parametrize("said", ["said they had", "announced that it had", "claimed to have"])
def test_a_group_that_tells_its_own_deed_claims_it(said):
    (report,) = code(make(f"The Syrian Democratic Forces {said} seized the air base on Saturday."))
    assert (report.actor1, report.status) == (SDF, Status.CLAIMED)


def test_what_a_ministry_claims_is_claimed():
    (report,) = code(make("The ministry claimed on Monday that 13 militants were killed in an air strike."))
    assert report.status is Status.CLAIMED


@pytest.mark.parametrize(
    ("text", "doer", "other"),
    [
        ("The Syrian Democratic Forces attacked Islamic State on Tuesday.", SDF, ISIS),
        ("The Syrian National Army repelled an attack by the Syrian Democratic Forces.", SDF, SNA),
    ],
)
def test_two_armed_groups_at_odds_clash(text, doer, other):
    (report,) = code(make(text))
    assert (report.sub_event_type, report.actor1, report.actor2) == ("Armed clash", doer, other)


def test_talks_between_two_sides_are_a_meeting():
    (report,) = code(make("Talks between the army and the rebels resumed on Monday."))
    assert report.sub_event_type == "Meeting or visit"


@pytest.mark.parametrize("written", ["Kurdistan Workers' Party", "Kurdistan Workers’ Party", "Kurdistan Workers Party"])
def test_a_name_with_a_sign_before_a_space_is_found(written):
    assert [mention.actor for mention in find(f"Jets bombed the {written} on Tuesday.")] == [PKK]


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Six Turkish soldiers were killed on Saturday when PKK fighters tried to get into a base.", "Armed clash"),
        ("Gunmen of the Islamic State killed six villagers in the town on Saturday.", "Attack"),
        # Who the gunmen were is not told, so nothing says that it was no murder.
        ("Gunmen shot dead a policeman in the town on Saturday.", "Attack"),
    ],
)
def test_soldiers_killed_by_a_named_group_fell_in_a_clash(annotate, text, sub):
    assert [r.sub_event_type for r in code(annotate(text))] == [sub]
