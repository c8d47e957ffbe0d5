"""A build that is killed at any moment loses nothing it acknowledged and doubles nothing when it runs again."""

import random
import subprocess
import sys
import time

import pytest

from geo.store import Store
from tests import store_world as world

BUILD = "import sys; from tests.store_world import fill; fill(sys.argv[1], range(int(sys.argv[2]), 100_000))"


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_a_killed_build_keeps_all_it_acknowledged_once(tmp_path):
    rng = random.Random(20191009)
    acknowledged = 0
    for _ in range(4):
        start = max(acknowledged - 5, 0)
        build = subprocess.Popen([sys.executable, "-c", BUILD, tmp_path, str(start)], stdout=subprocess.PIPE, text=True)
        first = build.stdout.readline()
        time.sleep(rng.uniform(0, 0.15))
        build.kill()
        lines = [first, *build.communicate()[0].splitlines()]
        acknowledged = max(acknowledged, 1 + max(int(line) for line in lines if line.strip()))
        with Store(tmp_path, readonly=True) as store:
            ids = [article.id for article in store.articles()]
            assert len(ids) == len(set(ids))
            assert set(ids) >= {world.article(number).id for number in range(acknowledged)}
            # An article is there with its reports or not at all.
            assert [report.article_id for report in store.reports()] == ids
            assert store.verify() == []
