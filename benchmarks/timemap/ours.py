"""The time map by itself: served by a plain file server, so the figures are the browser's alone."""

from __future__ import annotations

import functools
import http.server
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.timemap.data import DAYS, payload
from benchmarks.timemap.processor import Processor
from geo.timemap import assets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FRAMES = 120
WINDOWS = {"30 days": 30, "1 year": 365, "all": DAYS}
PAGE = """<!doctype html><meta charset=utf-8><link rel=stylesheet href=/assets/vendor/leaflet/leaflet.css>
<link rel=stylesheet href=/assets/css/timemap.css><style>body{margin:0}</style>
<div id=map style="height:820px"></div>
<script src=/assets/js/alarm.js></script><script src=/assets/js/guard.js></script>
<script src=/assets/vendor/leaflet/leaflet.js></script>
<script>const map = L.map("map").setView([36.2, 40], 7);
timemapRun(map, "addEvents", {url: "/cache/NAME", id: "x", theme: "light", colourBy: "type", speed: 60});</script>"""

MEASURE = """async ([days, frames]) => {
  const app = globalThis.timemap, times = [], work = [];
  const { first, last } = app.timeline.bounds, room = last - first + 1 - days;
  await new Promise((done) => {
    let k = 0, before = 0;
    const tick = (now) => {
      if (before) times.push(now - before);
      before = now;
      if (k++ >= frames) return done();
      const from = first + Math.floor(Math.max(0, room) * (k / (frames + 1)));
      work.push(app.layer.stats.ms);
      app.timeline.set({ first: from, last: Math.min(last, from + days - 1 - (room <= 0 ? k % 2 : 0)) });
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const at = (list, q) => [...list].sort((a, b) => a - b)[Math.floor(list.length * q)];
  return { p50: at(work, .5), p95: at(work, .95), frame95: at(times, .95),
           fps: 1000 / (times.reduce((a, b) => a + b) / times.length),
           places: app.layer.stats.places, events: app.timeline.counts.certain };
}"""

FILTER = """async () => { const app = globalThis.timemap, counted = [], shown = [];
  const half = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  for (let k = 0; k < 25; k++) { const t = performance.now();
    app.store.filter({ types: k % 2 ? [0, 1, 2] : [0, 3, 4], actors: k % 2 ? [1, 2, 3, 4] : [2, 3, 5] });
    app.timeline.refresh();
    counted.push(performance.now() - t);
    app.layer.draw();
    shown.push(performance.now() - t); }
  app.store.filter(null); app.timeline.refresh(); app.layer.draw();
  return [half(counted), half(shown)]; }"""
PARSE = """async (name) => { const { fetchBytes, parse } = await import("/assets/js/payload.js");
  const { Store } = await import("/assets/js/store.js");
  const t = performance.now(); const bytes = await fetchBytes("/cache/" + name);
  const u = performance.now(); new Store(parse(bytes)); return [u - t, performance.now() - u]; }"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Our assets, and what lies in a folder."""

    def __init__(self, *args: object, cache: Path, **options: object) -> None:
        self.cache = cache
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:  # noqa: D102
        name = path.split("?")[0].lstrip("/")
        root = assets.FOLDER if name.startswith("assets/") else self.cache
        return str(root / name.partition("/")[2])

    def log_message(self, *args: object) -> None:  # noqa: D102
        pass


@contextmanager
def served(cache: Path):
    """Serve a folder; gives the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, cache=cache))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def measure(browser: object, n: int, *, ratio: float, address: str, cache: Path) -> Iterator[dict[str, object]]:
    """Measure one number of events at one device ratio."""
    raw = payload(n)
    _, path = assets.write_once(raw, ".bin", cache)
    size = path.stat().st_size
    (cache / "page.html").write_text(PAGE.replace("NAME", path.name), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 820}, device_scale_factor=ratio)
    page = context.new_page()
    page.goto(f"{address}/cache/page.html")
    page.wait_for_function("() => globalThis.timemap?.timeline.counts", timeout=60_000)
    result = {"what": "time map", "events": n, "ratio": ratio, "bytes": size, "bytes_an_event": size / n}
    result["page_to_map_ms"] = page.evaluate("() => performance.now()")
    page.wait_for_timeout(300)
    result["heap_mb"] = page.evaluate("() => performance.memory.usedJSHeapSize / 1e6")
    result["fetch_ms"], result["parse_ms"] = page.evaluate(PARSE, path.name)
    result["filter_and_counts_ms"], result["filter_to_map_ms"] = page.evaluate(FILTER)
    processor = Processor(browser)
    for label, days in WINDOWS.items():
        before = processor.used_ms()
        figures = page.evaluate(MEASURE, [days, FRAMES])
        result[label] = {**figures, "browser_ms_a_frame": (processor.used_ms() - before) / FRAMES}
    context.close()
    yield result
