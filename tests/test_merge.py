"""Which reports are one event, and which stay apart."""

from dataclasses import replace
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.merge import merge
from geo.model import (
    EVENT_TYPE_OF,
    ActorType,
    GeoPrecision,
    Place,
    PlaceKind,
    Report,
    Status,
    TimePrecision,
)

DAY = date(2019, 10, 17)
TOWN = Place("t:1", "Tal Rawan", 38.0, 36.5, PlaceKind.TOWN, 3.0, country="SYR")
NEAR = Place("t:2", "Tal Rawan farms", 38.03, 36.5, PlaceKind.VILLAGE, 2.0, country="SYR")
FAR = Place("t:3", "Deir Sawan", 39.0, 36.5, PlaceKind.TOWN, 3.0, country="SYR")
COUNTRY = Place("c:1", "Syria", 38.5, 35.0, PlaceKind.COUNTRY, 300.0, country="SYR")


def report(number: int = 1, **changes) -> Report:
    base = Report(
        id=f"r{number:03}",
        article_id=f"a{number}",
        start=0,
        end=20,
        quote=f"Telling number {number} in words of its own, case {number * 7}.",
        event_type=EVENT_TYPE_OF["Air/drone strike"],
        sub_event_type="Air/drone strike",
        trigger=(0, 5),
        status=Status.REPORTED,
        asserted_by=None,
        day_start=DAY,
        day_end=DAY,
        time_precision=TimePrecision.DAY,
        time_span=None,
        place=TOWN,
        place_span=None,
        geo_precision=GeoPrecision.PLACE,
        actor1="Military Forces of Turkey (2016-)",
        actor1_type=ActorType.EXTERNAL_FORCES,
        actor2="Syrian Democratic Forces",
        actor2_type=ActorType.POLITICAL_MILITIA,
        confidence=0.6,
    )
    if "sub_event_type" in changes:
        changes.setdefault("event_type", EVENT_TYPE_OF[changes["sub_event_type"]])
    return replace(base, **changes)


def count(*reports: Report) -> int:
    return len(merge(reports, sources={}))


def test_the_same_event_of_two_articles_is_one_with_both_reports():
    (event,) = merge([report(1), report(2)], sources={"a1": "One", "a2": "Two"})
    assert [r.id for r in event.reports] == ["r001", "r002"]
    assert event.independent_sources == 2
    for word in ("Air/drone strike", "Tal Rawan", "2019-10-17", "Military Forces of Turkey"):
        assert word in event.merge_reason


SAME = {
    "a near place": {"place": NEAR},
    "an overlapping span": {"day_start": DAY - timedelta(2), "day_end": DAY + timedelta(2)},
    "an actor not named": {"actor1": None, "actor1_type": None},
    "an actor without a name": {"actor1": "Warplanes"},
    "claimed and reported": {"status": Status.CLAIMED},
    "other deaths": {"fatalities_low": 4, "fatalities_high": 9},
}
APART = {
    "another actor": {"actor1": "Military Forces of Russia (2000-)"},
    "another victim": {"actor2": "Islamic State (ISIS)"},
    "the sides swapped": {"actor1": "Syrian Democratic Forces", "actor2": "Military Forces of Turkey (2016-)"},
    "another type": {"sub_event_type": "Arrests"},
    "another sub-type of the same type": {"sub_event_type": "Shelling/artillery/missile attack"},
    "a far place": {"place": FAR},
    "the country only": {"place": COUNTRY, "geo_precision": GeoPrecision.REGION},
    "another day": {"day_start": DAY + timedelta(1), "day_end": DAY + timedelta(1)},
    "a long span": {"day_start": DAY - timedelta(40), "day_end": DAY + timedelta(40)},
    "a plan": {"status": Status.PLANNED},
    "a denial": {"status": Status.DENIED},
    "no place": {"place": None, "geo_precision": None},
    "no day": {"day_start": None, "day_end": None, "time_precision": None},
}


@pytest.mark.parametrize("case", SAME)
def test_one_event(case):
    assert count(report(1), report(2, **SAME[case])) == 1


