"""The store, the frame and the query against what a user would do without them, on the same data in one run.

``python -m benchmarks.store [--json] [--articles N] [--events N] [--rows N] [--rounds N]``

Synthetic events with a fixed seed: clustered near border towns, 2014 to 2026, three reports an article. Each way runs
in a process of its own, one after the other in every round; the time is the median, the memory the largest.

* write: articles a second, each on the disk when the call returns; beside JSON lines, synced line by line
* load: events from the disk to a frame; beside a JSON file into pandas
* select, facets: one million rows, in memory; beside boolean filters on plain string columns
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.model import (
    SUB_EVENT_TYPES,
    ActorType,
    Article,
    Event,
    EventType,
    Place,
    PlaceKind,
    Report,
    Status,
    TimePrecision,
    ZoneMembership,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TOWNS = ((38.95, 36.70), (40.07, 36.85), (38.01, 36.82), (36.87, 36.51), (40.75, 36.50), (36.63, 35.93), (43.13, 36.34))
ACTORS = tuple(f"Armed group {n}" for n in range(400))
ZONES = ("peace_spring", "euphrates_shield", "patrol_east", "patrol_west", "afrin")
SENTENCE = "Artillery shells hit the outskirts of the town on the day, a monitor said, and two houses burned down."
REPORTS_PER_ARTICLE = 3


def reports(count: int) -> list[Report]:
    """Draw reports, :data:`REPORTS_PER_ARTICLE` to an article."""
    random = np.random.default_rng(2016)
    kinds, types = list(SUB_EVENT_TYPES), list(ActorType)
    made = []
    for n in range(count):
        lon, lat = TOWNS[random.integers(len(TOWNS))] + random.normal(0, 0.3, 2)
        kind = kinds[random.integers(len(kinds))]
        day = date(2014, 1, 1) + timedelta(days=int(random.integers(4700)))
        first, second = (ACTORS[i] for i in np.minimum(random.zipf(1.6, 2), len(ACTORS)) - 1)
        place = Place(
            f"gn:{n % 3000}", f"Town {n % 3000}", lon, lat, PlaceKind.TOWN, 5.0, country="SYR", admin1="Aleppo"
        )
        made.append(
            Report(
                id=f"r{n:07}",
                article_id=f"a{n // REPORTS_PER_ARTICLE:07}",
                start=0,
                end=len(SENTENCE),
                quote=f"{SENTENCE} ({n})",
                event_type=kind,
                sub_event_type=SUB_EVENT_TYPES[kind][0],
                trigger=(0, 9),
                status=Status.REPORTED,
                asserted_by=None,
                day_start=day,
                day_end=day + timedelta(days=int(random.choice([0, 0, 0, 6, 29]))),
                time_precision=TimePrecision.DAY,
                time_span=None,
                place=place,
                place_span=(30, 40),
                geo_precision=None,
                actor1=first,
                actor1_type=types[random.integers(8)],
                actor2=second,
                actor2_type=types[random.integers(8)],
                fatalities_low=int(random.integers(0, 5)),
                fatalities_high=int(random.integers(5, 9)),
                confidence=float(random.random()),
            )
        )
    return made


def article(number: int) -> Article:
    """Article `number`, as long as a short news item."""
    return Article(
        f"a{number:07}",
        (SENTENCE + " ") * 20 + str(number),
        f"News {number}",
        date(2019, 10, 9),
        source="Frontier Post",
    )


# ------------------------------------------------------------------------------------------------------------- write


def write_ours(count: int, folder: Path) -> float:
    """Write articles into a store; returns articles a second."""
    from geo.store import Store

    made = reports(count * REPORTS_PER_ARTICLE)
    with Store(folder) as store:
        start = time.perf_counter()
        for n in range(count):
            store.write(article(n), made[n * REPORTS_PER_ARTICLE : (n + 1) * REPORTS_PER_ARTICLE], "v1")
        return count / (time.perf_counter() - start)


def write_again(count: int, folder: Path) -> float:
    """Write the same articles a second time."""
    write_ours(count, folder)
    return write_ours(count, folder)


def write_json_lines(count: int, folder: Path) -> float:
    """Append a JSON line an article, synced; nothing is checked, and twice is double."""
    from geo.store.codec import encode

    made = reports(count * REPORTS_PER_ARTICLE)
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as out:
        start = time.perf_counter()
        for n in range(count):
            part = made[n * REPORTS_PER_ARTICLE : (n + 1) * REPORTS_PER_ARTICLE]
            line = {"article": encode(article(n), {}), "reports": [encode(r, {}) for r in part]}
            out.write(json.dumps(line) + "\n")
            out.flush()
            os.fsync(out.fileno())
        return count / (time.perf_counter() - start)


# -------------------------------------------------------------------------------------------------------------- load


def load_ours(count: int, folder: Path) -> float:
    """Read events from a store into a checked frame; returns seconds."""
    from geo.frame import load_frame
    from geo.store import Store

    made = reports(count)
    with Store(folder) as store:
        for n in range(0, count, REPORTS_PER_ARTICLE):
            store.write(article(n // REPORTS_PER_ARTICLE), made[n : n + REPORTS_PER_ARTICLE], "v1")
        store.replace_events(Event(r.id, (r,), (ZoneMembership("afrin", "inside"),)) for r in made)
    start = time.perf_counter()
    with Store(folder, readonly=True) as store:
        frame = load_frame(store)
    seconds = time.perf_counter() - start
    if len(frame) != count:
        raise RuntimeError(f"{len(frame)} of {count} events came back")
    return seconds


def load_json(count: int, folder: Path) -> float:
    """Read the same reports from one JSON file into geopandas, unchecked."""
    import geopandas as gpd
    import pandas as pd

    from geo.store.codec import encode

    file = folder / "events.json"
    file.write_text(json.dumps([encode(r, {}) for r in reports(count)]), encoding="utf-8")
    start = time.perf_counter()
    table = pd.json_normalize(json.loads(file.read_text(encoding="utf-8")))
    table["day_start"] = pd.to_datetime(table["day_start"])
    gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["place.lon"], table["place.lat"]), crs="EPSG:4326")
    return time.perf_counter() - start


# ------------------------------------------------------------------------------------------------------------ select


def big_frame(rows: int) -> Any:
    """Repeat 20,000 drawn events to a frame of `rows`."""
    import pandas as pd

    from geo.frame import events_frame

    drawn = reports(min(rows, 20_000))
    events = (
        Event(r.id, (r,), tuple(ZoneMembership(z, "inside") for z in ZONES[: n % 4])) for n, r in enumerate(drawn)
    )
    frame = events_frame(events, (article(n) for n in range(len(drawn) // REPORTS_PER_ARTICLE + 1)))
    copies = -(-rows // len(frame))
    frame = frame.loc[np.tile(np.arange(len(frame)), copies)[:rows]].reset_index(drop=True)
    return frame.assign(event_id=pd.Series([f"e{n}" for n in range(rows)], dtype="str"))


def questions() -> dict[str, Any]:
    """Return queries of each kind."""
    from geo.query import Query

    year = (date(2019, 1, 1), date(2019, 12, 31))
    return {
        "period": Query(period=year),
        "period, types, actors": Query(period=year, event_types={EventType.BATTLES}, actors=set(ACTORS[1:4])),
        "zones": Query(zones={"patrol_east"}),
        "text": Query(text="houses burned"),
    }


def select_ours(rows: int, _folder: Path) -> dict[str, float]:
    """Seconds of each question on `rows` rows, and of all facets."""
    from geo.query import facets, select

    frame = big_frame(rows)
    found = {name: _timed(lambda query=query: select(frame, query)) for name, query in questions().items()}
    query = questions()["period, types, actors"]
    return {**found, "facets": _timed(lambda: facets(frame, query))}


def select_pandas(rows: int, _folder: Path) -> dict[str, float]:
    """Time the same questions as boolean filters on plain string columns."""
    import pandas as pd

    frame = big_frame(rows)
    plain = pd.DataFrame(frame.drop(columns="geometry")).astype(
        {name: "str" for name, kind in frame.dtypes.items() if str(kind) == "category"}
    )
    status = ["reported", "claimed", "ongoing"]

    def in_2019() -> Any:
        return (plain.day_start <= "2019-12-31") & (plain.day_end >= "2019-01-01") & plain.status.isin(status)

    actors = list(ACTORS[1:4])
    ways: dict[str, Callable[[], Any]] = {
        "period": lambda: plain[in_2019()],
        "period, types, actors": lambda: plain[
            in_2019() & (plain.event_type == "Battles") & (plain.actor1.isin(actors) | plain.actor2.isin(actors))
        ],
        "zones": lambda: plain[
            plain.status.isin(status) & plain.zones_inside.map(lambda zones: "patrol_east" in zones).astype(bool)
        ],
        "text": lambda: plain[
            plain.status.isin(status)
            & plain[["place", "actor1", "actor2", "title", "quote", "source"]]
            .apply(lambda column: column.str.contains("houses burned", case=False, regex=False))
            .any(axis=1)
        ],
    }
    return {name: _timed(way) for name, way in ways.items()}


def _timed(run: Callable[[], Any]) -> float:
    """Median of three: the first call of a process also pays for touching the memory."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


