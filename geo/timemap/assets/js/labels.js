/**
 * Names of countries and towns, drawn on one canvas; the more important comes first, and none covers another. When time
 * rests they stand beside the symbols; while it moves they stay where they are.
 */

import { panelOf } from "./panel.js";

const MARGIN = 3;
/** Pixels from a town to its name, where no symbol stands. */
const BESIDE = 11;
/** Lines down and up that the name of a wide country may give way to symbols. */
const AWAY = [0, 1, -1, 2, -2];

/**
 * Does a box touch one that stands already?
 * @param {number[]} box left, top, right, bottom
 * @param {number[][]} taken
 */
export function collides(box, taken) {
  return taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
}

/**
 * The box of a line of text.
 * @param {number} x left
 * @param {number} y middle
 * @param {number} wide
 * @param {number} half height
 */
function boxOf(x, y, wide, half) {
  return [x - MARGIN, y - half, x + wide + MARGIN, y + half];
}

/**
 * Where the name of a town may stand, best first: right of it, left, under, over; clear of the symbols on the town itself.
 * @param {{x: number, y: number}} point
 * @param {number} wide
 * @param {number[][]} symbols
 */
export function beside(point, wide, symbols) {
  const { x, y } = point;
  const on = symbols.filter((box) => x > box[0] && x < box[2] && y > box[1] && y < box[3]);
  const away = (/** @type {number} */ side) => Math.max(BESIDE, ...on.map((box) => Math.abs(box[side] - (side % 2 ? y : x)) + MARGIN + 1));
  const at = [[x + away(2), y], [x - away(0) - wide, y], [x - wide / 2, y + away(3) + 8], [x - wide / 2, y - away(1) - 8]];
  return at.map(([left, middle]) => boxOf(left, middle, wide, 8));
}

/** @param {number[]} box @param {{x: number, y: number}} size of the map */
function inside(box, size) {
  return box[0] >= 0 && box[1] >= 0 && box[2] <= size.x && box[3] <= size.y;
}

/**
 * Which towns a zoom has room for: rank 0 is the most important.
 * @param {number} zoom
 */
export function lowestRank(zoom) {
  return zoom < 5 ? 0 : zoom < 6 ? 2 : zoom < 7 ? 4 : zoom < 8 ? 7 : zoom < 9 ? 10 : 99;
}

/** @typedef {{taken: Box[], seen: number[], size: XY}} Room boxes where something stands, degrees that are free of the panel, pixels of the map */
/** @typedef {{name: string, geometry: Geometry, cut?: boolean}} Country cut: the data hold a part of it only */
/** @typedef {{name: string, rank: number, capital: boolean, population: number, at: Position}} Town */
/** @typedef {import("./types.js").Box} Box */
/** @typedef {import("./types.js").XY} XY */
/** @typedef {import("./types.js").Geometry} Geometry */
/** @typedef {import("./types.js").Position} Position */

/**
 * What the file of the basemap tells of a town.
 * @typedef {object} TownRecord
 * @property {string} name
 * @property {number} [rank]
 * @property {boolean} [capital]
 * @property {number} [population]
 * @property {{type: "Point", coordinates: Position}} geometry
 */

export class LabelLayer {
  /** @param {import("./types.js").LeafletMap} map @param {{countries?: Country[], towns?: TownRecord[]}} data */
  constructor(map, data) {
    this.map = map;
    this.shown = true;
    /** @type {{label: string, halo: string}} nothing is drawn before it is set */
    this.look = { label: "", halo: "" };
    /** @type {string | undefined} colour of the names of zones */
    this.zoneInk = undefined;
    /** @type {Box[]} boxes of the symbols of events */
    this.symbols = [];
    /** @type {number | undefined} timer of names that are about to be written anew */
    this.due = undefined;
    this.canvas = map.getPane("timemap-labels").appendChild(document.createElement("canvas"));
    this.canvas.className = "leaflet-zoom-hide";
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    /** @type {Country[]} */
    this.countries = (data.countries ?? []).map((c) => ({ name: c.name, geometry: c.geometry })).filter((c) => widestCut(c.geometry));
    /** @type {Town[]} */
    this.towns = [...(data.towns ?? [])]
      .map((t) => ({ name: t.name, rank: t.rank ?? 9, capital: t.capital ?? false, population: t.population ?? 0, at: t.geometry.coordinates }))
      .sort((a, b) => a.rank - b.rank || b.population - a.population);
    map.on("moveend zoomend resize viewreset timemap:labels", () => this.draw());
    map.on("timemap:rest", () => this.#makeWay());
    map.on("timemap:ink", (event) => (this.zoneInk = event.ink));
  }

  /** @param {{label: string, halo: string}} look */
  setLook(look) {
    this.look = look;
    this.draw();
  }

  /** Write anew where symbols have come or gone, once these are on the screen: they are what is waited for. */
  #makeWay() {
    clearTimeout(this.due);
    // Names do not give way to a density, so they stay as they are from one to the next.
    if (this.symbols.length || this.map.timemapSymbols?.().length) this.due = setTimeout(() => this.draw());
  }

