/**
 * While time plays: the newest events of the window, in the corner of the map. It is filled once a second and when the
 * browser has nothing else to do, from the last rows of the window, so it costs the map no frame.
 */

import { spanWords } from "./calendar.js";
import { el } from "./dom.js";
import { actorWords } from "./popup.js";

const EVERY_MS = 1000;
/** Longest wait for a browser that is never idle. */
const PATIENCE_MS = 500;
/** Lines of the table, and of that on a narrow map. */
const LINES = 6;
const FEW_LINES = 3;
const NARROW = 700;
const HEADS = ["When", "What", "Where", "Who"];

/**
 * The newest events that are shown: those that begin last come first, those that only last into the window after them.
 * @param {import("./store.js").Store} store
 * @param {number} a first day of the window, from the epoch
 * @param {number} b last day
 * @param {number} most
 * @returns {number[]} rows
 */
export function newest(store, a, b, most) {
  const [first, last] = store.rows(a, b);
  /** @type {number[]} */
  const rows = [];
  for (let i = last - 1; i >= first && rows.length < most; i--) if (store.shown[i]) rows.push(i);
  if (rows.length === most || a > b) return rows;
  /** @type {number[]} */
  const before = [];
  store.carried(a, (i) => store.shown[i] && before.push(i));
  return rows.concat(before.sort((p, q) => q - p)).slice(0, most);
}

/** @typedef {{row: number, node: HTMLElement, cells: HTMLElement[], mark: HTMLElement, what: HTMLElement}} Line */

/** @param {() => void} work */
function whenIdle(work) {
  // Safari has no such call.
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: PATIENCE_MS });
  else setTimeout(work, 0);
}

export class LiveTable {
  /**
   * @param {HTMLElement} container of the map
   * @param {import("./store.js").Store} store
   * @param {{window: () => {a: number, b: number}, colours: () => string[], choose: (row: number) => void}} options
   */
  constructor(container, store, options) {
    this.container = container;
    this.store = store;
    this.options = options;
    /** Whether the reader wants it. */
    this.on = true;
    this.plays = false;
    this.asked = false;
    this.filled = 0;
    const head = el("tr", {}, ...HEADS.map((text) => el("th", { scope: "col", text })));
    this.lines = Array.from({ length: LINES }, () => this.#line());
    const body = el("tbody", {}, ...this.lines.map((line) => line.node));
    // A screen reader is not told of what changes every second: when time rests, the page's own table has it all.
    this.node = el("div", { class: "tm-live", hidden: true }, el("table", { "aria-label": "Newest events of the window" }, el("thead", {}, head), body));
    globalThis.L.DomEvent.disableClickPropagation(this.node);
    container.append(this.node);
  }

  /** @returns {Line} */
  #line() {
    const cells = HEADS.map(() => el("td"));
    const mark = el("i", { class: "tm-dot", "aria-hidden": "true" });
    const what = el("span");
    cells[1].append(mark, what);
    /** @type {Line} */
    const line = { row: -1, node: el("tr", { on: { click: () => line.row >= 0 && this.options.choose(line.row) } }, ...cells), cells, mark, what };
    return line;
  }

  /** @param {boolean} on */
  want(on) {
    this.on = on;
    this.play(this.plays);
  }

  /**
   * Time begins to play, or rests.
   * @param {boolean} plays
   */
  play(plays) {
    this.plays = plays;
    const open = plays && this.on;
    if (open) this.fill();
    this.node.hidden = !open;
  }

  /** The window has moved: fill the table, but not more often than once a second. */
  follow() {
    if (!this.plays || !this.on || this.asked || performance.now() - this.filled < EVERY_MS) return;
    this.asked = true;
    whenIdle(() => {
      this.asked = false;
      if (this.plays && this.on) this.fill();
    });
  }

  fill() {
    this.filled = performance.now();
    const { a, b } = this.options.window();
    const most = this.container.clientWidth <= NARROW ? FEW_LINES : LINES;
    const rows = newest(this.store, a, b, most);
    const colours = this.options.colours();
    this.lines.forEach((line, k) => this.#write(line, rows[k] ?? -1, colours));
  }

  /** @param {Line} line @param {number} row -1 for none @param {string[]} colours */
  #write(line, row, colours) {
    line.node.hidden = row < 0;
    if (row < 0) return;
    const { store } = this;
    const kind = store.type[row];
    line.mark.style.background = colours[kind];
    if (row === line.row) return;
    line.row = row;
    const first = store.epoch + store.start[row];
    line.cells[0].textContent = spanWords(first, first + store.span[row]);
    line.what.textContent = store.meta.subs[store.sub[row]][0] || store.meta.types[kind][0];
    line.cells[2].textContent = store.meta.places[store.place[row]] || "unnamed place";
    line.cells[3].textContent = actorWords(store, row) ?? "";
  }
}
