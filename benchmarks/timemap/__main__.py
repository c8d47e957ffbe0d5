"""How fast the time map is, in a real browser, beside what folium has of its own.

    python -m benchmarks.timemap            everything, about ten minutes
    python -m benchmarks.timemap --quick    10,000 events and the largest, fewer peers
    python -m benchmarks.timemap --json     one JSON line for each measurement

The plugins' own scripts come from npm into a temporary folder; offline they are left out, and that is said.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.timemap import link, ours, peers
from tests.tools import HOW_TO_GET_CHROMIUM, chromium
from tests.watch import CHROMIUM_ARGUMENTS


def show(result: dict[str, object], *, as_json: bool) -> None:
    """Print one measurement, with the load of the machine: figures of a busy one mean little."""
    result["load"] = round(os.getloadavg()[0], 1)
    if as_json:
        print(json.dumps(result), flush=True)
        return
    print(", ".join(f"{key} {_said(value)}" for key, value in result.items() if not isinstance(value, dict)))
    for key, value in result.items():
        if isinstance(value, dict):
            print(f"    {key:>7}: " + ", ".join(f"{k} {_said(v)}" for k, v in value.items()))
    sys.stdout.flush()


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _peers(browser: object, folder: Path, *, address: str, quick: bool, as_json: bool) -> None:
    if why := peers.fetch(folder):
        print(f"folium's plugins are left out: {why}", file=sys.stderr)
        return
    for n in (10_000,) if quick else (10_000, 100_000):
        for plugin in peers.PLUGINS:
            for window in (30, 365):
                show(peers.measure(browser, plugin, n, window, address=address, cache=folder), as_json=as_json)


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--ratio", type=float, nargs="+", default=[1.0, 2.0])
    parser.add_argument("--only", choices=["map", "link", "peers"], help="one part alone")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sizes = [min(options.events), max(options.events)] if options.quick else options.events
    path = chromium() or sys.exit(HOW_TO_GET_CHROMIUM)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright, ours.served(Path(name)) as address:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
        if options.only in (None, "map"):
            for n in sizes:
                for ratio in options.ratio:
                    show(ours.measure(browser, n, ratio=ratio, address=address, cache=folder), as_json=options.json)
        if options.only in (None, "link"):
            for n in sizes[-1:]:
                for result in link.through_streamlit(browser, n, folder=folder):
                    show(result, as_json=options.json)
        if options.only in (None, "peers"):
            _peers(browser, folder, address=address, quick=options.quick, as_json=options.json)
            for n in (1_000,) if options.quick else (1_000, 10_000):
                show(link.rerun(browser, n, folder=folder), as_json=options.json)
        browser.close()


if __name__ == "__main__":
    main()
