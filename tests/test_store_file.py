"""The file of the store: missing, damaged, another program's, of another version, on a full or read-only disk."""

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.store import FILE_NAME, SCHEMA_VERSION, Store
from tests import store_world as world


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path) as opened:
        yield opened


def test_a_missing_store_is_not_made_by_reading(tmp_path):
    with pytest.raises(StoreError, match=r"there is no store at .*Make one: python -m geo build"):
        Store(tmp_path / "none", readonly=True)
    assert not (tmp_path / "none").exists()


def test_a_store_of_a_newer_version_is_left_alone(tmp_path):
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    for readonly in (True, False):
        with pytest.raises(StoreError, match=r"newer Borderlines.*Update the software"):
            Store(tmp_path, readonly=readonly)


def test_another_programs_file_is_not_touched(tmp_path):
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("create table photos (id)")
    with pytest.raises(StoreError, match="is not a Borderlines store"):
        Store(tmp_path)


def test_a_damaged_file_is_named_with_the_remedy(tmp_path):
    with Store(tmp_path) as store:
        world.filled(store, 30)
    file = tmp_path / FILE_NAME
    whole = file.read_bytes()
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match=r"is damaged or is not a store. Put back a copy"):
        Store(tmp_path, readonly=True)
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="Put back a copy"), Store(tmp_path, readonly=True) as torn:
        torn.verify()


def test_a_full_disk_loses_nothing_that_was_stored(store):
    world.filled(store)
    before = store.articles()
    with store.database.reading() as db:
        pages = db.execute("pragma page_count").fetchone()[0]
    store.database._connection.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(StoreError, match=r"the disk is full. Free some space"):
        store.write(world.article(9, text="long " * 50_000), [], "v1")
    store.database._connection.execute("pragma max_page_count = 1000000")
    assert store.articles() == before
    assert store.verify() == []
    assert store.write(world.article(9), [], "v1")


READ_ONLY = """
import os, sys
from geo.errors import StoreError
from geo.store import Store
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
with Store(sys.argv[1], readonly=True) as store:
    print(len(store.events()))
try:
    Store(sys.argv[1]).replace_events([])
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folder rights are POSIX's")
def test_a_store_on_read_only_ground_can_be_read_and_says_so_when_written():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store(folder) as store:
            world.filled(store)
        (folder / FILE_NAME).chmod(0o444)
        folder.chmod(0o555)
        command = [sys.executable, "-c", READ_ONLY, name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        folder.chmod(0o755)
    lines = done.stdout.splitlines()
    assert lines[0] == "3"
    assert FILE_NAME in lines[1]
    assert "may only be read" in lines[1] or "cannot be opened" in lines[1]


def age(folder):
    """Make the store one of version 1."""
    with sqlite3.connect(folder / FILE_NAME) as db:
        db.execute("drop index log_op")
        db.execute("drop index article_path")
        db.execute("alter table article drop column superseded_by")
        db.execute("pragma user_version = 1")


@pytest.mark.parametrize("readonly", [False, True])
def test_a_store_of_an_earlier_version_is_brought_up_to_date(tmp_path, readonly):
    with Store(tmp_path) as store:
        world.filled(store)
        before = (store.articles(), store.events(), store.generation())
    age(tmp_path)
    with Store(tmp_path, readonly=readonly) as store:
        assert (store.articles(), store.events(), store.generation()) == before
        assert store.verify() == []
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        assert db.execute("pragma user_version").fetchone()[0] == SCHEMA_VERSION
        assert db.execute("select count(*) from sqlite_schema where name = 'log_op'").fetchone()[0] == 1


def test_an_earlier_store_that_cannot_be_written_is_told_with_the_remedy(tmp_path, monkeypatch):
    with Store(tmp_path) as store:
        world.filled(store)
    age(tmp_path)
    monkeypatch.setattr("geo.store.schema.MIGRATIONS", {1: "insert into nowhere values (1);\n"})
    with pytest.raises(StoreError, match="Copy its folder"):
        Store(tmp_path, readonly=True)
