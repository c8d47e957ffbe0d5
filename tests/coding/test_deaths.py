"""How many died, in sentences of our own."""

import pytest

from geo.coding import code


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (5, None, "Gunmen killed at least five villagers."),
        (12, 12, "Gunmen killed 12 villagers and wounded 30."),
        (12, None, "The shelling left dozens dead in the town."),
        (None, 30, "Up to 30 people were killed when gunmen attacked the village."),
        (0, 0, "Artillery shelled the town but there were no casualties."),
        (22, 22, "Twenty-two people were killed by a car bomb."),
        (1, 1, "A farmer was killed by a roadside bomb."),
        (None, None, "A roadside bomb wounded seven people."),
        (2, 2, "The blast of a car bomb left five people wounded and two dead."),
        (1200, 1200, "The death toll of the shelling rose to 1,200."),
    ],
)
def test_deaths(annotate, low, high, text):
    report = code(annotate(text))[0]
    assert (report.fatalities_low, report.fatalities_high) == (low, high)
    assert report.fatalities_text is None or report.fatalities_text in text
