/** What stands at each place in a window: counts, newest event, mix of colours. One pass over the window's rows. */

import { UNKNOWN_DEATHS } from "./store.js";

/**
 * Sums by place. Arrays are as long as the list of places; only places in `seen` hold anything.
 */
export class Tally {
  /** @param {import("./store.js").Store} store @param {number} classes number of colours */
  constructor(store, classes) {
    this.store = store;
    this.classes = classes;
    /** Places with an event in the window and in view, in order of their newest event. */
    this.seen = new Uint32Array(store.places);
    this.length = 0;
    this.count = new Uint32Array(store.places);
    /** Of them, those that only may lie in the window. */
    this.possible = new Uint32Array(store.places);
    this.deaths = new Uint32Array(store.places);
    this.newest = new Uint32Array(store.places);
    this.mix = new Uint32Array(store.places * classes);
  }

  /** Forget the last window; costs by the places it had. */
  clear() {
    const { seen, length, count, possible, deaths, mix, classes } = this;
    for (let k = 0; k < length; k++) {
      const p = seen[k];
      count[p] = possible[p] = deaths[p] = 0;
      mix.fill(0, p * classes, (p + 1) * classes);
    }
    this.length = 0;
  }

  /**
   * @param {number} a first day, from the epoch
   * @param {number} b last day
   * @param {Uint8Array} inView 1 for places worth looking at
   * @param {ArrayLike<number>} classOf colour of each row
   * @param {boolean} [withDeaths] add up deaths too
   */
  take(a, b, inView, classOf, withDeaths = false) {
    this.clear();
    const { store, seen, count, possible, deaths, newest, mix, classes } = this;
    const { place, pass, type, typeOn, start, span, deathsLow } = store;
    const [first, last] = store.rows(a, b);
    let length = 0;
    // This loop is the whole cost of a crowded frame: one counter an event, the rest is summed up by place below.
    for (let i = last - 1; i >= first; i--) {
      const p = place[i];
      if ((inView[p] & pass[i] & typeOn[type[i]]) === 0) continue;
      if (count[p] === 0) {
        count[p] = 1;
        seen[length++] = p;
        newest[p] = i;
      }
      mix[p * classes + classOf[i]]++;
      if (span[i] !== 0 && start[i] + span[i] > b) possible[p]++;
      if (withDeaths && deathsLow[i] !== UNKNOWN_DEATHS) deaths[p] += deathsLow[i];
    }
    store.carried(a, (i) => {
      const p = place[i];
      if ((inView[p] & pass[i] & typeOn[type[i]]) === 0) return;
      if (count[p] === 0) {
        count[p] = 1;
        seen[length++] = p;
        newest[p] = i;
      }
      mix[p * classes + classOf[i]]++;
      possible[p]++;
      if (withDeaths && deathsLow[i] !== UNKNOWN_DEATHS) deaths[p] += deathsLow[i];
    });
    for (let k = 0; k < length; k++) {
      const from = seen[k] * classes;
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += mix[from + c];
      count[seen[k]] = sum;
    }
    this.length = length;
  }

  /**
   * The colour most events of a place have.
   * @param {number} p
   */
  main(p) {
    const from = p * this.classes;
    let best = 0;
    for (let c = 1; c < this.classes; c++) if (this.mix[from + c] > this.mix[from + best]) best = c;
    return best;
  }

  /**
   * Rows at a place in a window, newest first.
   * @param {number} p
   * @param {number} a
   * @param {number} b
   * @returns {number[]}
   */
  rowsAt(p, a, b) {
    const { store } = this;
    const [first, last] = store.rows(a, b);
    /** @type {number[]} */
    const rows = [];
    for (let i = last - 1; i >= first; i--) if (store.place[i] === p && store.shows(i)) rows.push(i);
    /** @type {number[]} */
    const before = [];
    store.carried(a, (i) => {
      if (store.place[i] === p && store.shows(i)) before.push(i);
    });
    return rows.concat(before.sort((x, y) => y - x));
  }
}

/**
 * Radius of the symbol of a place.
 * @param {number} weight events or deaths
 * @param {number} count events; a number is written from 2 on and needs room
 * @returns {number} pixels
 */
export function symbolRadius(weight, count) {
  const byWeight = 4.2 + 1.9 * Math.sqrt(Math.max(0, weight - 1));
  return Math.min(26, Math.max(count > 1 ? 8 : 4.8, byWeight));
}
