/**
 * What stands at each place in a window: counts, newest event, mix of colours. When the window moves, only the rows that
 * leave and enter are counted, so a long window costs no more than a short one.
 */

/** @typedef {{deaths?: boolean, sets?: boolean}} Extras what else to add up: deaths by place, events by set of zones */

/** Sums by place. */
export class Tally {
  /** @param {import("./store.js").Store} store @param {number} classes number of colours */
  constructor(store, classes) {
    this.store = store;
    this.classes = classes;
    /** Places with an event in the window and in view, those with the newest event first. */
    this.seen = new Uint32Array(store.places);
    this.length = 0;
    /** Events of places in view, 0 for others. */
    this.count = new Uint32Array(store.places);
    /** Of them, those that only may lie in the window. */
    this.possible = new Uint32Array(store.places);
    this.deaths = new Uint32Array(store.places);
    /** Row of the newest event of a place plus 1; 0 where there is none. */
    this.top = new Uint32Array(store.places);
    this.mix = new Uint32Array(store.places * classes);
    /** Events by set of zones. */
    this.sets = new Uint32Array(store.meta.zone_sets.length);
    /** Which of `mix` each row adds to. */
    this.key = new Uint32Array(store.n);
    /** @type {ArrayLike<number> | null} */
    this.classOf = null;
    this.version = -1;
    this.extras = "";
    this.first = this.last = 0;
    /** What the rows lent to the window added up, so that it can be taken back. */
    this.lentExtras = /** @type {Extras} */ ({});
    /** @type {number[]} rows that began before the window and last into it */
    this.carried = [];
    /** @type {number[]} places that have nothing but carried rows */
    this.lent = [];
    /** @type {number[]} places of rows that may lie in the window, once for each row */
    this.maybe = [];
    this.heads = new Uint32Array(store.days + 2);
  }

  /**
   * @param {number} a first day, from the epoch
   * @param {number} b last day
   * @param {Uint8Array} inView 1 for places worth looking at
   * @param {ArrayLike<number>} classOf colour of each row
   * @param {Extras} [extras]
   */
  take(a, b, inView, classOf, extras = {}) {
    const { store } = this;
    const [first, last] = store.rows(a, b);
    this.#takeBack();
    if (classOf !== this.classOf) this.#keys(classOf);
    const wanted = `${Boolean(extras.deaths)} ${Boolean(extras.sets)}`;
    const apart = first >= this.last || last <= this.first;
    const steps = Math.abs(first - this.first) + Math.abs(last - this.last);
    if (store.version !== this.version || wanted !== this.extras || apart || steps > last - first) {
      this.version = store.version;
      this.extras = wanted;
      this.#all(first, last, extras);
    } else this.#move(first, last, extras);
    this.#lend(a, b, extras);
    this.#list(a, b, inView);
  }

  /** @param {ArrayLike<number>} classOf */
  #keys(classOf) {
    const { store, key, classes } = this;
    const { place, n } = store;
    for (let i = 0; i < n; i++) key[i] = place[i] * classes + classOf[i];
    this.classOf = classOf;
    this.version = -1;
  }

  /** @param {number} first @param {number} last @param {Extras} extras */
  #all(first, last, extras) {
    const { store, mix, top, key, deaths, sets } = this;
    const { shown, place, known, zoneSet } = store;
    mix.fill(0);
    top.fill(0);
    for (let i = first; i < last; i++) {
      if (shown[i] === 0) continue;
      mix[key[i]]++;
      top[place[i]] = i + 1;
    }
    deaths.fill(0);
    sets.fill(0);
    if (extras.deaths) for (let i = first; i < last; i++) deaths[place[i]] += shown[i] * known[i];
    if (extras.sets) for (let i = first; i < last; i++) sets[zoneSet[i]] += shown[i];
    this.first = first;
    this.last = last;
  }

  /** @param {number} first @param {number} last @param {Extras} extras */
  #move(first, last, extras) {
    const { store, top } = this;
    const { shown, place, before } = store;
    for (let i = this.first - 1; i >= first; i--) if (shown[i] && !this.#add(i, 1, extras)) top[place[i]] = i + 1;
    for (let i = this.last; i < last; i++) {
      if (!shown[i]) continue;
      this.#add(i, 1, extras);
      top[place[i]] = i + 1;
    }
    for (let i = this.last - 1; i >= last; i--) {
      if (!shown[i]) continue;
      this.#add(i, -1, extras);
      if (top[place[i]] !== i + 1) continue;
      let j = before[i];
      while (j >= first && !shown[j]) j = before[j];
      top[place[i]] = j >= first ? j + 1 : 0;
    }
    for (let i = this.first; i < first; i++) {
      if (!shown[i]) continue;
      this.#add(i, -1, extras);
      if (top[place[i]] === i + 1) top[place[i]] = 0;
    }
    this.first = first;
    this.last = last;
  }

  /** @param {number} i row @param {number} sign 1 or -1 @param {Extras} extras @returns {number} the top of its place */
  #add(i, sign, extras) {
    const { store } = this;
    this.mix[this.key[i]] += sign;
    if (extras.deaths) this.deaths[store.place[i]] += sign * store.known[i];
    if (extras.sets) this.sets[store.zoneSet[i]] += sign;
    return this.top[store.place[i]];
  }

  /**
   * Count rows whose days only overlap the window; taken back before the window moves.
   * @param {number} a
   * @param {number} b
   * @param {Extras} extras
   */
  #lend(a, b, extras) {
    const { store, top, possible } = this;
    const { shown, place } = store;
    store.carried(a, (i) => {
      if (!shown[i]) return;
      const p = place[i];
      this.#add(i, 1, extras);
      this.carried.push(i);
      this.maybe.push(p);
      possible[p]++;
      if (top[p] === 0) this.lent.push(p);
      if (top[p] === 0 || (top[p] <= this.first && top[p] <= i)) top[p] = i + 1;
    });
    store.outlasting(a, b, (i) => {
      if (!shown[i]) return;
      possible[place[i]]++;
      this.maybe.push(place[i]);
    });
    this.lentExtras = extras;
  }

  #takeBack() {
    for (const i of this.carried) this.#add(i, -1, this.lentExtras);
    for (const p of this.lent) this.top[p] = 0;
    for (const p of this.maybe) this.possible[p] = 0;
    this.carried.length = this.lent.length = this.maybe.length = 0;
  }

  /**
   * Sort places by the first day of their newest event.
   * @param {number} a
   * @param {number} b
   * @param {Uint8Array} inView
   */
  #list(a, b, inView) {
    const { store, seen, count, top, mix, classes, heads } = this;
    const { start } = store;
    const days = Math.max(0, Math.min(b, store.days - 1) - a);
    heads.fill(0, 0, days + 2);
    for (let p = 0; p < top.length; p++) {
      count[p] = 0;
      if (top[p] === 0 || inView[p] === 0) continue;
      let sum = 0;
      for (let k = p * classes, end = k + classes; k < end; k++) sum += mix[k];
      count[p] = sum;
      heads[days - Math.max(0, start[top[p] - 1] - a) + 1]++;
    }
    for (let d = 1; d <= days + 1; d++) heads[d] += heads[d - 1];
    this.length = heads[days + 1];
    for (let p = 0; p < top.length; p++) if (count[p] !== 0) seen[heads[days - Math.max(0, start[top[p] - 1] - a)]++] = p;
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
