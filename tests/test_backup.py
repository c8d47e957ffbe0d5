"""A store is copied while it is used, comes back whole, and never over another."""

import threading
import zipfile

import pytest

from geo.cli import main
from geo.errors import InputError, StoreBusyError, StoreError
from geo.pipeline import open_resources, rebuild_events
from geo.store import FILE_NAME, Store
from geo.store import backup as backups
from geo.store.backup import backup, restore
from tests import store_world as world


@pytest.fixture
def folder(tmp_path):
    world.fill(tmp_path / "store", range(4))
    (tmp_path / "store" / "zones").mkdir()
    (tmp_path / "store" / "zones" / "mine.yaml").write_text("id: mine", encoding="utf-8")
    return tmp_path / "store"


def test_a_copy_comes_back_as_it_was(folder, tmp_path):
    backup(folder, tmp_path / "copy.zip")
    restore(tmp_path / "copy.zip", tmp_path / "back")
    with Store(folder, readonly=True) as one, Store(tmp_path / "back", readonly=True) as other:
        assert one.generation() == other.generation()
        assert one.events() == other.events()
        assert other.verify() == []
    assert (tmp_path / "back" / "zones" / "mine.yaml").read_text(encoding="utf-8") == "id: mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back", "copy.zip", "store"]


def test_a_copy_made_while_another_writes_is_of_one_moment(folder, tmp_path):
    stop = threading.Event()

    def write():
        with Store(folder) as store:
            number = 10
            while not stop.is_set() and number < 500:
                store.write(world.article(number), [world.report(number)], "v1")
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(folder, tmp_path / f"{number}.zip")
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        restore(tmp_path / f"{number}.zip", tmp_path / f"back{number}")


def test_no_store_is_overwritten(folder, tmp_path):
    backup(folder, tmp_path / "copy.zip")
    with pytest.raises(StoreError, match="not empty"):
        restore(tmp_path / "copy.zip", folder)


def test_what_a_killed_backup_left_is_swept_and_one_at_work_is_not(folder, tmp_path):
    work = tmp_path / ".copy.zip.part"
    work.mkdir()
    (work / "backup.zip").write_bytes(b"torn")
    (folder / "imports").mkdir()
    (folder / "imports" / "key.part").write_bytes(b"torn")
    backup(folder, tmp_path / "copy.zip")
    assert not work.exists()
    assert "imports/key.part" not in zipfile.ZipFile(tmp_path / "copy.zip").namelist()
    with backups._workshop(tmp_path / "copy.zip"), pytest.raises(StoreBusyError, match="another backup"):
        backup(folder, tmp_path / "copy.zip")
    assert not work.exists()


def test_a_backup_that_fails_leaves_nothing_and_the_one_before(folder, tmp_path, monkeypatch):
    backup(folder, tmp_path / "copy.zip")
    before = (tmp_path / "copy.zip").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    with pytest.raises(OSError, match="No space"):
        backup(folder, tmp_path / "copy.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.zip", "store"]
    assert (tmp_path / "copy.zip").read_bytes() == before


def test_nothing_is_copied_where_there_is_no_store(tmp_path):
    with pytest.raises(StoreError, match="no store"):
        backup(tmp_path, tmp_path / "copy.zip")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../outside.txt", "/tmp/outside.txt", "zones/../../outside.txt"])
def test_a_copy_that_would_write_outside_is_refused(tmp_path, folder, name):
    backup(folder, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip", "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(InputError, match="outside"):
        restore(tmp_path / "copy.zip", tmp_path / "back")
    assert not (tmp_path / "back").exists()
    assert not (tmp_path / "outside.txt").exists()


def test_a_damaged_copy_leaves_nothing(tmp_path, folder):
    backup(folder, tmp_path / "copy.zip")
    whole = (tmp_path / "copy.zip").read_bytes()
    for cut in (0, 100, len(whole) // 2):
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        with pytest.raises(InputError, match="cut"):
            restore(tmp_path / "cut.zip", tmp_path / "back")
    with pytest.raises(InputError, match="not there"):
        restore(tmp_path / "none.zip", tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_a_copy_that_was_tampered_with_is_told(tmp_path, folder):
    import sqlite3

    with sqlite3.connect(folder / FILE_NAME) as db:
        db.execute("drop trigger log_no_update")
        db.execute("update log set who = 'Mallory' where n = 2")
    backup(folder, tmp_path / "copy.zip")
    with pytest.raises(StoreError, match="chain is broken"):
        restore(tmp_path / "copy.zip", tmp_path / "back")


def test_the_commands_copy_and_put_back(folder, tmp_path, capsys):
    assert main(["backup", str(tmp_path / "c.zip"), "--store", str(folder)]) == 0
    assert main(["restore", str(tmp_path / "c.zip"), "--store", str(tmp_path / "back")]) == 0
    assert "4 articles, 4 events" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "c.zip"), "--store", str(folder)]) == 2


def test_the_changes_since_a_day_are_listed(folder, capsys):
    with Store(folder) as store:
        rebuild_events(store, open_resources())
    assert main(["changes", "2019-10-10", "--store", str(folder)]) == 0
    told = capsys.readouterr()
    assert told.out.count("added") == 2
    assert "2 events added, 0 changed, 0 withdrawn" in told.err
    assert main(["changes", "2019-10-10", "2019-10-11", "--json", "--store", str(folder)]) == 0
    assert '"change": "added"' in capsys.readouterr().out
