"""How fast the time map is, in a real browser: python benchmarks/timemap/run.py [--events 10000 100000 1000000].

Serves the map's own files with Python's plain file server (no Streamlit), so the figures are the browser's alone.
Events are heaped on named places, come in bursts, and have several actors; every run makes the same ones.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from geo.model import SUB_EVENT_TYPES  # noqa: E402 (the line above makes it findable)
from geo.timemap import assets  # noqa: E402
from geo.timemap.columns import Table, encode, smallest  # noqa: E402
from geo.timemap.tables import ACTOR_TYPES, STATUSES, TYPES  # noqa: E402

DAYS = 14 * 365
PAGE = """<!doctype html><meta charset=utf-8><link rel=stylesheet href=/assets/vendor/leaflet/leaflet.css>
<link rel=stylesheet href=/assets/css/timemap.css><style>body{margin:0}</style>
<div id=map style="height:820px"></div>
<script src=/assets/js/guard.js></script><script src=/assets/vendor/leaflet/leaflet.js></script>
<script>const map = L.map("map").setView([36.2, 40], 7); const began = performance.now();
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

FILTER = """async () => { const app = globalThis.timemap, times = [];
  for (let k = 0; k < 7; k++) { const t = performance.now();
    app.store.filter({ types: k % 2 ? [0, 1, 2] : [0, 3, 4], actors: [[1, 2, 3, 4]] });
    app.timeline.refresh(); app.layer.draw();
    times.push(performance.now() - t); }
  app.store.filter(null); return times.sort((a, b) => a - b)[3]; }"""


def payload(n: int, *, seed: int = 7, places: int = 6000) -> bytes:
    """Make the payload of `n` realistic events: Zipf's law over places and actors, bursts over days."""
    rng = np.random.default_rng(seed)
    burst = rng.integers(0, DAYS, 40)
    day = np.where(rng.random(n) < 0.5, rng.integers(0, DAYS, n), rng.choice(burst, n) + rng.normal(0, 25, n)).astype(
        int
    )
    start = np.sort(day.clip(0, DAYS - 1))
    span = np.where(rng.random(n) < 0.9, 0, rng.choice([6, 29, 364], n, p=[0.7, 0.25, 0.05]))
    span = np.minimum(span, DAYS - 1 - start)
    place = (rng.zipf(1.25, n) - 1) % places
    kind = rng.choice(len(TYPES), n, p=[0.3, 0.3, 0.12, 0.12, 0.04, 0.08, 0.04])
    subs = [(sub, code) for code, t in enumerate(TYPES) for sub in SUB_EVENT_TYPES[t]]
    first_sub = np.array([next(i for i, (_, c) in enumerate(subs) if c == code) for code in range(len(TYPES))])
    actor = (rng.zipf(1.4, (2, n)) - 1) % 300 + 1
    deaths = np.where(rng.random(n) < 0.5, 65_535, np.minimum(rng.poisson(1.5, n), 400))
    columns = {
        "start": smallest(start), "span": smallest(span), "precision": np.ones(n, "u1"), "type": kind.astype("u1"),
        "sub": smallest(first_sub[kind] + rng.integers(0, 2, n)),
        "actor1": smallest(actor[0]), "actor2": smallest(actor[1]),
        "deaths_low": deaths.astype("<u2"), "deaths_high": deaths.astype("<u2"),
        "status": (rng.random(n) < 0.1).astype("u1"),
        "confidence": (rng.integers(10, 20, n) * 12).astype("u1"), "reports": np.ones(n, "u1"),
        "zone_set": smallest(place % 12), "place": smallest(place),
    }  # fmt: skip
    spots = {
        "lon": rng.uniform(36, 44.5, places).astype("<f4"), "lat": rng.uniform(33, 37.4, places).astype("<f4"),
        "radius": np.full(places, 32, "u1"), "shape": np.zeros(places, "u1"),
    }  # fmt: skip
    meta = {
        "epoch": "2011-01-01", "days": DAYS, "types": [[str(t), "#4477aa", "#4477aa"] for t in TYPES], "subs": subs,
        "actor_types": [str(t) for t in ACTOR_TYPES], "actors": [None, *([f"Actor {k}", k % 8] for k in range(300))],
        "statuses": [str(s) for s in STATUSES], "zones": [["z", "Z"]], "zone_sets": [[[0], []]] * 12,
        "places": [f"Place {k}" for k in range(places)], "shapes": {},
    }  # fmt: skip
    return encode({"events": Table(n, columns), "places": Table(places, spots)}, meta)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Our assets, the payload and one page."""

    def __init__(self, *args: object, cache: Path, **options: object) -> None:
        self.cache = cache
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:  # noqa: D102
        name = path.split("?")[0].lstrip("/")
        root = assets.FOLDER if name.startswith("assets/") else self.cache
        return str(root / name.partition("/")[2])

    def log_message(self, *args: object) -> None:  # noqa: D102
        pass


def measure(browser: object, n: int, *, ratio: float, address: str, cache: Path) -> dict[str, object]:
    """Measure one number of events at one device ratio."""
    began = time.perf_counter()
    _, path = assets.write_once(payload(n), ".bin", cache)
    made = time.perf_counter() - began
    (cache / "page.html").write_text(PAGE.replace("NAME", path.name), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 820}, device_scale_factor=ratio)
    page = context.new_page()
    page.goto(f"{address}/cache/page.html")
    page.wait_for_function("() => globalThis.timemap?.timeline.counts")
    page.wait_for_timeout(300)
    result = {"events": n, "ratio": ratio, "bytes": path.stat().st_size, "make_s": round(made, 2),
              "load_ms": page.evaluate("() => performance.now()"), "filter_ms": page.evaluate(FILTER)}  # fmt: skip
    for label, days in (("30 d", 30), ("1 y", 365), ("all", DAYS)):
        result[label] = page.evaluate(MEASURE, [days, 120])
    result["heap_mb"] = page.evaluate("() => performance.memory.usedJSHeapSize / 1e6")
    context.close()
    return result


def main() -> None:
    """Measure and print a table."""
    from playwright.sync_api import sync_playwright

    from tests.tools import chromium

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--ratio", type=float, nargs="+", default=[1.0])
    parser.add_argument("--json", action="store_true", help="print one JSON line for each run")
    options = parser.parse_args()
    path = chromium()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        cache = Path(folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, cache=cache))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for n in options.events:
            for ratio in options.ratio:
                show(measure(browser, n, ratio=ratio, address=address, cache=cache), as_json=options.json)
        browser.close()
        server.shutdown()


def show(result: dict[str, object], *, as_json: bool) -> None:
    """Print one run."""
    if as_json:
        print(json.dumps(result))
        return
    per = result["bytes"] / result["events"]
    print(f"{result['events']:>9,} events, ratio {result['ratio']:g}: {result['bytes'] / 1e6:.2f} MB "
          f"({per:.1f} bytes an event), page to map {result['load_ms']:.0f} ms, "
          f"filter + redraw {result['filter_ms']:.1f} ms, heap {result['heap_mb']:.0f} MB")  # fmt: skip
    for label in ("30 d", "1 y", "all"):
        r = result[label]
        print(f"    {label:>4}: script p50 {r['p50']:.1f} ms, p95 {r['p95']:.1f} ms, frame p95 {r['frame95']:.1f} ms, "
              f"{r['fps']:.0f} fps; {r['places']:,} places in view")  # fmt: skip


if __name__ == "__main__":
    main()
