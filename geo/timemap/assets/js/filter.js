/** From a filter in words of codes to one byte per event. Each facet has a bit of its own, so one can be changed alone. */

/**
 * What Python sends and what the panel makes; null or missing means no filter on it. Codes point into the lists of the
 * payload's header.
 * @typedef {object} Filter
 * @property {number[] | null} [types] event types
 * @property {number[] | null} [subs] sub-event types
 * @property {number[] | null} [actors] one of them on either side
 * @property {number[] | null} [actor_types] one of them on either side
 * @property {number[] | null} [zones] inside one of them
 * @property {boolean} [possible] possibly inside is enough; true when missing
 * @property {number[] | null} [statuses]
 * @property {number | null} [min_confidence] 0 to 1
 * @property {string | null} [text] words, for whoever has the texts
 * @property {Uint8Array | null} [found] 1 for each row that has the words
 * @property {Uint8Array | null} [rows] one bit per row, lowest bit first: what only Python could tell
 */

/** @typedef {"types" | "subs" | "actors" | "actor_types" | "zones" | "statuses" | "min_confidence" | "text"} Facet */

/** @type {Record<Facet, number>} */
export const BIT = { types: 1, subs: 2, actors: 4, actor_types: 8, zones: 16, statuses: 32, min_confidence: 64, text: 128 };

/** Steps of confidence in the payload: 0.005 each, rounded down. */
export const CONFIDENCE_STEPS = 200;

