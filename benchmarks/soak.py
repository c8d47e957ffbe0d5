"""Eight people at one dashboard for a long time: errors, memory of the server and the browsers, and whether it slows.

``python -m benchmarks.soak [--minutes 120] [--sessions 8] [--pause 2 10] [--json] [--quick] [--figure FILE.png]``

Each session is a page of its own in a headless Chromium. It moves the period on the map, plays, searches, chooses
filters and resets them in a random order with a fixed seed, with pauses as people make them. Measured are

* errors: exceptions and error messages on the pages, messages in the browsers' consoles, requests to elsewhere
* filter change: from Enter in the search box until Streamlit rests, the 95th percentile; *idle* is that of one session
  alone on the same server before the others come
* memory: of the server and of all browsers, every ten seconds; growth is the median of the last fifth less that of the
  second fifth
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.tools import HOW_TO_GET_CHROMIUM, chromium
from tests.watch import CHROMIUM_ARGUMENTS, OWN, free_port, start, stop

ROOT = Path(__file__).resolve().parent.parent
SEED = 20191009
WORDS = ("Turkish", "drone", "shelling", "Kobani", "border", "convoy", "killed", "village")
EVERY_S = 10.0
RESTS = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
TARGET = 2.0
"""The filter change of one among many may take this many times the idle one."""


class Session:
    """One person."""

    def __init__(self, page: Any, number: int, *, pause_s: tuple[float, float]) -> None:
        self.page, self.pause_s, self.rng = page, pause_s, random.Random(f"{SEED} {number}")  # noqa: S311 - no secret
        self.errors: list[str] = []
        self.changes_s: list[float] = []
        self.actions = 0
        page.on("console", lambda message: message.type == "error" and self.errors.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.errors.append(f"error: {error}"))
        page.on("request", lambda asked: asked.url.startswith(OWN) or self.errors.append(f"asked for {asked.url}"))

    async def arrive(self, address: str) -> None:
        """Open the map and wait for it."""
        await self.page.goto(address)
        await self.page.frame_locator("iframe").locator(".tm-count").wait_for(timeout=60_000)
        await self._rest()

    async def work(self, until: float) -> None:
        """Do one thing after the other until the time is over."""
        ways = (self.search, self.search, self.scrub, self.scrub, self.play, self.choose)
        while time.monotonic() < until:
            try:
                await self.rng.choice(ways)()
                if told := await self.page.locator(
                    "[data-testid=stException], [data-testid=stAlertContentError]"
                ).count():
                    self.errors.append(f"{told} error message(s) on the page")
            except Exception as error:
                self.errors.append(f"{type(error).__name__}: {str(error)[:200]}")
            self.actions += 1
            await asyncio.sleep(self.rng.uniform(*self.pause_s))

    async def search(self) -> None:
        """Search for a word; the time it takes is measured."""
        box = self.page.get_by_test_id("stSidebar").get_by_label("Search")
        now = await box.input_value()
        word = self.rng.choice([one for one in WORDS if one != now])
        await box.fill(word)
        began = time.perf_counter()
        await box.press("Enter")
        await self.page.locator(".bl-head p", has_text=word).first.wait_for(timeout=60_000)
        await self._rest()
        self.changes_s.append(time.perf_counter() - began)

    async def scrub(self) -> None:
        """Move the window along the timeline with the keys."""
        brush = self._map().locator("canvas.tm-brush")
        for key in [self.rng.choice(("ArrowRight", "ArrowLeft", "+", "-")) for _ in range(self.rng.randint(3, 12))]:
            await brush.press(key)
            await asyncio.sleep(0.05)

    async def play(self) -> None:
        """Let time run for a second."""
        brush = self._map().locator("canvas.tm-brush")
        await brush.press(" ")
        await asyncio.sleep(1)
        # It may have come to the end by itself; another press would begin anew.
        if await self._map().locator(".tm-play", has_text="❚❚").count():
            await brush.press(" ")

    async def choose(self) -> None:
        """Reset every filter."""
        button = self.page.get_by_role("button", name="Reset filters")
        if await button.is_enabled():
            await button.click()
        await self._rest()

    def _map(self) -> Any:
        return self.page.frame_locator("iframe[title='streamlit_folium.st_folium']")

    async def _rest(self) -> None:
        await asyncio.sleep(0.05)
        await self.page.wait_for_function(RESTS, timeout=60_000)


def resident_mb(pids: set[int]) -> float:
    """Memory that processes hold and share with nobody, in MB (Linux)."""
    total = 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024


def family(pid: int) -> set[int]:
    """Find a process and all that it started."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(
                    (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
                )
            except OSError:
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


