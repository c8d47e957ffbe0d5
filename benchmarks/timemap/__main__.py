"""How fast the time map is, in a real browser, beside what folium has of its own.

    python -m benchmarks.timemap            everything, and at the end the targets; about six minutes on a free machine
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
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.timemap import link, ours, peers
from benchmarks.timemap.targets import held
from tests.tools import HOW_TO_GET_CHROMIUM, chromium
from tests.watch import CHROMIUM_ARGUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


class Report:
    """Prints each measurement as it comes, and at the end what they say of the targets."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.results: list[dict[str, object]] = []

    def add(self, result: dict[str, object]) -> None:
        """Print one measurement, with the load of the machine: figures of a busy one mean little."""
        result["load"] = round(os.getloadavg()[0], 1)
        self.results.append(result)
        self._print(result)

    def tried(self, measure: Callable[[], Iterable[dict[str, object]]]) -> None:
        """Take what a measurement gives; one that fails is told and the others go on."""
        from playwright.sync_api import Error

        try:
            for result in measure():
                self.add(result)
        except (Error, RuntimeError, OSError) as error:
            print(f"left out: {str(error).splitlines()[0]}", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Print what was measured beside what is meant to hold."""
        for line in held(self.results):
            self._print(line)

    def _print(self, result: dict[str, object]) -> None:
        if self.as_json:
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


def _peers(browser: object, folder: Path, *, address: str, sizes: Sequence[int]) -> Iterator[dict[str, object]]:
    if why := peers.fetch(folder):
        print(f"folium's plugins are left out: {why}", file=sys.stderr)
        return
    for n in sizes:
        for plugin in peers.PLUGINS:
            for window in (30, 365):
                yield peers.measure(browser, plugin, n, window, address=address, cache=folder)


def _measure(browser: object, folder: Path, report: Report, *, address: str, options: argparse.Namespace) -> None:
    sizes = [min(options.events), max(options.events)] if options.quick else options.events
    if options.only in (None, "map"):
        for n in sizes:
            for ratio in options.ratio:
                report.tried(
                    lambda n=n, ratio=ratio: ours.measure(browser, n, ratio=ratio, address=address, cache=folder)
                )
    if options.only in (None, "link"):
        report.tried(lambda: link.through_streamlit(browser, sizes[-1], folder=folder))
    if options.only in (None, "peers"):
        few = (10_000,) if options.quick else (10_000, 100_000)
        report.tried(lambda: _peers(browser, folder, address=address, sizes=few))
        for n in (1_000,) if options.quick else (1_000, 10_000):
            report.tried(lambda n=n: link.rerun(browser, n, folder=folder))


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
    path = chromium() or sys.exit(HOW_TO_GET_CHROMIUM)
    report, began = Report(as_json=options.json), time.monotonic()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright, ours.served(Path(name)) as address:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
        _measure(browser, Path(name), report, address=address, options=options)
        browser.close()
    report.end()
    print(f"measured in {time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
