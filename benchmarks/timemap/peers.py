"""The same events in folium's own time plugins. Their scripts come from npm into a temporary folder, for this alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING

from benchmarks.timemap.data import features

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = {
    "iso8601-js-period@0.2.1": "iso8601.js",
    "leaflet-timedimension@1.1.1": "dist/leaflet.timedimension.min.js",
    "leaflet.timeline@1.6.0": "dist/leaflet.timeline.js",
}
HEAD = """<!doctype html><meta charset=utf-8><link rel=stylesheet href=/assets/vendor/leaflet/leaflet.css>
<style>body{margin:0}</style><div id=map style="height:820px"></div>
<script src=/assets/vendor/leaflet/leaflet.js></script>
SCRIPTS<script>const map = L.map("map", {preferCanvas: true}).setView([36.2, 40], 7);
const point = (feature, at) => L.circleMarker(at, {radius: 4});
fetch("/cache/peers.json").then((answer) => answer.json()).then((list) => {
  const data = {type: "FeatureCollection", features: list};"""
TIMESTAMPED = """  const days = Array.from({length: 40}, (_, k) => Date.UTC(2011, 0, 1) + (WINDOW + 40 * k) * 864e5);
  const clock = L.timeDimension({times: days}); map.timeDimension = clock;
  L.timeDimension.layer.geoJson(L.geoJson(data, {pointToLayer: point}),
    {duration: "PWINDOWD", updateTimeDimension: false}).addTo(map);
  globalThis.step = (k) => clock.setCurrentTimeIndex(k); });</script>"""
TIMELINE = """  const line = L.timeline(data, {pointToLayer: point, getInterval: ({properties}) =>
    ({start: Date.parse(properties.start), end: Date.parse(properties.end)})});
  line.addTo(map);
  globalThis.step = (k) => line.setTime(Date.UTC(2011, 0, 1) + (WINDOW + 40 * k) * 864e5); });</script>"""
PLUGINS = {"TimestampedGeoJson": TIMESTAMPED, "Timeline": TIMELINE}
STEPS = """async (steps) => { const work = [], frames = []; let before = 0;
  for (let k = 0; k < steps; k++) {
    const now = await new Promise(requestAnimationFrame);
    if (before) frames.push(now - before);
    before = now;
    const t = performance.now(); step(k); work.push(performance.now() - t);
  }
  frames.push(await new Promise(requestAnimationFrame) - before);
  const at = (list, q) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];
  return {p50: at(work, .5), p95: at(work, .95), frame95: at(frames, .95),
          fps: 1000 * frames.length / frames.reduce((a, b) => a + b)}; }"""


def fetch(folder: Path) -> str | None:
    """Put the plugins' scripts into a folder.

    Returns
    -------
    str or None
        Why it could not be done.
    """
    npm = shutil.which("npm")
    if npm is None:
        return "no npm"
    try:
        done = subprocess.run(  # noqa: S603 (our own arguments)
            [npm, "pack", "--silent", *PACKAGES], cwd=folder, capture_output=True, text=True, timeout=60
        )
    except subprocess.TimeoutExpired:
        return "npm did not answer within a minute"
    if done.returncode:
        return f"npm pack failed: {done.stderr.strip()[-200:]}"
    for package, inside in PACKAGES.items():
        name = package.replace("@", "-")
        with tarfile.open(folder / f"{name}.tgz") as archive:
            script = archive.extractfile(f"package/{inside}")
            (folder / f"{name}.js").write_bytes(script.read())
    return None


def measure(browser: object, plugin: str, n: int, window: int, *, address: str, cache: Path) -> dict[str, object]:
    """Step a window through time, 40 days at a step."""
    (cache / "peers.json").write_text(json.dumps(features(n, window=window)), encoding="utf-8")
    scripts = "".join(f"<script src=/cache/{package.replace('@', '-')}.js></script>" for package in PACKAGES)
    page_text = (HEAD.replace("SCRIPTS", scripts) + PLUGINS[plugin]).replace("WINDOW", str(window))
    (cache / "peers.html").write_text(page_text, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 820})
    page = context.new_page()
    page.goto(f"{address}/cache/peers.html")
    page.wait_for_function("() => globalThis.step", timeout=120_000)
    figures = page.evaluate(STEPS, 8)
    context.close()
    return {"what": plugin, "events": n, "window": window, "bytes": (cache / "peers.json").stat().st_size, **figures}
