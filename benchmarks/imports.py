"""Import a million rows of ACLED's shape (every fact is invented) and load them; 20,000 of them as a sheet of Excel.

Peers: ``pandas.read_csv`` and ``pandas.read_excel``, which only read.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import numpy as np

ROWS, QUICK_ROWS = 1_000_000, 50_000
SHEET_ROWS, QUICK_SHEET_ROWS = 20_000, 2_000
STEPS = ("import", "load", "pandas.read_csv", "import of a sheet", "pandas.read_excel")
_HEADING = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
_TYPES = (
    ("Political violence", "Battles", "Armed clash"),
    ("Political violence", "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
    ("Political violence", "Violence against civilians", "Attack"),
    ("Demonstrations", "Protests", "Peaceful protest"),
    ("Strategic developments", "Strategic developments", "Other"),
)


def write(path: Path, rows: int) -> None:
    """Write a table of invented events: clustered places, few types, several hundred actors, notes of 200 letters."""
    rng = np.random.default_rng(7)
    places = [(f"Town {n}", 36 + rng.normal(0, 1.5), 38 + rng.normal(0, 2.5)) for n in range(4_000)]
    place = np.minimum(rng.zipf(1.3, rows), len(places)) - 1
    day = rng.integers(0, 3_000, rows)
    kind, actor = rng.integers(0, len(_TYPES), rows), rng.zipf(1.4, (rows, 2)) % 600
    first = date(2016, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEADING + "\n")
        out = csv.writer(file, lineterminator="\n")
        for n in range(rows):
            name, lat, lon = places[place[n]]
            on = first + timedelta(days=int(day[n]))
            disorder, event, sub = _TYPES[kind[n]]
            out.writerow((
                f"XXX{n}", on.isoformat(), on.year, 1 + (n % 20 == 0), disorder, event, sub, f"Group {actor[n, 0]}", "",
                "Rebel group", f"Group {actor[n, 1]}", "", "State forces", "Rebel group-State forces", "", 760,
                "Middle East", "Syria", f"Province {place[n] % 14}", f"District {place[n] % 70}", "", name,
                f"{lat:.4f}", f"{lon:.4f}", 1 + n % 3, f"Outlet {n % 90}; Outlet {n % 7}", "National",
                f"On {on}, group {actor[n, 0]} and group {actor[n, 1]} met near {name}, as was invented here; " * 2,
                n % 5, "", 1_700_000_000 + n,
            ))  # fmt: skip


def write_sheet(path: Path, table: Path, rows: int) -> None:
    """Write the first rows of a table as a sheet, numbers as numbers."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    with table.open(encoding="utf-8", newline="") as file:
        for row in islice(csv.reader(file), rows + 1):
            sheet.append([_cell(value) for value in row])
    book.save(path)


def _cell(value: str) -> str | float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return value


def measure(what: str, folder: Path) -> dict[str, float]:
    """Run one step in this process: wall and processor seconds, and the most memory."""
    before, spent = time.perf_counter(), time.process_time()
    if what.startswith("import"):
        from geo.importers import plan, run
        from geo.store import Store

        name = "rows.csv" if what == "import" else "rows.xlsx"
        with Store(folder / f"store of {name}") as store:
            run(store, plan(folder / name))
    elif what == "load":
        from geo.known import load
        from geo.store import Store

        with Store(folder / "store of rows.csv", readonly=True) as store:
            load(store)
    else:
        import pandas as pd

        pd.read_csv(folder / "rows.csv") if what == "pandas.read_csv" else pd.read_excel(folder / "rows.xlsx")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": round(time.perf_counter() - before, 1),
        "processor_seconds": round(time.process_time() - spent, 1),
        "peak_mb": round(peak),
    }


def main() -> None:
    """Measure each step in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROWS:,} rows only")
    parser.add_argument("--step", nargs=2, metavar=("STEP", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        sys.stdout.write(json.dumps(measure(options.step[0], Path(options.step[1]))) + "\n")
        return
    rows = QUICK_ROWS if options.quick else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "rows.csv", rows)
        size = (folder / "rows.csv").stat().st_size
        sheet_rows = QUICK_SHEET_ROWS if options.quick else SHEET_ROWS
        write_sheet(folder / "rows.xlsx", folder / "rows.csv", sheet_rows)
        found = {}
        for step in STEPS:
            command = [sys.executable, "-m", "benchmarks.imports", "--step", step, name]
            done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
            found[step] = {
                "rows": sheet_rows if "sheet" in step or "excel" in step else rows,
                **json.loads(done.stdout),
            }
    if options.json:
        sys.stdout.write(json.dumps({"bytes": size, **found}) + "\n")
        return
    sys.stdout.write(f"{rows:,} rows, {size / 2**20:,.0f} MiB\n")
    for step, told in found.items():
        sys.stdout.write(
            f"{step:18s} {told['seconds']:6.1f} s ({told['processor_seconds']:.1f} s of processor), "
            f"{told['rows'] / told['processor_seconds']:>9,.0f} rows/s of processor, peak {told['peak_mb']:,.0f} MB\n"
        )


if __name__ == "__main__":
    main()
