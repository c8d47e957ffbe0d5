"""One deed told in several sentences is one event; two deeds stay two."""

from datetime import date

import pytest

from geo.coding import code
from geo.merge import merge
from geo.model import EVENTS_OF_THE_DAY

MONDAY, TUESDAY = date(2019, 11, 11), date(2019, 11, 12)
BOMB = "A suicide bomber blew himself up in Manbij on Monday. "


@pytest.mark.parametrize(
    "more",
    [
        "At least 15 people were killed and some 20 wounded, a medic said.",
        "The blast killed two children.",
        "Three soldiers were among the dead.",
    ],
)
def test_a_sentence_on_the_dead_is_no_second_event(annotate, town, more):
    made = annotate(BOMB + more, places={"Manbij": town("Manbij")}, days={"Monday": MONDAY}, published=TUESDAY)
    events = [event for event in merge(code(made), sources={}) if event.best.status in EVENTS_OF_THE_DAY]
    assert [event.best.sub_event_type for event in events] == ["Suicide bomb"]


def test_the_first_telling_takes_the_dead_of_the_second(annotate, town):
    text = BOMB + "At least 15 people were killed, a medic said."
    (first, *_) = code(annotate(text, places={"Manbij": town("Manbij")}, days={"Monday": MONDAY}))
    assert first.fatalities_low == 15
    assert first.fatalities_text in text


@pytest.mark.parametrize(
    "more",
    [
        "Gunmen killed three farmers near Kobani.",
        "On Tuesday gunmen killed three farmers.",
        "Elsewhere gunmen killed three farmers.",
    ],
)
def test_another_place_or_day_is_another_event(annotate, town, more):
    places = {"Manbij": town("Manbij")}
    if "Kobani" in more:
        places["Kobani"] = town("Kobani", lon=38.35, lat=36.89)
    days = {"Monday": MONDAY} | ({"Tuesday": TUESDAY} if "Tuesday" in more else {})
    events = merge(code(annotate(BOMB + more, places=places, days=days, published=TUESDAY)), sources={})
    assert {event.best.sub_event_type for event in events} == {"Suicide bomb", "Attack"}


def test_the_same_weapons_again_are_the_same_deed(annotate, town):
    text = (
        "Militants fired five rockets at Karkamis on Monday. The rockets hit a school near the crossing to Jarabulus."
    )
    places = {"Karkamis": town("Karkamis"), "Jarabulus": town("Jarabulus", lon=38.01, lat=36.52)}
    made = annotate(text, places=places, days={"Monday": MONDAY}, published=TUESDAY)
    (event,) = merge(code(made), sources={})
    assert event.best.place.name == "Karkamis"
    assert len(event.reports) == 2
