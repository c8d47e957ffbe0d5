/** Which colour an event has: by type, or by its first actor. */

/** @typedef {{names: string[], light: string[], dark: string[]}} Scheme */

const ACTORS = ["#332288", "#cc6677", "#117733", "#ddaa33", "#66aadd", "#882255", "#44aa99", "#999933"];
const ACTORS_DARK = ["#8f84e0", "#e08a99", "#4fae6b", "#e6c15c", "#88c4f0", "#c45a93", "#6fd0bf", "#c4c35f"];
const OTHER = "#8a8a8a";

/**
 * @param {any} meta
 * @returns {Scheme}
 */
export function typeScheme(meta) {
  return { names: meta.types.map((t) => t[0]), light: meta.types.map((t) => t[1]), dark: meta.types.map((t) => t[2]) };
}

/**
 * The most frequent actors get a colour each; the list of actors is sorted by frequency already.
 * @param {any} meta
 * @returns {Scheme & {classOfActor: Uint8Array}}
 */
export function actorScheme(meta) {
  /** @type {string[]} */
  const names = [];
  const classOfActor = new Uint8Array(meta.actors.length);
  meta.actors.forEach((actor, code) => {
    if (code === 0) return;
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
