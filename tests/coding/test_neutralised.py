"""What armies say of people, and sappers of bombs, with the same word."""

import pytest

from geo.coding import code
from geo.model import Status

PEOPLE = [
    ("Turkish soldiers neutralised four terrorists in the town on Sunday.", "Armed clash"),
    ("The ministry said that 26 militants had been neutralized in the town.", "Armed clash"),
    ("Turkish drones neutralized three PKK members in the town on Monday.", "Air/drone strike"),
    ("Thirteen militants were neutralised in an air strike on the town.", "Air/drone strike"),
]
THINGS = [
    "Engineers neutralized a bomb in the town on Sunday.",
    "A bomb was neutralised in the town on Sunday.",
    "Police neutralised a car bomb that militants had left in the town.",
]


@pytest.mark.parametrize(("text", "sub"), PEOPLE)
def test_people_who_are_neutralised_are_met_by_force(annotate, text, sub):
    (report,) = code(annotate(text))
    assert report.sub_event_type == sub


@pytest.mark.parametrize("text", THINGS)
def test_a_bomb_that_is_neutralised_is_a_weapon_disrupted(annotate, text):
    (report,) = code(annotate(text))
    assert report.sub_event_type == "Disrupted weapons use"


def test_the_neutralised_are_not_counted_as_dead(annotate):
    # Killed, hurt, caught or given up: the word does not tell, so no figure of deaths is made of it.
    (report,) = code(annotate("Turkish soldiers neutralised four terrorists in the town on Sunday."))
    assert (report.fatalities_low, report.fatalities_high) == (None, None)


def test_those_neutralised_since_long_ago_are_a_tally(annotate):
    (report,) = code(
        annotate('The ministry said that 26 militants had been "neutralized" since the start of the raid.')
    )
    assert report.status is Status.AGGREGATE
