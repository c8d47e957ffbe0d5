/** The parts that a page can ask for, by the names of the folium elements that ask. */

import { Bridge, screen } from "./bridge.js";
import { actorClasses, actorScheme, typeScheme, zoneClasses, zoneCounts, zoneScheme } from "./colours.js";
import { guarded } from "./errors.js";
import { unpackBits } from "./filter.js";
import { Finder } from "./finder.js";
import { createLayer } from "./layer.js";
import { Legend } from "./legend.js";
import { LiveTable } from "./livetable.js";
import { asksForWords, obeyAll } from "./orders.js";
import { fetchBytes, parse } from "./payload.js";
import { Picker } from "./picker.js";
import { Search, wordsOf } from "./search.js";
import { Store } from "./store.js";
import { theme } from "./theme.js";
import { Timeline } from "./timeline.js";

export { addBasemap } from "./basemap.js";
export { addCells } from "./cells.js";
export { addTiles } from "./tiles.js";
export { calmWheel } from "./wheel.js";
export { addZones } from "./zones.js";

/**
 * What geo.timemap.TimeMap puts into the page.
 * @typedef {object} Options
 * @property {string} url of the payload
 * @property {string} id of the payload
 * @property {"auto" | "light" | "dark"} theme
 * @property {import("./legend.js").ColourBy} colourBy at first
 * @property {number} speed days a second at first
 * @property {boolean} live whether Python hears of the window while time plays
 * @property {string | null} words address of the texts; null where only Python has them
 * @property {boolean} [filters] of the map's own; true when missing
 * @property {boolean} [table] of the newest events while time plays; true when missing
 */

/**
 * @param {import("./types.js").LeafletMap} map
 * @param {Options} options
 */
export function addEvents(map, options) {
  theme.set(options.theme);
  const search = new Search(map.getContainer(), options.words);
  // A link may ask for words: then both files are fetched at the same time.
  search.prepare(asksForWords());
  guarded(map.getContainer(), "The events could not be loaded.", async () => {
    const store = new Store(parse(await fetchBytes(options.url)));
    const app = new App(map, store, { ...options, search });
    globalThis.timemap = app;
    app.start();
  });
}

const NO_FILTERS = { subs: null, actors: null, actor_types: null, zones: null, statuses: null, possible: true, min_confidence: null, text: null };

/** @template T @param {() => T} make @returns {() => T} */
function once(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}

/** @param {import("./types.js").Meta} meta @param {Uint32Array} perSet @returns {Map<string, number>} events inside each zone, by its id */
function byZone(meta, perSet) {
  const counts = zoneCounts(meta, perSet);
  return new Map(meta.zones.map(([id], zone) => [id, counts[zone]]));
}

/** Holds layer, timeline, legend and bridge of one map together. */
export class App {
  /**
   * @param {import("./types.js").LeafletMap} map
   * @param {Store} store
   * @param {Options & {search: Search}} options
   */
  constructor(map, store, options) {
    this.map = map;
    this.store = store;
    this.options = options;
    this.search = options.search;
    /** @type {string | null} the filter that Python asked for last, as text */
    this.asked = null;
    /** Filters asked for so far. */
    this.turn = 0;
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
    map.createPane("timemap-events").style.zIndex = "420";
    map.getPane("timemap-events").style.pointerEvents = "none";
    this.layer = createLayer(globalThis.L, store, types);
    /** The newest events while time plays, where the page wants them. */
    this.table = options.table === false ? null : new LiveTable(map.getContainer(), store, {
      window: () => this.layer.window,
      colours: () => (theme.dark ? types.dark : types.light),
      choose: (row) => {
        this.timeline.pause();
        const first = store.epoch + store.start[row];
        this.timeline.back({ first, last: first + store.span[row] });
        this.picker.select(row);
      },
    });
    /** @type {Timeline} */
    this.timeline = new Timeline(store, {
      colours: types.light,
      speed: options.speed,
      moved: (span) => this.moved(span),
      released: () => this.bridge.send("window"),
      played: (on) => this.table?.play(on),
      table: this.table && ((on) => this.table?.want(on)),
      liveAtFirst: options.live,
      live: globalThis.Streamlit ? () => this.bridge.live() : null,
    });
    this.legend = new Legend(map, store, this.schemes, {
      colourBy: options.colourBy,
      toggled: () => {
        this.bridge.touch();
        this.changed("filter");
      },
      colour: () => this.paint(theme.dark),
      size: (by) => {
        this.layer.sizeBy = by;
        this.layer.schedule();
      },
      draw: (as) => {
        this.layer.drawAs = as;
        this.layer.schedule();
      },
      radii: (on) => {
        this.layer.radii = on;
        this.layer.schedule();
      },
    });
    this.timeline.counted = (counts) => this.legend.count(counts);
    /** The filters of the panel, where the page wants any. */
    this.finder = options.filters === false ? null : new Finder(map, store, {
      changed: () => this.filtered(),
      searchable: Boolean(options.words || globalThis.Streamlit),
      searching: () => this.search.prepare(),
      window: () => this.layer.window,
    });
    /** @type {Bridge} */
    this.bridge = new Bridge(options.id, () => screen(map, this.timeline.span, store.typeOn, this.finder?.value() ?? NO_FILTERS));
    this.picker = new Picker(this);
  }

