"""A large store asked instead of loaded: every question of a view, on each engine, beside pandas on the same events.

``python -m benchmarks.warehouse [--json] [--quick] [--rows N] [--rounds N] [--engines NAME ...] [--keep FOLDER]``

The events are those of :mod:`benchmarks.made_events`. Every engine runs in a process of its own; each question is asked
with another period, types, actors or bounds each time, so no answer comes out of a cache. Wall and processor time of
the asking process are medians (chDB and DuckDB work in it; a server's own time is not in it). ``postgresql`` needs
``--postgresql ADDRESS``.

* duckdb: the snapshot as the dashboard would open it; ``duckdb-base`` is the same file without rollups
* pandas: the same questions over a GeoDataFrame, as `geo.query` asks them (at most 1,000,000 events)
* compile: the first asking of a filter also compiles it; told apart as ``compile_ms``, and not in the processor time
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import made_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_FOR_PANDAS = 1_000_000
ENGINES = ("duckdb", "duckdb-base", "chdb", "postgresql", "pandas")


# ------------------------------------------------------------------------------------------------------------ questions


def questions(house: Any) -> dict[str, Callable[[int], Any]]:
    """Each question as a user would ask it; `n` makes every asking another one."""
    from geo.model import EventType
    from geo.query import Query
    from geo.warehouse import View

    start = date(2013, 1, 1)

    def span(n: int, days: int) -> tuple[date, date]:
        first = start + timedelta(days=(n * 131) % (made_events.DAYS - days))
        return first, first + timedelta(days=days)

    def bounds(n: int) -> tuple[float, float, float, float]:
        return 38 + n % 5 * 0.3, 34 + n % 3 * 0.3, 42 + n % 5 * 0.3, 37 + n % 3 * 0.3

    def actors(n: int) -> set[str]:
        return {f"Armed group {n % 20}", f"Armed group {20 + n}"}

    kinds = list(map(str, EventType))

    def every(n: int) -> View:
        return View(query=Query(event_types={kinds[n % 6], kinds[(n + 1 + n // 6) % 6]}))

    def open_end(n: int) -> View:
        return View(query=Query(period=(start + timedelta(days=n + 1), None)))

    return {
        "points, 90 days, bounds": lambda n: house.points(
            View(query=Query(period=span(n, 90)), bounds=bounds(n)), most=2000
        ),
        "points, all days, bounds": lambda n: house.points(View(query=every(n).query, bounds=bounds(n)), most=2000),
        "histogram, 1 year by day": lambda n: house.histogram(View(query=Query(period=span(n, 365)))),
        "histogram, all, by week": lambda n: house.histogram(every(n), step="week"),
        "histogram, 1 actor": lambda n: house.histogram(View(query=Query(actors={f"Armed group {n}"})), step="month"),
        "histogram, 2 actors": lambda n: house.histogram(View(query=Query(actors=actors(n))), step="month"),
        "zones, 1 year": lambda n: house.zones(View(query=Query(period=span(n, 365)))),
        "zones, all": lambda n: house.zones(every(n)),
        "zones, from a day on": lambda n: house.zones(open_end(n)),
        "grid, 90 days, zoom 7": lambda n: house.grid(View(query=Query(period=span(n, 90))), zoom=7),
        "grid, all, zoom 6": lambda n: house.grid(every(n), zoom=6),
        "grid, 1 year, bounds, zoom 10": lambda n: house.grid(
            View(query=Query(period=span(n, 365)), bounds=bounds(n)), zoom=10
        ),
        "grid, from a day on, zoom 6": lambda n: house.grid(open_end(n), zoom=6),
        "facet sub-types, 1 year": lambda n: house.facet(View(query=Query(period=span(n, 365))), "sub_event_types"),
        "facet actors, 1 year": lambda n: house.facet(View(query=Query(period=span(n, 365))), "actors"),
        "facet actors, all": lambda n: house.facet(every(n), "actors"),
        "facet actor types, all": lambda n: house.facet(every(n), "actor_types"),
        "totals, all": lambda n: house.totals(every(n)),
        "totals, confidence, 1 year": lambda n: house.totals(
            View(query=Query(min_confidence=0.5 + n / 10_000, period=span(n, 365)))
        ),
        "totals, words, 1 year": lambda n: house.totals(View(query=Query(text=f"town {n}", period=span(n, 365)))),
        "list, page 1": lambda n: house.events(every(n), most=100, drawn=True),
        "list, page 1,000": lambda n: house.events(every(n), most=100, skip=99_900, drawn=True),
        "one event": lambda n: house.event(f"x{n * 7919 % 100_000:010}"),
    }


class Stopwatch:
    """An engine that tells how long it took."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.reset()
        self.dialect, self.rolled = engine.dialect, engine.rolled

    def reset(self) -> None:
        """Begin anew: some answers need more than one question."""
        self.took, self.spent = 0.0, 0.0

    def ask(self, sql: str) -> Any:
        """Run a question and add up the time."""
        began, before = time.perf_counter(), time.process_time()
        answer = self.engine.ask(sql)
        self.took += time.perf_counter() - began
        self.spent += time.process_time() - before
        return answer


