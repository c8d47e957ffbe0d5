/** From a filter in words of codes to one byte per event. */

/**
 * What Python sends; null or missing means no filter on it. Codes point into the lists of the payload's header.
 * @typedef {object} Filter
 * @property {number[] | null} [subs] sub-event types
 * @property {number[] | null} [types] event types
 * @property {number[][] | null} [actors] for each list, one of it on either side
 * @property {number[] | null} [zones] inside one of them
 * @property {boolean} [possible] possibly inside is enough; true when missing
 * @property {number[] | null} [statuses]
 * @property {number} [min_confidence] 0 to 1
 * @property {Uint8Array | null} [rows] one bit per row, lowest bit first
 */

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
 * @param {number[][][]} sets
 * @param {number[]} zones
 * @param {boolean} possible
 */
function allowedSets(sets, zones, possible) {
  const wanted = new Set(zones);
  const hit = (/** @type {number[]} */ side) => side.some((zone) => wanted.has(zone));
  return Uint8Array.from(sets, ([inside, maybe]) => (hit(inside) || (possible && hit(maybe)) ? 1 : 0));
}

/**
 * @param {import("./store.js").Store} store
 * @param {Filter | null} filter
 * @param {Uint8Array} pass where to write 1 or 0 for each row
 */
export function buildMask(store, filter, pass) {
  pass.fill(1);
  if (!filter) return;
  const { n, meta } = store;
  const keep = (/** @type {any} */ column, /** @type {Uint8Array} */ table) => {
    if (column instanceof Uint8Array) keepBytes(pass, column, table);
    else keepWide(pass, column, table);
  };
  // One pass over one column each: plain loops over typed arrays, about a millisecond per million rows.
  if (filter.types) keep(store.type, allowed(meta.types.length, filter.types));
  if (filter.subs) keep(store.sub, allowed(meta.subs.length, filter.subs));
  if (filter.statuses) keep(store.status, allowed(meta.statuses.length, filter.statuses));
  if (filter.zones) keep(store.zoneSet, allowedSets(meta.zone_sets, filter.zones, filter.possible ?? true));
  for (const group of filter.actors ?? []) {
    keepEither(pass, store.actor1, store.actor2, allowed(meta.actors.length, group));
  }
  if (filter.min_confidence) {
    const least = Math.ceil(filter.min_confidence * 255 - 0.5);
    keepBytes(pass, store.confidence, Uint8Array.from({ length: 256 }, (_, value) => (value < least ? 0 : 1)));
  }
  if (filter.rows) {
    const bits = filter.rows;
    for (let i = 0; i < n; i++) pass[i] &= (bits[i >> 3] >> (i & 7)) & 1;
  }
}

// The same loop twice on purpose: a loop that meets one kind of array alone runs several times as fast.
/** @param {Uint8Array} pass @param {Uint8Array} column @param {Uint8Array} table */
function keepBytes(pass, column, table) {
  for (let i = 0; i < pass.length; i++) pass[i] &= table[column[i]];
}

/** @param {Uint8Array} pass @param {Uint16Array} column @param {Uint8Array} table */
function keepWide(pass, column, table) {
  for (let i = 0; i < pass.length; i++) pass[i] &= table[column[i]];
}

/** @param {Uint8Array} pass @param {any} one @param {any} two @param {Uint8Array} table */
function keepEither(pass, one, two, table) {
  for (let i = 0; i < pass.length; i++) pass[i] &= table[one[i]] | table[two[i]];
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
