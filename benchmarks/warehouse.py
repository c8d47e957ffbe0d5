"""A large store asked instead of loaded: every question of a view, on each engine, beside pandas on the same events.

``python -m benchmarks.warehouse [--json] [--quick] [--rows N] [--rounds N] [--engines NAME ...] [--keep FOLDER]``

Synthetic events with a fixed seed: heaped on a few hundred places that lie about a few dozen towns, in bursts of days
and weeks, 2013 to 2026. Every engine runs in a process of its own; each question is asked with another period, types,
actors or bounds each time, so no answer comes out of a cache. Wall and processor time of the asking process are
medians (chDB and DuckDB work in it; a server's own time is not in it). ``postgresql`` needs ``--postgresql ADDRESS``.

* duckdb: the snapshot as the dashboard would open it; ``duckdb-base`` is the same file without rollups
* pandas: the same questions over a GeoDataFrame, as `geo.query` asks them (at most 1,000,000 events)
* compile: the first asking of a filter also compiles it; told apart as ``compile_ms``
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 2011
PLACES, ACTORS, ZONES = 600, 400, 40
PART = 1_000_000
FIRST = np.datetime64("2013-01-01")
DAYS = 4_900
WORDS = ("Shells hit", "Gunmen attacked", "Police dispersed", "Drones struck", "Clashes broke out in", "A bomb killed")
MOST_FOR_PANDAS = 1_000_000
ENGINES = ("duckdb", "duckdb-base", "chdb", "postgresql", "pandas")


# -------------------------------------------------------------------------------------------------------------- events


def tables(rows: int, folder: Path) -> list[tuple[str, pa.Schema, list[Path]]]:
    """Draw events and write them as a warehouse's tables."""
    from geo.warehouse.frames import SCHEMAS, Gathered

    gathered = Gathered()
    random = np.random.default_rng(SEED)
    sets = _zone_sets(random, gathered)
    files = []
    for n, start in enumerate(range(0, rows, PART)):
        files.append(folder / f"events-{n:04}.parquet")
        part = _part(min(PART, rows - start), start, sets, np.random.default_rng(SEED + n), gathered)
        pq.write_table(part, files[-1], compression="zstd", compression_level=1)
    found = [("borderlines_events", SCHEMAS["borderlines_events"], files)]
    for name, table in (("borderlines_names", gathered.names()), ("borderlines_zone_sets", gathered.zone_sets())):
        file = folder / f"{name}.parquet"
        pq.write_table(table, file)
        found.append((name, SCHEMAS[name], [file]))
    return found


def _zone_sets(random: np.random.Generator, gathered: Any) -> np.ndarray:
    """Each place lies in a province, perhaps possibly in its neighbour, and some in a zone of operations."""
    inside, possible = [()], [()]
    for _ in range(PLACES - 1):
        home = int(random.integers(20))
        more = (f"zone_{20 + int(random.integers(20))}",) if random.random() < 0.3 else ()
        inside.append((f"zone_{home}", *more))
        possible.append((f"zone_{(home + 1) % 20}",) if random.random() < 0.2 else ())
    return np.array(gathered.sets(inside, possible), dtype="int32")


