"""kill -9 at fifty random moments: what was acknowledged is there, once, and nothing half done is taken for whole."""

import os
import random
import signal
import sys
import time

import pytest

from geo.importers import damaged, keep, load, segments
from geo.pipeline import open_resources, rebuild_events
from geo.store import Store, decisions, log
from geo.store.backup import backup, restore
from tests import store_world as world
from tests.faults.prepared import Prepared, article
from tests.importers.test_segments import ABOUT, batch, rows

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are POSIX's"),
    pytest.mark.xdist_group("kills"),
]
SEED = 20191009
BUILDS, IMPORTS, REVIEWS, BACKUPS = 16, 12, 12, 10


@pytest.fixture(scope="module")
def prepared():
    process = Prepared()
    yield process
    process.close()


@pytest.fixture
def kill(prepared, request):
    """Start work and kill it a random moment after the first thing it acknowledged; gives all it acknowledged."""
    rng = random.Random(f"{SEED} {request.node.name}")

    def killed(work, folder, start=0, *, longest_s):
        child = prepared.start(work, folder, start)
        first = prepared.acknowledged()
        time.sleep(rng.uniform(0, longest_s))
        os.kill(child, signal.SIGKILL)
        return [first, *prepared.rest()]

    return killed


def written_once(store):
    """The log holds each article and each import once: writing again what is there is not even logged."""
    with store.database.reading() as db:
        for op in ("article", "import"):
            entities = [entry.entity for entry in log.entries(db, op=op)]
            assert len(entities) == len(set(entities))


def test_a_killed_build_keeps_what_it_read(tmp_path, kill):
    done = -1
    for _ in range(BUILDS):
        # Begun a little before where the last one ended: the same articles come again.
        done = max(done, *kill("build", tmp_path, max(done - 9, 0), longest_s=0.12))
        with Store(tmp_path, readonly=True) as store:
            assert {one.id for one in store.articles()} >= {article(number).id for number in range(done + 1)}
            assert {report.article_id for report in store.reports()} == {one.id for one in store.articles()}
            assert store.verify() == []
            written_once(store)
    with Store(tmp_path) as store:
        rebuild_events(store, open_resources())
        assert len(store.events()) == len(store.articles()) > BUILDS
        assert store.verify() == []


def test_a_killed_import_keeps_what_came_whole(tmp_path, kill):
    world.fill(tmp_path, range(2))
    done = -1
    for _ in range(IMPORTS):
        done = max(done, *kill("imports", tmp_path, max(done - 1, 0), longest_s=0.1))
        with Store(tmp_path, readonly=True) as store:
            assert {segment.key for segment in segments(store)} >= {str(number) for number in range(done + 1)}
            assert list(damaged(store)) == []
            assert store.verify() == []
            written_once(store)
            events = load(store, {})
            assert events["event_id"].is_unique
            assert len(events) == 400 * len(segments(store))
    # What they left is swept by the next import once nobody can still be writing it.
    for part in (tmp_path / "imports").glob("*.part"):
        os.utime(part, (0, 0))
    with Store(tmp_path) as store:
        keep(store, [batch(rows())], key="the last", **ABOUT)
    assert list((tmp_path / "imports").glob("*.part")) == []


def test_a_killed_review_keeps_every_decision(tmp_path, kill):
    world.fill(tmp_path, range(4))
    with Store(tmp_path) as store:
        rebuild_events(store, open_resources())
    made = set()
    for _ in range(REVIEWS):
        made |= set(kill("review", tmp_path, longest_s=0.1))
        with Store(tmp_path) as store:
            numbers = [one.number for one in decisions(store)]
            assert len(numbers) == len(set(numbers))
            assert set(numbers) >= made
            assert store.verify() == []
            # What the kill left between a decision and its events is told, and made good by the next that opens it.
            rebuild_events(store, open_resources())
            assert store.events_are_current()
            assert {event.review.last for event in store.events()} <= {0, *numbers}
            assert store.verify() == []


def test_a_killed_backup_leaves_the_one_before(tmp_path, kill):
    store = tmp_path / "store"
    world.fill(store, range(40))
    done = 0
    for number in range(BACKUPS):
        done = max(kill("backup", store, done, longest_s=0.06))
        restore(tmp_path / f"copy{done % 2}.zip", tmp_path / f"back{number}")
        # The other copy may have been being replaced: it is the old one or the new one.
        if (other := tmp_path / f"copy{(done + 1) % 2}.zip").exists():
            restore(other, tmp_path / f"other{number}")
    for name in ("copy0.zip", "copy1.zip"):
        backup(store, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
