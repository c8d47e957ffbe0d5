/** What can be chosen of each facet, and how many events each choice would show under all other filters. Pure. */

import { BIT } from "./filter.js";

/**
 * @typedef {object} Choices names that can be chosen; several codes may have one name
 * @property {string[]} names
 * @property {number[][]} codes of each name
 * @property {Uint32Array} of index + 1 of the name of each code; 0 for none
 */

/** @typedef {"subs" | "actors" | "actor_types" | "zones" | "statuses"} Listed */

/**
 * @param {(string | null)[]} names of the codes
 * @returns {Choices}
 */
function group(names) {
  /** @type {Map<string, number>} */
  const at = new Map();
  /** @type {Choices} */
  const choices = { names: [], codes: [], of: new Uint32Array(names.length) };
  names.forEach((name, code) => {
    if (!name) return;
    let index = at.get(name);
    if (index === undefined) {
      index = choices.names.push(name) - 1;
      choices.codes.push([]);
      at.set(name, index);
    }
    choices.codes[index].push(code);
    choices.of[code] = index + 1;
  });
  return choices;
}

/** @param {import("./types.js").Meta} meta the payload's header @returns {Record<Listed, Choices>} */
export function choicesOf(meta) {
  return {
    subs: group(meta.subs.map((sub) => sub[0])),
    actors: group(meta.actors.map((actor) => actor && actor[0])),
    actor_types: group(meta.actor_types),
    zones: group(meta.zones.map((zone) => zone[1])),
    statuses: group(meta.statuses),
  };
}

/**
 * Count the events of a window by the names of a facet, under every filter but the facet's own.
 * @param {import("./store.js").Store} store
 * @param {Listed} facet
 * @param {Choices} choices
 * @param {{a: number, b: number, possible: boolean}} window days from the epoch; whether possibly inside a zone counts
 * @returns {Uint32Array} by index of the name
 */
export function facetCounts(store, facet, choices, { a, b, possible }) {
  const others = 255 & ~BIT[facet];
  if (facet === "zones") return zoneCounts(store, choices, others, { a, b, possible });
  const found = new Uint32Array(choices.names.length + 1);
  const [one, two] = columns(store, facet, choices);
  const { start, span } = store;
  const [first, last] = store.rows(a, b);
  count(store, others, first, last, one.column, one.of, two?.column ?? null, found);
  store.carried(a, (i) => {
    if (start[i] + span[i] >= a) count(store, others, i, i + 1, one.column, one.of, two?.column ?? null, found);
  });
  return found.subarray(1);
}

/**
 * The columns of a facet, and the name of each code.
 * @param {import("./store.js").Store} store
 * @param {Listed} facet
 * @param {Choices} choices
 * @returns {{column: import("./payload.js").Column, of: Uint32Array}[]}
 */
function columns(store, facet, choices) {
  if (facet === "subs") return [{ column: store.sub, of: choices.of }];
  if (facet === "statuses") return [{ column: store.status, of: choices.of }];
  const of = facet === "actors" ? choices.of : Uint32Array.from(store.meta.actors.map((actor) => (actor && actor[1] >= 0 ? choices.of[actor[1]] : 0)));
  return [{ column: store.actor1, of }, { column: store.actor2, of }];
}

/**
 * @param {import("./store.js").Store} store @param {number} others bits @param {number} first @param {number} last
 * @param {import("./payload.js").Column} one @param {Uint32Array} of @param {import("./payload.js").Column | null} two @param {Uint32Array} found
 */
function count(store, others, first, last, one, of, two, found) {
  const { fails } = store.mask;
  const { typeOn, type } = store;
  for (let i = first; i < last; i++) {
    if ((fails[i] & others) !== 0 || typeOn[type[i]] === 0) continue;
    const name = of[one[i]];
    found[name]++;
    // The same name on both sides is one event.
    if (two !== null && of[two[i]] !== name) found[of[two[i]]]++;
  }
}

/**
 * Sets of zones are counted first: there are few of them.
 * @param {import("./store.js").Store} store
 * @param {Choices} choices
 * @param {number} others
 * @param {{a: number, b: number, possible: boolean}} window
 */
function zoneCounts(store, choices, others, { a, b, possible }) {
  const sets = store.meta.zone_sets;
  const perSet = new Uint32Array(sets.length + 1);
  const of = Uint32Array.from(sets.keys());
  const [first, last] = store.rows(a, b);
  count(store, others, first, last, store.zoneSet, of, null, perSet);
  store.carried(a, (i) => count(store, others, i, i + 1, store.zoneSet, of, null, perSet));
  const found = new Uint32Array(choices.names.length + 1);
  sets.forEach(([inside, maybe], set) => {
    for (const name of new Set([...inside, ...(possible ? maybe : [])].map((zone) => choices.of[zone]))) found[name] += perSet[set];
  });
  return found.subarray(1);
}

/**
 * Which names to list: chosen ones first, then those with most events; words must occur in them.
 * @param {Choices} choices
 * @param {ArrayLike<number>} counts
 * @param {Set<number> | null} chosen
 * @param {string} words
 * @param {number} most
 * @returns {{shown: number[], more: number}} indices
 */
export function listed(choices, counts, chosen, words, most) {
  const sought = plain(words).split(/\s+/).filter(Boolean);
  const fits = (/** @type {number} */ k) => sought.length === 0 || sought.every((word) => plain(choices.names[k]).includes(word));
  const rank = (/** @type {number} */ k) => (chosen?.has(k) ? 1e12 : 0) + counts[k];
  const all = [...choices.names.keys()].filter(fits).sort((p, q) => rank(q) - rank(p) || p - q);
  return { shown: all.slice(0, most), more: Math.max(0, all.length - most) };
}

// Transliterations write these letters or leave them out; Turkish dotless i has no accent to take off.
const SIGNS = /['’‘ʿʾ`´ʼ]/g;

/**
 * Text without case, accents and apostrophes, as geo.query.text.fold writes it.
 * @param {string} text
 */
export function plain(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return bare.replace(/ß/g, "ss").toLowerCase().replace(/ς/g, "σ").replace(SIGNS, "").replace(/ı/g, "i");
}