async def watch_memory(server: int, until: float, rows: list[tuple[float, float, float]]) -> None:
    """Note minutes, the server's megabytes and the browsers' until the time is over."""
    began = time.monotonic()
    while time.monotonic() < until:
        mine = family(os.getpid())
        of_server = family(server)
        rows.append(
            ((time.monotonic() - began) / 60, resident_mb(of_server), resident_mb(mine - of_server - {os.getpid()}))
        )
        await asyncio.sleep(EVERY_S)


def growth_mb(values: list[float]) -> float:
    """Median of the last fifth less that of the second."""
    fifth = max(1, len(values) // 5)
    return statistics.median(values[-fifth:]) - statistics.median(values[fifth : 2 * fifth] or values)


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(values)[max(0, int(0.95 * len(values)) - 1)] if values else float("nan")


async def soak(address: str, server: int, options: argparse.Namespace) -> dict[str, Any]:
    """Measure one session alone, then all of them."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_ARGUMENTS))

        async def session(number: int) -> Session:
            context = await browser.new_context(viewport={"width": 1440, "height": 900})
            opened = Session(await context.new_page(), number, pause_s=tuple(options.pause))
            await opened.arrive(address)
            return opened

        alone = await session(0)
        for _ in range(options.idle):
            await alone.search()
            await asyncio.sleep(0.5)
        idle, alone.changes_s = alone.changes_s, []
        sessions = [alone, *[await session(number) for number in range(1, options.sessions)]]
        until = time.monotonic() + options.minutes * 60
        rows: list[tuple[float, float, float]] = []
        await asyncio.gather(watch_memory(server, until, rows), *(one.work(until) for one in sessions))
        await browser.close()
    errors = [error for one in sessions for error in one.errors]
    changes = [seconds for one in sessions for seconds in one.changes_s]
    return {
        "minutes": options.minutes, "sessions": options.sessions, "pause_s": list(options.pause),
        "actions": sum(one.actions for one in sessions),
        "errors": len(errors), "first_errors": errors[:20],
        "filter_change_idle_p95_ms": round(1e3 * p95(idle)), "filter_change_p95_ms": round(1e3 * p95(changes)),
        "filter_change_median_ms": round(1e3 * statistics.median(changes)) if changes else None,
        "times_idle": round(p95(changes) / p95(idle), 2), "filter_changes": len(changes),
        "server_mb": [round(rows[0][1]), round(rows[-1][1])], "browsers_mb": [round(rows[0][2]), round(rows[-1][2])],
        "server_growth_mb": round(growth_mb([row[1] for row in rows]), 1),
        "browsers_growth_mb": round(growth_mb([row[2] for row in rows]), 1),
        "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "memory": rows,
    }  # fmt: skip


def draw(rows: list[tuple[float, float, float]], file: Path) -> None:
    """Draw memory over time."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    minutes, server, browsers = zip(*rows, strict=True)
    figure, axes = plt.subplots(figsize=(7.2, 3.2), layout="constrained")
    axes.plot(minutes, server, color="#0b6e99", label="server")
    axes.plot(minutes, browsers, color="#b4632d", label="all browsers")
    axes.set(xlabel="minutes", ylabel="memory, MB", ylim=(0, None), xlim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(file, dpi=130)
    plt.close(figure)


def served(folder: Path, port: int, store: Path | None) -> Any:
    """Start a dashboard; on the sample articles where no store is named."""
    shown = ["--store", str(store)] if store else ["--sample"]
    command = [sys.executable, "-m", "geo", "dashboard", *shown, "--no-browser", "--quiet", "--port", str(port)]
    return start(
        command,
        health=f"http://localhost:{port}/_stcore/health",
        folder=ROOT,
        environment={**os.environ, "BORDERLINES_CACHE": str(folder)},
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--sessions", type=int, default=8)
    parser.add_argument("--idle", type=int, default=20, help="filter changes of the one session alone")
    parser.add_argument(
        "--pause",
        type=float,
        nargs=2,
        default=(2, 10),
        metavar=("FROM", "TO"),
        help="seconds between two actions of one",
    )
    parser.add_argument("--store", type=Path, help="folder of a store (default: the sample corpus)")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--figure", type=Path, help="write memory over time as a PNG")
    parser.add_argument("--quick", action="store_true", help="two sessions for half a minute")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.quick:
        options.minutes, options.sessions, options.idle = 0.5, 2, 5
    if chromium() is None:
        sys.exit(HOW_TO_GET_CHROMIUM)
    port = options.port or free_port()
    with tempfile.TemporaryDirectory(prefix="borderlines-soak-") as folder:
        server = served(Path(folder), port, options.store)
        try:
            found = asyncio.run(soak(f"http://localhost:{port}", server.pid, options))
        finally:
            stop(server)
    rows = found.pop("memory")
    if options.figure:
        draw(rows, options.figure)
    print(json.dumps(found) if options.json else "\n".join(f"{key:>26}  {value}" for key, value in found.items()))
    sys.exit(found["errors"] > 0)


if __name__ == "__main__":
    main()
