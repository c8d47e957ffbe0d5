"""Each data format and report: time, size and peak memory, beside the plain writers of pandas and geopandas.

``python -m benchmarks.export [--json] [--quick] [--events N [N ...]] [--formats NAME ...] [--rounds N] [--all]``

Synthetic events as in ``benchmarks.store``, all under the query. Each case runs in a process of its own, one after the
other in every round; the time is the median from the frame in memory to the file on the disk, the memory the largest of
the whole process, in which the frame itself is most of it; processor seconds tell what a busy machine hides.
The plain writers neither neutralise formulas, nor tell of the query, nor keep lists: they get the frame as its user
would make it fit, within the time.

More than 100,000 events are left out of XLSX without ``--all``: it is much the slowest.

``bundle``, ``word``, ``pdf`` and ``page`` are the reports, each of as many events as ``--reports`` says, every event
with one sentence; a document lists the first 10,000 of them. The time is from the material in memory to the bytes; with
``page`` goes what a Chromium needs from opening the file to the first map, where there is one.
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
from pathlib import Path
from typing import Any

PLAIN = ("csv", "xlsx", "geojson", "gpkg", "geoparquet")
REPORTS = ("bundle", "word", "pdf", "page")
MOST_XLSX = 100_000


def run(case: str, rows: int, answer: Any) -> None:
    """Write once; puts seconds, processor seconds, bytes, MiB and the MiB before writing into `answer`."""
    from benchmarks.store import big_frame
    from geo.export import FORMATS, save
    from geo.query import Query

    frame = big_frame(rows)
    form, plain = case.removeprefix("plain "), case.startswith("plain ")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"events{FORMATS[form].suffix}"
        start, busy = time.perf_counter(), time.process_time()
        if plain:
            _plain(frame, form, path)
        else:
            save(frame, path, query=Query(), form=form)
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        answer.put((seconds, busy, path.stat().st_size, peak, before))


def run_report(kind: str, rows: int, answer: Any) -> None:
    """Make one report; puts into `answer` what :func:`run` does."""
    from benchmarks.store import big_frame
    from geo.query import Query
    from geo.reports import KINDS, Material, Told
    from geo.zones import load_built

    frame = big_frame(rows)
    told = {
        event_id: (
            Told(quote, "Frontier Post", "An article", None, f"https://example.org/{n}", "reported", None, (1, 3)),
        )
        for n, (event_id, quote) in enumerate(zip(frame["event_id"], frame["quote"], strict=True))
    }
    material = Material(frame, told, Query(), load_built())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, busy = time.perf_counter(), time.process_time()
    content = KINDS[kind].make(material)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if kind == "page":
        _open(content, rows)
    answer.put((seconds, busy, len(content), peak, before))


def _open(content: bytes, rows: int) -> None:
    """Say how long a browser takes to open a page and to draw its map."""
    from playwright.sync_api import sync_playwright

    from tests.tools import chromium
    from tests.watch import CHROMIUM_ARGUMENTS

    path = chromium()
    if path is None:
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_bytes(content)
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
        page = browser.new_page()
        start = time.perf_counter()
        page.goto(file.as_uri())
        page.wait_for_selector("#list li", timeout=120_000)
        sys.stderr.write(
            f"page of {rows:,} events: drawn in Chromium {time.perf_counter() - start:.2f} s after opening\n"
        )
        browser.close()


def _plain(frame: Any, form: str, path: Path) -> None:
    if form == "geoparquet":
        frame.to_parquet(path)
        return
    lists = {name: frame[name].map(" ".join) for name in ("zones_inside", "zones_possible")}
    flat = frame.assign(**lists)
    if form == "csv":
        flat.to_csv(path, index=False)
    elif form == "xlsx":
        flat.to_wkt().to_excel(path, index=False, engine="openpyxl")
    else:
        flat.to_file(path, driver={"geojson": "GeoJSON", "gpkg": "GPKG"}[form])


def measure(case: str, rows: int) -> tuple[float, float, int, float, float]:
    """Run one case in a process of its own."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=run_report if case in REPORTS else run, args=(case, rows, answer))
    process.start()
    result: tuple[float, float, int, float, float] = answer.get()
    process.join()
    return result


def main() -> None:
    """Measure every case in turn, round by round, and print the medians."""
    from geo.export import FORMATS

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 1_000_000])
    every = [*FORMATS, *REPORTS]
    parser.add_argument("--quick", action="store_true", help="10,000 events, once")
    parser.add_argument("--formats", nargs="+", choices=every, default=every)
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000, 20_000], help="events of a report")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--all", action="store_true", help="write XLSX of any size")
    options = parser.parse_args()
    if options.quick:
        options.events, options.reports, options.rounds = [10_000], [1_000], 1
    names = [
        name
        for form in options.formats
        if form in FORMATS
        for name in (form, f"plain {form}")
        if name[6:] in PLAIN or name == form
    ]
    cases = [
        (name, rows)
        for rows in options.events
        for name in names
        if options.all or not name.endswith("xlsx") or rows <= MOST_XLSX
    ]
    cases += [(name, rows) for rows in options.reports for name in REPORTS if name in options.formats]
    runs: dict[tuple[str, int], list[tuple[float, float, int, float, float]]] = {case: [] for case in cases}
    for _ in range(options.rounds):
        for case in cases:
            runs[case].append(measure(*case))
    for (name, rows), found in runs.items():
        seconds = statistics.median(one[0] for one in found)
        busy = statistics.median(one[1] for one in found)
        size, peak, before = found[0][2], max(one[3] for one in found), max(one[4] for one in found)
        if options.json:
            record = {"format": name, "events": rows, "seconds": round(seconds, 3)}
            record |= {"cpu_seconds": round(busy, 3), "bytes": size}
            more = {"peak_mib": round(peak), "frame_mib": round(before), "rounds": options.rounds}
            sys.stdout.write(json.dumps(record | more) + "\n")
        else:
            sys.stdout.write(
                f"{name:18}{rows:10,} events {seconds:9.2f} s ({busy:.2f} s of processor) {size / 1e6:9.2f} MB"
                f"   peak {peak:6.0f} MiB, {before:.0f} of them before writing\n"
            )


if __name__ == "__main__":
    main()
