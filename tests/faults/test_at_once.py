"""Several processes on one store, disks that are full, clocks that jump: no error that is not told, nothing lost."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from geo.errors import DataError, StoreBusyError, StoreError
from geo.history import as_known_on
from geo.importers import keep, segments
from geo.model import KnownBy
from geo.store import FILE_NAME, Store, log
from tests import store_world as world
from tests.importers.test_segments import ABOUT, batch, rows

SECONDS = float(os.environ.get("BORDERLINES_SOAK_SECONDS", "4"))
"""How long a writer and its readers run; 20 and more are for a quiet machine."""
READERS = 4

WRITE = """
import sys, time
from geo.store import Store
from tests import store_world as world
with Store(sys.argv[1]) as store:
    until = time.monotonic() + float(sys.argv[2])
    number = 0
    while time.monotonic() < until:
        store.write(world.article(number), [world.report(number)], "v1")
        number += 1
print(number)
"""
READ = """
import json, sys, time
from geo.store import Store
until = time.monotonic() + float(sys.argv[2])
counts, errors = [], []
while time.monotonic() < until:
    try:
        with Store(sys.argv[1], readonly=True) as store:
            reports = len(store.reports())
            counts.append(reports)
            if reports > len(store.articles()):
                errors.append("a report without its article")
    except Exception as error:
        errors.append(repr(error))
print(json.dumps([counts, errors]))
"""


def test_four_readers_beside_a_writer_never_fail_and_never_see_less_than_before(tmp_path):
    world.fill(tmp_path, range(1))
    run = [sys.executable, "-c"]
    options = {"stdout": subprocess.PIPE, "text": True}
    writer = subprocess.Popen([*run, WRITE, tmp_path, str(SECONDS)], **options)
    readers = [subprocess.Popen([*run, READ, tmp_path, str(SECONDS)], **options) for _ in range(READERS)]
    written = int(writer.communicate(timeout=60)[0])
    assert writer.returncode == 0
    for reader in readers:
        counts, errors = json.loads(reader.communicate(timeout=60)[0])
        assert errors == []
        assert len(counts) > 3
        assert counts == sorted(counts)
    with Store(tmp_path, readonly=True) as store:
        assert len(store.articles()) == written
        assert store.verify() == []


def test_a_second_writer_waits_for_the_first(tmp_path):
    world.fill(tmp_path, range(1))
    with Store(tmp_path) as first, Store(tmp_path, wait_s=5) as second:
        with first.database.writing():
            other = threading.Thread(target=second.write, args=(world.article(7), [world.report(7)], "v1"))
            other.start()
            time.sleep(0.3)
            assert other.is_alive()
        other.join(5)
        assert second.article("a0007") is not None


def test_a_second_import_is_told_that_another_writes(tmp_path):
    world.fill(tmp_path, range(1))
    with Store(tmp_path) as first, Store(tmp_path, wait_s=0.1) as second:
        with first.database.writing(), pytest.raises(StoreBusyError, match="being written by another process"):
            keep(second, [batch(rows())], key="k", **ABOUT)
        # The file stood already; the same import takes it up.
        assert keep(second, [batch(rows())], key="k", **ABOUT).rows == 3
        assert len(segments(second)) == len(list((tmp_path / "imports").iterdir())) == 1


FULL_DISK = """
import resource, signal, sys
from geo.importers import keep
from geo.store import Store
from geo.store.backup import backup
from tests import store_world as world
from tests.importers.test_segments import ABOUT, batch, rows

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
work = sys.argv[2]
with Store(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
    try:
        if work == "build":
            store.write(world.article(9, text="long " * 50_000), [], "v1")
        elif work == "import":
            many = [f"row {n * 7919 % 100_003}" for n in range(20_000)]
            keep(store, [batch(rows(20_000, event_id=many))], key="k", **ABOUT)
        else:
            backup(sys.argv[1], sys.argv[1] + ".zip")
    except Exception as error:
        print(type(error).__name__, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are POSIX's")
@pytest.mark.parametrize("work", ["build", "import", "backup"])
def test_a_disk_that_takes_no_more_loses_nothing(tmp_path, work):
    folder = tmp_path / "store"
    world.fill(folder, range(60))
    with Store(folder, readonly=True) as store:
        before = store.fingerprint()
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, folder, work], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith(("StoreError", "OSError")), done.stdout + done.stderr
    with Store(folder) as store:
        assert store.fingerprint() == before
        assert store.verify() == []
        assert store.write(world.article(99), [world.report(99)], "v1")
        assert segments(store) == ()
    assert [path for path in tmp_path.rglob("*") if path.suffix in (".part", ".zip")] == []


def test_a_clock_that_jumps_back_leaves_the_log_in_order_and_the_past_as_it_was(tmp_path, monkeypatch):
    """The log's order is that of its rows; a row is never told as known before the rows that stand before it."""
    now = datetime(2024, 5, 10, 12, tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, _tz=None):
            return now

    monkeypatch.setattr(log, "datetime", Clock)
    with Store(tmp_path) as store:
        store.write(world.article(0), [world.report(0)], "v1")
        now -= timedelta(days=400)
        store.write(world.article(1), [world.report(1)], "v1")
        now += timedelta(days=401)
        store.write(world.article(2), [world.report(2)], "v1")
        with store.database.reading() as db:
            times = [entry.at for entry in log.entries(db)]
        assert times == sorted(times)
        assert store.verify() == []
        known = {
            day: len(as_known_on(store, day, KnownBy.RECORDED).articles)
            for day in (date(2023, 4, 6), date(2024, 5, 9), date(2024, 5, 10), date(2024, 5, 11))
        }
        assert list(known.values()) == [0, 0, 2, 3]


def complaints(folder):
    try:
        with Store(folder, readonly=True) as store:
            return store.verify()
    except StoreError as error:
        return [str(error)]


def test_a_truncated_store_is_named_with_what_to_do(tmp_path):
    world.fill(tmp_path, range(30))
    file = tmp_path / FILE_NAME
    with sqlite3.connect(file) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    whole = file.read_bytes()
    for size in (0, 50, len(whole) // 3, len(whole) - 4096):
        file.write_bytes(whole[:size])
        told = complaints(tmp_path)
        assert told, f"{size} of {len(whole)} bytes were taken for a sound store"
        assert any(word in " ".join(told) for word in ("Put back a copy", "Run the build again", "file: ", "log row"))
        assert file.read_bytes() == whole[:size]
    file.write_bytes(whole)
    assert complaints(tmp_path) == []


@pytest.mark.parametrize("content", [None, b"", b"torn"])
def test_a_missing_or_damaged_built_file_is_named_with_what_to_do(tmp_path, content):
    from geo import basemap
    from geo.geocoders.gazetteer import Gazetteer
    from geo.zones import load_built

    if content is not None:
        for name in ("gazetteer.sqlite", "countries.geojson.gz", "zones.geojson.gz"):
            (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=r"gazetteer\.sqlite.*(builddata|Remove it)"):
        Gazetteer(tmp_path / "gazetteer.sqlite")
    with pytest.raises(DataError, match=r"countries\.geojson\.gz.*builddata"):
        basemap.load("countries", folder=tmp_path)
    # Zones are made again in memory: slower, and the same.
    assert load_built(file=tmp_path / "zones.geojson.gz").keys() == load_built().keys()
