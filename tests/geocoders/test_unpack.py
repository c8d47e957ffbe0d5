import lzma
import sqlite3
import threading
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.geocoders import unpack


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    plain = tmp_path / "plain.sqlite"
    database = sqlite3.connect(plain)
    database.execute("CREATE TABLE place (id INTEGER PRIMARY KEY, ref, cell)")
    database.commit()
    database.close()
    folder = tmp_path / "built"
    folder.mkdir()
    target = folder / "gazetteer.sqlite.xz"
    target.write_bytes(lzma.compress(plain.read_bytes()))
    return target


def test_it_is_unpacked_once_with_its_indexes(packed: Path) -> None:
    first = unpack.default_file(packed.parent)
    stamp = first.stat().st_mtime_ns
    assert unpack.default_file(packed.parent).stat().st_mtime_ns == stamp
    database = sqlite3.connect(first)
    indexes = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    database.close()
    assert indexes == {"place_ref", "place_cell"}


def test_two_at_once_end_with_one_whole_file_and_no_leftovers(packed: Path) -> None:
    target = packed.with_suffix("")
    threads = [threading.Thread(target=unpack.unpack, args=(packed, target)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.name for path in packed.parent.iterdir()) == ["gazetteer.sqlite", "gazetteer.sqlite.xz"]


def test_a_folder_that_cannot_be_written_sends_it_to_the_users_cache(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack.os, "access", lambda *_: False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = unpack.default_file(packed.parent)
    assert found.is_relative_to(tmp_path / "cache" / "borderlines")
    assert unpack.default_file(packed.parent) == found


def test_a_damaged_pack_is_named_and_leaves_nothing_behind(packed: Path) -> None:
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(DataError, match="cannot be unpacked"):
        unpack.default_file(packed.parent)
    assert [path.name for path in packed.parent.iterdir()] == ["gazetteer.sqlite.xz"]


def test_nothing_to_unpack_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"geo\.builddata gazetteer"):
        unpack.default_file(tmp_path)
