"""Which army "the army" is."""

import pytest

from geo.coding import code


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The army shelled Tal Rawan and killed nine people.", "Military Forces of Syria"),
        ("Nine people were killed by the military in Tal Rawan.", "Military Forces of Syria"),
        ("Soldiers shelled Tal Rawan and killed nine people.", "Soldiers"),
        ("Turkish officials said the army shelled Tal Rawan and killed nine people.", "Army"),
        ("The Turkish army came. The army shelled Tal Rawan and killed nine people.", "Military Forces of Turkey"),
    ],
)
def test_the_army_is_that_of_the_country_unless_another_state_is_named(annotate, town, text, actor):
    assert code(annotate(text, places={"Tal Rawan": town("Tal Rawan")}))[0].actor1 == actor


def test_the_army_of_nowhere_keeps_its_bare_name(annotate):
    assert code(annotate("The army shelled a village and killed nine people."))[0].actor1 == "Army"
