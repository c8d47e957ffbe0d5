/** The parts that a page can ask for, by the names of the folium elements that ask. */

import { Bridge, screen } from "./bridge.js";
import { dayOf } from "./calendar.js";
import { actorClasses, actorScheme, typeScheme, zoneClasses, zoneCounts, zoneScheme } from "./colours.js";
import { guarded } from "./errors.js";
import { unpackBits } from "./filter.js";
import { createLayer } from "./layer.js";
import { Legend } from "./legend.js";
import { panelOf } from "./panel.js";
import { fetchBytes, parse } from "./payload.js";
import { card } from "./popup.js";
import { Store } from "./store.js";
import { theme } from "./theme.js";
import { Timeline } from "./timeline.js";

export { addBasemap } from "./basemap.js";
export { addTiles } from "./tiles.js";
export { addZones } from "./zones.js";

/**
 * @param {any} map
 * @param {{url: string, id: string, theme: "auto" | "light" | "dark", colourBy: "type" | "actor" | "zone", speed: number, live: boolean}} options
 */
export function addEvents(map, options) {
  theme.set(options.theme);
  guarded(map.getContainer(), "The events could not be loaded.", async () => {
    const store = new Store(parse(await fetchBytes(options.url)));
    const app = new App(map, store, options);
    globalThis.timemap = app;
    app.start();
  });
}

/** @template T @param {() => T} make @returns {() => T} */
function once(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}

/** @param {any} meta @param {Uint32Array} perSet @returns {Map<string, number>} events inside each zone, by its id */
function byZone(meta, perSet) {
  const counts = zoneCounts(meta, perSet);
  return new Map(meta.zones.map(([id], /** @type {number} */ zone) => [id, counts[zone]]));
}

/** Holds layer, timeline, legend and bridge of one map together. */
class App {
  constructor(map, store, options) {
    this.map = map;
    this.store = store;
    const types = typeScheme(store.meta);
    // Each is a pass over all events, so each is made when first asked for, and once.
    this.schemes = {
      type: () => types,
      actor: once(() => actorScheme(store.meta)),
      zone: once(() => zoneScheme(store.meta, store.zoneSet)),
    };
    this.classes = {
      type: () => store.type,
      actor: once(() => actorClasses(store, this.schemes.actor().classOfActor)),
      zone: once(() => zoneClasses(store, this.schemes.zone().classOfSet)),
    };
    map.createPane("timemap-events").style.zIndex = 420;
    map.getPane("timemap-events").style.pointerEvents = "none";
    this.layer = createLayer(globalThis.L, store, types);
    this.timeline = new Timeline(store, {
      colours: types.light,
      speed: options.speed,
      moved: (span) => this.moved(span),
      released: () => this.bridge.send("window"),
      live: () => options.live && this.bridge.live(),
    });
    this.legend = new Legend(map, store, this.schemes, {
      colourBy: options.colourBy,
      toggled: () => this.changed("filter"),
      colour: () => this.paint(theme.dark),
      size: (by) => {
        this.layer.sizeBy = by;
        this.layer.schedule();
      },
      draw: (as) => {
        this.layer.drawAs = as;
        this.layer.schedule();
      },
    });
    this.timeline.counted = (counts) => this.legend.count(counts);
    this.bridge = new Bridge(options.id, () => screen(map, this.timeline.span, store.typeOn));
  }

  start() {
    const { map, timeline } = this;
    this.layer.addTo(map);
    this.dock();
    theme.follow((dark) => this.paint(dark));
    this.moved(timeline.span);
    map.on("moveend", () => this.bridge.send("view"));
    map.on("click", (event) => this.click(event));
    map.on("mousemove", (event) => this.hover(event));
    map.on("mouseout", () => this.layer.mark(-1));
    map.on("popupclose", () => this.closed());
    map.on("timemap:shade", (event) => this.shade(event.on));
    addEventListener("timemap:order", () => this.orders());
    this.orders();
    this.bridge.send("init");
  }

  /** Put the timeline under the map; the map gives it the room. */
  dock() {
    const container = this.map.getContainer();
    const dock = this.timeline.node;
    container.after(dock);
    const whole = container.clientHeight;
    const fills = whole >= innerHeight - 40;
    const fit = () => {
      container.style.height = `${Math.max(160, (fills ? Math.min(innerHeight, document.documentElement.clientHeight) : whole) - dock.offsetHeight)}px`;
      this.map.invalidateSize({ animate: false, pan: false });
    };
    new ResizeObserver(() => {
      fit();
      this.timeline.layout();
    }).observe(dock);
    addEventListener("resize", fit);
    fit();
    this.timeline.layout();
  }

  /** @param {boolean} dark */
  paint(dark) {
    const by = this.legend.colourBy;
    this.layer.setColours(this.schemes[by](), this.classes[by](), dark);
    this.legend.paint(dark);
    this.timeline.refresh(dark ? this.schemes.type().dark : this.schemes.type().light);
  }

