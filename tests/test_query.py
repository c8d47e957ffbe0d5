"""A query is one value: it selects, counts, travels in a link and says itself in words."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import query as q
from geo.errors import QueryError
from geo.frame import events_frame
from geo.model import EVENT_TYPE_OF, EVENTS_OF_THE_DAY, ActorType, EventType, Status, ZoneMembership
from geo.query import Query
from geo.query.text import fold
from tests import store_world as world

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
DAYS = st.dates(date(2016, 1, 1), date(2025, 1, 1))


@pytest.fixture(scope="module")
def frame():
    return events_frame(world.events(), world.articles())


def ids(frame):
    return sorted(frame["event_id"])


def at(*numbers):
    return [f"e{number:04}" for number in numbers]


# ------------------------------------------------------------------------------------------------------------ the value


def test_equal_questions_are_equal_keys():
    assert Query(event_types=["Battles", "Riots"]) == Query(event_types={EventType.RIOTS, EventType.BATTLES})
    assert hash(Query(actors={"a", "b"})) == hash(Query(actors=["b", "a"]))


def test_nothing_chosen_is_no_filter():
    assert Query(event_types=[], actors=(), text="  ", min_confidence=0, period=(None, None)) == Query()
    assert Query().statuses == EVENTS_OF_THE_DAY


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("event_types", ["Brawls"], "no event type 'Brawls'; there are Battles, "),
        ("event_types", "Battles", "must be a set of names"),
        ("sub_event_types", ["Brawl"], "no sub-event type 'Brawl'; the nearest are "),
        ("actors", [""], "not a name of 1 to 200"),
        ("statuses", ["rumoured"], "no status 'rumoured'; there are reported, "),
        ("period", (date(2020, 1, 2), date(2020, 1, 1)), "begins on 2020-01-02 and ends before"),
        ("period", ("2020-01-01", None), "must be a day"),
        ("min_confidence", 1.01, "must be from 0 to 1"),
        ("min_confidence", float("nan"), "must be from 0 to 1"),
        ("text", "x" * 201, "at most 200 characters"),
    ],
)
def test_a_value_that_is_not_allowed_is_named(field, value, told):
    with pytest.raises(QueryError, match=told):
        Query(**{field: value})


# --------------------------------------------------------------------------------------------------------------- select


def test_a_period_takes_spans_that_overlap_it_and_what_has_no_day(frame):
    query = Query(period=(date(2019, 10, 10), date(2019, 10, 11)))
    assert ids(q.select(frame, query)) == at(1, 2, 3, 6)


def test_certain_is_wholly_inside_the_period(frame):
    query = Query(period=(date(2019, 10, 10), date(2019, 10, 11)))
    chosen = q.select(frame, query)
    assert ids(chosen[q.certain(chosen, query)]) == at(1, 2)


def test_open_ends_of_a_period(frame):
    assert ids(q.select(frame, Query(period=(date(2019, 10, 14), None)))) == at(3, 5, 6)
    assert ids(q.select(frame, Query(period=(None, date(2019, 10, 9))))) == at(0, 3, 6)


def test_planned_events_are_shown_only_when_asked(frame):
    assert "e0007" not in ids(q.select(frame, Query()))
    assert ids(q.select(frame, Query(statuses={"planned"}))) == at(7)
    assert len(q.select(frame, Query(statuses=None))) == len(frame)


def test_types_actors_and_their_types(frame):
    assert ids(q.select(frame, Query(event_types={"Battles"}))) == at(1)
    assert ids(q.select(frame, Query(sub_event_types={"Armed clash"}))) == at(1)
    assert len(q.select(frame, Query(actors={"Syrian Democratic Forces"}))) == 7
    assert len(q.select(frame, Query(actors={"Military Forces of Turkey"}))) == 7
    assert ids(q.select(frame, Query(actors={"Islamic State"}))) == []
    assert len(q.select(frame, Query(actor_types={ActorType.REBEL_GROUP}))) == 7


def test_zones_certain_and_possible(frame):
    query = Query(zones={"peace_spring"})
    chosen = q.select(frame, query)
    assert ids(chosen) == at(0, 1, 3, 6)
    assert ids(chosen[q.certain(chosen, query)]) == at(0, 3, 6)
    assert ids(q.select(frame, Query(zones={"peace_spring"}, possible=False))) == at(0, 3, 6)


def test_confidence_at_the_threshold_is_kept():
    frame = events_frame([world.event(n, confidence=c) for n, c in enumerate((0.1, 0.3, 0.7))])
    assert ids(q.select(frame, Query(min_confidence=0.3))) == at(1, 2)


@pytest.mark.parametrize("text", ["kobani", "KOBANÎ day 0", "Military turkey kobani", "frontier 'part' 0"])
def test_text_search_wants_every_word_anywhere(frame, text):
    assert "e0000" in ids(q.select(frame, Query(text=text)))


def test_text_search_is_not_a_pattern(frame):
    for text in (".*", "%", "_", "' or 1=1", "(", "\\"):
        assert ids(q.select(frame, Query(text=text))) == []


def test_text_search_finds_sentences_whatever_the_spelling():
    quotes = ("Clashes near Ra's al-'Ayn.", "Shelling in Serêkaniyê and DIYARBAKIR", "قصف في كوباني")
    frame = events_frame([world.event(n, place=None, zones=(), quote=text) for n, text in enumerate(quotes)])
    for text, number in (("ras al-ayn", 0), ("serekaniye diyarbakır", 1), ("كوباني", 2), ("RA`S AL", 0)):
        assert ids(q.select(frame, Query(text=text))) == at(number)


@given(st.text(max_size=30))
@QUICK
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_map_and_tray_are_the_whole(frame):
    assert ids(q.on_map(frame)) == at(0, 1, 2, 3, 7)
    tray = q.tray(frame).set_index("event_id")["reason"].to_dict()
    assert tray == {"e0004": "only a country or wide region", "e0005": "no place", "e0006": "no day"}


def test_a_reason_names_both_lacks():
    frame = events_frame([world.event(0, place=None, zones=(), day_start=None, day_end=None)])
    assert q.tray(frame)["reason"].tolist() == ["no place; no day"]


def test_an_empty_frame_answers_everything():
    frame = events_frame([])
    query = Query(period=(date(2020, 1, 1), None), zones={"x"}, text="x", actors={"x"}, min_confidence=0.5)
    assert len(q.select(frame, query)) == len(q.tray(frame)) == len(q.on_map(frame)) == 0
    assert q.certain(frame, query).empty
    assert q.default_period(frame) is None
    assert all(found.empty for found in q.facets(frame, query).values())


def test_default_period_leaves_history_out():
    events = [
        world.event(0),
        world.event(5),
        world.event(1, status=Status.BACKGROUND, day_start=date(1920, 1, 1), day_end=date(1920, 1, 1)),
    ]
    assert q.default_period(events_frame(events)) == (date(2019, 10, 9), date(2019, 10, 14))
    assert q.default_period(events_frame(events[2:])) == (date(1920, 1, 1), date(1920, 1, 1))


# --------------------------------------------------------------------------------------------------------------- counts


def test_a_count_is_what_choosing_the_value_would_show(frame):
    query = Query(period=(date(2019, 10, 9), date(2019, 10, 20)), event_types={"Battles"})
    for field in q.FACETS:
        for value, n in q.counts(frame, query, field).items():
            chosen = {**{name: getattr(query, name) for name in Query.__slots__}, field: {value}}
            assert n == len(q.select(frame, Query(**chosen))), (field, value)


def test_counts_ignore_their_own_filter_and_obey_the_others(frame):
    query = Query(event_types={"Battles"})
    assert q.counts(frame, query, "event_types").to_dict() == {"Explosions/Remote violence": 6, "Battles": 1}
    assert q.counts(frame, query, "statuses").to_dict() == {"reported": 1, "planned": 0}


def test_one_actor_on_both_sides_counts_once():
    frame = events_frame([world.event(0, actor1="Villagers", actor2="Villagers"), world.event(1, actor2="Villagers")])
    assert q.counts(frame, Query(), "actors").to_dict() == {"Villagers": 2, "Military Forces of Turkey": 1}


def test_possible_zones_are_counted_when_they_are_enough():
    zones = (ZoneMembership("a", "inside"), ZoneMembership("b", "possible"))
    frame = events_frame([world.event(0, zones=zones), world.event(1, zones=zones[:1])])
    assert q.counts(frame, Query(), "zones").to_dict() == {"a": 2, "b": 1}
    assert q.counts(frame, Query(possible=False), "zones").to_dict() == {"a": 2}


def test_values_of_rows_that_are_not_in_the_frame_are_not_counted(frame):
    assert list(q.counts(frame[frame["event_type"] == "Battles"], Query(), "event_types").index) == ["Battles"]


def test_facets_are_the_counts_of_every_field(frame):
    query = Query(period=(date(2019, 10, 10), None), zones={"peace_spring"})
    together = q.facets(frame, query)
    assert list(together) == list(q.FACETS)
    for field, found in together.items():
        assert found.equals(q.counts(frame, query, field))


def test_an_unknown_field_is_named(frame):
    with pytest.raises(QueryError, match="no field 'mood' to count; there are event_types"):
        q.counts(frame, Query(), "mood")


@given(
    st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=12),
    st.lists(DAYS, max_size=6, unique=True),
)
@QUICK
def test_windows_that_partition_the_days_partition_the_dated_events(spans, cuts):
    events = [
        world.event(n, day_start=day, day_end=day + timedelta(days=length)) for n, (day, length) in enumerate(spans)
    ]
    frame = events_frame([*events, world.event(99, day_start=None, day_end=None)])
    edges = [date.min, *sorted(cuts), date.max]
    windows = [
        (first if i == 0 else first + timedelta(days=1), last) for i, (first, last) in enumerate(pairwise(edges))
    ]
    hits = sum((q.in_window(frame, *window).to_numpy().astype(int) for window in windows), np.zeros(len(frame), int))
    assert (hits == frame["day_start"].notna().to_numpy()).all()


# ---------------------------------------------------------------------------------------------------------------- links

NAMES = st.frozensets(st.text(min_size=1, max_size=12).filter(str.isprintable), max_size=3)
QUERIES = st.builds(
    Query,
    period=st.tuples(st.none() | st.dates(), st.none() | st.dates()).filter(lambda p: None in p or p[0] <= p[1]),
    event_types=st.frozensets(st.sampled_from(EventType)),
    sub_event_types=st.frozensets(st.sampled_from(sorted(EVENT_TYPE_OF)), max_size=3),
    actors=NAMES,
    actor_types=st.frozensets(st.sampled_from(ActorType)),
    zones=NAMES,
    possible=st.booleans(),
    statuses=st.none() | st.frozensets(st.sampled_from(Status)),
    min_confidence=st.none() | st.floats(0, 1),
    text=st.none() | st.text(max_size=20).filter(lambda t: " ".join(t.split()).isprintable()),
)


@given(QUERIES)
@QUICK
def test_a_query_comes_back_from_its_link(query):
    assert q.from_params(q.to_params(query)) == (query, [])


@given(QUERIES)
@QUICK
def test_every_query_can_be_said(query):
    assert q.describe(query)


PARAMS = st.dictionaries(
    st.sampled_from(
        [
            "from",
            "to",
            "type",
            "sub_type",
            "actor",
            "actor_type",
            "zone",
            "possible",
            "status",
            "min_confidence",
            "text",
            "x",
        ]
    ),
    st.text(max_size=300) | st.lists(st.text(max_size=30), max_size=4),
)


@given(PARAMS)
@QUICK
def test_whatever_a_link_holds_gives_a_query(params):
    query, notes = q.from_params(params)
    assert isinstance(query, Query)
    assert all(isinstance(note, str) and len(note) < 500 for note in notes)


def test_what_cannot_be_read_is_noted_and_the_rest_holds():
    query, notes = q.from_params(
        {
            "from": "2019-10-9",
            "to": "2019-12-31",
            "type": ["Battles", "Brawls"],
            "min_confidence": "nan",
            "possible": "maybe",
            "utm": "x",
        }
    )
    assert query == Query(period=(None, date(2019, 12, 31)), event_types={"Battles"})
    assert len(notes) == 4
    assert "from='2019-10-9' is not a day like 2019-10-09" in notes[0]


def test_a_link_with_days_the_wrong_way_round_shows_all_days():
    query, notes = q.from_params({"from": "2020-01-02", "to": "2020-01-01"})
    assert query == Query()
    assert "ends before" in notes[0]


def test_a_link_may_ask_for_every_standing():
    assert q.to_params(Query(statuses=None)) == {"status": "all"}
    assert q.from_params({"status": "all"}) == (Query(statuses=None), [])


def test_too_many_values_are_cut_with_a_note():
    query, notes = q.from_params({"actor": [f"a{n}" for n in range(500)]})
    assert len(query.actors) == 200
    assert "500 values of actor" in notes[0]
