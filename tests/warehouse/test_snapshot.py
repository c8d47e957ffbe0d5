"""A snapshot is a copy that is never needed: made anew for each state of the store, and opened hardened."""

import shutil
import threading
import time
import zipfile

import duckdb
import pytest

from geo.errors import StoreError
from geo.frame import LATER
from geo.importers import Batch, keep
from geo.known import load
from geo.query import Query, select
from geo.store import Store
from geo.store.backup import backup
from geo.warehouse import View, Warehouse, connect, embedded, snapshot
from tests import store_world as world
from tests.importers.test_segments import ABOUT, rows


@pytest.fixture
def folder(tmp_path):
    """A store with articles of its own and an import."""
    folder = tmp_path / "store"
    world.fill(folder, range(5))
    bring_in(folder, rows(7), "one")
    return folder


def bring_in(folder, table, key):
    with Store(folder) as store:
        keep(store, [Batch(table, table.index.to_numpy() + 2)], key=key, **ABOUT)


def test_it_answers_as_the_store_does(folder):
    with Store(folder, readonly=True) as store:
        file = snapshot.build(store)
        assert snapshot.current(store) == file
        right = select(load(store).events, Query(event_types={"Battles"}))
        with Warehouse(connect(f"duckdb://{file}")) as house:
            found = house.events(View(query=Query(event_types={"Battles"})))
            totals = house.totals(View())
        assert list(found["event_id"]) == list(right["event_id"])
        assert list(found["zones_inside"]) == list(right["zones_inside"])
        assert totals.events == 12
        assert snapshot.build(store) == file


def test_events_that_an_older_version_put_there_are_told_and_never_misread(folder, tmp_path, monkeypatch):
    with Store(folder, readonly=True) as store:
        first = snapshot.build(store)
        monkeypatch.setattr(snapshot, "VERSION", snapshot.VERSION + 1)
        assert snapshot.current(store) is None
        assert snapshot.build(store) != first
    old = shutil.copy(first, tmp_path / "old.duckdb")
    with duckdb.connect(old) as db:
        for (table,) in db.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            columns = {name for name, *_ in db.execute(f"DESCRIBE {table}").fetchall()}
            for column in sorted(columns & set(LATER)):
                db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    with Warehouse(connect(f"duckdb://{old}")) as house:
        assert house.points(View()).num_rows
        for ask in (house.totals, house.events):
            with pytest.raises(StoreError, match=r"older version, without injured_low.*geo index --to"):
                ask(View())


def test_a_store_that_changed_has_none_until_it_is_made_again(folder):
    with Store(folder, readonly=True) as store:
        first = snapshot.build(store)
    bring_in(folder, rows(2).assign(event_id=["y:1", "y:2"]), "two")
    with Store(folder, readonly=True) as store:
        assert snapshot.current(store) is None
        # Somebody still has the first one open: the second is another file, and the first still answers.
        with (
            Warehouse(connect(f"duckdb://{first}")) as old,
            Warehouse(connect(f"duckdb://{snapshot.build(store)}")) as new,
        ):
            assert (old.totals(View()).events, new.totals(View()).events) == (12, 14)


def test_older_ones_are_removed_after_their_grace(folder, monkeypatch):
    monkeypatch.setattr(snapshot, "GRACE_S", -1.0)
    with Store(folder, readonly=True) as store:
        first = snapshot.build(store)
    bring_in(folder, rows(2).assign(event_id=["y:1", "y:2"]), "two")
    with Store(folder, readonly=True) as store:
        second = snapshot.build(store)
    assert [file.name for file in second.parent.glob("*.duckdb")] == [second.name]
    assert not first.exists()


def test_nothing_is_left_of_one_that_could_not_be_made(folder, monkeypatch):
    monkeypatch.setattr("geo.warehouse.making._check_ids", lambda _: (_ for _ in ()).throw(StoreError("twice")))
    with Store(folder, readonly=True) as store:
        with pytest.raises(StoreError, match="twice"):
            snapshot.build(store)
        assert snapshot.current(store) is None
        assert list((folder / "snapshot").iterdir()) == []


def test_it_is_no_part_of_a_copy_of_the_store(folder, tmp_path):
    with Store(folder, readonly=True) as store:
        snapshot.build(store)
    backup(folder, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith("snapshot")]


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY borderlines_names TO '/tmp/out.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "INSTALL spatial",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "DELETE FROM borderlines_events",
        "SELECT * FROM attack_frame",
    ],
)
def test_it_is_opened_hardened(folder, attack):
    import pandas as pd

    attack_frame = pd.DataFrame({"a": [1]})
    with Store(folder, readonly=True) as store, Warehouse(connect(f"duckdb://{snapshot.build(store)}")) as house:
        with pytest.raises(StoreError):
            house.engine.ask(attack)
        assert len(attack_frame) == 1


def test_a_question_without_an_end_is_ended(folder, monkeypatch):
    monkeypatch.setattr(embedded, "LONGEST_S", 0.3)
    endless = (
        "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c WHERE a.range + b.range > c.range"
    )
    with Store(folder, readonly=True) as store, Warehouse(connect(f"duckdb://{snapshot.build(store)}")) as house:
        before = time.monotonic()
        with pytest.raises(StoreError, match="could not be answered"):
            house.engine.ask(endless)
        assert time.monotonic() - before < 30
        assert house.totals(View()).events == 12


def test_threads_may_ask_at_once(folder):
    answers = []
    with Store(folder, readonly=True) as store, Warehouse(connect(f"duckdb://{snapshot.build(store)}")) as house:
        ask = lambda: answers.extend(house.totals(View()).events for _ in range(10))  # noqa: E731
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [12] * 40


def test_a_damaged_one_says_so(folder):
    with Store(folder, readonly=True) as store:
        file = snapshot.build(store)
        file.write_bytes(b"nonsense" * 999)
        with pytest.raises(StoreError, match="cannot be opened"):
            connect(f"duckdb://{file}")


def test_an_empty_store_has_one_too(tmp_path):
    with Store(tmp_path / "empty") as store, Warehouse(connect(f"duckdb://{snapshot.build(store)}")) as house:
        assert house.totals(View()).events == 0
        assert house.facet(View(), "actors") == {}
        assert len(house.events(View())) == 0
