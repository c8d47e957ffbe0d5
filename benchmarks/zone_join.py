"""Joins points to zones: ours against ``geopandas.sjoin`` and a date filter, on the same data in one run.

``python -m benchmarks.zone_join [--json] [--points N] [--rounds N] [--threads N]``

Points are drawn with a fixed seed, most of them near towns of the border belt, over 2014 to 2026. Each way runs in a
process of its own, one after the other in every round; times are medians, the memory the largest. Ours makes its cells
within the time, as ``sjoin`` makes its tree; "ours again" is a second join with the same zones. Pairs of points without
radius must be the same. Then the same points with a radius, which only ours can answer. On a machine that others use,
compare the processor's seconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from geo import zones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Run = tuple[NDArray[np.float64], int, int]

CENTRES = (
    (38.95, 36.70),
    (40.07, 36.85),
    (38.01, 36.82),
    (36.87, 36.51),
    (40.75, 36.50),
    (36.63, 35.93),
    (43.13, 36.34),
)
WAYS = ("ours", "geopandas", "ours again", "ours with radius")


def points(count: int) -> dict[str, Any]:
    """Draw points.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    dict
        lon, lat (degrees), radius (km), start, end (datetime64[D]).
    """
    random = np.random.default_rng(2016)
    centre = np.asarray(CENTRES)[random.integers(len(CENTRES), size=count)]
    near = random.random(count) < 0.8
    lon = np.where(near, centre[:, 0] + random.normal(0, 0.6, count), random.uniform(34, 46, count))
    lat = np.where(near, centre[:, 1] + random.normal(0, 0.4, count), random.uniform(31, 39, count))
    start = np.datetime64("2014-01-01") + random.integers(0, 4700, count)
    return {"lon": lon, "lat": lat, "radius": random.choice([0.0, 1.0, 5.0, 15.0], count), "start": start}


def _clock() -> NDArray[np.float64]:
    """Give seconds on the wall and of the processor."""
    return np.array([time.perf_counter(), time.process_time()])


def _zones() -> dict[str, zones.BuiltZone]:
    return {name: item for name, item in zones.load_built().items() if item.zone.kind != "province"}


def _ours(data: dict[str, Any], threads: int, *, radius: bool = False, again: bool = False) -> Run:
    built = _zones()
    given = data["radius"] if radius else None
    if again:
        zones.join([40.0], [36.0], None, ["2020-01-01"], ["2020-01-01"], built)
    began = _clock()
    pairs = zones.join(data["lon"], data["lat"], given, data["start"], data["start"], built, threads=threads)
    took = _clock() - began
    return took, len(pairs.point), _mark(pairs.point, pairs.zone)


def _geopandas(data: dict[str, Any]) -> Run:
    import geopandas

    built = _zones()
    # A version of a zone is a row of its own, with its own days.
    numbered = [(number, part) for number, item in enumerate(built.values()) for part in item.parts]
    numbers, items = zip(*numbered, strict=True)
    frame = geopandas.GeoDataFrame(
        {
            "first": np.array([item.zone.valid[0] or "0001-01-01" for item in items], dtype="datetime64[s]"),
            "last": np.array([item.zone.valid[1] or "9999-12-31" for item in items], dtype="datetime64[s]"),
        },
        geometry=[item.geometry for item in items],
        crs=4326,
    )
    spots = geopandas.GeoDataFrame(
        {"day": data["start"].astype("datetime64[s]")},
        geometry=geopandas.points_from_xy(data["lon"], data["lat"]),
        crs=4326,
    )
    # Making the points is not counted: a frame would have them.
    began = _clock()
    joined = geopandas.sjoin(spots, frame, predicate="within")
    joined = joined[(joined["day"] >= joined["first"]) & (joined["day"] <= joined["last"])]
    took = _clock() - began
    return took, len(joined), _mark(joined.index.to_numpy(), np.array(numbers)[joined["index_right"].to_numpy()])


def _mark(point: Any, zone: Any) -> int:
    """Sum up a set of pairs in a number that does not depend on their order."""
    key = point.astype(np.uint64) * np.uint64(4096) + zone.astype(np.uint64)
    key = (key ^ (key >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
    return int(np.bitwise_xor.reduce(key)) if len(key) else 0


def _run(way: str, count: int, threads: int, pipe: Any) -> None:
    data = points(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    zones.load_built()  # once per process, not part of the join
    if way == "geopandas":
        took, pairs, mark = _geopandas(data)
    else:
        took, pairs, mark = _ours(data, threads, radius=way.endswith("radius"), again=way.endswith("again"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = {"peak_mib": peak / 1024, "added_mib": (peak - before) / 1024}
    pipe.send({"seconds": float(took[0]), "cpu_seconds": float(took[1]), "pairs": pairs, "mark": mark, **memory})


def measure(count: int, *, rounds: int, threads: int) -> dict[str, dict[str, Any]]:
    """Run every way and sum up.

    Parameters
    ----------
    count : int
        Points.
    rounds : int
        Runs of each way.
    threads : int
        Threads of ours.

    Returns
    -------
    dict
        By way: seconds on the wall and of the processor (medians), million points per second, pairs, memory in MiB.
    """
    context = multiprocessing.get_context("spawn")
    runs: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=_run, args=(way, count, threads, there))
            process.start()
            there.close()  # so that a process that dies ends the wait
            runs[way].append(here.recv())
            process.join()
    return {way: _summary(found, count) for way, found in runs.items()}


def _summary(found: list[dict[str, Any]], count: int) -> dict[str, Any]:
    seconds = statistics.median(run["seconds"] for run in found)
    return {
        "seconds": round(seconds, 3),
        "cpu_seconds": round(statistics.median(run["cpu_seconds"] for run in found), 3),
        "million_points_per_second": round(count / seconds / 1e6, 2),
        "pairs": found[0]["pairs"],
        "mark": found[0]["mark"],
        "peak_mib": round(max(run["peak_mib"] for run in found)),
        "added_mib": round(max(run["added_mib"] for run in found)),
    }


def main() -> int:
    """Measure and print.

    Returns
    -------
    int
        1 if the pairs of points without radius differ.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.zone_join", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measure(options.points, rounds=options.rounds, threads=options.threads)
    same = result["ours"]["mark"] == result["geopandas"]["mark"]
    ratios = {
        f"{way} {clock}": round(result["geopandas"][clock] / result[way][clock], 1)
        for way in ("ours", "ours again")
        for clock in ("seconds", "cpu_seconds")
    }
    if options.json:
        body = {"points": options.points, "ways": result, "times_faster": ratios, "same_pairs": same}
        sys.stdout.write(json.dumps(body) + "\n")
    else:
        for way, row in result.items():
            sys.stdout.write(
                f"{way:18}{row['seconds']:>8} s {row['cpu_seconds']:>8} s cpu "
                f"{row['million_points_per_second']:>7} Mpt/s {row['pairs']:>10} pairs "
                f"{row['peak_mib']:>6} MiB peak, {row['added_mib']} MiB of it by the join\n"
            )
        words = ", ".join(f"{ratio} ({way})" for way, ratio in ratios.items())
        sys.stdout.write(f"times faster: {words}; pairs without radius {'the same' if same else 'DIFFER'}\n")
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