  start() {
    const { map, timeline } = this;
    map.timemapSymbols = () => this.layer.boxes();
    this.layer.addTo(map);
    this.dock();
    theme.follow((dark) => this.paint(dark));
    this.moved(timeline.span);
    map.on("moveend", () => this.bridge.send("view"));
    map.on("timemap:shade", (event) => this.shade(event.on));
    addEventListener("timemap:order", () => obeyAll(this));
    obeyAll(this);
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
    // In this order: a dock that grows later would move the middle of the view that a link asks for.
    this.timeline.layout();
    fit();
  }

  /** @param {boolean} dark */
  paint(dark) {
    const by = this.legend.colourBy;
    this.layer.setColours(this.schemes[by](), this.classes[by](), dark);
    this.legend.paint(dark);
    this.timeline.refresh(dark ? this.schemes.type().dark : this.schemes.type().light);
  }

  /**
   * Tell the zone layer, frame by frame, how many events lie in each zone.
   * @param {boolean} on
   */
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
    this.picker.closeStale();
    this.finder?.count();
    this.table?.follow();
  }

  /** Draw and count anew what passes the filters. */
  recount() {
    this.timeline.refresh();
    this.layer.schedule();
    this.picker.closeStale();
    this.finder?.count();
  }

  /**
   * After a filter.
   * @param {import("./bridge.js").Why} why
   */
  changed(why) {
    this.recount();
    this.bridge.send(why);
  }

  /**
   * Show what passes a filter. Words are looked up in their texts; until those are there the map says that it searches.
   * @param {import("./types.js").Asked} filter
   */
  async narrow(filter) {
    const turn = ++this.turn;
    const { rows: packed, ...own } = filter;
    if (!packed && !wordsOf(filter.text).length) return this.pass(own);
    this.searches(true);
    // Without the texts only Python can tell; its order with the rows ends the waiting.
    if (!packed && !this.search.url) return;
    const looked = packed ? { rows: await unpackBits(packed) } : { found: await this.search.rows(filter.text ?? "") };
    // An answer that comes late may not undo what was asked since.
    if (turn === this.turn) this.pass({ ...own, ...looked });
  }

  /** @param {import("./filter.js").Filter} filter */
  pass(filter) {
    const { store, map } = this;
    store.filter(filter);
    this.searches(false);
    map.timemapZones = (filter.zones ?? []).map((code) => store.meta.zones[code]?.[0]);
    map.fire("timemap:zones", { ids: map.timemapZones });
    this.recount();
  }

  /**
   * While what is shown is not yet what is asked for, no count is shown: it would not be true.
   * @param {boolean} on
   */
  searches(on) {
    if (this.timeline.searching === on) return;
    this.timeline.searching = on;
    for (const node of [this.map.getContainer(), this.timeline.node]) node.classList.toggle("tm-searching", on);
    this.finder?.say(on ? "Searching …" : "");
    this.timeline.show();
  }

  /** What the reader has set in the panel. Python hears at once, and searches for its own part meanwhile. */
  filtered() {
    this.bridge.touch();
    this.asked = null;
    this.narrow(this.finder?.value() ?? NO_FILTERS);
    this.bridge.send("filter");
  }
}