  /** Tell the zone layer, frame by frame, how many events lie in each zone. @param {boolean} on */
  shade(on) {
    const { layer, map, store } = this;
    layer.countSets = on;
    layer.drawn = on ? () => map.fire("timemap:zonecounts", { counts: byZone(store.meta, layer.tally.sets) }) : null;
    layer.schedule();
  }

  /** @param {{first: number, last: number}} span */
  moved(span) {
    this.layer.setWindow(span.first - this.store.epoch, span.last - this.store.epoch);
    this.map.timemapSpan = span;
    this.map.fire("timemap:window", { span });
    this.closeStale();
  }

  /** After a filter. @param {import("./bridge.js").Why} why */
  changed(why) {
    this.timeline.refresh();
    this.layer.schedule();
    this.closeStale();
    this.bridge.send(why);
  }

  /** A card may not stay open when its event has left the window or the filters. */
  closeStale() {
    const row = this.bridge.clicked;
    if (row === null) return;
    const { first, last } = this.timeline.span;
    const start = this.store.epoch + this.store.start[row];
    if (!this.store.shows(row) || start > last || start + this.store.span[row] < first) this.map.closePopup();
  }

  click(event) {
    const place = this.layer.pick(event.containerPoint, event.originalEvent?.pointerType === "touch" ? 14 : 5);
    if (place < 0) return;
    const { a, b } = this.layer.window;
    const rows = this.layer.tally.rowsAt(place, a, b);
    if (rows.length) this.open(rows[0], rows, event.latlng);
  }

  /**
   * @param {number} row
   * @param {number[]} rows all events at its place, newest first
   * @param {any} [at] where a line or area was clicked
   */
  open(row, rows, at) {
    const place = this.store.place[row];
    const middle = [this.store.lat[place], this.store.lon[place]];
    const anchor = this.layer.view.isShape(place) && at ? at : middle;
    const content = card(this.store, rows, row, {
      colours: theme.dark ? this.schemes.type().dark : this.schemes.type().light,
      kilometres: this.layer.view.kilometres(place),
      choose: (other) => this.open(other, rows, anchor),
    });
    this.opening = true;
    globalThis.L.popup({ maxWidth: 300, minWidth: 200, maxHeight: 260, autoPanPadding: [20, 20] }).setLatLng(anchor).setContent(content).openOn(this.map);
    this.opening = false;
    this.bridge.clicked = row;
    this.bridge.rows = rows;
    this.layer.mark(place, true);
    this.bridge.send("click");
  }

  closed() {
    if (this.opening) return;
    this.bridge.clicked = null;
    this.bridge.rows = [];
    this.layer.mark(-1, true);
    this.bridge.send("click");
  }

  hover(event) {
    const place = this.layer.pick(event.containerPoint, 4);
    this.map.getContainer().style.cursor = place >= 0 ? "pointer" : "";
    if (place !== this.under) this.layer.mark((this.under = place));
  }

  async orders() {
    for (const order of globalThis.timemapOrders.splice(0)) await this.obey(order);
  }

  /** Carry out an order from Python once, and say so. */
  async obey(order) {
    if (order.id === this.bridge.ack) return;
    const { map, store, timeline } = this;
    if (order.theme) theme.set(order.theme);
    const asked = JSON.stringify(order.filter);
    // Every order tells the filter; the same one again is not worth a pass over all events.
    const anew = order.filter && asked !== this.asked;
    if (anew) {
      this.asked = asked;
      const filter = { ...order.filter };
      if (typeof filter.rows === "string") filter.rows = await unpackBits(filter.rows);
      store.filter(filter);
      map.timemapZones = (filter.zones ?? []).map((code) => store.meta.zones[code]?.[0]);
      map.fire("timemap:zones", { ids: map.timemapZones });
    }
    const typesAnew = order.types_off && Array.from(store.typeOn).some((on, t) => (on === 1) === order.types_off.includes(t));
    if (typesAnew) {
      store.showTypes((t) => !order.types_off.includes(t));
      this.legend.sync();
    }
    if (anew || typesAnew) this.changed("ack");
    if (order.window) {
      const [first, last] = order.window.map(dayOf);
      if (first !== null && last !== null) timeline.goTo(first, last);
    }
    const view = order.view;
    if (view?.bounds) {
      const room = globalThis.L.point(panelOf(map).width, 0);
      map.fitBounds([[view.bounds[1], view.bounds[0]], [view.bounds[3], view.bounds[2]]], { animate: false, paddingBottomRight: room });
    }
    if (view?.center) map.setView([view.center[1], view.center[0]], view.zoom ?? map.getZoom(), { animate: false });
    if (order.select !== undefined) this.select(order.select);
    this.bridge.ack = order.id;
    this.bridge.send("ack");
  }

  /** @param {number} row */
  select(row) {
    if (row < 0 || row >= this.store.n) return this.map.closePopup();
    const { a, b } = this.layer.window;
    const rows = this.layer.tally.rowsAt(this.store.place[row], a, b);
    this.open(row, rows.includes(row) ? rows : [row, ...rows]);
  }
}