# --------------------------------------------------------------------------------------------------------------- run

WAYS: dict[str, tuple[Callable[[int, Path], Any], str]] = {
    "write, store": (write_ours, "articles"),
    "write, store, the same again": (write_again, "articles"),
    "write, JSON lines": (write_json_lines, "articles"),
    "load, store": (load_ours, "events"),
    "load, JSON file": (load_json, "events"),
    "select, ours": (select_ours, "rows"),
    "select, plain pandas": (select_pandas, "rows"),
}


def _alone(way: str, count: int, answer: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = WAYS[way][0](count, Path(folder))
    answer.put((result, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure(way: str, count: int) -> tuple[Any, float]:
    """Run one way in a process of its own; returns its result and its peak memory in MiB."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=_alone, args=(way, count, answer))
    process.start()
    result = answer.get()
    process.join()
    return result


def main() -> None:
    """Measure every way in turn, round by round, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    runs: dict[str, list[tuple[Any, float]]] = {way: [] for way in WAYS}
    for _ in range(options.rounds):
        for way, (_, size) in WAYS.items():
            runs[way].append(measure(way, getattr(options, size)))
    for way, (_, size) in WAYS.items():
        results = [result for result, _ in runs[way]]
        unit = "articles/s" if way.startswith("write") else "s"
        split = isinstance(results[0], dict)
        values = {
            name: statistics.median(r[name] if split else r for r in results)
            for name in (results[0] if split else [""])
        }
        peak = max(mib for _, mib in runs[way])
        if options.json:
            record = {"way": way, size: getattr(options, size), "unit": unit, "median": values if split else values[""]}
            sys.stdout.write(json.dumps({**record, "peak_mib": round(peak), "rounds": options.rounds}) + "\n")
            continue
        sys.stdout.write(f"{way} ({getattr(options, size):,} {size}, peak {peak:.0f} MiB)\n")
        for name, value in values.items():
            sys.stdout.write(f"    {name:24}{value:12,.3f} {unit}\n")


if __name__ == "__main__":
    main()
