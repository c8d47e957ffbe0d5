/** Too many events to send: squares with counts, and single events once they are few. Python says which. */

import { Bridge } from "./bridge.js";
import { dayOf } from "./calendar.js";
import { amount, el } from "./dom.js";
import { panelOf } from "./panel.js";
import { theme } from "./theme.js";

const LOOKS = {
  light: { square: "#1f5fa8", edge: "#ffffff" },
  dark: { square: "#6aa9f0", edge: "#16191d" },
};
/** Events of one place that its list names. */
const MOST_LISTED = 50;

/**
 * @typedef {{events: number, depth: number, cells?: [number, number, number][], points?: [number, number, number, number, string, string][]}} Shown
 * `cells` are x, y and count; `points` are lon, lat, code of the type, 1 where certain, day and what.
 */

/**
 * @param {any} map
 * @param {{types: [string, string, string][]}} options name and colour of each type, light and dark
 */
export function addCells(map, options) {
  const app = new Cells(map, options);
  globalThis.timemap = /** @type {any} */ (app);
  app.start();
}

class Cells {
  /**
   * @param {any} map
   * @param {{types: [string, string, string][]}} options
   */
  constructor(map, options) {
    this.map = map;
    this.types = options.types;
    /** @type {Shown | null} */
    this.shown = null;
    /** Events inside each zone, by its id. */
    this.inZones = new Map();
    // What waits on a page asks every map the same.
    this.timeline = { searching: false };
    this.bridge = new Bridge("cells", () => this.screen());
    map.createPane("timemap-events").style.zIndex = 420;
    this.renderer = globalThis.L.canvas({ pane: "timemap-events", padding: 0.3 });
    this.group = globalThis.L.layerGroup().addTo(map);
    this.count = el("p", { class: "tm-cells-count", role: "status" });
    this.signs = el("div", { class: "tm-cells-signs" });
    panelOf(map).section("events", "Events", true, this.count, this.signs);
  }

  start() {
    theme.follow(() => this.draw());
    this.map.on("moveend", () => {
      this.bridge.clicked = null;
      this.bridge.send("view");
    });
    this.map.on("timemap:shade", (/** @type {{on: boolean}} */ event) => event.on && this.map.fire("timemap:zonecounts", { counts: this.inZones }));
    addEventListener("timemap:order", () => this.obeyAll());
    this.obeyAll();
    this.bridge.send("init");
  }

  screen() {
    const bounds = this.map.getBounds();
    const round = (/** @type {number} */ degrees) => Math.round(degrees * 1e5) / 1e5;
    return {
      bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map(round),
      zoom: this.map.getZoom(),
    };
  }

  obeyAll() {
    for (const order of /** @type {any[]} */ (globalThis.timemapOrders.splice(0))) {
      if (order.id === this.bridge.ack) continue;
      if (order.theme) theme.set(order.theme);
      // A map that has just been made looks where the page says; later the reader moves it.
      if (order.view && !this.bridge.ack) this.look(order.view);
      if (order.zones) this.tellZones(order.zones);
      if (order.shown) {
        this.shown = order.shown;
        this.map.closePopup();
        this.draw();
      }
      this.bridge.clicked = null;
      this.bridge.ack = order.id;
      this.bridge.send("ack");
    }
  }

  /** @param {{center?: [number, number], zoom?: number, bounds?: [number, number, number, number]}} view */
  look(view) {
    if (view.center) return this.map.setView([view.center[1], view.center[0]], view.zoom, { animate: false });
    if (!view.bounds) return;
    const [west, south, east, north] = view.bounds;
    const room = globalThis.L.point(panelOf(this.map).width, 0);
    this.map.fitBounds([[south, west], [north, east]], { animate: false, paddingBottomRight: room });
  }

  /** @param {{window: [string, string] | null, asked: string[], counts: [string, number][]}} zones */
  tellZones({ window, asked, counts }) {
    const { map } = this;
    const [first, last] = (window ?? []).map(dayOf);
    const span = window && first !== null && last !== null ? { first, last } : null;
    map.timemapSpan = span;
    map.fire("timemap:window", { span });
    map.timemapZones = asked;
    map.fire("timemap:zones", { ids: asked });
    this.inZones = new Map(counts);
    map.fire("timemap:zonecounts", { counts: this.inZones });
  }

  draw() {
    this.group.clearLayers();
    if (!this.shown) return;
    this.say(this.shown);
    const look = LOOKS[theme.dark ? "dark" : "light"];
    if (this.shown.points) this.drawPoints(this.shown.points, look);
    else this.drawCells(this.shown.cells ?? [], look);
  }

  /** @param {Shown} shown */
  say({ events, points }) {
    this.count.textContent = `${amount(events, "event")} in this part of the map`;
    const line = (/** @type {any} */ mark, /** @type {string} */ text) => el("div", { class: "tm-line" }, mark, el("span", { class: "tm-name", text }));
    if (!points) {
      this.signs.replaceChildren(
        line(el("i", { class: "tm-square", "aria-hidden": "true" }), "Square: how many events lie in it"),
        el("p", { class: "tm-signs", text: "Too many to show one by one. Come closer, or press a square, to see single events. Squares at the edge count whole." }));
      return;
    }
    const there = new Set(points.map((point) => point[2]));
    const dot = (/** @type {string} */ colour) => {
      const mark = el("i", { class: "tm-dot", "aria-hidden": "true" });
      mark.style.background = colour;
      return mark;
    };
    const lines = this.types.flatMap(([name, light, dark], code) => (there.has(code) ? [line(dot(theme.dark ? dark : light), name)] : []));
    this.signs.replaceChildren(...lines, el("p", { class: "tm-signs", text: "Dot: one event. Dot with a number: several at one place. Pale: day or zone not certain." }));
  }

