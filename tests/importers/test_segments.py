"""Imported rows: what is right is kept once, what is not is told with its line, and the log vouches for the rest."""

import os
import sys
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import StoreError
from geo.frame import LATER, check_frame
from geo.importers import Batch, checked, damaged, keep, load, parts, segments, withdraw
from geo.known import load as load_known
from geo.model import KnownBy
from geo.query import Query
from geo.store import Store
from geo.zones import load_built
from tests import store_world as world

ABOUT = {"name": "rows.csv", "kind": "table", "attribution": "A source"}


def rows(count=3, **columns):
    first = pd.Timestamp(2019, 10, 10)
    table = {
        "event_id": [f"x:{n}" for n in range(count)],
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "status": "reported",
        "day_start": [first + pd.Timedelta(days=n) for n in range(count)],
        "day_end": [first + pd.Timedelta(days=n) for n in range(count)],
        "lon": 38.351,
        "lat": 36.891,
        "radius_km": 5.0,
        "known_since": [first + pd.Timedelta(days=10 + n) for n in range(count)],
        **columns,
    }
    return pd.DataFrame(table, index=range(count))


def batch(table, start=2):
    return Batch(table, np.arange(start, start + len(table)))


@pytest.fixture
def store(tmp_path):
    world.fill(tmp_path, range(2))
    with Store(tmp_path) as opened:
        yield opened


def test_imported_rows_stand_beside_the_stores_own_events(store):
    segment = keep(store, [batch(rows())], key="k", **ABOUT)
    assert (segment.rows, segment.skipped) == (3, 0)
    events = load_known(store).events
    assert len(events) == 5
    assert check_frame(events) is events
    assert list(events["day_start"]) == sorted(events["day_start"])
    mine = events[events["event_id"] == "x:0"].iloc[0]
    assert (mine["shape"], mine["review"], mine["reports"]) == ("point", "unreviewed", 0)
    assert set(mine["zones_inside"]) | set(mine["zones_possible"])


def test_the_same_table_twice_is_one_import(store):
    first = keep(store, [batch(rows())], key="k", **ABOUT)
    generation = store.generation()
    assert keep(store, [batch(rows())], key="k", **ABOUT).digest == first.digest
    assert store.generation() == generation
    assert len(segments(store)) == 1


def test_an_id_in_a_later_batch_again_is_skipped_with_its_line(store):
    segment = keep(store, [batch(rows()), batch(rows(), start=5)], key="k", **ABOUT)
    assert (segment.rows, segment.skipped) == (3, 3)
    assert segment.reasons[0] == (5, "id x:0 is there twice")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("event_id", None, "no id"),
        ("event_type", "Brawl", "event_type is 'Brawl'"),
        ("actor1_type", "Bandit", "actor1_type is 'Bandit'"),
        ("day_start", pd.Timestamp(2020, 1, 1), "before it begins"),
        ("day_end", pd.NaT, "one end of its span"),
        ("day_end", pd.Timestamp(2201, 1, 1), "out of 1900 to 2100"),
        ("lon", 200.0, "nowhere on Earth"),
        ("lon", np.nan, "one coordinate only"),
        ("lat", np.inf, "nowhere on Earth"),
        ("fatalities_low", -1, "its deaths are less than none"),
        ("injured_high", -1, "its injured are less than none"),
    ],
)
def test_a_row_that_is_wrong_is_skipped_and_told(column, value, told):
    table = rows()
    if column not in table:
        table[column] = None
    table[column] = table[column].astype(object)
    table.loc[1, column] = value
    right = checked(batch(table))
    assert list(right.rows["event_id"]) == ["x:0", "x:2"]
    ((line, reason),) = right.skipped
    assert line == 3
    assert told in reason


def test_a_place_at_zero_zero_is_an_unknown_one():
    ((_, reason),) = checked(batch(rows(1, lon=0.0, lat=0.0))).skipped
    assert "unknown place" in reason


def test_a_row_without_a_place_or_a_day_is_taken():
    right = checked(batch(rows(1, lon=np.nan, lat=np.nan, day_start=pd.NaT, day_end=pd.NaT)))
    assert len(right.rows) == 1


