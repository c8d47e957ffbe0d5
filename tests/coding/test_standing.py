"""How an event stands, how many died of it, and what other sentences may lend it."""

from datetime import date

import pytest

from geo.coding import code
from geo.merge import merge
from geo.model import Status

MONDAY, TUESDAY = date(2022, 11, 28), date(2022, 11, 29)


@pytest.mark.parametrize(
    "text",
    [
        "Under the deal the militias in the town are to leave, and the army is to enter.",
        "Joint patrols ten miles deep will then start along the road.",
    ],
)
def test_a_word_of_intent_after_the_deed_plans_it_too(annotate, text):
    assert code(annotate(text))[0].status is Status.PLANNED


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status.REPORTED, "Turkish jets struck two sites near the river, the Turkish defence ministry said."),
        (Status.CLAIMED, "Turkish troops killed 40 militants, the Turkish defence ministry said."),
        (Status.REPORTED, "The YPG said an air strike killed three YPG fighters."),
        (Status.CLAIMED, "Al-Shabaab said its fighters killed four soldiers in an ambush."),
    ],
)
def test_who_tells_his_own_deed_claims_its_dead(annotate, status, text):
    assert code(annotate(text))[0].status is status


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (33, None, "A car bomb killed at least 27 traders and six police officers."),
        (14, 14, "Eleven villagers and three soldiers were killed in the shelling."),
        (2, 2, "The shelling killed two people and wounded nine."),
        (0, 0, "A drone struck the airport, but nobody was hurt."),
        (0, 0, "Rockets hit the base and the army reported no losses."),
        (None, None, "Shells hit a house and a man of 60 lost a leg."),
    ],
)
def test_deaths_are_added_and_ages_are_not_deaths(annotate, low, high, text):
    report = code(annotate(text))[0]
    assert (report.fatalities_low, report.fatalities_high) == (low, high)


def test_a_street_named_after_a_town_is_not_the_town(annotate, town):
    places = {"Rasho": town("Rasho", lon=36.7), "Afrin": town("Afrin", lon=36.87)}
    report = code(annotate("A bomb exploded on Rasho Street in Afrin.", places=places))[0]
    assert report.place.name == "Afrin"


def test_the_river_a_village_lies_on_is_not_the_place(annotate, town):
    text = "The fighters were shelled for weeks. The village lies on the Khabour near the hills."
    river = town("Khabour", kind="river", radius_km=60)
    assert code(annotate(text, places={"Khabour": river}))[0].place is None


def test_the_deed_that_is_answered_is_not_the_main_event(annotate, town):
    text = "Turkish warplanes bombed hills late on Monday, a week after the bombing in Izmir which killed six people."
    report = code(annotate(text, places={"Izmir": town("Izmir", country="TUR")}, days={"Monday": MONDAY}))[0]
    assert report.sub_event_type == "Air/drone strike"


def test_a_vague_day_next_door_does_not_replace_the_day_of_telling(annotate):
    text = "The rebels said on Tuesday that a ceasefire had begun. The deal was reached on Monday."
    told = code(annotate(text, days={"Tuesday": TUESDAY, "Monday": MONDAY}))[0]
    assert told.day_start == MONDAY


def test_who_launched_the_drone_tells_the_same_strike_again(annotate, town):
    text = "A drone hit the outpost near Rukban on Monday. Officials think that fighters launched the drone."
    reports = code(annotate(text, places={"Rukban": town("Rukban")}, days={"Monday": MONDAY}))
    assert {(r.sub_event_type, r.day_start) for r in reports} == {("Air/drone strike", MONDAY)}


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status.DENIED, "The deployment of troops is not an occupation, he said."),
        (Status.PLANNED, "Border guards were instructed to arrest smugglers and militants."),
    ],
)
def test_what_is_only_named_is_not_done(annotate, status, text):
    assert {r.status for r in code(annotate(text))} <= {status}


def test_one_speaker_who_says_it_again_is_one_event(annotate):
    text = (
        "Iraq condemned the raids. The fields were quiet. Prices rose in the shops. The schools stayed open. "
        "Iraq condemned the raids once more in the evening."
    )
    reports = [r for r in code(annotate(text)) if r.sub_event_type == "Statement"]
    assert len(merge(reports, sources={})) == 1