  /** @param {boolean} on */
  show(on) {
    this.shown = on;
    this.draw();
  }

  draw() {
    const { map, canvas, context, look } = this;
    if (!look.label) return;
    const size = map.getSize();
    const ratio = Math.min(2, devicePixelRatio || 1);
    canvas.width = size.x * ratio;
    canvas.height = size.y * ratio;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    globalThis.L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    if (!this.shown) return;
    context.scale(ratio, ratio);
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = look.halo;
    const taken = controls(map.getContainer());
    this.symbols = map.timemapSymbols?.() ?? [];
    const zoom = map.getZoom();
    const seen = visible(map);
    const room = { taken, seen, size };
    for (const zone of this.map.timemapLabels ?? []) this.#zone(zone, room);
    if (zoom < 9) for (const country of this.countries) this.#country(country, room);
    const rank = lowestRank(zoom);
    for (const town of this.towns) if (town.rank <= rank) this.#town(town, room);
  }

  /** @param {Position} at @param {XY} size */
  #place(at, size) {
    const point = this.map.latLngToContainerPoint([at[1], at[0]]);
    return point.x < 0 || point.y < 0 || point.x > size.x || point.y > size.y ? null : point;
  }

  /** @param {Country} country @param {Room} room */
  #country(country, { taken, seen, size }) {
    const { context } = this;
    const cut = widestCut(country.geometry, seen);
    if (!cut) return;
    const point = this.map.latLngToContainerPoint([cut.at[1], cut.at[0]]);
    context.font = "600 12px system-ui, sans-serif";
    context.letterSpacing = "2px";
    const text = country.name.toUpperCase();
    const wide = context.measureText(text).width;
    // A small country may have a name wider than itself, a strip of one at the edge of the map or of our data may not.
    const room = (cut.wide / 360) * 256 * 2 ** this.map.getZoom();
    const own = boxOf(point.x - wide / 2, point.y, wide, 9);
    if (((cut.cropped || country.cut) && room <= wide) || !inside(own, size) || collides(own, taken)) {
      context.letterSpacing = "0px";
      return;
    }
    // Its own place with a symbol on it is better than one in the country beside it.
    const others = room > 2 * wide ? AWAY.map((lines) => boxOf(point.x - wide / 2, point.y + 18 * lines, wide, 9)) : [];
    const box = others.find((one) => inside(one, size) && this.#free(one, taken)) ?? own;
    taken.push(box);
    context.globalAlpha = 0.62;
    this.#write(text, box[0] + MARGIN, (box[1] + box[3]) / 2);
    context.globalAlpha = 1;
    context.letterSpacing = "0px";
  }

  /** @param {import("./types.js").Label} zone @param {Room} room */
  #zone(zone, { taken, size }) {
    const { context } = this;
    const point = this.#place(zone.at, size);
    if (!point) return;
    context.font = "italic 600 11.5px system-ui, sans-serif";
    const wide = context.measureText(zone.name).width;
    // A name much wider than its zone would say nothing of where the zone is.
    const room = (zone.wide / 360) * 256 * 2 ** this.map.getZoom();
    if (wide > 1.1 * room) return;
    const box = [point.x - wide / 2 - MARGIN, point.y - 8, point.x + wide / 2 + MARGIN, point.y + 8];
    if (collides(box, taken)) return;
    taken.push(box);
    this.#write(zone.name, point.x - wide / 2, point.y, this.zoneInk ?? this.look.label);
  }

  /** @param {Town} town @param {Room} room */
  #town(town, { taken, size }) {
    const { context } = this;
    const point = this.#place(town.at, size);
    if (!point) return;
    context.font = `${town.capital ? "600 " : ""}${town.rank <= 3 ? 12 : 11}px system-ui, sans-serif`;
    const wide = context.measureText(town.name).width;
    const box = beside(point, wide, this.symbols).filter((one) => inside(one, size)).find((one) => this.#free(one, taken));
    if (!box) return;
    taken.push(box, [point.x - 3, point.y - 3, point.x + 3, point.y + 3]);
    context.beginPath();
    context.arc(point.x, point.y, town.capital ? 2.6 : 1.8, 0, 2 * Math.PI);
    context.fillStyle = this.look.label;
    context.fill();
    this.#write(town.name, box[0] + MARGIN, (box[1] + box[3]) / 2);
  }

  /** @param {number[]} box @param {number[][]} taken */
  #free(box, taken) {
    return !collides(box, taken) && !collides(box, this.symbols);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} [ink] */
  #write(text, x, y, ink = this.look.label) {
    const { context } = this;
    context.textBaseline = "middle";
    context.strokeText(text, x, y);
    context.fillStyle = ink;
    context.fillText(text, x, y);
  }
}