def _part(count: int, start: int, sets: np.ndarray, random: np.random.Generator, gathered: Any) -> pa.Table:
    from geo.model import SUB_EVENT_TYPES, ActorType, Status
    from geo.warehouse.frames import SCHEMAS
    from geo.warehouse.warehouse import tiles

    fixed = np.random.default_rng(SEED)
    towns = fixed.uniform((36, 33), (46, 38), (40, 2))
    spots = towns[np.arange(PLACES) % 40] + fixed.normal(0, 0.4, (PLACES, 2))
    place = np.minimum(random.zipf(1.3, count), PLACES) - 1
    # Offensives: a third of everything happens within sixty bursts of two weeks.
    day = random.integers(0, DAYS, count)
    burst = random.random(count) < 0.33
    day[burst] = np.clip(
        fixed.integers(0, DAYS, 60)[random.integers(0, 60, burst.sum())] + random.normal(0, 7, burst.sum()), 0, DAYS - 1
    )
    lasts = random.choice([0, 0, 0, 0, 0, 0, 0, 6, 6, 29], count)
    undated, unplaced = random.random(count) < 0.005, random.random(count) < 0.02
    lon, lat = (spots[place] + random.normal(0, 0.01, (count, 2))).round(4).T
    x, y = tiles(lon, lat)
    kinds = [(str(kind), sub) for kind, subs in SUB_EVENT_TYPES.items() for sub in subs]
    kind = np.minimum(random.zipf(1.4, count), len(kinds)) - 1
    actor = [np.minimum(random.zipf(1.4, count), ACTORS) - 1 for _ in range(2)]
    types = list(map(str, ActorType))
    statuses = list(map(str, Status))
    first = FIRST + day
    weekday = (first.astype("datetime64[D]").astype("int64") + 3) % 7

    def named(label, codes, missing=None):
        return pa.array([f"{label} {n}" for n in range(codes.max() + 1)]).take(pa.array(codes, mask=missing))

    low = random.geometric(0.3, count) - 1
    second = random.random(count) < 0.3
    quote = [
        f"{WORDS[n % 6]} Town {p} on the day, said report {n}."
        for n, p in zip(range(start, start + count), place.tolist(), strict=True)
    ]
    columns: dict[str, Any] = {
        "event_id": [f"x{n:010}" for n in range(start, start + count)],
        "event_type": pa.array([k for k, _ in kinds]).take(pa.array(kind)),
        "sub_event_type": pa.array([s for _, s in kinds]).take(pa.array(kind)),
        "day_start": pa.array(first, mask=undated),
        "day_end": pa.array(first + lasts, mask=undated),
        "week": pa.array(first - weekday, mask=undated),
        "month": pa.array(first.astype("datetime64[M]").astype("datetime64[D]"), mask=undated),
        "time_precision": pa.array(np.ones(count, "int8")),
        "place": named("Town", place, unplaced),
        "place_id": named("gn:", place, unplaced),
        "country": named("C", place % 4, unplaced),
        "admin1": named("Province", place % 20, unplaced),
        "lon": pa.array(lon, mask=unplaced),
        "lat": pa.array(lat, mask=unplaced),
        "radius_km": pa.array(np.full(count, 5.0), mask=unplaced),
        "geo_precision": pa.array(np.ones(count, "int8")),
        "shape": pa.array(["point"]).take(pa.array(np.zeros(count, "int64"), mask=unplaced)),
        "outline": pa.nulls(count, pa.string()),
        "tile_x": pa.array(x, mask=unplaced),
        "tile_y": pa.array(y, mask=unplaced),
        "placed": ~unplaced,
        "actor1": named("Armed group", actor[0]),
        "actor1_type": pa.array(types).take(pa.array(actor[0] % len(types))),
        "actor2": named("Armed group", actor[1], second),
        "actor2_type": pa.array(types).take(pa.array(actor[1] % len(types), mask=second)),
        "status": pa.array(statuses).take(
            pa.array(np.where(random.random(count) < 0.9, 0, random.integers(0, len(statuses), count)))
        ),
        "fatalities_low": pa.array(low, mask=random.random(count) < 0.5),
        "fatalities_high": pa.array(low + 3, mask=random.random(count) < 0.7),
        "zone_set": np.where(unplaced, 0, sets[place]),
        "confidence": random.random(count).astype("float32"),
        "review": pa.array(["unreviewed"]).take(pa.array(np.zeros(count, "int64"))),
        "reports": pa.array(np.zeros(count, "int16")),
        "sources": pa.array(np.ones(count, "int16")),
        "title": pa.nulls(count, pa.string()),
        "source": named("Paper", random.integers(0, 50, count)),
        "quote": quote,
        "quote_folded": pa.nulls(count, pa.string()),
    }
    schema = SCHEMAS["borderlines_events"]
    table = pa.table(
        [
            pa.array(columns[name], from_pandas=True).cast(kind)
            if not isinstance(columns[name], pa.Array)
            else columns[name].cast(kind)
            for name, kind in zip(schema.names, schema.types, strict=True)
        ],
        schema=schema,
    )
    from geo.warehouse.schema import ALSO_NAMED, FACET_COLUMNS, SEARCHED

    for field, names in (*FACET_COLUMNS.items(), *((f, (c,)) for f, c in (*SEARCHED, *ALSO_NAMED))):
        for name in names:
            gathered.values(field, [v for v in table[name].unique().to_pylist() if v is not None])
    return table


# ------------------------------------------------------------------------------------------------------------ questions


def questions(house: Any) -> dict[str, Callable[[int], Any]]:
    """Each question as a user would ask it; `n` makes every asking another one."""
    from geo.model import EventType
    from geo.query import Query
    from geo.warehouse import View

    start = date(2013, 1, 1)

    def span(n: int, days: int) -> tuple[date, date]:
        first = start + timedelta(days=(n * 131) % (DAYS - days))
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
    }


class Stopwatch:
    """An engine that tells how long it took."""

    def __init__(self, engine: Any) -> None:
        self.engine, self.took = engine, 0.0
        self.dialect, self.rolled = engine.dialect, engine.rolled

    def ask(self, sql: str) -> Any:
        """Run a question and remember the time."""
        began = time.perf_counter()
        answer = self.engine.ask(sql)
        self.took = time.perf_counter() - began
        return answer


def measure(house: Any, rounds: int, watch: Stopwatch | None) -> Iterator[dict[str, Any]]:
    """Ask every question `rounds` times."""
    for name, ask in questions(house).items():
        wall, cpu, engine = [], [], []
        ask(999)
        for n in range(rounds):
            began, before = time.perf_counter(), time.process_time()
            ask(n)
            wall.append(1e3 * (time.perf_counter() - began))
            cpu.append(1e3 * (time.process_time() - before))
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
            tables(rows, folder)
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
