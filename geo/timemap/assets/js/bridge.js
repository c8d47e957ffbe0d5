/** Between the map and Python: what is on screen goes up, orders come down. */

import { isoOf } from "./calendar.js";

const CALM_MS = { init: 0, click: 0, filter: 40, ack: 0, window: 50, live: 0, view: 120 };
const MOST_ROWS = 50;
const PATIENCE_MS = 5000;
const AT_WORK = '[data-testid="stApp"][data-test-script-state="running"]';

/** @typedef {keyof typeof CALM_MS} Why */

/** Sends at most one message per calm moment; the strongest reason wins. */
export class Bridge {
  /**
   * @param {string} payload id
   * @param {() => object} read what is on screen
   */
  constructor(payload, read) {
    this.payload = payload;
    this.read = read;
    this.seq = 0;
    this.ack = 0;
    /** @type {number | null} row of the event whose card is open */
    this.clicked = null;
    /** @type {number[]} */
    this.rows = [];
    this.told = 0;
    /** The first message that knows of the reader's last change of a filter. */
    this.touched = 0;
    /** @type {Why} the strongest reason of what waits to be sent */
    this.why = "init";
    /** @type {number | undefined} */
    this.timer = 0;
  }

  /** The reader has changed a filter: what Python orders of filters without having heard of it comes too late. */
  touch() {
    this.touched = this.seq + 1;
  }

  /** While time plays: tell the window, unless Python is still busy with the last one. */
  live() {
    // A new message would make a page that takes its time begin again and again.
    if (atWork() && performance.now() - this.told < PATIENCE_MS) return;
    this.#now("live");
  }

  /** @param {Why} why */
  send(why) {
    const order = Object.keys(CALM_MS);
    if (this.timer && order.indexOf(why) > order.indexOf(this.why)) why = this.why;
    this.why = why;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.#now(this.why);
    }, CALM_MS[why]);
  }

  /** @param {Why} why */
  #now(why) {
    const message = {
      v: 2, seq: ++this.seq, why, ...this.read(), clicked: this.clicked, rows: this.rows.slice(0, MOST_ROWS),
      payload: this.payload, ack: this.ack,
    };
    this.told = performance.now();
    globalThis.Streamlit?.setComponentValue(message);
  }
}

/** Does the page around the map say that Python is running? False where it says nothing. */
function atWork() {
  try {
    return parent.document.querySelector(AT_WORK) !== null;
  } catch {
    return false;
  }
}

/**
 * The part of a message that the map itself tells.
 * @param {import("./types.js").LeafletMap} map
 * @param {{first: number, last: number}} span
 * @param {Uint8Array} typeOn
 * @param {import("./types.js").Asked} filters
 */
export function screen(map, span, typeOn, filters) {
  const bounds = map.getBounds();
  const round = (/** @type {number} */ degrees) => Math.round(degrees * 1e5) / 1e5;
  return {
    window: [isoOf(span.first), isoOf(span.last)],
    types_off: Array.from(typeOn.keys()).filter((t) => !typeOn[t]),
    filters,
    bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map(round),
    zoom: map.getZoom(),
  };
}
