/** Which colour an event has: by type, by its first actor, or by a zone it lies in. */

/** @typedef {{names: string[], light: string[], dark: string[]}} Scheme */

const ACTORS = ["#332288", "#cc6677", "#117733", "#ddaa33", "#66aadd", "#882255", "#44aa99", "#999933"];
const ACTORS_DARK = ["#8f84e0", "#e08a99", "#4fae6b", "#e6c15c", "#88c4f0", "#c45a93", "#6fd0bf", "#c4c35f"];
const OTHER = "#8a8a8a";

/**
 * @param {import("./types.js").Meta} meta
 * @returns {Scheme}
 */
export function typeScheme(meta) {
  return { names: meta.types.map((t) => t[0]), light: meta.types.map((t) => t[1]), dark: meta.types.map((t) => t[2]) };
}

/**
 * The most frequent actors get a colour each; the list of actors is sorted by frequency already.
 * @param {import("./types.js").Meta} meta
 * @returns {Scheme & {classOfActor: Uint8Array}}
 */
export function actorScheme(meta) {
  /** @type {string[]} */
  const names = [];
  const classOfActor = new Uint8Array(meta.actors.length);
  meta.actors.forEach((actor, code) => {
    if (actor === null) return;
    let at = names.indexOf(actor[0]);
    if (at < 0 && names.length < ACTORS.length) at = names.push(actor[0]) - 1;
    classOfActor[code] = at < 0 ? ACTORS.length : at;
  });
  classOfActor[0] = ACTORS.length;
  while (names.length < ACTORS.length) names.push("");
  names.push("Others and unknown");
  return { names, light: [...ACTORS, OTHER], dark: [...ACTORS_DARK, OTHER], classOfActor };
}

/**
 * Colour class of each row under the actor scheme.
 * @param {import("./store.js").Store} store
 * @param {Uint8Array} classOfActor
 */
export function actorClasses(store, classOfActor) {
  const classes = new Uint8Array(store.n);
  const { actor1, actor2 } = store;
  for (let i = 0; i < store.n; i++) classes[i] = classOfActor[actor1[i] || actor2[i]];
  return classes;
}

/**
 * The zones with most events get a colour each; an event in several has that of the rarest, which is the smallest.
 * @param {import("./types.js").Meta} meta
 * @param {ArrayLike<number>} zoneSet of each row
 * @returns {Scheme & {classOfSet: Uint8Array}}
 */
export function zoneScheme(meta, zoneSet) {
  const perSet = new Uint32Array(meta.zone_sets.length);
  for (let i = 0; i < zoneSet.length; i++) perSet[zoneSet[i]]++;
  const events = zoneCounts(meta, perSet);
  const ranked = [...events.keys()].filter((zone) => events[zone] > 0).sort((a, b) => events[b] - events[a]);
  const chosen = ranked.slice(0, ACTORS.length);
  const names = chosen.map((zone) => meta.zones[zone][1]);
  const classOfSet = Uint8Array.from(meta.zone_sets.map(([inside]) => {
    const rarest = Math.max(...inside.map((zone) => chosen.indexOf(zone)));
    return rarest >= 0 ? rarest : ACTORS.length;
  }));
  while (names.length < ACTORS.length) names.push("");
  names.push("Other or no zone");
  return { names, light: [...ACTORS, OTHER], dark: [...ACTORS_DARK, OTHER], classOfSet };
}

/**
 * Events inside each zone, from events by set of zones.
 * @param {import("./types.js").Meta} meta
 * @param {ArrayLike<number>} perSet
 */
export function zoneCounts(meta, perSet) {
  const counts = new Uint32Array(meta.zones.length);
  meta.zone_sets.forEach(([inside], set) => {
    for (const zone of inside) counts[zone] += perSet[set];
  });
  return counts;
}

/**
 * Colour class of each row under the zone scheme.
 * @param {import("./store.js").Store} store
 * @param {Uint8Array} classOfSet
 */
export function zoneClasses(store, classOfSet) {
  const classes = new Uint8Array(store.n);
  for (let i = 0; i < store.n; i++) classes[i] = classOfSet[store.zoneSet[i]];
  return classes;
}

/**
 * @param {string} hex "#rrggbb"
 * @returns {[number, number, number]} 0 to 255
 */
export function rgb(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * Black or white, whichever reads better on a colour.
 * @param {string} hex
 */
export function inkOn(hex) {
  const [r, g, b] = rgb(hex).map((v) => (v / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3 ? "#111" : "#fff";
}
