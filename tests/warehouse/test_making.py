"""A snapshot made in portions is the one made at once, and is sorted as it should be."""

import duckdb
import pytest

from geo.errors import StoreError
from geo.warehouse import View, Warehouse, connect, making
from geo.warehouse.memory import Memory
from geo.warehouse.parts import written
from geo.warehouse.rollups import BY_ACTOR, IDS
from geo.warehouse.schema import EVENTS
from tests.warehouse.test_contract import VIEWS
from tests.warehouse.world import frame


def filled(file, tables):
    engine = connect(f"duckdb://{file}")
    engine.fill(tables)
    engine.close()
    return file


@pytest.fixture
def at_once(tables, tmp_path):
    return filled(tmp_path / "one.duckdb", tables)


@pytest.fixture
def in_portions(tables, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "PORTION", 250)
    return filled(tmp_path / "other.duckdb", tables)


def asked(file, question):
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(question).fetchall()


def test_every_table_holds_the_same(at_once, in_portions):
    names = [name for (name,) in asked(at_once, "SELECT table_name FROM duckdb_tables() ORDER BY 1")]
    assert len(names) > 10
    for name in names:
        question = f"SELECT * FROM {name} ORDER BY ALL"
        assert asked(in_portions, question) == asked(at_once, question)


@pytest.mark.parametrize(
    ("table", "by"), [(EVENTS, "month"), (BY_ACTOR.name, "actor::VARCHAR"), (IDS.name, "event_id")]
)
def test_tables_are_sorted_whatever_the_portions(in_portions, table, by):
    values = [value for (value,) in asked(in_portions, f"SELECT {by} FROM {table} ORDER BY rowid")]
    known = [value for value in values if value is not None]
    assert known == sorted(known)
    # Undated events stand at the end.
    assert values[: len(known)] == known


def test_an_event_that_is_there_twice_is_found_in_any_portion(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 250)
    events = frame()
    with written([events[:600], events[599:]]) as tables, pytest.raises(StoreError, match="is there twice"):
        filled(tmp_path / "x.duckdb", tables)
    assert list(tmp_path.iterdir()) == []


def test_a_late_page_of_a_list_is_sorted_among_its_days_only(at_once):
    texts = []
    with Warehouse(connect(f"duckdb://{at_once}")) as house:
        memory, ask = Memory(frame()), house.engine.ask
        house.engine.ask = lambda sql: texts.append(sql) or ask(sql)
        for name in ("everything", "actors", "words", "a period"):
            right = list(memory.events(VIEWS[name], drawn=True)["event_id"])
            for skip in (0, len(right) // 2, max(0, len(right) - 3), len(right), len(right) + 50):
                found = house.events(VIEWS[name], most=20, skip=skip, drawn=True)
                assert list(found["event_id"]) == right[skip : skip + 20]
        texts.clear()
        house.events(View(), most=20, skip=1_000, drawn=True)
    assert sum('"day_start" BETWEEN' in text for text in texts) == 1


def test_one_event_is_looked_for_in_its_month_only(at_once):
    texts = []
    with Warehouse(connect(f"duckdb://{at_once}")) as house:
        ask = house.engine.ask
        house.engine.ask = lambda sql: texts.append(sql) or ask(sql)
        for event_id, day in frame()[["event_id", "day_start"]].iloc[[0, 1_700, -1]].itertuples(index=False):
            texts.clear()
            assert list(house.event(event_id)["day_start"].isna()) == [day is None or day != day]
            assert any('"month" = ' in text or '"month" IS NULL' in text for text in texts)
