"""Builds spread over processes and a local Dask cluster: the same store, whoever read, whoever died meanwhile."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor, Future
from dataclasses import replace
from pathlib import Path

import pytest

from geo.errors import InputError, WorkersError
from geo.pipeline import build, open_resources, version_of
from geo.readers import read_paths
from geo.spread import open_pool, spread_build, work, worth_it
from geo.spread.ordered import by_itself, ordered
from geo.spread.parts import items_of, parts_of
from geo.spread.work import Order, read_part
from geo.store import Store
from tests.extractors.standin import Service, completion

TOWNS = ("Kobani", "Ras al-Ain", "Tal Abyad", "Manbij")
HOW_TO_GET_DASK = "needs Dask distributed: pip install -r requirements-extra.txt"


def text(number):
    town = TOWNS[number % len(TOWNS)]
    return f"Turkish shells hit {town} on Friday, killing {number % 7 + 2} people, residents said."


def lines(file, count, start=0):
    told = [{"id": f"n{n}", "text": text(n), "published": "2019-10-12"} for n in range(start, start + count)]
    file.write_text("".join(json.dumps(line) + "\n" for line in told))


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """A folder of pages, a file of lines that is cut into stretches, a broken page, and a file that is missing."""
    monkeypatch.setattr("geo.spread.parts.PART_BYTES", 1500)
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(8):
        (folder / f"{n}.md").write_text(f"---\ntitle: Shelling {n}\npublished: 2019-10-12\n---\n{text(n)}\n")
    (folder / "4b.md").write_text("---\ntitle: [\n---\nText.\n")
    lines(folder / "lines.jsonl", 40, start=100)
    with (folder / "lines.jsonl").open("a") as out:
        out.write('\n{"id": "bad"}\nno json\n')
    return [folder, tmp_path / "missing.txt"]


@pytest.fixture
def wanted(sources, tmp_path):
    """What one process makes of them."""
    with Store(tmp_path / "wanted") as store:
        result = build(sources, store)
        return told(store), result


def told(store):
    problems = [(str(p.path), p.line, p.problem) for p in store.problems()]
    return store.fingerprint(), [(a.id, a.path, a.line) for a in store.articles()], problems, store.verify()


class HerePool:
    """Runs every task at once in this process; one may be told to lose some."""

    lost = (BrokenExecutor,)
    window = 4

    def __init__(self, lose=lambda *_: False):
        self._lose, self.tries = lose, {}

    def submit(self, function, *arguments):
        future, task = Future(), str(arguments)
        self.tries[task] = self.tries.get(task, 0) + 1
        if self._lose(task, self.tries[task]):
            future.set_exception(BrokenExecutor("a worker died"))
        else:
            future.set_result(function(*arguments))
        return future

    def renew(self):
        """Nothing is broken for long."""

    look = renew

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Nothing to close."""


def test_parts_hold_every_article_once_and_in_order(sources):
    parts = list(parts_of(sources))
    assert len(parts) > 3
    one, other = ([*read_paths(sources)], [item for part in parts for item in items_of(part)])
    assert [str(item) for item in other] == [str(item) for item in one]


def test_lines_are_numbered_as_in_the_file_wherever_it_is_cut(tmp_path, monkeypatch):
    file = tmp_path / "odd.jsonl"
    long = json.dumps({"id": "long", "text": "x" * 5000})
    file.write_bytes(
        b"\xef\xbb\xbf\n\n" + long.encode() + b"\n\n\nno json\r\n" + json.dumps({"id": "z", "text": "é"}).encode()
    )
    whole = [str(item) for item in read_paths([file])]
    for size in (1, 7, 100, 4999, 6000):
        monkeypatch.setattr("geo.spread.parts.PART_BYTES", size)
        assert [str(item) for part in parts_of([file]) for item in items_of(part)] == whole


def test_a_spread_build_makes_the_same_store(sources, wanted, tmp_path):
    with Store(tmp_path / "store") as store, HerePool() as pool:
        result = spread_build(sources, store, pool=pool)
        assert told(store) == wanted[0]
        assert (result.read, result.new, result.events) == (wanted[1].read, wanted[1].new, wanted[1].events)
        assert [str(p) for p in result.problems] == [str(p) for p in wanted[1].problems]


def test_what_the_store_has_is_not_handed_out_again(sources, wanted, tmp_path):
    with Store(tmp_path / "store") as store:
        build([sources[0] / f"{n}.md" for n in range(4)], store)
        with HerePool() as pool:
            assert spread_build(sources, store, pool=pool).new == wanted[1].new - 4
        before = store.generation()
        with HerePool() as pool:
            again = spread_build(sources, store, pool=pool)
            assert (pool.tries, again.new, again.read) == ({}, 0, wanted[1].read)
        assert store.generation() == before


def test_a_lost_worker_loses_nothing_and_doubles_nothing(sources, wanted, tmp_path):
    with Store(tmp_path / "store") as store, HerePool(lambda task, tries: tries == 1 and "3.md" in task) as pool:
        result = spread_build(sources, store, pool=pool)
        assert told(store) == wanted[0]
        assert result.new == wanted[1].new
        assert max(pool.tries.values()) == 2


def test_a_file_that_kills_its_readers_is_named_and_the_rest_goes_on(sources, wanted, tmp_path):
    with Store(tmp_path / "store") as store, HerePool(lambda task, _: "3.md" in task) as pool:
        result = spread_build(sources, store, pool=pool)
        assert result.read == wanted[1].read - 1
        (deadly,) = [p for p in result.problems if p.path.name == "3.md"]
        assert "dies" in str(deadly)


