"""The figure as PNG at 300 dpi, SVG and PDF: time, size and memory, beside a plain geopandas plot of the events.

``python -m benchmarks.snapshot [--json] [--events N [N ...]] [--rounds N]``

Synthetic events as in ``benchmarks.store``, at no more than 20,000 different points. Each case runs in a process of its
own, one after the other in every round; the time is the median from the frame in memory to the bytes, the memory the
largest. The plain plot has points, a legend and country borders, and nothing else.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import resource
import statistics
import sys
import time
from typing import Any

CASES = ("png", "svg", "pdf", "plain png")


def run(case: str, rows: int, answer: Any) -> None:
    """Draw once; puts seconds, bytes and MiB into `answer`."""
    from benchmarks.store import big_frame
    from geo.query import Query

    frame = big_frame(rows)
    start = time.perf_counter()
    size = len(_plain(frame) if case == "plain png" else _ours(frame, Query(), case))
    seconds = time.perf_counter() - start
    answer.put((seconds, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _ours(frame: Any, query: Any, form: str) -> bytes:
    from geo.snapshot import Options, draw, to_bytes
    from geo.zones import load_built

    zones = {key: built for key, built in load_built().items() if built.zone.kind != "province"}
    return to_bytes(draw(frame, query, zones=zones, options=Options(dpi=300)), form=form)


def _plain(frame: Any) -> bytes:
    import geopandas as gpd
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from geo import basemap

    figure = Figure(figsize=(11.69, 8.27), dpi=300)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    gpd.GeoSeries([f.geometry for f in basemap.load("countries")], crs="EPSG:4326").boundary.plot(
        ax=axes, linewidth=0.5
    )
    frame.plot(ax=axes, column="event_type", legend=True, legend_kwds={"loc": "upper left"}, markersize=8)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def main() -> None:
    """Measure every case in turn, round by round, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--events", type=int, nargs="+", default=[1_000, 10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    found: dict[tuple[int, str], list[tuple[float, int, float]]] = {}
    for _ in range(options.rounds):
        for rows in options.events:
            for case in CASES:
                answer = context.Queue()
                process = context.Process(target=run, args=(case, rows, answer))
                process.start()
                found.setdefault((rows, case), []).append(answer.get())
                process.join()
    for (rows, case), results in found.items():
        seconds = statistics.median(r[0] for r in results)
        size, peak = results[0][1] / 1e6, max(r[2] for r in results)
        if options.json:
            record = {"events": rows, "case": case, "seconds": seconds, "megabytes": size, "peak_mib": round(peak)}
            sys.stdout.write(json.dumps({**record, "rounds": options.rounds}) + "\n")
        else:
            sys.stdout.write(f"{rows:>10,} events  {case:10}{seconds:8.2f} s{size:8.2f} MB  peak {peak:6.0f} MiB\n")


if __name__ == "__main__":
    main()
