/**
 * Events in memory: columns, an index from day to row, and counts by day, so that a frame costs by its window and never
 * by the total. Days in here count from the payload's epoch.
 */

import { dayOf } from "./calendar.js";
import { Mask } from "./filter.js";

const SHORT = 31;
export const UNKNOWN_DEATHS = 65535;

/** @typedef {{certain: number, possible: number, deaths: number, types: Uint32Array}} Counts */

/** Reads of a column may not be undefined: an empty payload has all columns too. */
export class Store {
  /** @param {import("./payload.js").Payload} payload */
  constructor(payload) {
    const events = payload.tables.events;
    const places = payload.tables.places;
    this.meta = payload.meta;
    this.n = events.rows;
    this.places = places.rows;
    this.days = payload.meta.days;
    /** Days from 1970-01-01 to day 0 of the columns. */
    this.epoch = dayOf(payload.meta.epoch) ?? 0;
    const c = events.columns;
    this.start = c.start;
    this.span = c.span;
    this.precision = c.precision;
    this.type = c.type;
    this.sub = c.sub;
    this.actor1 = c.actor1;
    this.actor2 = c.actor2;
    this.deathsLow = c.deaths_low;
    this.deathsHigh = c.deaths_high;
    this.status = c.status;
    this.confidence = c.confidence;
    this.reports = c.reports;
    this.zoneSet = c.zone_set;
    this.place = c.place;
    this.lon = places.columns.lon;
    this.lat = places.columns.lat;
    this.radius = places.columns.radius;
    this.shape = places.columns.shape;
    this.kinds = payload.meta.types.length;
    /** 1 where an event passes every filter but the legend's. */
    this.pass = new Uint8Array(this.n).fill(1);
    /** 1 for each type that the legend shows. */
    this.typeOn = new Uint8Array(this.kinds).fill(1);
    /** 1 where both do: read most often, so it is kept ready. */
    this.shown = new Uint8Array(this.n).fill(1);
    /** Rises whenever another set of rows is shown. */
    this.version = 0;
    /** Which filters reject each row. */
    this.mask = new Mask(this);
    /** Deaths of each row, 0 where they are not known. */
    this.known = new Uint16Array(this.n);
    /** Day and type of each row as one number. */
    this.cell = new Uint32Array(this.n);
    /** The row before at the same place, -1 for none. */
    this.before = new Int32Array(this.n);
    /** Row of the first event that begins on a day or later. */
    this.firstRow = new Uint32Array(this.days + 2);
    this.#index();
    /** Rows of several days, and those of very many: few, so each list is looked at by itself. */
    this.shortSpans = this.#lasting(1, SHORT);
    this.longSpans = this.#lasting(SHORT + 1, Infinity);
    const cells = (this.days + 1) * this.kinds;
    /** Counts by first day and type of what passes, summed up over the days: [day * kinds + type]. */
    this.sum = new Uint32Array(cells);
    this.deathSum = new Uint32Array(cells);
    /** Events of one day: [day * kinds + type]. */
    this.perDay = new Uint32Array(cells - this.kinds);
    this.#count();
  }

