/** Zones as outlines; each is there only while it is in force in the window of time. */

import { dayOf, words } from "./calendar.js";
import { el } from "./dom.js";
import { guarded } from "./errors.js";
import { widestCut } from "./labels.js";
import { panelOf, tick } from "./panel.js";
import { fetchJson } from "./payload.js";
import { theme } from "./theme.js";

/**
 * @typedef {object} Zone
 * @property {string} id
 * @property {string} name
 * @property {string} kind
 * @property {boolean} unconfirmed
 * @property {boolean} shown ticked at first
 * @property {[string | null, string | null][]} periods first and last day in force; none means always
 * @property {import("./types.js").Geometry} geometry
 */

/**
 * A zone with what shows it: outline, line in the panel, place of its name, and the step of its shade.
 * @typedef {object} Item
 * @property {Zone} zone
 * @property {{addTo(map: import("./types.js").LeafletMap): void, remove(): void, setStyle(style: object): void}} layer
 * @property {boolean} on
 * @property {HTMLElement} label
 * @property {ReturnType<typeof widestCut>} cut
 * @property {HTMLElement} count
 * @property {number} shade
 */

/**
 * @param {Zone} zone
 * @param {{first: number, last: number} | null} span days from 1970
 */
export function inForce(zone, span) {
  if (!span || !zone.periods.length) return true;
  return zone.periods.some(([from, to]) => {
    const first = from === null ? -Infinity : (dayOf(from) ?? -Infinity);
    const last = to === null ? Infinity : (dayOf(to) ?? Infinity);
    return first <= span.last && last >= span.first;
  });
}

/** @param {Zone} zone */
function validity(zone) {
  const text = (/** @type {string | null} */ iso, /** @type {string} */ open) => (iso === null ? open : words(dayOf(iso) ?? 0));
  return zone.periods.map(([from, to]) => `${text(from, "before")} – ${text(to, "today")}`).join("; ");
}

const SHADES = 8;
const INK = { light: "#5b3a8c", dark: "#c5a6f2" };

/**
 * @param {import("./types.js").LeafletMap} map
 * @param {{url: string}} options
 */
export function addZones(map, options) {
  const L = globalThis.L;
  if (!map.getPane("timemap-zones")) map.createPane("timemap-zones").style.zIndex = "350";
  guarded(map.getContainer(), "The zones could not be loaded.", async () => {
    /** @type {Zone[]} */
    const zones = await fetchJson(options.url);
    /** @type {Map<string, number> | null} events inside each zone, while zones are shaded */
    let counts = null;
    const renderer = L.canvas({ pane: "timemap-zones", padding: 0.3 });
    /** @type {import("./window.js").Span | null} */
    let span = null;
    /** Zones that the filter asks for: drawn whether ticked or not, and stronger. */
    let asked = new Set(map.timemapZones ?? []);
    const items = zones.map((zone) => {
      const layer = L.geoJSON(zone.geometry, { pane: "timemap-zones", renderer, interactive: false });
      const count = el("span", { class: "tm-n" });
      const { label } = tick(zone.name, zone.shown, (on) => {
        item.on = on;
        update();
      });
      /** @type {Item} */
      const item = { zone, layer, on: zone.shown, label, cut: widestCut(zone.geometry), count, shade: 0 };
      label.title = [zone.name, validity(zone), zone.unconfirmed ? "not confirmed" : ""].filter(Boolean).join(", ");
      label.append(count);
      return item;
    });
    const update = () => {
      /** @type {import("./types.js").Label[]} */
      const labels = [];
      for (const item of items) {
        const valid = inForce(item.zone, span);
        item.label.classList.toggle("tm-none", !valid);
        const wanted = (item.on || asked.has(item.zone.id)) && valid;
        if (wanted && item.cut && (item.zone.kind !== "province" || asked.has(item.zone.id))) labels.push({ name: item.zone.name, ...item.cut });
        if (wanted && !map.hasLayer(item.layer)) item.layer.addTo(map);
        else if (!wanted && map.hasLayer(item.layer)) item.layer.remove();
      }
      setLabels(map, labels);
    };
    const paint = () => {
      const color = theme.dark ? INK.dark : INK.light;
      for (const { zone, layer, shade } of items) {
        const weight = asked.has(zone.id) ? 3 : 1.5;
        const fillOpacity = counts ? (shade / SHADES) * 0.7 : 0.06;
        layer.setStyle({ color, weight, opacity: 0.9, fillColor: color, fillOpacity, dashArray: zone.unconfirmed ? "5 5" : null });
      }
      map.fire("timemap:ink", { ink: color });
    };
    /** Shade zones by their events; only those whose step has changed are drawn anew. */
    const shade = () => {
      const drawn = items.filter((item) => map.hasLayer(item.layer));
      const most = Math.max(1, ...drawn.map((item) => counts?.get(item.zone.id) ?? 0));
      for (const item of items) {
        const n = counts?.get(item.zone.id) ?? 0;
        const next = n ? Math.max(1, Math.round(SHADES * Math.sqrt(Math.min(1, n / most)))) : 0;
        const text = counts ? n.toLocaleString("en") : "";
        if (item.count.textContent !== text) item.count.textContent = text;
        if (next === item.shade) continue;
        item.shade = next;
        if (counts) item.layer.setStyle({ fillOpacity: (next / SHADES) * 0.7 });
      }
    };
    map.on("timemap:zonecounts", (event) => {
      if (!counts) return;
      counts = event.counts;
      shade();
    });
    const shading = tick("Shade by events", false, (on) => {
      counts = on ? new Map() : null;
      shade();
      paint();
      map.fire("timemap:shade", { on });
    });
    theme.follow(paint);
    map.on("timemap:zones", (event) => {
      asked = new Set(event.ids);
      paint();
      update();
    });
    map.on("timemap:window", (event) => {
      span = event.span;
      update();
    });
    if (map.timemapSpan) span = map.timemapSpan;
    update();
    addList(map, items, shading.label);
  });
}

/**
 * Tell the names to write, if they are others than before.
 * @param {import("./types.js").LeafletMap} map
 * @param {import("./types.js").Label[]} labels
 */
function setLabels(map, labels) {
  const key = labels.map((label) => label.name).join("\n");
  if (key === map.timemapLabelKey) return;
  map.timemapLabelKey = key;
  map.timemapLabels = labels;
  map.fire("timemap:labels");
}

/** @param {import("./types.js").LeafletMap} map @param {Item[]} items @param {HTMLElement} shading */
function addList(map, items, shading) {
  const of = (/** @type {boolean} */ province) => items.filter((item) => (item.zone.kind === "province") === province).map((item) => item.label);
  const nodes = [...of(false)];
  if (of(true).length) nodes.push(el("details", { class: "tm-inner" }, el("summary", { text: "Provinces" }), ...of(true)));
  const note = el("p", { class: "tm-signs", text: "A zone is drawn only while in force in the window. Dashed: not confirmed. Shaded: events inside, in the window; the fullest zone is darkest." });
  panelOf(map).section("zones", "Zones", false, shading, ...nodes, note);
}

