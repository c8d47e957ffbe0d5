"""Graphic sentences are folded until they are clicked; others stand as they are."""

from dataclasses import replace

import pytest

from geo.model import Event
from geo.ui.event_card import event_card
from geo.ui.graphic import LABEL, is_graphic
from tests import store_world as world


@pytest.mark.parametrize(
    ("text", "graphic"),
    [
        ("Three prisoners were Beheaded near the town.", True),
        ("A mass grave was found.", True),
        ("Two people were killed.", False),
        ("The executive council met.", False),
    ],
)
def test_whole_words_of_the_list_count(text, graphic):
    assert is_graphic(text) is graphic


@pytest.mark.parametrize("words", ["tortured", "walked"])
def test_a_card_folds_what_is_graphic(words):
    text = f"Prisoners were {words} on day 0 <b>."
    article = world.article(0, text=text)
    report = replace(world.report(0), quote=text, end=len(text), trigger=None, time_span=None, place_span=None)
    card = event_card(Event("e", (report,)), {article.id: article}, {}, dark=False)
    assert (LABEL in card) is (words == "tortured")
    assert "&lt;b&gt;" in card
