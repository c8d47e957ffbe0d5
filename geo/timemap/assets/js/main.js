/** The parts that a page can ask for, by the names of the folium elements that ask. */

import { Bridge, screen } from "./bridge.js";
import { actorClasses, actorScheme, typeScheme, zoneClasses, zoneCounts, zoneScheme } from "./colours.js";
import { guarded } from "./errors.js";
import { plain } from "./facets.js";
import { Finder } from "./finder.js";
import { createLayer } from "./layer.js";
import { Legend } from "./legend.js";
import { obeyAll } from "./orders.js";
import { fetchBytes, parse } from "./payload.js";
import { Picker } from "./picker.js";
import { Store } from "./store.js";
import { theme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { Words } from "./words.js";

export { addBasemap } from "./basemap.js";
export { addTiles } from "./tiles.js";
export { addZones } from "./zones.js";

/**
 * @param {any} map
 * @param {{url: string, id: string, theme: "auto" | "light" | "dark", colourBy: "type" | "actor" | "zone", speed: number, live: boolean, words: string | null, filters?: boolean}} options
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

const NO_FILTERS = { subs: null, actors: null, actor_types: null, zones: null, statuses: null, possible: true, min_confidence: null, text: null };

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
    this.options = options;
    /** @type {Promise<Words> | undefined} */
    this.loading = undefined;
    /** Filters asked for so far: an answer that comes late may not undo a later one. */
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
    map.createPane("timemap-events").style.zIndex = 420;
    map.getPane("timemap-events").style.pointerEvents = "none";
    this.layer = createLayer(globalThis.L, store, types);
    this.timeline = new Timeline(store, {
      colours: types.light,
      speed: options.speed,
      moved: (span) => this.moved(span),
      released: () => this.bridge.send("window"),
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
    });
    this.timeline.counted = (counts) => this.legend.count(counts);
    /** The filters of the panel, where the page wants any. */
    this.finder = options.filters === false ? null : new Finder(map, store, {
      changed: () => this.filtered(),
      searchable: Boolean(options.words || globalThis.Streamlit),
      searching: () => options.words && this.words(),
      window: () => this.layer.window,
    });
    this.bridge = new Bridge(options.id, () => screen(map, this.timeline.span, store.typeOn, this.finder?.value() ?? NO_FILTERS));
    this.picker = new Picker(this);
  }

  start() {
    const { map, timeline } = this;
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
    this.picker.closeStale();
    this.finder?.count();
  }

  /** After a filter. @param {import("./bridge.js").Why} why */
  changed(why) {
    this.timeline.refresh();
    this.layer.schedule();
    this.picker.closeStale();
    this.finder?.count();
    this.bridge.send(why);
  }

  /**
   * Show what passes a filter; words are looked up in the texts, which are fetched when first needed.
   * @param {import("./filter.js").Filter} filter
   */
  async narrow(filter) {
    const { store, map } = this;
    const turn = ++this.turn;
    let found = null;
    let rows = filter.rows ?? null;
    if (filter.text && !rows) {
      if (!this.options.words) {
        // Only Python can tell: until its order comes, what was shown stays.
        this.finder?.say("Searching …");
        rows = this.rows ?? null;
      } else {
        const words = await this.words();
        if (turn !== this.turn) return;
        found = words.search(plain(filter.text).split(/\s+/).filter(Boolean));
      }
    }
    if (filter.rows || !filter.text || found) this.finder?.say();
    this.rows = rows;
    store.filter({ ...filter, rows, found });
    map.timemapZones = (filter.zones ?? []).map((code) => store.meta.zones[code]?.[0]);
    map.fire("timemap:zones", { ids: map.timemapZones });
  }

  /** The texts of the events. @returns {Promise<Words>} */
  words() {
    this.loading ??= new Promise((done) =>
      guarded(this.map.getContainer(), "The texts to search could not be loaded.", async () => done(new Words(parse(await fetchBytes(this.options.words))))));
    return this.loading;
  }

  /** What the reader has set in the panel. */
  async filtered() {
    this.bridge.touch();
    this.asked = null;
    const asking = this.narrow(this.finder.value());
    // Who cannot search here asks at once; else Python hears when the map is right.
    if (this.options.words) await asking;
    this.changed("filter");
  }
}
