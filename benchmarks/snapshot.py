"""The figure as PNG at 300 dpi, SVG and PDF: time, size and memory, beside a plain geopandas plot of the events.

``python -m benchmarks.snapshot [--json] [--events N [N ...]] [--rounds N]``

Synthetic events as in ``benchmarks.store``, at no more than 20,000 different points. Each case runs in a process of its
own, one after the other in every round; the times are the medians from the frame in memory to the bytes, on the clock
and of the processor, which a machine with other work to do cannot make longer; the memory is the largest. "png again"
is the second figure of a process, as in a dashboard. The plain plot has points, a legend and country borders, and
nothing else. ``--quick`` is one round of 1,000 events.
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

CASES = ("png", "png again", "svg", "pdf", "series", "film", "plain png")


def run(case: str, rows: int, answer: Any) -> None:
    """Draw once; puts seconds, seconds of the processor, bytes and MiB into `answer`."""
    from benchmarks.store import big_frame
    from geo.query import Query

    frame = big_frame(rows)
    if case == "png again":
        _ours(frame, Query(), "png")
    start, busy = time.perf_counter(), time.process_time()
    size = len(_plain(frame) if case == "plain png" else _ours(frame, Query(), case.split()[0]))
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    answer.put((seconds, busy, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _ours(frame: Any, query: Any, form: str) -> bytes:
    from geo.snapshot import Motion, Options, draw, film, series, to_bytes
    from geo.zones import load_built

    zones = {key: built for key, built in load_built().items() if built.zone.kind != "province"}
    if form == "film":
        motion, look = Motion(step="month", cumulative=True), Options(size="slide", dpi=96)
        return film(frame, query, form="gif", motion=motion, zones=zones, options=look)
    look = Options(dpi=300)
    if form == "series":
        return to_bytes(series(frame, query, by="year", zones=zones, options=look))
    return to_bytes(draw(frame, query, zones=zones, options=look), form=form)


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
    parser.add_argument("--cases", nargs="+", choices=CASES, default=CASES)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if options.quick:
        options.events, options.rounds = [1_000], 1
    context = multiprocessing.get_context("spawn")
    found: dict[tuple[int, str], list[tuple[float, float, int, float]]] = {}
    for _ in range(options.rounds):
        for rows in options.events:
            for case in options.cases:
                answer = context.Queue()
                process = context.Process(target=run, args=(case, rows, answer))
                process.start()
                found.setdefault((rows, case), []).append(answer.get())
                process.join()
    for (rows, case), results in found.items():
        seconds, busy = (statistics.median(r[i] for r in results) for i in (0, 1))
        size, peak = results[0][2] / 1e6, max(r[3] for r in results)
        if options.json:
            record = {"events": rows, "case": case, "seconds": seconds, "cpu_seconds": busy, "megabytes": size}
            sys.stdout.write(json.dumps({**record, "peak_mib": round(peak), "rounds": options.rounds}) + "\n")
        else:
            sys.stdout.write(
                f"{rows:>10,} events  {case:10}{seconds:8.2f} s{busy:8.2f} s cpu{size:8.2f} MB  peak {peak:6.0f} MiB\n"
            )


if __name__ == "__main__":
    main()
