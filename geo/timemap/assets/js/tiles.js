/** Online basemaps by choice: nothing is asked of anybody before one is chosen. */

import { escape } from "./basemap.js";
import { choice, el } from "./dom.js";
import { panelOf } from "./panel.js";

/**
 * @param {import("./types.js").LeafletMap} map
 * @param {{tiles: {name: string, url: string, attribution: string, maxZoom: number, subdomains: string | string[]}[]}} options
 */
export function addTiles(map, options) {
  if (!map.getPane("timemap-tiles")) map.createPane("timemap-tiles").style.zIndex = "200";
  /** @type {{remove(): void} | null} */
  let layer = null;
  const names = [["", "Offline only"], ...options.tiles.map((tile, k) => [String(k), `${tile.name} (online)`])];
  const list = choice("Online basemap", /** @type {[string, string][]} */ (names), "", (value) => {
    layer?.remove();
    layer = null;
    const tile = options.tiles[Number(value)];
    if (value === "" || !tile) return;
    layer = globalThis.L.tileLayer(tile.url, {
      pane: "timemap-tiles", maxZoom: 18, maxNativeZoom: tile.maxZoom, subdomains: tile.subdomains, attribution: escape(tile.attribution),
    }).addTo(map);
  });
  const box = el("div", { class: "tm-tiles" }, list, el("p", { class: "tm-signs", text: "An online basemap tells its provider where you look." }));
  const part = panelOf(map).body.querySelector("[data-part=basemap]");
  if (part) part.append(box);
  else panelOf(map).section("basemap", "Basemap", false, box);
}