@given(st.data())
def test_rows_in_are_rows_out_and_rows_skipped(data):
    count = data.draw(st.integers(0, 12))
    wild = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True), st.integers(-400, 400))
    table = rows(count) if count else rows(1).iloc[:0]
    for name in ("lon", "lat", "fatalities_low", "fatalities_high", "injured_low", "injured_high"):
        table[name] = data.draw(st.lists(wild, min_size=count, max_size=count))
    right = checked(batch(table))
    assert len(right.rows) + len(right.skipped) == count


def test_a_withdrawn_import_is_off_the_map_and_in_the_log(store):
    keep(store, [batch(rows())], key="k", **ABOUT)
    withdraw(store, "k", who="Ada", why="wrong file")
    assert segments(store) == ()
    assert len(load_known(store).events) == 2
    with pytest.raises(StoreError, match="no import k"):
        withdraw(store, "k")
    keep(store, [batch(rows())], key="k", **ABOUT)
    assert len(load_known(store).events) == 5


def test_a_missing_or_changed_file_is_told(store):
    segment = keep(store, [batch(rows())], key="k", **ABOUT)
    assert list(damaged(store)) == []
    file = store.folder / "imports" / f"{segment.digest}.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[:-8])
    assert "was changed" in next(damaged(store))
    with pytest.raises(StoreError, match="damaged"):
        load(store, load_built())
    file.unlink()
    assert "is missing" in next(damaged(store))
    with pytest.raises(StoreError, match="missing"):
        load(store, load_built())


def test_an_importer_that_fails_half_way_leaves_nothing(store):
    def failing():
        yield batch(rows())
        raise ValueError("the rest is no table")

    generation = store.generation()
    with pytest.raises(ValueError, match="no table"):
        keep(store, failing(), key="k", **ABOUT)
    assert store.generation() == generation
    assert list((store.folder / "imports").iterdir()) == []


def test_what_a_kill_left_is_swept(store):
    (store.folder / "imports").mkdir()
    old = store.folder / "imports" / "old.part"
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    keep(store, [batch(rows())], key="k", **ABOUT)
    assert [path.suffix for path in (store.folder / "imports").iterdir()] == [".parquet"]


def test_rows_are_known_since_their_source_published_them(store):
    keep(store, [batch(rows())], key="k", **ABOUT)
    then = load_known(store, Query(known_on=date(2019, 10, 21)))
    assert set(then.events["event_id"]) >= {"x:0", "x:1"}
    assert "x:2" not in set(then.events["event_id"])
    long_ago = load_known(store, Query(known_on=date(2020, 1, 1), known_by=KnownBy.RECORDED))
    assert len(long_ago.events) == 0
    keep(store, [batch(rows(1, event_id="y:0", known_since=pd.NaT))], key="k2", **ABOUT)
    assert load_known(store, Query(known_on=date(2030, 1, 1))).left_out == 1


def test_the_fingerprint_tells_what_was_imported(store):
    before = load_known(store).fingerprint
    keep(store, [batch(rows())], key="k", **ABOUT)
    after = load_known(store).fingerprint
    assert before != after
    withdraw(store, "k")
    assert load_known(store).fingerprint == before


def test_an_import_of_before_the_injured_is_read_and_they_are_unknown(store, monkeypatch):
    module = sys.modules[keep.__module__]
    with monkeypatch.context() as patch:
        patch.setattr(module, "_SCHEMA", pa.schema([one for one in module._SCHEMA if one.name not in LATER]))
        segment = keep(store, [batch(rows(fatalities_low=2, injured_low=3))], key="k", **ABOUT)
    keep(store, [batch(rows(injured_low=3, event_id=["y:0", "y:1", "y:2"]))], key="l", **ABOUT)
    found = load(store, {}).set_index("event_id")["injured_low"]
    assert found["x:0":"x:2"].isna().all()
    assert found["y:0":"y:2"].tolist() == [3, 3, 3]
    (part,) = parts(store, segment, {}, rows=100)
    assert part["injured_low"].isna().all()
    assert part["fatalities_low"].tolist() == [2, 2, 2]
