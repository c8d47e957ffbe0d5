"""A killed import leaves nothing behind but what the log vouches for; a folder that cannot be written is told."""

import multiprocessing
import os
import random
import signal
import time

import pytest

from geo.errors import StoreError
from geo.importers import damaged, keep, load, segments
from geo.store import Store
from tests.importers.test_segments import ABOUT, batch, rows

ROUNDS, BATCHES, ROWS = 5, 8, 100


def work(folder, number):
    def slowly():
        for n in range(BATCHES):
            ids = [f"{number}x{n}x{m}" for m in range(ROWS)]
            yield batch(rows(ROWS, event_id=ids))

    with Store(folder) as store:
        keep(store, slowly(), key=f"k{number}", **ABOUT)
        (folder / f"done{number}").touch()


def test_kill_at_any_moment(tmp_path):
    Store(tmp_path).close()
    context = multiprocessing.get_context("fork")
    chance = random.Random(7)
    for number in range(ROUNDS):
        child = context.Process(target=work, args=(tmp_path, number))
        child.start()
        time.sleep(chance.uniform(0, 0.6))
        if child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
        child.join()
        with Store(tmp_path) as store:
            keys = {segment.key for segment in segments(store)}
            assert list(damaged(store)) == []
            assert store.verify() == []
        # What was acknowledged is there; what was not is whole or absent.
        assert {f"k{n}" for n in range(number + 1) if (tmp_path / f"done{n}").exists()} <= keys
    for number in range(ROUNDS):
        work(tmp_path, number)
    with Store(tmp_path) as store:
        assert len(load(store, {})) == ROUNDS * BATCHES * ROWS


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    with Store(tmp_path) as store:
        (tmp_path / "imports").write_text("in the way")
        with pytest.raises(StoreError, match="nothing was kept"):
            keep(store, [batch(rows())], key="k", **ABOUT)
