"""How many were hurt, in sentences of our own."""

import pytest

from geo.coding import code
from geo.coding.injuries import injuries
from tests.coding.conftest import make


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (30, 30, "Gunmen killed 12 villagers and wounded 30."),
        (9, None, "The blast killed two and wounded at least nine people."),
        (7, 7, "A roadside bomb wounded seven people."),
        (20, 20, "Fifteen people were killed and 20 wounded when a bomb went off."),
        (20, 20, "Fifteen people died and 20 others were seriously injured."),
        (5, 5, "The blast of a car bomb left five people wounded and two dead."),
        (1, 1, "Shells hit the village, wounding a farmer."),
        (1, 1, "A farmer was injured by a mine."),
        (12, None, "The shelling left dozens injured in the town."),
        (None, 40, "Up to 40 people were hurt when the market was shelled."),
        (0, 0, "Rockets hit the field but nobody was hurt."),
        (0, 0, "Artillery shelled the town but there were no casualties."),
        (None, None, "Gunmen killed 12 villagers."),
        (None, None, "Twelve people were killed and many houses burnt."),
        (None, None, "He was killed on Monday; the wounded were taken to a hospital."),
    ],
)
def test_injured(low, high, text):
    found = injuries(text, 0, len(text))
    assert (found.low, found.high) == (low, high) if found else (low, high) == (None, None)


def test_the_injured_stand_beside_the_dead_with_their_words():
    report = code(make("Gunmen killed 12 villagers and wounded 30 of them."))[0]
    assert (report.fatalities_low, report.injured_low, report.injured_high) == (12, 30, 30)
    assert report.injured_text == "wounded 30"


def test_the_next_sentence_tells_the_injured():
    report = code(make("A bomb killed two people. Ten others were injured."))[0]
    assert (report.fatalities_low, report.injured_low) == (2, 10)


def test_a_sentence_with_a_deed_of_its_own_keeps_its_injured():
    reports = code(make("A bomb killed two people. Gunmen shot dead a farmer and wounded ten people."))
    assert {r.quote[:5]: r.injured_low for r in reports}["A bom"] is None