/** Which facets reject each row, kept up to date facet by facet. */
export class Mask {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    /** A bit for each facet that rejects the row. */
    this.fails = new Uint8Array(store.n);
    /** @type {Record<string, unknown[]>} what each facet was last asked */
    this.asked = {};
  }

  /**
   * Take a filter; only facets that ask something else than before are looked at.
   * @param {Filter} filter
   * @returns {boolean} whether anything changed
   */
  take(filter) {
    const { store, fails } = this;
    const { meta } = store;
    const some = (/** @type {number[] | null | undefined} */ codes, /** @type {number} */ size) => (codes ? allowed(size, codes) : null);
    /** @type {Record<Facet, [unknown[], () => void]>} */
    const facets = {
      types: [[filter.types], () => this.#by(BIT.types, store.type, some(filter.types, meta.types.length))],
      subs: [[filter.subs], () => this.#by(BIT.subs, store.sub, some(filter.subs, meta.subs.length))],
      statuses: [[filter.statuses], () => this.#by(BIT.statuses, store.status, some(filter.statuses, meta.statuses.length))],
      zones: [[filter.zones, filter.possible ?? true], () =>
        this.#by(BIT.zones, store.zoneSet, filter.zones ? allowedSets(meta.zone_sets, filter.zones, filter.possible ?? true) : null)],
      actors: [[filter.actors], () => this.#either(BIT.actors, some(filter.actors, meta.actors.length))],
      actor_types: [[filter.actor_types], () => this.#either(BIT.actor_types, filter.actor_types ? ofTypes(meta.actors, filter.actor_types) : null)],
      min_confidence: [[filter.min_confidence || null], () =>
        this.#by(BIT.min_confidence, store.confidence, filter.min_confidence ? atLeast(filter.min_confidence) : null)],
      text: [[filter.rows ?? null, filter.found ?? null], () => rows(fails, BIT.text, filter.rows ?? null, filter.found ?? null)],
    };
    let changed = false;
    for (const [name, [asks, apply]] of Object.entries(facets)) {
      const before = this.asked[name] ?? asks.map((ask) => (ask === true ? true : null));
      if (same(before, asks)) continue;
      apply();
      this.asked[name] = asks;
      changed = true;
    }
    return changed;
  }

  /** @param {number} bit @param {import("./payload.js").Column} column @param {Uint8Array | null} table */
  #by(bit, column, table) {
    if (!table) clear(this.fails, bit);
    else if (column instanceof Uint8Array) bytes(this.fails, bit, column, rejecting(table, bit));
    else wide(this.fails, bit, column, rejecting(table, bit));
  }

  /** @param {number} bit @param {Uint8Array | null} table over actors */
  #either(bit, table) {
    if (!table) clear(this.fails, bit);
    else either(this.fails, bit, this.store.actor1, this.store.actor2, rejecting(table, bit));
  }
}

/**
 * Lists that come from outside are told by their content, whole columns by being the same.
 * @param {unknown[]} a
 * @param {unknown[]} b
 */
function same(a, b) {
  const key = (/** @type {unknown} */ ask) => (ask instanceof Uint8Array ? ask : JSON.stringify(ask ?? null));
  return a.every((ask, k) => key(ask) === key(b[k]));
}

/**
 * A look-up table over codes.
 * @param {number} size
 * @param {number[]} codes
 */
function allowed(size, codes) {
  const table = new Uint8Array(size);
  for (const code of codes) if (code >= 0 && code < size) table[code] = 1;
  return table;
}

/**
 * Zone sets that hold one of some zones.
 * @param {import("./types.js").ZoneSet[]} sets
 * @param {number[]} zones
 * @param {boolean} possible
 */
function allowedSets(sets, zones, possible) {
  const wanted = new Set(zones);
  const hit = (/** @type {number[]} */ side) => side.some((zone) => wanted.has(zone));
  return Uint8Array.from(sets.map(([inside, maybe]) => (hit(inside) || (possible && hit(maybe)) ? 1 : 0)));
}

/**
 * Actors of some types.
 * @param {(import("./types.js").Actor | null)[]} actors
 * @param {number[]} types
 */
function ofTypes(actors, types) {
  return Uint8Array.from(actors.map((actor) => (actor && types.includes(actor[1]) ? 1 : 0)));
}

/** @param {number} confidence 0 to 1 */
function atLeast(confidence) {
  // A hair more, so that 0.35 is its own step however it was written down.
  const least = Math.floor(confidence * CONFIDENCE_STEPS + 1e-6);
  return Uint8Array.from({ length: 256 }, (_, code) => (code < least ? 0 : 1));
}

/** @param {Uint8Array} table @param {number} bit */
function rejecting(table, bit) {
  return table.map((on) => (on ? 0 : bit));
}

// Plain loops over typed arrays, about a millisecond per million rows. The same loop twice on purpose: one that meets a
// single kind of array runs several times as fast.
/** @param {Uint8Array} fails @param {number} bit */
function clear(fails, bit) {
  for (let i = 0; i < fails.length; i++) fails[i] &= ~bit;
}

/** @param {Uint8Array} fails @param {number} bit @param {Uint8Array} column @param {Uint8Array} table */
function bytes(fails, bit, column, table) {
  for (let i = 0; i < fails.length; i++) fails[i] = (fails[i] & ~bit) | table[column[i]];
}

/** @param {Uint8Array} fails @param {number} bit @param {import("./payload.js").Column} column @param {Uint8Array} table */
function wide(fails, bit, column, table) {
  for (let i = 0; i < fails.length; i++) fails[i] = (fails[i] & ~bit) | table[column[i]];
}

/** @param {Uint8Array} fails @param {number} bit @param {import("./payload.js").Column} one @param {import("./payload.js").Column} two @param {Uint8Array} table */
function either(fails, bit, one, two, table) {
  for (let i = 0; i < fails.length; i++) fails[i] = (fails[i] & ~bit) | (table[one[i]] & table[two[i]]);
}

/** @param {Uint8Array} fails @param {number} bit @param {Uint8Array | null} bits @param {Uint8Array | null} found */
function rows(fails, bit, bits, found) {
  for (let i = 0; i < fails.length; i++) {
    const held = (!bits || (bits[i >> 3] >> (i & 7)) & 1) && (!found || found[i] === 1);
    fails[i] = (fails[i] & ~bit) | (held ? 0 : bit);
  }
}

/**
 * Unpack the bits of a filter: base64 of deflated bytes.
 * @param {string} text
 * @returns {Promise<Uint8Array>}
 */
export async function unpackBits(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
