"""The whole chain against events coded by hand: floors that only rise, a little under what is measured.

``python -m benchmarks.reading --errors`` tells every difference.
"""

from datetime import date
from pathlib import Path

import pytest

from benchmarks import reading
from benchmarks.gold import Gold, agreement, compare, is_dot
from geo.model import Event, EventType, GeoPrecision, Place, PlaceKind, Report, Status, TimePrecision

FLOORS = {
    "recall, events of the day": 0.8,
    "precision, events of the day": 0.735,
    "sub-event type": 0.795,
    "event type": 0.9,
    "day exact": 0.785,
    "day overlaps": 0.9,
    "place within 25 km": 0.855,
    "actors": 0.665,
    "status": 0.855,
    "deaths": 0.685,
}
MOST_FALSE_DOTS = 0.14
"""Per article."""
GIVEN_PAGES = Path(__file__).parents[2] / "shared" / "articles"
DAY = date(2022, 11, 21)


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    return reading.figures(reading.compare_sample())


@pytest.mark.parametrize("measure", FLOORS)
def test_sample_corpus_is_read_no_worse(figures: dict[str, float], measure: str):
    assert figures[measure] >= FLOORS[measure]


def test_sample_corpus_draws_no_more_false_dots(figures: dict[str, float]):
    assert figures["false dots per article"] <= MOST_FALSE_DOTS


def test_given_pages_are_read_no_worse():
    if not GIVEN_PAGES.is_dir():
        pytest.skip(f"put the five given pages into {GIVEN_PAGES}, or run python -m benchmarks.reading --given FOLDER")
    figures = reading.figures(reading.compare_given(GIVEN_PAGES))
    assert figures["articles"] == 7
    assert figures["recall, events of the day"] >= 0.85
    assert figures["precision, events of the day"] >= 0.55
    assert figures["false dots per article"] <= 0.75


# ------------------------------------------------------------------------------------------ the scorer itself


def gold(**changes: object) -> Gold:
    row = {
        "sub_event_type": "Suicide bomb",
        "days": [DAY, DAY],
        "place": "Manbij",
        "lon": 37.955,
        "lat": 36.528,
        "within_km": 5,
        "actor1": "Islamic State (ISIS)",
        "actor2": None,
        "status": "reported",
        "fatalities": None,
    }
    return Gold.from_row({**row, **changes})


def event(
    sub: str = "Suicide bomb",
    *,
    day: date | None = DAY,
    place: tuple[float, float] | None = (37.955, 36.528),
    status: Status = Status.REPORTED,
) -> Event:
    where = Place("test:place", "there", *place, PlaceKind.TOWN, 3.0) if place else None
    report = Report(
        id=f"{sub} {day} {place}",
        article_id="a",
        start=0,
        end=1,
        quote="x",
        event_type=EventType.EXPLOSIONS,
        sub_event_type=sub,
        trigger=None,
        status=status,
        asserted_by=None,
        day_start=day,
        day_end=day,
        time_precision=TimePrecision.DAY if day else None,
        time_span=None,
        place=where,
        place_span=None,
        geo_precision=GeoPrecision.PLACE if where else None,
        actor1="Islamic State (ISIS)",
        actor1_type=None,
        actor2=None,
        actor2_type=None,
    )
    return Event(report.id, (report,))


def test_the_same_event_is_matched_and_no_dot_is_false():
    compared = compare("a", [gold()], [event()])
    assert len(compared.pairs) == 1
    assert compared.false_dots() == []


def test_a_second_telling_is_a_doubling():
    compared = compare("a", [gold()], [event(), event("Remote explosive/landmine/IED")])
    assert [report.sub_event_type for report in compared.doubled] == ["Remote explosive/landmine/IED"]
    assert [reason for reason, _ in compared.false_dots()] == ["told twice"]


def test_an_event_that_nobody_told_is_a_false_dot():
    compared = compare("a", [], [event()])
    assert [reason for reason, _ in compared.false_dots()] == ["no such event"]


@pytest.mark.parametrize(
    ("reason", "expected", "coded"),
    [
        ("wrong place", gold(), event(place=(38.354, 36.891))),
        ("wrong place", gold(place=None, lon=None, lat=None), event()),
        ("wrong day", gold(), event(day=date(2022, 11, 1))),
        ("wrong day", gold(days=None), event()),
        ("is denied", gold(status="denied"), event()),
    ],
)
def test_a_dot_that_misleads_is_counted_with_its_reason(reason: str, expected: Gold, coded: Event):
    assert [why for why, _ in compare("a", [expected], [coded]).false_dots()] == [reason]


@pytest.mark.parametrize("coded", [event(day=None), event(place=None), event(status=Status.BACKGROUND)])
def test_what_is_not_drawn_is_no_dot(coded: Event):
    assert not is_dot(coded.best)


def test_a_deed_and_a_statement_are_never_one_event():
    assert agreement(gold(sub_event_type="Statement"), event().best) == 0.0


def test_a_day_known_from_elsewhere_is_not_wrong():
    (pair,) = compare("a", [gold(days=None, known_days=[DAY, DAY])], [event()]).pairs
    assert compare("a", [pair[0]], [event()]).false_dots() == []