def test_few_tasks_are_on_their_way_and_results_come_in_order():
    taken = []
    pool = HerePool()
    results = ordered(pool, lambda n: n * n, (taken.append(n) or n for n in range(100)))
    for n, (task, found) in enumerate(results):
        assert (task, found) == (n, n * n)
        assert len(taken) <= n + 1 + pool.window
    assert by_itself(HerePool(lambda *_: True), str, 1) is None


def test_a_worker_of_another_version_may_not_take_part(sources):
    (part, *_) = parts_of(sources)
    with pytest.raises(WorkersError, match="other rules"):
        read_part(part, Order("another", "rules"))


def test_a_worker_that_does_not_see_the_files_says_so(tmp_path):
    file = tmp_path / "here.md"
    file.write_text(text(1))
    (part,) = parts_of([file])
    file.unlink()
    with pytest.raises(WorkersError, match="where every machine sees them"):
        read_part(part, Order(version_of(open_resources().extractor), "rules"))


def test_processes_read_the_same(sources, wanted, tmp_path):
    with Store(tmp_path / "store") as store, open_pool("processes", jobs=2) as pool:
        spread_build(sources, store, pool=pool)
        assert told(store) == wanted[0]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_a_killed_process_is_replaced(sources, wanted, tmp_path):
    with Store(tmp_path / "store") as store, open_pool("processes", jobs=2) as pool:
        victims = []

        def kill(_article):
            if not victims:
                victims.extend(pool._executor._processes)
                os.kill(victims[0], signal.SIGKILL)

        spread_build(sources, store, pool=pool, progress=kill)
        assert victims
        assert told(store) == wanted[0]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_with_a_build_that_is_killed(tmp_path):
    file = tmp_path / "many.jsonl"
    lines(file, 3000)
    command = [sys.executable, "-m", "geo", "build", file, "--store", tmp_path / "store", "--jobs", "2"]
    running = subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL)

    def children():
        listed = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        return [int(child) for child in listed]

    def are_up():
        return sum(b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children()) == 2

    soon(are_up)
    workers = children()
    running.kill()
    running.wait()
    soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_a_service_is_asked_by_threads_that_share_one_reader(sources, tmp_path, monkeypatch):
    # Each question is answered only when another one waits, too.
    both = threading.Barrier(2, timeout=20)
    service = Service()

    def answer(_body):
        if both.n_waiting < 2 and len(service.asked) <= 2:
            both.wait()
        return completion({"events": []})

    service.says(answer)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    reader = ("model", (("endpoint", service.url), ("model", "stand-in")))
    try:
        with Store(tmp_path / "store") as store, open_pool("threads", jobs=2) as pool:
            result = spread_build([sources[0] / f"{n}.md" for n in range(4)], store, pool=pool, reader=reader)
            assert (result.read, result.new, len(service.asked)) == (4, 4, 4)
            with pytest.raises(InputError, match="from this process only"):
                spread_build(sources, store, pool=HerePool(), reader=reader)
    finally:
        service.close()


def test_processes_are_started_where_they_pay(sources, monkeypatch):
    assert worth_it(sources) == 1
    assert worth_it(sources, 3) == 3
    monkeypatch.setattr("geo.spread.build.MIN_BYTES", 100)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(5)), raising=False)
    assert worth_it(sources) == 5


@pytest.fixture(scope="module")
def cluster():
    """Two workers of one thread each, in processes of their own."""
    distributed = pytest.importorskip("distributed", reason=HOW_TO_GET_DASK)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as running:
        yield running


def test_a_dask_cluster_reads_the_same_though_a_worker_is_killed(cluster, sources, wanted, tmp_path):
    with Store(tmp_path / "store") as store, open_pool("dask", scheduler=cluster.scheduler_address) as pool:
        killed = []

        def kill(_article):
            if not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        result = spread_build(sources, store, pool=pool, progress=kill)
        assert killed
        assert told(store) == wanted[0]
        assert result.new == wanted[1].new


def test_a_scheduler_that_nobody_runs_or_serves(monkeypatch):
    distributed = pytest.importorskip("distributed", reason=HOW_TO_GET_DASK)
    monkeypatch.setattr("geo.spread.pools.CONNECT_S", 0.5)
    with pytest.raises(WorkersError, match="no Dask scheduler answers"):
        open_pool("dask", scheduler="tcp://127.0.0.1:9")
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1") as empty,
        pytest.raises(WorkersError, match="has no worker"),
    ):
        open_pool("dask", scheduler=empty.scheduler_address)


def test_a_worker_without_the_program_is_refused(tmp_path):
    distributed = pytest.importorskip("distributed", reason=HOW_TO_GET_DASK)
    with distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1") as cluster:
        address = cluster.scheduler_address
        command = [sys.executable, "-m", "dask", "worker", address, "--no-dashboard", "--no-nanny"]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        worker = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            with pytest.raises(WorkersError, match="cannot import this program"):
                open_pool("dask", scheduler=address)
        finally:
            worker.kill()
            worker.wait()


def test_dask_is_asked_for_only_where_it_is_wanted(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"requirements-extra\.txt"):
        open_pool("dask", scheduler="tcp://127.0.0.1:9")


def soon(holds, seconds=30.0):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_readings_do_not_carry_the_text_twice(sources):
    (part, *_) = parts_of(sources)
    order = Order(version_of(open_resources().extractor), "rules")
    found = read_part(replace(part, known=frozenset({0})), order)
    assert found[0].article is None
    assert all(outcome.item.text == "" for outcome in found if not isinstance(outcome.item, InputError))
    assert all(outcome.article.text for outcome in found[1:] if outcome.article is not None)
    assert work.read_part is read_part
