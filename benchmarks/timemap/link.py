"""Through Streamlit: from the release of the window to the table, and a marker map made anew by each rerun."""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.timemap.processor import Processor
from tests.watch import free_port, start, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PLAYS = {"no table": (False, False), "the map's table": (True, False), "the page's table": (False, True)}
"""Whether the map's own table is shown, and whether the page follows."""
PLAY = """async ([table, follows, ms]) => {
  const app = timemap, { timeline } = app, times = [];
  timeline.setLength("year");
  timeline.goTo(timeline.bounds.first, timeline.bounds.first + 364);
  app.table.want(table);
  timeline.live = follows;
  timeline.loop = true;
  await new Promise((done) => setTimeout(done, 700));
  timeline.play();
  let before = 0;
  const until = performance.now() + ms;
  await new Promise((done) => {
    const tick = (now) => {
      if (before) times.push(now - before);
      before = now;
      if (now > until) done();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  timeline.pause();
  await new Promise((done) => setTimeout(done, 700));
  times.sort((a, b) => a - b);
  return { frames: times.length, fps: 1000 * times.length / times.reduce((a, b) => a + b),
           frame95: times[Math.floor(times.length * .95)], worst: times.at(-1) };
}"""


def _serve(script: str, folder: Path, n: int):
    port = free_port()
    options = ["--server.headless", "true", "--server.address", "127.0.0.1", "--server.fileWatcherType", "none"]
    server = start(
        [sys.executable, "-m", "streamlit", "run", str(HERE / script), "--server.port", str(port), *options],
        health=f"http://127.0.0.1:{port}/_stcore/health",
        folder=ROOT,
        environment={**os.environ, "PYTHONPATH": str(ROOT), "BORDERLINES_CACHE": str(folder), "EVENTS": str(n)},
    )
    return server, f"http://127.0.0.1:{port}"


def _frame(page: object):
    """Return the frame of the map, as soon as it is there."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if found := [f for f in page.frames if "streamlit_folium" in f.url]:
            return found[0]
        page.wait_for_timeout(50)
    raise RuntimeError("the page has no map")


def _opened(browser: object, address: str):
    """Open the page of the map; gives it, the map's frame and a list that grows by the bytes of each message down."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    sent: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: sent.append(len(data))))
    page.goto(address)
    page.get_by_text("shown=").wait_for(timeout=60_000)
    frame = _frame(page)
    frame.wait_for_function("() => globalThis.timemap?.timeline.counts", timeout=60_000)
    page.wait_for_timeout(1500)
    return page, frame, sent


def through_streamlit(browser: object, n: int, *, folder: Path, turns: int = 12) -> Iterator[dict[str, object]]:
    """Measure what passes between the map and its page: a released window, and tables while time plays."""
    server, address = _serve("link_app.py", folder, n)
    try:
        page, frame, sent = _opened(browser, address)
        yield _release_to_table(page, frame, sent, n=n, turns=turns)
        yield from _playing(browser, frame, n=n)
        page.close()
    finally:
        stop(server)


def _release_to_table(page: object, frame: object, sent: list[int], *, n: int, turns: int) -> dict[str, object]:
    """Move the window and wait until the page shows the count of that window."""
    frame.evaluate("() => { window.mark = 1; }")
    times, got = [], []
    for k in range(turns):
        days = [30, 365, 4000][k % 3]
        sent.clear()
        began = time.perf_counter()
        span = frame.evaluate(
            "([k, days]) => { const t = timemap.timeline, first = t.bounds.first + 20 * k;"
            " t.set({first, last: first + days}); t.release();"
            " return new Date(first * 864e5).toISOString().slice(0, 10); }",
            [k + 1, days],
        )
        page.get_by_text(f"shown={span}").wait_for(timeout=30_000)
        times.append((time.perf_counter() - began) * 1000)
        got.append(sum(sent))
        page.wait_for_timeout(250)
    kept = frame.evaluate("() => window.mark === 1")
    return {"what": "release to table", "events": n, "median_ms": statistics.median(times), "worst_ms": max(times),
            "down_bytes": statistics.median(got), "map_kept": kept}  # fmt: skip


def _playing(browser: object, frame: object, *, n: int, turns: int = 4) -> Iterator[dict[str, object]]:
    """Play a year's window with no table, with the map's own and with one that the page draws, in turns."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in PLAYS}
    processor = Processor(browser)
    for k in range(turns):
        # Whatever else the machine does, it may not always meet the same one.
        for name in [*PLAYS][:: 1 if k % 2 else -1]:
            before = processor.used_ms()
            run = frame.evaluate(PLAY, [*PLAYS[name], 2500])
            run["browser_ms_a_frame"] = (processor.used_ms() - before) / run["frames"]
            found[name].append(run)
    for name, runs in found.items():
        figures = {key: statistics.median(run[key] for run in runs) for key in runs[0] if key != "frames"}
        each = [round(run["fps"], 1) for run in runs]
        yield {"what": f"playing 1 year, {name}", "events": n, **figures, "fps_each": each}
    # By the best of each: whatever else the machine does only ever takes frames.
    without, with_it = (max(run["fps"] for run in found[name]) for name in ("no table", "the map's table"))
    spent = [
        statistics.median(run["browser_ms_a_frame"] for run in found[name]) for name in ("no table", "the map's table")
    ]
    yield {
        "what": "live table",
        "events": n,
        "fps_lost": without - with_it,
        "browser_ms_a_frame_more": spent[1] - spent[0],
    }


def rerun(browser: object, n: int, *, folder: Path, turns: int = 3) -> Iterator[dict[str, object]]:
    """Press a key on a Streamlit slider and wait until st_folium has drawn the markers of that step."""
    server, address = _serve("rerun_app.py", folder, n)
    try:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.goto(address)
        page.get_by_text("step=0").wait_for(timeout=120_000)
        frame = _frame(page)
        drawn = "(k) => globalThis.marked === k"
        frame.wait_for_function(drawn, arg=0, timeout=120_000)
        times = []
        for k in range(1, turns + 1):
            began = time.perf_counter()
            page.locator("input[type=range], [role=slider]").first.press("ArrowRight")
            frame.wait_for_function(drawn, arg=k, timeout=180_000)
            times.append((time.perf_counter() - began) * 1000)
        page.close()
        yield {"what": "streamlit-folium rerun, CircleMarker", "events": n, "median_ms": statistics.median(times)}
    finally:
        stop(server)
