"""A build of many short articles: in one process, on processes of this machine, and on a local Dask cluster.

``python -m benchmarks.spread [--json] [--quick] [--articles N] [--jobs N] [--rounds N]``

Two-sentence articles with a fixed seed, 100,000 of them (5,000 with ``--quick``), in one file of lines that every way
cuts and reads by itself. Each way runs in a process of its own, one after the other in every round; times are medians.

* start: until the pool can take work; reading: until the last article is stored; events: merging them, which every way
  does alike
* processor: of the writer and all workers, from the first import to the last event; on a busy machine the only fair one
* memory: the largest of the writer when the last article is stored, and of any worker
* the stores must be equal to the last byte of their fingerprint
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.spread import Pool

WAYS = ("serial", "processes", "dask")
TOWNS = ("Kobani", "Ras al-Ain", "Tal Abyad", "Manbij", "Qamishli", "Raqqa", "Afrin", "Azaz", "Jarabulus", "Hasakah")
TARGET = 1.3
"""Dask's reading time may be this many times that of plain processes."""


def write_articles(file: Path, count: int) -> None:
    """Write articles of two sentences, one a line."""
    drawn = random.Random(20191009)  # noqa: S311 - the same articles in every run
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            one, other = drawn.sample(TOWNS, 2)
            text = (
                f"Turkish shells hit {one} on Friday, killing {drawn.randint(2, 90)} people, residents said.\n\n"
                f"Clashes broke out near {other} on Thursday between Turkish troops and the Syrian Democratic Forces."
            )
            day = f"{drawn.randint(2016, 2024)}-{drawn.randint(1, 12):02d}-{drawn.randint(1, 28):02d}"
            out.write(json.dumps({"id": f"n{number}", "text": text, "published": day}) + "\n")


def measure(way: str, file: str, jobs: int, answer: Any) -> None:
    """Build once and tell how long each step took."""
    from geo.pipeline import build, open_resources
    from geo.spread import spread_build
    from geo.store import Store

    open_resources()
    folder, stored = Path(tempfile.mkdtemp(prefix="borderlines-")), [0.0, 0.0]

    def progress(_article: object) -> None:
        stored[:] = time.perf_counter(), _peak_mib(resource.RUSAGE_SELF)

    with ExitStack() as stack:
        began = time.perf_counter()
        pool = _pool(way, jobs, stack)
        ready = time.perf_counter()
        with Store(folder) as store:
            if pool is None:
                build([Path(file)], store, progress=progress)
            else:
                spread_build([Path(file)], store, pool=pool, progress=progress)
            ended, fingerprint = time.perf_counter(), store.fingerprint()
    shutil.rmtree(folder)
    answer.send(
        {
            "start_s": ready - began,
            "reading_s": stored[0] - ready,
            "events_s": ended - stored[0],
            "writer_mib": stored[1],
            "worker_mib": _peak_mib(resource.RUSAGE_CHILDREN),
            "processor_s": _processor_s(resource.RUSAGE_SELF) + _processor_s(resource.RUSAGE_CHILDREN),
            "fingerprint": fingerprint,
        }
    )


def _pool(way: str, jobs: int, stack: ExitStack) -> Pool | None:
    """Make the pool of a way, with its workers up."""
    from geo.spread import open_pool

    if way == "serial":
        return None
    if way == "processes":
        return stack.enter_context(open_pool("processes", jobs=jobs))
    from distributed import LocalCluster

    cluster = LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1")
    stack.enter_context(cluster)
    return stack.enter_context(open_pool("dask", scheduler=cluster.scheduler_address))


def _peak_mib(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def _processor_s(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def run(count: int, jobs: int, rounds: int) -> dict[str, Any]:
    """Measure every way in every round."""
    spawn = multiprocessing.get_context("spawn")
    taken: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        write_articles(file, count)
        for _ in range(rounds):
            for way in WAYS:
                here, there = spawn.Pipe(duplex=False)
                child = spawn.Process(target=measure, args=(way, str(file), jobs, there))
                child.start()
                there.close()
                taken[way].append(here.recv())
                child.join()
    prints = {one["fingerprint"] for ways in taken.values() for one in ways}
    result: dict[str, Any] = {
        way: {key: round(statistics.median(one[key] for one in ways), 2) for key in ways[0] if key != "fingerprint"}
        for way, ways in taken.items()
    }
    ratio, spent = (result["dask"][key] / result["processes"][key] for key in ("reading_s", "processor_s"))
    return {
        "articles": count,
        "jobs": jobs,
        "rounds": rounds,
        "ways": result,
        "dask_to_processes": round(ratio, 2),
        "dask_to_processes_processor": round(spent, 2),
        "target": TARGET,
        "stores_equal": len(prints) == 1,
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="5,000 articles, one round")
    parser.add_argument("--articles", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    count = options.articles or (5_000 if options.quick else 100_000)
    result = run(count, options.jobs, options.rounds or (1 if options.quick else 3))
    if options.json:
        sys.stdout.write(json.dumps(result) + "\n")
        return 0
    out = sys.stdout.write
    out(f"{count:,} articles, {options.jobs} workers\n")
    out(f"{'':10} {'start s':>8} {'reading s':>10} {'events s':>9} {'processor s':>12}")
    out(f" {'writer MiB':>11} {'worker MiB':>11}\n")
    for way, told in result["ways"].items():
        out(
            f"{way:10} {told['start_s']:8.2f} {told['reading_s']:10.2f} {told['events_s']:9.2f} "
            f"{told['processor_s']:12.2f} {told['writer_mib']:11.0f} {told['worker_mib']:11.0f}\n"
        )
    out(f"Dask takes {result['dask_to_processes']:.2f} times as long as plain processes (target {TARGET}), ")
    out(f"and {result['dask_to_processes_processor']:.2f} times the processor\n")
    out(f"equal stores: {'yes' if result['stores_equal'] else 'NO'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
