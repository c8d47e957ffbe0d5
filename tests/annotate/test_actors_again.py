"""Groups told again by a bare word: "the rebels" after "Houthi rebels"."""

import pytest

from geo.annotate import actors


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Houthi rebels came. The rebels left.", "Houthi Movement"),
        ("The Sudanese army came. The army left.", "Military Forces of Sudan"),
        ("Nigerian security forces came. The security forces left.", "Police Forces of Nigeria"),
        ("The Syrian National Army came. The factions left.", "Syrian National Army"),
        ("Turkish troops met Russian troops. The troops left.", "Troops"),
        ("Turkish troops came. Two troops left.", "Troops"),
        ("The troops came. Turkish troops left. Rebels fled.", "Rebels"),
        ("The rebels left. Houthi rebels came.", "Houthi Movement"),
    ],
)
def test_a_bare_word_after_the_is_the_one_group_called_so(text, last):
    assert actors.find(text)[-1].actor == last


def test_nothing_is_read_backwards():
    assert actors.find("The rebels left. Houthi rebels came.")[0].actor == "Rebels"


@pytest.mark.parametrize(
    "text", ["The factions met.", "Several factions met.", "Houthi rebels came. The factions met."]
)
def test_factions_alone_are_nobody(text):
    assert "Factions" not in [mention.actor for mention in actors.find(text)]
