"""What looks like an event of the day and is none: plans, denials, counts of many, history, talk."""

from dataclasses import replace
from datetime import date

import pytest

from geo.coding import code
from geo.model import EventType, Status, TimePrecision
from tests.coding.conftest import make

DAY = date(2022, 12, 2)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status.PLANNED, "The president vowed to launch a new ground offensive against the fighters."),
        (Status.PLANNED, "Turkish forces could launch an invasion of the region."),
        (Status.DENIED, "The Kurdish groups have denied involvement in the bombing."),
        (Status.DENIED, "The army did not shell the town, an officer said."),
        (Status.AGGREGATE, "Turkish and Russian forces had carried out 344 patrols."),
        (Status.AGGREGATE, "ISIS has claimed 153 attacks in six months."),
        (Status.BACKGROUND, "Thousands marked the anniversary of the massacre of villagers by gunmen."),
        (Status.CLAIMED, "ISIS claimed to have killed six members of the SDF."),
        (Status.ONGOING, "The army has launched a barrage of airstrikes on the hills."),
        (Status.REPORTED, "Gunmen shot dead three farmers."),
    ],
)
def test_status(annotate, status, text):
    assert code(annotate(text))[0].status is status


def test_aggregate_is_one_report_with_its_count(annotate):
    (report,) = code(annotate("Turkish and Russian forces had carried out 344 patrols."))
    assert report.count == 344
    assert {report.actor1, report.actor2} == {"Military Forces of Turkey", "Military Forces of Russia"}


def test_history_told_to_explain_is_background(annotate):
    text = "Turkish forces shelled the town on that day."
    old = code(annotate(text, days={"that day": date(2019, 10, 9)}, published=DAY))[0]
    assert old.status is Status.BACKGROUND


def test_a_day_to_come_is_planned(annotate):
    text = "Turkish forces deployed troops on that day."
    ahead = code(annotate(text, days={"that day": date(2023, 3, 1)}, published=DAY))[0]
    assert ahead.status is Status.PLANNED


def test_a_deed_that_only_explains_another_is_background(annotate, town):
    text = "The minister called the raids an answer to a rocket attack near Kirkuk on Friday."
    reports = code(annotate(text, places={"Kirkuk": town("Kirkuk")}, days={"Friday": DAY}, published=DAY))
    assert {r.status for r in reports if r.event_type is EventType.EXPLOSIONS} == {Status.BACKGROUND}


def test_many_dead_over_a_month_are_an_aggregate(town):
    text = "Six villagers were killed in the camp in November."
    made = make(text, days={"November": date(2022, 11, 1)}, published=DAY)
    month = replace(made.dates[0], day_end=date(2022, 11, 30), precision=TimePrecision.MONTH)
    (report,) = code(replace(made, dates=(month,)))
    assert report.status is Status.AGGREGATE


def test_a_vowed_offensive_is_a_threat_still_to_come(annotate):
    report = code(annotate("The president vowed to launch a new ground offensive against the fighters."))[0]
    assert (report.sub_event_type, report.status) == ("Threat or ultimatum", Status.PLANNED)


def test_an_earlier_deed_in_an_aside_is_background(annotate, town):
    text = (
        "Turkish warplanes bombed Kobani late on Friday, a week after the bombing in Istanbul which killed six people."
    )
    places = {"Kobani": town("Kobani"), "Istanbul": town("Istanbul", country="TUR")}
    reports = code(annotate(text, places=places, days={"Friday": DAY}, published=DAY))
    assert [r.sub_event_type for r in reports if r.status is Status.REPORTED] == ["Air/drone strike"]


def test_talk_of_an_operation_borrows_no_day_for_a_dot(annotate, town):
    text = (
        "Iraq is eager to guard its border with Damascus after Islamic State fighters got away during an operation. "
        "The minister arrived on Friday."
    )
    places = {"Damascus": town("Damascus")}
    reports = code(annotate(text, places=places, days={"Friday": DAY}, published=DAY))
    assert not [r for r in reports if r.event_type is EventType.BATTLES and r.status is Status.REPORTED]


@pytest.mark.parametrize("text", ["Nine people were killed in a bus crash.", "Floods killed a hundred people."])
def test_an_accident_is_no_attack(annotate, text):
    assert not [r for r in code(annotate(text)) if r.sub_event_type == "Attack"]


def test_a_month_is_no_march(annotate):
    assert code(annotate("The road is closed through March.")) == ()


@pytest.mark.parametrize("habit", ["often", "regularly", "repeatedly"])
def test_what_somebody_often_does_is_no_deed_of_a_day(annotate, town, habit):
    text = f"Turkish soldiers {habit} shelled Tal Rawan."
    report = code(annotate(text, places={"Tal Rawan": town("Tal Rawan")}))[0]
    assert report.status is Status.AGGREGATE
