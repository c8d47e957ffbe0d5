import copy
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.timemap.message import MapState, parse
from geo.timemap.payload import publish
from tests.timemap import world


@pytest.fixture(scope="module")
def payload(tmp_path_factory):
    return publish(world.frame(60), folder=tmp_path_factory.mktemp("cache"))


SOUND_FILTERS = {
    "subs": [2, 0], "actors": None, "actor_types": [1], "zones": None, "statuses": [], "possible": True,
    "min_confidence": 0.35, "text": "kobani",
}  # fmt: skip


def sound(payload):
    return {
        "v": 2, "seq": 3, "why": "click", "window": [str(payload.epoch), str(payload.last)], "types_off": [1],
        "filters": SOUND_FILTERS,
        "bounds": [35.0, 34.0, 44.0, 38.0], "zoom": 7, "clicked": 4, "rows": [4, 2], "payload": payload.id, "ack": 1,
    }  # fmt: skip


def test_a_sound_message_is_read(payload):
    state = parse(sound(payload), payload)
    assert isinstance(state, MapState)
    assert state.window == (payload.epoch, payload.last)
    assert state.filters == {**SOUND_FILTERS, "subs": [0, 2]}
    assert state.event_ids(payload) == (payload.row_ids[4], payload.row_ids[2])


OUT_OF_RANGE = {
    "v": [1, None, "2"],
    "seq": [-1, 1.5, True, "3", None, 10**400],
    "why": ["hack", None, [], {}],
    "window": [
        [],
        ["2019-01-01"],
        ["x" * 10, "y" * 10],
        ["1900-01-01", "2019-01-01"],
        "2019-01-01",
        [1, 2],
        ["20190101xx", "2019-01-01"],
        None,
    ],
    "types_off": [[99], [-1], [0, 0], ["0"], "0", None, [True], list(range(8))],
    "filters": [
        None,
        {},
        [],
        {"subs": [0]},
        *(
            {**SOUND_FILTERS, **change}
            for change in (
                {"subs": [999]},
                {"actors": [0, 0]},
                {"zones": "ops"},
                {"statuses": [True]},
                {"possible": 1},
                {"min_confidence": 1.1},
                {"min_confidence": "0.5"},
                {"text": 3},
                {"text": "x" * 201},
                {"text": "a\x00b"},
                {"actor_types": list(range(8)) * 60},
            )
        ),
    ],
    "bounds": [
        [1, 2, 3],
        [10, 0, 5, 1],
        [0, 10, 1, 5],
        [float("nan")] * 4,
        [0, -91, 1, 1],
        ["a"] * 4,
        None,
        [float("inf")] * 4,
    ],
    "zoom": [-1, 31, "7", None, float("nan"), True],
    "clicked": [-1, 60, "4", [], 1.5],
    "rows": [[60], [-1], list(range(51)), [1, 1], "12", None],
    "payload": ["other", None, 3],
    "ack": [-1, "1", None, True],
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in OUT_OF_RANGE.items() for value in values])
def test_one_bad_value_refuses_the_whole(payload, key, value):
    message = sound(payload)
    message[key] = value
    assert parse(message, payload) is None


def test_every_part_is_needed(payload):
    for key in sound(payload):
        message = sound(payload)
        del message[key]
        assert parse(message, payload) is None


def test_a_window_may_not_run_backwards(payload):
    message = sound(payload)
    message["window"].reverse()
    assert parse(message, payload) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(value=json_values)
def test_nothing_that_comes_back_raises(payload, value):
    assert parse(value, payload) is None


@settings(max_examples=300, deadline=None)
@given(key=st.sampled_from(sorted(OUT_OF_RANGE)), value=json_values)
def test_what_is_accepted_is_in_range(payload, key, value):
    message = copy.deepcopy(sound(payload))
    message[key] = value
    state = parse(message, payload)
    if state is None:
        return
    assert payload.epoch <= state.window[0] <= state.window[1] <= payload.last
    assert all(0 <= row < payload.n for row in (*state.rows, state.clicked or 0))
    assert len(state.rows) <= 50
    assert all(0 <= code < 7 for code in state.types_off)
    assert state.bounds[0] <= state.bounds[2]
    assert (state.window[1] - state.window[0]) < timedelta(days=payload.meta["days"])
