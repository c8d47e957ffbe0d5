/** The ground: world in outline, countries, provinces, rivers and towns of the theatre, from one file of ours. */

import { fadeFromAfar } from "./detail.js";
import { LabelLayer } from "./labels.js";
import { tick, panelOf } from "./panel.js";
import { fetchJson } from "./payload.js";
import { guarded } from "./errors.js";
import { theme } from "./theme.js";

const LOOKS = {
  light: { water: "#cfe0ec", land: "#f4f1ea", border: "#8d8478", province: "#cfc8bb", river: "#9dbfd6", label: "#4d4a45", halo: "#f7f5f0" },
  dark: { water: "#1b1f24", land: "#2b2f33", border: "#7c7f84", province: "#434950", river: "#3d5a70", label: "#c9ccd0", halo: "#23272b" },
};

/** Panes of ours under the events, and how high each lies. */
const PANES = { "timemap-base": 150, "timemap-tiles": 200, "timemap-labels": 410 };

/** @typedef {{addTo(map: import("./types.js").LeafletMap): void, remove(): void}} Switched a layer that can be shown and hidden */

/**
 * @param {import("./types.js").LeafletMap} map
 * @param {{url: string, attribution: string}} options
 */
export function addBasemap(map, options) {
  const L = globalThis.L;
  for (const [name, z] of Object.entries(PANES)) {
    if (!map.getPane(name)) map.createPane(name).style.zIndex = String(z);
    map.getPane(name).style.pointerEvents = "none";
  }
  map.attributionControl.setPrefix("");
  map.on("timemap:panel", () => map.fire("timemap:labels"));
  L.control.scale({ imperial: false }).addTo(map);
  map.attributionControl.addAttribution(escape(options.attribution));
  theme.follow((dark) => (map.getContainer().style.background = LOOKS[dark ? "dark" : "light"].water));
  guarded(map.getContainer(), "The basemap could not be loaded.", async () => {
    const data = await fetchJson(options.url);
    const renderer = L.canvas({ pane: "timemap-base", padding: 0.4 });
    const layer = (/** @type {string} */ name, /** @type {object | Function} */ style) =>
      L.geoJSON(features(data[name]), { pane: "timemap-base", renderer, interactive: false, style });
    const layers = {
      world: layer("world", { stroke: false, fillOpacity: 1 }),
      countries: layer("countries", { stroke: false, fillOpacity: 1 }),
      provinces: layer("province_lines", { weight: 0.7, fill: false }),
      // Lakes stand among the rivers: they are filled.
      rivers: layer("rivers", (/** @type {{geometry: import("./types.js").Geometry}} */ one) => ({ weight: 1.3, fill: one.geometry.type.endsWith("Polygon"), fillOpacity: 1 })),
      far: layer("far_borders", { weight: 1, fill: false }),
      borders: layer("borders", { weight: 1.5, fill: false }),
    };
    for (const one of Object.values(layers)) one.addTo(map);
    const labels = new LabelLayer(map, data);
    const paint = (/** @type {boolean} */ dark) => {
      const look = LOOKS[dark ? "dark" : "light"];
      layers.world.setStyle({ fillColor: look.land });
      layers.far.setStyle({ color: look.border });
      layers.countries.setStyle({ fillColor: look.land });
      layers.provinces.setStyle({ color: look.province });
      layers.rivers.setStyle({ color: look.river, fillColor: look.water });
      layers.borders.setStyle({ color: look.border });
      labels.setLook(look);
    };
    theme.follow(paint);
    fadeFromAfar(map, [layers.provinces, layers.rivers]);
    addSwitches(map, layers, labels);
  });
}

/**
 * @param {import("./types.js").LeafletMap} map
 * @param {{provinces: Switched, rivers: Switched}} layers
 * @param {LabelLayer} labels
 */
function addSwitches(map, layers, labels) {
  const show = (/** @type {Switched[]} */ group, /** @type {boolean} */ on) => group.forEach((one) => (on ? one.addTo(map) : one.remove()));
  const provinces = tick("Provinces", true, (on) => show([layers.provinces], on));
  const rivers = tick("Rivers", true, (on) => show([layers.rivers], on));
  const names = tick("Names", true, (on) => labels.show(on));
  for (const one of [provinces, rivers]) one.label.title = "Drawn for this theatre; they fade when seen from afar";
  const box = document.createElement("div");
  box.append(provinces.label, rivers.label, names.label);
  const panel = panelOf(map);
  const tiles = panel.body.querySelector("[data-part=basemap] .tm-tiles");
  const part = panel.section("basemap", "Basemap", false, box);
  if (tiles) part.append(tiles);
}

/** @param {{geometry: import("./types.js").Geometry}[] | undefined} records */
export function features(records) {
  return (records ?? []).map(({ geometry, ...properties }) => ({ type: "Feature", geometry, properties }));
}

/**
 * Leaflet takes attributions as markup.
 * @param {string} text
 */
export function escape(text) {
  const node = document.createElement("span");
  node.textContent = text;
  return node.innerHTML;
}
