"""Events of different sources: found to be near each other, linked by a person, never merged."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import InputError
from geo.importers import keep
from geo.known import load
from geo.linking import OWN, attributions, candidates, link, linked_to, links, told_again, unlink
from geo.store import Store
from tests.importers.test_segments import batch, rows


def add(store, key, count=1, **columns):
    table = rows(count, **{"event_id": [f"{key}{n}" for n in range(count)], **columns})
    keep(store, [batch(table)], key=key, name=f"{key}.csv", kind="table", attribution=f"Source {key}")


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path) as opened:
        yield opened


def found(store, event_id="a0"):
    return [one.event_id for one in candidates(store, load(store).events, event_id)]


def test_an_event_of_another_source_at_the_same_place_and_day_is_found(store):
    add(store, "a")
    add(store, "b", lon=38.36, day_end=pd.Timestamp(2019, 10, 12))
    ((one, km, origin),) = candidates(store, load(store).events, "a0")
    assert (one, origin) == ("b0", "Source b")
    assert 0 < km < 1


@pytest.mark.parametrize(
    "other",
    [
        {"day_start": pd.Timestamp(2019, 10, 11), "day_end": pd.Timestamp(2019, 10, 11)},
        {"lon": 38.6},
        {"event_type": "Protests", "sub_event_type": None},
        {"actor1": "Another Party"},
        {"day_start": pd.Timestamp(2019, 9, 1), "day_end": pd.Timestamp(2019, 12, 1)},
        {"lon": np.nan, "lat": np.nan},
    ],
)
def test_what_differs_is_not(store, other):
    add(store, "a", actor1="Islamic State")
    add(store, "b", **other)
    assert found(store) == []


@pytest.mark.parametrize(
    "other",
    [
        {"lon": 38.6, "radius_km": 40.0},
        {"event_type": "Explosions/Remote violence", "sub_event_type": None},
        {"actor1": "IS"},
        {"actor1": "Islamic State (Iraq and Syria)"},
        {"actor1": None, "actor2": "Civilians"},
        {"day_start": pd.Timestamp(2019, 10, 7), "day_end": pd.Timestamp(2019, 10, 13)},
    ],
)
def test_what_may_be_the_same_is(store, other):
    add(store, "a", actor1="Islamic State")
    add(store, "b", **other)
    assert found(store) == ["b0"]


def test_two_rows_of_one_source_are_two_events(store):
    add(store, "a", 2, day_start=pd.Timestamp(2019, 10, 10), day_end=pd.Timestamp(2019, 10, 10))
    assert found(store) == []


def test_an_event_without_a_place_or_a_day_has_no_candidates(store):
    add(store, "a", lon=np.nan, lat=np.nan)
    add(store, "b")
    assert found(store) == []
    assert found(store, "nothing") == []


def test_a_link_is_kept_once_and_can_be_taken_back(store):
    add(store, "a")
    add(store, "b")
    assert link(store, "b0", "a0", who="Ada", why="same words")
    assert not link(store, "a0", "b0", who="Ben")
    (made,) = links(store)
    assert (made.one, made.other, made.who, made.why) == ("a0", "b0", "Ada", "same words")
    assert linked_to("b0", links(store)) == (made,)
    assert len(load(store).events) == 2
    assert unlink(store, "a0", "b0", who="Ben")
    assert not unlink(store, "a0", "b0", who="Ben")
    assert links(store) == ()
    assert link(store, "a0", "b0", who="Ada")
    assert store.verify() == []


@pytest.mark.parametrize(("other", "who"), [("a0", "Ada"), ("b0", " "), ("b0", "x" * 100)])
def test_a_link_that_cannot_be_is_refused(store, other, who):
    with pytest.raises(InputError):
        link(store, "a0", other, who=who)


def test_linked_events_are_counted_once(store):
    for one, other in (("a", "b"), ("b", "c"), ("a", "c"), ("d", "e")):
        link(store, one, other, who="Ada")
    assert told_again({"a", "b", "c", "d", "e"}, links(store)) == 3
    assert told_again({"a", "c"}, links(store)) == 1
    assert told_again({"a", "d"}, links(store)) == 0


def test_each_source_is_named_where_its_events_are_shown(store):
    add(store, "a")
    add(store, "b")
    events = load(store).events
    assert attributions(store, events) == ("Source a", "Source b")
    assert attributions(store, events[events["event_id"] == "b0"]) == ("Source b",)
    assert attributions(store, events.iloc[:0]) == ()
    assert OWN not in attributions(store, events)
