/** The card of an event, and the list of all events at its place. Built of text nodes only. */

import { spanWords } from "./calendar.js";
import { amount, el } from "./dom.js";
import { UNKNOWN_DEATHS } from "./store.js";

const MOST = 40;

/**
 * @param {import("./store.js").Store} store
 * @param {number} row
 * @returns {string} days, with how well they are known
 */
export function dayWords(store, row) {
  const first = store.epoch + store.start[row];
  const last = first + store.span[row];
  const text = spanWords(first, last);
  if (first === last) return text;
  return store.meta.statuses[store.status[row]] === "ongoing" ? `${text}, throughout` : `some day in ${text}`;
}

/**
 * @param {import("./store.js").Store} store
 * @param {number} row
 * @returns {string | null} null where nothing is known
 */
export function deathWords(store, row) {
  const [low, high] = [store.deathsLow[row], store.deathsHigh[row]];
  if (low === UNKNOWN_DEATHS && high === UNKNOWN_DEATHS) return null;
  if (low === high || high === UNKNOWN_DEATHS) return low === 0 ? "no deaths" : amount(low, "death");
  return low === UNKNOWN_DEATHS ? `up to ${amount(high, "death")}` : `${low}–${amount(high, "death")}`;
}

/**
 * @param {import("./store.js").Store} store
 * @param {number} row
 * @returns {string | null} null where nobody is known
 */
export function actorWords(store, row) {
  const name = (/** @type {number} */ code) => {
    const actor = store.meta.actors[code];
    return actor && (actor[0] || (store.meta.actor_types[actor[1]] ?? null));
  };
  const [one, two] = [name(store.actor1[row]), name(store.actor2[row])];
  return one && two ? `${one} – ${two}` : (one ?? two);
}

/**
 * @param {import("./store.js").Store} store
 * @param {number} row
 * @param {number} kilometres radius of uncertainty
 */
function details(store, row, kilometres) {
  const place = store.meta.places[store.place[row]] || "unnamed place";
  const near = kilometres < 1.5 ? "" : ` (within ${Math.round(kilometres)} km)`;
  const reports = store.reports[row];
  const status = store.meta.statuses[store.status[row]];
  const facts = [
    dayWords(store, row),
    place + near,
    actorWords(store, row),
    deathWords(store, row),
    [reports ? amount(reports, "report") : "imported", status === "reported" ? "" : status, `confidence ${Math.round(store.confidence[row] / 2)} %`]
      .filter(Boolean).join(" · "),
  ];
  return facts.filter(Boolean).map((text) => el("p", { text }));
}

/**
 * @param {import("./store.js").Store} store
 * @param {number[]} rows newest first
 * @param {number} chosen one of them
 * @param {{colours: string[], kilometres: number, choose: (row: number) => void}} options
 * @returns {HTMLElement}
 */
export function card(store, rows, chosen, options) {
  const head = el("h4", {}, dot(options.colours[store.type[chosen]]), store.meta.subs[store.sub[chosen]][0] || store.meta.types[store.type[chosen]][0]);
  const node = el("article", { class: "tm-card" }, head, ...details(store, chosen, options.kilometres));
  if (rows.length < 2) return node;
  const list = el("ul", { "aria-label": "Events at this place" });
  for (const row of rows.slice(0, MOST)) {
    const item = el("button", { type: "button", "aria-current": row === chosen ? "true" : null, on: { click: () => options.choose(row) } },
      dot(options.colours[store.type[row]]), `${spanWords(store.epoch + store.start[row], store.epoch + store.start[row] + store.span[row])}: ${store.meta.subs[store.sub[row]][0]}`);
    list.append(el("li", {}, item));
  }
  const rest = rows.length - MOST;
  node.append(el("p", { class: "tm-here", text: `${amount(rows.length, "event")} here in this window` }), list);
  if (rest > 0) node.append(el("p", { text: `and ${rest.toLocaleString("en")} more: narrow the window or the filters` }));
  return node;
}

/** @param {string} colour */
function dot(colour) {
  const mark = el("i", { class: "tm-dot", "aria-hidden": "true" });
  mark.style.background = colour;
  return mark;
}
