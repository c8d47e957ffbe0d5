"""Nouns survive the way to JSON and back."""

import json
from datetime import date

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.model import (
    ActorType,
    Article,
    Candidate,
    EventType,
    GeoPrecision,
    Place,
    PlaceKind,
    Report,
    Status,
    TimePrecision,
)
from geo.store import codec

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MAYBE_TEXT = st.none() | TEXT
DAYS = st.dates()
MAYBE_DAY = st.none() | DAYS
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SPAN = st.tuples(st.integers(0, 99), st.integers(0, 99))
SHAPES = st.sampled_from(
    [None, shapely.Point(39, 36.5), shapely.box(38, 36, 40, 37), shapely.LineString([(37.05, 36.6), (38.0, 36.85)])]
)
PLACES = st.builds(
    Place, id=TEXT, name=TEXT, lon=FLOATS, lat=FLOATS, kind=st.sampled_from(PlaceKind), radius_km=FLOATS,
    country=MAYBE_TEXT,
    admin1=MAYBE_TEXT, population=st.integers(0, 10**8), geometry=SHAPES, note=MAYBE_TEXT,
)  # fmt: skip
REPORTS = st.builds(
    Report, id=TEXT, article_id=TEXT, start=st.integers(0), end=st.integers(0), quote=TEXT,
    event_type=st.sampled_from(EventType), sub_event_type=TEXT, trigger=st.none() | SPAN,
    status=st.sampled_from(Status),
    asserted_by=MAYBE_TEXT, day_start=MAYBE_DAY, day_end=MAYBE_DAY,
    time_precision=st.none() | st.sampled_from(TimePrecision), time_span=st.none() | SPAN,
    place=st.none() | PLACES, place_span=st.none() | SPAN,
    geo_precision=st.none() | st.sampled_from(GeoPrecision), actor1=MAYBE_TEXT,
    actor1_type=st.none() | st.sampled_from(ActorType),
    actor2=MAYBE_TEXT, actor2_type=st.none() | st.sampled_from(ActorType),
    actor_spans=st.lists(SPAN, max_size=2).map(tuple),
    fatalities_low=st.none() | st.integers(0, 10**6), fatalities_high=st.none() | st.integers(0, 10**6),
    fatalities_text=MAYBE_TEXT, count=st.none() | st.integers(0, 10**6), tags=st.lists(TEXT, max_size=2).map(tuple),
    confidence=st.floats(0, 1), why=TEXT,
    candidates=st.lists(st.builds(Candidate, place=PLACES, score=FLOATS, reason=TEXT), max_size=2).map(tuple),
)  # fmt: skip
ARTICLES = st.builds(
    Article, id=TEXT, text=TEXT, title=MAYBE_TEXT, published=MAYBE_DAY, published_basis=MAYBE_TEXT, source=MAYBE_TEXT,
    url=MAYBE_TEXT, language=MAYBE_TEXT, path=MAYBE_TEXT, line=st.none() | st.integers(1, 10**6),
    captions=st.lists(TEXT, max_size=2).map(tuple),
)  # fmt: skip
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(REPORTS)
@QUICK
def test_a_report_comes_back_as_it_went(report):
    wkb: codec.Shapes = {}
    data = json.loads(codec.canonical(codec.encode(report, wkb)))
    assert codec.report(data, {key: shapely.from_wkb(value) for key, value in wkb.items()}) == report


@given(ARTICLES)
@QUICK
def test_an_article_comes_back_as_it_went(article):
    assert codec.article(json.loads(codec.canonical(codec.encode(article, {})))) == article


def test_enumerations_come_back_as_enumerations():
    place = Place("gn:1", "Kobani", 38.35, 36.89, PlaceKind.TOWN, 5.0)
    back = codec.place(codec.encode(place, {}), {})
    assert back.kind is PlaceKind.TOWN
    assert back.geometry is None


def test_one_geometry_in_many_places_is_kept_once():
    province = shapely.box(38, 36, 40, 37)
    wkb: codec.Shapes = {}
    for name in ("Raqqa", "Raqqa province"):
        codec.encode(Place(name, name, 39, 36.5, PlaceKind.ADMIN1, 60.0, geometry=province), wkb)
    assert len(wkb) == 1


def test_a_field_of_another_version_is_left_and_a_missing_one_takes_its_default():
    article = codec.article({"id": "a", "text": "x", "published": "2019-10-09", "mood": "grim"})
    assert article == Article("a", "x", published=date(2019, 10, 9))


def test_a_number_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        codec.canonical(float("nan"))