/**
 * Boxes of what stands on the map already: buttons, scale, attribution and the open panel.
 * @param {HTMLElement} container
 * @returns {number[][]}
 */
function controls(container) {
  const home = container.getBoundingClientRect();
  const parts = container.querySelectorAll(".leaflet-control, .tm-panel");
  return Array.from(parts, (part) => part.getBoundingClientRect())
    .filter((box) => box.width > 0)
    .map((box) => [box.left - home.left - MARGIN, box.top - home.top - MARGIN, box.right - home.left + MARGIN, box.bottom - home.top + MARGIN]);
}

/**
 * What of the map the panel leaves free: west, south, east, north, degrees.
 * @param {import("./types.js").LeafletMap} map
 */
function visible(map) {
  const size = map.getSize();
  const corner = map.containerPointToLatLng([size.x - panelOf(map).width, 0]);
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), corner.lng, bounds.getNorth()];
}

/**
 * A point well inside the largest part of an area: the middle of the widest of its horizontal cuts.
 * @param {Geometry} geometry
 * @param {number[]} [within] west, south, east, north: only what lies in there counts
 * @returns {{at: [number, number], wide: number, cropped: boolean} | null} longitude and latitude, degrees of longitude of
 *   the cut, and whether the area goes on outside; null where there is no area
 */
export function widestCut(geometry, within = [-180, -90, 180, 90]) {
  if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") return null;
  const parts = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
  const area = (/** @type {import("./types.js").Ring} */ ring) => Math.abs(ring.reduce((sum, [x, y], k) => sum + x * ring[(k + 1) % ring.length][1] - y * ring[(k + 1) % ring.length][0], 0));
  const ring = parts.map((part) => part[0]).reduce((a, b) => (area(b) > area(a) ? b : a));
  const [west, low, east, high] = within;
  const [lons, lats] = [0, 1].map((side) => ring.map((point) => point[side]));
  const [south, north] = [Math.max(low, Math.min(...lats)), Math.min(high, Math.max(...lats))];
  const cropped = Math.min(...lons) < west || Math.max(...lons) > east || Math.min(...lats) < low || Math.max(...lats) > high;
  let best = { wide: 0, at: /** @type {[number, number]} */ ([0, 0]), cropped };
  for (const share of south < north ? [0.35, 0.42, 0.5, 0.58, 0.65] : []) {
    const y = south + (north - south) * share;
    const cuts = ring.flatMap(([x, a], k) => {
      const [x2, b] = ring[(k + 1) % ring.length];
      return a > y !== b > y ? [x + ((y - a) / (b - a)) * (x2 - x)] : [];
    }).sort((p, q) => p - q);
    for (let k = 0; k + 1 < cuts.length; k += 2) {
      const [from, to] = [Math.max(west, cuts[k]), Math.min(east, cuts[k + 1])];
      if (to - from > best.wide) best = { wide: to - from, at: [(from + to) / 2, y], cropped };
    }
  }
  return best.wide > 0 ? best : null;
}