  #index() {
    const { n, start, firstRow: first } = this;
    const at = new Int32Array(this.places).fill(-1);
    const { place, type, kinds, deathsLow } = this;
    for (let i = 0; i < n; i++) {
      this.known[i] = deathsLow[i] === UNKNOWN_DEATHS ? 0 : deathsLow[i];
      this.cell[i] = start[i] * kinds + type[i];
      this.before[i] = at[place[i]];
      at[place[i]] = i;
    }
    for (let i = 0; i < n; i++) first[start[i] + 1]++;
    for (let d = 1; d < first.length; d++) first[d] += first[d - 1];
  }

  /**
   * Rows whose days after the first are at least so many, and at most.
   * @param {number} least
   * @param {number} most
   */
  #lasting(least, most) {
    const { n, span } = this;
    let rows = 0;
    for (let i = 0; i < n; i++) if (span[i] >= least && span[i] <= most) rows++;
    const list = new Uint32Array(rows);
    for (let i = 0, k = 0; k < rows; i++) if (span[i] >= least && span[i] <= most) list[k++] = i;
    return list;
  }

  /** Say which rows pass the filters, and count them. */
  #count() {
    const { days, kinds } = this;
    const total = new Uint32Array((days + 1) * kinds);
    const deaths = new Uint32Array((days + 1) * kinds);
    passAndAddUp(total.subarray(kinds), deaths.subarray(kinds), this);
    this.perDay = total.slice(kinds);
    takeOff(this.perDay, this.shortSpans, this);
    takeOff(this.perDay, this.longSpans, this);
    for (let at = kinds; at < total.length; at++) {
      total[at] += total[at - kinds];
      deaths[at] += deaths[at - kinds];
    }
    this.sum = total;
    this.deathSum = deaths;
  }

  /**
   * Rows that begin in a window of days; what began before and lasts into it comes from carried().
   * @param {number} a
   * @param {number} b
   * @returns {[number, number]} first row, row after the last
   */
  rows(a, b) {
    const cut = (/** @type {number} */ day) => Math.max(0, Math.min(this.days, day));
    return a > b ? [0, 0] : [this.firstRow[cut(a)], this.firstRow[cut(b + 1)]];
  }

  /**
   * Call `each` for every row that began before a day and lasts to it or beyond.
   * @param {number} a
   * @param {(row: number) => void} each
   */
  carried(a, each) {
    const { start, span, shortSpans, longSpans } = this;
    const from = lowerBound(shortSpans, this.rows(a - SHORT, a)[0]);
    for (let k = from; k < shortSpans.length; k++) {
      const i = shortSpans[k];
      if (start[i] >= a) break;
      if (start[i] + span[i] >= a) each(i);
    }
    for (const i of longSpans) {
      if (start[i] >= a) break;
      if (start[i] + span[i] >= a) each(i);
    }
  }

  /**
   * Call `each` for every row that begins in a window and lasts beyond it.
   * @param {number} a
   * @param {number} b
   * @param {(row: number) => void} each
   */
  outlasting(a, b, each) {
    const { start, span } = this;
    const last = this.rows(a, b)[1];
    for (const [list, from] of /** @type {[Uint32Array, number][]} */ ([[this.shortSpans, Math.max(a, b - SHORT)], [this.longSpans, a]])) {
      for (let k = lowerBound(list, this.rows(from, b)[0]); k < list.length && list[k] < last; k++) {
        if (start[list[k]] + span[list[k]] > b) each(list[k]);
      }
    }
  }

  /**
   * Events in a window: certain are those wholly inside it, possible those whose span only overlaps it.
   * @param {number} a
   * @param {number} b
   * @returns {Counts} `types` counts types that the legend hides too, the rest does not
   */
  counts(a, b) {
    const { kinds, sum, deathSum, typeOn, pass, type, known } = this;
    const types = new Uint32Array(kinds);
    let certain = 0;
    let possible = 0;
    let deaths = 0;
    const low = Math.max(0, Math.min(this.days, a)) * kinds;
    const high = Math.max(0, Math.min(this.days, b + 1)) * kinds;
    for (let t = 0; t < kinds && high > low; t++) {
      types[t] = sum[high + t] - sum[low + t];
      if (!typeOn[t]) continue;
      certain += types[t];
      deaths += deathSum[high + t] - deathSum[low + t];
    }
    this.outlasting(a, b, (i) => {
      if (!pass[i] || !typeOn[type[i]]) return;
      certain--;
      possible++;
      deaths -= known[i];
    });
    if (a <= b) {
      this.carried(a, (i) => {
        if (!pass[i]) return;
        types[type[i]]++;
        possible += typeOn[type[i]];
      });
    }
    return { certain, possible, deaths, types };
  }

  /**
   * Take a filter, or take it away with null.
   * @param {import("./filter.js").Filter | null} filter
   */
  filter(filter) {
    if (!this.mask.take(filter ?? {})) return;
    this.#count();
    this.#show();
  }

  /**
   * Show or hide types.
   * @param {(type: number) => boolean} on
   */
  showTypes(on) {
    for (let t = 0; t < this.kinds; t++) this.typeOn[t] = on(t) ? 1 : 0;
    this.#show();
  }

  #show() {
    const { n, shown, pass, typeOn, type } = this;
    if (typeOn.every((on) => on === 1)) shown.set(pass);
    else for (let i = 0; i < n; i++) shown[i] = pass[i] & typeOn[type[i]];
    this.version++;
  }

  /**
   * Is a row shown by filter and legend? The window is not asked.
   * @param {number} row
   */
  shows(row) {
    return this.shown[row] === 1;
  }
}

// Loops over all events stand alone: the engine makes them faster than as part of something longer.
/** @param {Uint32Array} total @param {Uint32Array} deaths @param {Store} store */
function passAndAddUp(total, deaths, { n, cell, pass, known, mask: { fails } }) {
  for (let i = 0; i < n; i++) {
    // 1 where no filter fails, else 0, and what does not pass adds nothing: a branch would guess wrong half of the time.
    const on = (fails[i] - 1) >>> 31;
    const at = cell[i];
    pass[i] = on;
    total[at] += on;
    deaths[at] += on * known[i];
  }
}

/** @param {Uint32Array} total @param {Uint32Array} rows @param {Store} store */
function takeOff(total, rows, { cell, pass }) {
  for (let k = 0; k < rows.length; k++) total[cell[rows[k]]] -= pass[rows[k]];
}

/**
 * Where the first value of a sorted list stands that is not below a value.
 * @param {Uint32Array} list
 * @param {number} value
 */
export function lowerBound(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