  /**
   * @param {[number, number, number][]} cells
   * @param {{square: string, edge: string}} look
   */
  drawCells(cells, look) {
    const { L } = globalThis;
    const most = Math.max(1, ...cells.map((cell) => cell[2]));
    for (const [x, y, n] of cells) {
      const bounds = this.boundsOf(x, y);
      const words = `${amount(n, "event")} in this square. Press to come closer.`;
      const closer = () => this.map.fitBounds(bounds, { animate: false });
      // Few events must still be seen beside very many.
      const fillOpacity = 0.14 + 0.56 * (Math.log1p(n) / Math.log1p(most)) ** 2;
      L.rectangle(bounds, { renderer: this.renderer, color: look.edge, weight: 1, opacity: 0.5, fillColor: look.square, fillOpacity })
        .on("click", closer).addTo(this.group);
      const text = el("span", { class: fillOpacity > 0.42 && !theme.dark ? "tm-cell-n tm-on-dark" : "tm-cell-n", text: brief(n), title: words });
      L.marker(L.latLngBounds(bounds).getCenter(), { icon: L.divIcon({ html: text, className: "tm-cell", iconSize: [64, 24] }), alt: words, title: words })
        .on("click", closer).addTo(this.group);
    }
  }

  /**
   * @param {NonNullable<Shown["points"]>} points
   * @param {{edge: string}} look
   */
  drawPoints(points, look) {
    const { L } = globalThis;
    /** @type {Map<string, number[]>} */
    const places = new Map();
    points.forEach(([lon, lat], row) => {
      const key = `${lon},${lat}`;
      const rows = places.get(key);
      if (rows) rows.push(row);
      else places.set(key, [row]);
    });
    // Large ones first, so that single events lie on top.
    for (const rows of [...places.values()].sort((a, b) => b.length - a.length)) {
      const [lon, lat, code, certain] = points[rows[0]];
      const at = [lat, this.near(lon)];
      const [, light, dark] = this.types[code];
      const radius = Math.min(16, 5 + 2.2 * Math.log2(rows.length));
      L.circleMarker(at, {
        renderer: this.renderer, radius, color: look.edge, weight: 1.2, fillColor: theme.dark ? dark : light,
        fillOpacity: rows.length > 1 || certain ? 0.92 : 0.45,
      }).on("click", () => this.press(rows, at)).addTo(this.group);
      if (rows.length < 2) continue;
      const text = el("span", { class: "tm-cell-n tm-on-dark", text: brief(rows.length) });
      L.marker(at, { icon: L.divIcon({ html: text, className: "tm-cell", iconSize: [40, 20] }), alt: `${amount(rows.length, "event")} at one place` })
        .on("click", () => this.press(rows, at)).addTo(this.group);
    }
  }

  /**
   * Open the event of a place, or a list of those that lie there.
   * @param {number[]} rows
   * @param {number[]} at
   */
  press(rows, at) {
    if (rows.length === 1) return this.choose(rows[0]);
    const lines = rows.slice(0, MOST_LISTED).map((row) => {
      const [, , , , day, what] = /** @type {NonNullable<Shown["points"]>} */ (this.shown?.points)[row];
      return el("button", { type: "button", class: "tm-cell-event", text: `${day} · ${what}`, on: { click: () => this.choose(row) } });
    });
    const more = rows.length - lines.length;
    const rest = more > 0 ? el("p", { class: "tm-signs", text: `and ${more.toLocaleString("en")} earlier ones: narrow the period to see them` }) : null;
    const list = el("div", { class: "tm-cell-list" }, el("strong", { text: `${amount(rows.length, "event")} at one place` }), ...lines, rest);
    globalThis.L.popup({ maxHeight: 260, minWidth: 220 }).setLatLng(at).setContent(list).openOn(this.map);
  }

  /** @param {number} row */
  choose(row) {
    this.bridge.clicked = /** @type {any} */ (row);
    this.bridge.send("click");
  }

  /**
   * South-west and north-east corner of a cell.
   * @param {number} x
   * @param {number} y
   */
  boundsOf(x, y) {
    const side = 2 ** (this.shown?.depth ?? 0);
    const lat = (/** @type {number} */ row) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / side))) * 180) / Math.PI;
    const west = this.near((x / side) * 360 - 180, 180 / side);
    return [[lat(y + 1), west], [lat(y), west + 360 / side]];
  }

  /**
   * The copy of the world that is looked at.
   * @param {number} lon
   * @param {number} [half] to its middle
   */
  near(lon, half = 0) {
    return lon + 360 * Math.round((this.map.getCenter().lng - lon - half) / 360);
  }
}

/** @param {number} n */
function brief(n) {
  if (n < 10_000) return n.toLocaleString("en");
  return n < 1_000_000 ? `${Math.floor(n / 1000).toLocaleString("en")}k` : `${(Math.floor(n / 100_000) / 10).toLocaleString("en")}M`;
}
