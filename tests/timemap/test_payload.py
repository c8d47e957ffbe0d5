import gzip
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DataError
from geo.model import EventType
from geo.timemap.columns import Table, decode, encode, smallest
from geo.timemap.payload import arrange, pack, publish
from geo.timemap.tables import UNKNOWN_DEATHS, radius_code
from tests.timemap import world

FRAME = world.frame(300)


def read(frame, **options):
    tables, meta = decode(pack(frame, **options))
    return tables["events"].columns, tables["places"].columns, meta


def test_every_event_comes_back_as_it_was():
    events, places, meta = read(FRAME)
    rows = arrange(FRAME)
    epoch = np.datetime64(meta["epoch"])
    assert (epoch + events["start"].astype(int) == rows.day_start.to_numpy("datetime64[D]")).all()
    assert (epoch + (events["start"].astype(int) + events["span"]) == rows.day_end.to_numpy("datetime64[D]")).all()
    assert [meta["types"][t][0] for t in events["type"]] == rows.event_type.tolist()
    assert [meta["subs"][s][0] for s in events["sub"]] == rows.sub_event_type.tolist()
    assert [meta["statuses"][s] for s in events["status"]] == rows.status.tolist()
    actor = [meta["actors"][a] for a in events["actor2"]]
    assert [a[0] for a in actor] == [a if isinstance(a, str) else "" for a in rows.actor2]
    assert [meta["actor_types"][a[1]] for a in actor] == rows.actor2_type.tolist()
    low = [None if d == UNKNOWN_DEATHS else d for d in events["deaths_low"].tolist()]
    assert low == [None if d is pd.NA else d for d in rows.fatalities_low]
    assert np.allclose(places["lon"][events["place"]], rows.lon, atol=1e-5)
    assert np.allclose(places["lat"][events["place"]], rows.lat, atol=1e-5)
    inside = [tuple(meta["zones"][z][0] for z in meta["zone_sets"][s][0]) for s in events["zone_set"]]
    assert inside == rows.zones_inside.tolist()
    assert (rows.confidence - events["confidence"] / 200).between(-1e-6, 0.005 + 1e-6).all()


def test_rows_are_sorted_by_first_day():
    events, _, _ = read(FRAME)
    assert (np.diff(events["start"].astype(int)) >= 0).all()


def test_the_same_frame_in_any_order_gives_the_same_file(tmp_path):
    one = publish(FRAME, folder=tmp_path)
    two = publish(FRAME.sample(frac=1, random_state=3), folder=tmp_path)
    assert one.id == two.id
    assert one.row_ids.tolist() == two.row_ids.tolist()
    assert len(list(tmp_path.glob("*.bin.gz"))) == len(list(tmp_path.glob("*.words.gz"))) == 1
    assert one.url == f"../geo.timemap.assets.cache/{one.id}.bin.gz"
    assert gzip.decompress((tmp_path / f"{one.id}.bin.gz").read_bytes()) == pack(FRAME)
    assert one.rows[one.row_ids[7]] == 7
    assert one.epoch == FRAME.day_start.min().date()
    assert one.last == FRAME.day_end.max().date()


def test_events_without_day_or_place_stay_out(tmp_path):
    frame = FRAME.copy()
    frame.loc[frame.index[0], "geometry"] = None
    frame.loc[frame.index[1], ["day_start", "day_end"]] = None
    payload = publish(frame, folder=tmp_path)
    assert payload.n == len(FRAME) - 2
    assert not {FRAME.event_id[0], FRAME.event_id[1]} & set(payload.row_ids)


def test_an_empty_frame_is_a_payload(tmp_path):
    payload = publish(FRAME.iloc[:0], folder=tmp_path)
    assert payload.n == 0
    assert payload.epoch == payload.last


def test_lines_and_areas_travel_as_shapes():
    _, places, meta = read(FRAME)
    shapes = {int(k) for k in meta["shapes"]}
    assert shapes == set(np.flatnonzero(places["shape"]).tolist())
    assert shapes


def test_an_unknown_type_is_refused():
    frame = FRAME.copy()
    frame["event_type"] = frame["event_type"].astype(object)
    frame.loc[frame.index[3], "event_type"] = "Picnic"
    with pytest.raises(DataError, match="Picnic"):
        pack(frame)


def test_types_keep_their_codes_whatever_is_in_the_frame():
    _, _, meta = read(FRAME[FRAME.event_type == EventType.RIOTS])
    assert [t[0] for t in meta["types"]] == [str(t) for t in EventType]


@given(st.lists(st.floats(0, 20_000), min_size=1))
def test_a_radius_in_one_byte_is_near_enough(km):
    back = 2 ** (radius_code(np.array(km)).astype(float) / 16) - 1
    assert (np.abs(back - km) <= 0.023 * (1 + np.array(km))).all()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 2**32 - 1), max_size=40), st.dictionaries(st.text(), st.text(), max_size=5))
def test_columns_round_trip(values, meta):
    column = smallest(np.array(values, dtype=np.int64))
    floats = np.arange(len(values), dtype="<f4")
    tables, back = decode(encode({"t": Table(len(values), {"a": column, "b": floats})}, meta))
    assert tables["t"].columns["a"].tolist() == values
    assert tables["t"].columns["b"].tolist() == floats.tolist()
    assert back == meta


@pytest.mark.parametrize("damage", [b"", b"BTM1", b"nonsense" * 4, b"BTM1\xff\xff\xff\x7f{}", b"BTM1\x02\0\0\0{}"])
def test_damaged_bytes_are_named_as_such(damage):
    with pytest.raises(DataError):
        decode(damage)


def test_a_cut_payload_is_named_as_such():
    with pytest.raises(DataError):
        decode(pack(FRAME)[:-200])


def test_window_of_a_payload_covers_its_spans(tmp_path):
    payload = publish(FRAME, folder=tmp_path)
    assert payload.epoch + timedelta(days=payload.meta["days"] - 1) == payload.last