def measure(house: Any, rounds: int, watch: Stopwatch | None) -> Iterator[dict[str, Any]]:
    """Ask every question `rounds` times."""
    for name, ask in questions(house).items():
        wall, cpu, engine = [], [], []
        ask(999)
        for n in range(rounds):
            if watch:
                watch.reset()
            began, before = time.perf_counter(), time.process_time()
            ask(n)
            wall.append(1e3 * (time.perf_counter() - began))
            cpu.append(1e3 * (watch.spent if watch else time.process_time() - before))
            engine.append(1e3 * watch.took if watch else wall[-1])
        yield {
            "question": name,
            "median_ms": round(statistics.median(engine), 1),
            "p95_ms": round(float(np.percentile(engine, 95)), 1),
            "compile_ms": round(statistics.median(wall) - statistics.median(engine), 1) if watch else 0.0,
            "processor_ms": round(statistics.median(cpu), 1),
        }


# ------------------------------------------------------------------------------------------------------------- engines


def run(name: str, folder: Path, rows: int, rounds: int, address: str) -> dict[str, Any]:
    """Fill one engine and ask it everything; in a process of its own."""
    from concurrent.futures import ProcessPoolExecutor

    # Not a Pool: its processes may not start another, and the snapshot is made in one of its own.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_run, name, folder, rows, rounds, address).result()


def _run(name: str, folder: Path, rows: int, rounds: int, address: str) -> dict[str, Any]:
    from geo.warehouse import Warehouse, connect

    found: dict[str, Any] = {"engine": name, "rows": rows}
    if name == "pandas":
        from geo.warehouse.memory import Memory

        began = time.perf_counter()
        frame = _frame(folder)
        found["build_s"] = round(time.perf_counter() - began, 1)
        house, watch = Memory(frame), None
    else:
        file = folder / "snapshot.duckdb"
        to = {"chdb": f"chdb://{folder / 'chdb'}", "postgresql": address}.get(name, f"duckdb://{file}")
        began = time.perf_counter()
        engine = connect(to)
        if not (name.startswith("duckdb") and file.exists()):
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                found["build_s"], found["build_peak_mb"] = (
                    pool.apply(_fill, (to, folder)) if "duckdb" in name else _filled(engine, folder)
                )
            engine = connect(to) if "duckdb" in name else engine
        if name.startswith("duckdb"):
            found["size_mb"] = round(file.stat().st_size / 1e6)
        elif name == "chdb":
            found["size_mb"] = round(sum(f.stat().st_size for f in (folder / "chdb").rglob("*") if f.is_file()) / 1e6)
        engine.rolled = name == "duckdb"
        watch = Stopwatch(engine)
        house = Warehouse(watch)
    found["answers"] = list(measure(house, rounds, watch))
    found["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def _files(folder: Path) -> list[tuple[str, Any, list[Path]]]:
    from geo.warehouse.frames import SCHEMAS

    of = {name: sorted(folder.glob(f"{name}.parquet")) for name in SCHEMAS}
    of["borderlines_events"] = sorted(folder.glob("events-*.parquet"))
    return [(name, SCHEMAS[name], files) for name, files in of.items()]


def _fill(to: str, folder: Path) -> tuple[float, int]:
    from geo.warehouse import connect

    return _filled(connect(to), folder)


def _filled(engine: Any, folder: Path) -> tuple[float, int]:
    began = time.perf_counter()
    engine.fill(_files(folder))
    return round(time.perf_counter() - began, 1), round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _frame(folder: Path) -> Any:
    from geo.warehouse.frames import to_frame

    of = {name: files for name, _, files in _files(folder)}
    events = pa.concat_tables(pq.read_table(file) for file in of["borderlines_events"])
    return to_frame(events, pq.read_table(of["borderlines_zone_sets"][0]))


def main() -> None:
    """Draw the events, fill every engine, ask it, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="100,000 events, 5 rounds")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["duckdb", "duckdb-base", "chdb", "pandas"])
    parser.add_argument("--postgresql", default="", metavar="ADDRESS", help="of a server that may be filled")
    parser.add_argument("--keep", type=Path, help="folder to keep the files in; a second run takes them up")
    options = parser.parse_args()
    rows, rounds = (100_000, 5) if options.quick else (options.rows, options.rounds)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not list(folder.glob("events-*.parquet")):
            made_events.tables(rows, folder)
        for name in options.engines:
            if (name == "pandas" and rows > MOST_FOR_PANDAS) or (name == "postgresql" and not options.postgresql):
                continue
            found = run(name, folder.resolve(), rows, rounds, options.postgresql)
            sys.stdout.write(json.dumps(found) + "\n" if options.json else _text(found))
            sys.stdout.flush()


def _text(found: dict[str, Any]) -> str:
    about = ", ".join(f"{key} {value}" for key, value in found.items() if key != "answers")
    lines = [f"{about}\n", f"  {'ms':32}{'median':>8}{'p95':>8}{'compile':>9}{'processor':>11}\n"]
    for row in found["answers"]:
        numbers = (row["median_ms"], row["p95_ms"], row["compile_ms"], row["processor_ms"])
        lines.append("  {:32}{:8.1f}{:8.1f}{:9.1f}{:11.1f}\n".format(row["question"], *numbers))
    return "".join(lines)


if __name__ == "__main__":
    main()