@pytest.mark.parametrize("case", APART)
def test_two_events(case):
    assert count(report(1), report(2, **APART[case])) == 2


def test_sides_may_be_swapped_in_a_battle():
    one = report(1, sub_event_type="Armed clash")
    assert count(one, report(2, sub_event_type="Armed clash", actor1=one.actor2, actor2=one.actor1)) == 1


def test_kinds_of_one_family_are_one_event():
    assert (
        count(report(1, sub_event_type="Suicide bomb"), report(2, sub_event_type="Remote explosive/landmine/IED")) == 1
    )


def test_identical_text_merges_without_place_or_day():
    bare = {
        "place": None,
        "geo_precision": None,
        "day_start": None,
        "day_end": None,
        "time_precision": None,
        "quote": "The same words.",
    }
    (event,) = merge([report(1, **bare), report(2, **bare)], sources={"a1": "One", "a2": "Two"})
    assert event.independent_sources == 1


def test_one_article_may_leave_place_and_day_to_the_next_sentence():
    bare = {
        "place": None,
        "geo_precision": None,
        "day_start": None,
        "day_end": None,
        "time_precision": None,
        "article_id": "a1",
    }
    assert count(report(1), report(2, start=120, end=150, **bare)) == 1
    assert count(report(1), report(2, start=9000, end=9050, **bare)) == 2


def test_an_unknown_actor_cannot_bridge_two_known_ones():
    turkish, unknown, russian = report(1), report(2, actor1=None), report(3, actor1="Military Forces of Russia (2000-)")
    events = merge([turkish, unknown, russian], sources={})
    assert len(events) == 2
    for event in events:
        assert len({r.actor1 for r in event.reports if r.actor1}) == 1


def test_different_aggregates_stay_apart():
    many = {"status": Status.AGGREGATE}
    assert count(report(1, count=344, **many), report(2, count=344, **many)) == 1
    assert count(report(1, count=344, **many), report(2, count=120, **many)) == 2


def test_the_report_that_tells_most_stands_for_the_event():
    vague = report(
        1, time_precision=TimePrecision.WEEK, day_start=DAY - timedelta(3), day_end=DAY + timedelta(3), confidence=0.9
    )
    (event,) = merge([vague, report(2)], sources={})
    assert event.best.id == "r002"


def test_a_report_given_twice_counts_once():
    (event,) = merge([report(1), report(1)], sources={})
    assert len(event.reports) == 1
    assert event.independent_sources == 1
    assert event.merge_reason == "one report"


REPORTS = st.lists(
    st.builds(
        lambda number, sub, place, shift, actor, article: report(
            number,
            sub_event_type=sub,
            place=place,
            day_start=None if shift is None else DAY + timedelta(shift),
            day_end=None if shift is None else DAY + timedelta(shift),
            actor1=actor,
            article_id=f"a{article}",
        ),
        st.integers(0, 40),
        st.sampled_from(["Air/drone strike", "Suicide bomb", "Remote explosive/landmine/IED", "Armed clash"]),
        st.sampled_from([TOWN, NEAR, FAR, COUNTRY, None]),
        st.sampled_from([0, 0, 1, None]),
        st.sampled_from(["Military Forces of Turkey (2016-)", "Islamic State (ISIS)", "Gunmen", None]),
        st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda r: r.id,
)


@given(REPORTS, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_order_does_not_matter_and_merging_again_changes_nothing(reports, random):
    events = merge(reports, sources={})
    shuffled = list(reports)
    random.shuffle(shuffled)
    assert merge(shuffled, sources={}) == events
    assert merge([r for e in events for r in e.reports], sources={}) == events
    assert sorted(r.id for e in events for r in e.reports) == sorted(r.id for r in reports)


def test_an_article_of_thousands_of_undated_reports_is_merged_in_time_that_grows_with_it():
    many = [
        report(n, article_id="a", start=n * 500, end=n * 500 + 20, day_start=None, day_end=None, time_precision=None)
        for n in range(6_000)
    ]
    begun = process_time()
    assert count(*many) == len(many)
    # Every one against every other would take half a minute and more.
    assert process_time() - begun < 8
