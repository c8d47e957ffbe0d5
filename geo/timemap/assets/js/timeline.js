/** The time control: play, step, window, speed, jump to a date; and the counts of what the window holds. */

import { Brush } from "./brush.js";
import { isoOf, spanWords, typedDay } from "./calendar.js";
import { amount, button, choice, el } from "./dom.js";
import { advance, between, clamp, inMode, LENGTHS, resize, rewind, step, typed } from "./window.js";

/** @type {[string, string][]} */
const MODES = [["free", "Free window"], ["fixed", "Fixed length"], ["cumulative", "Cumulative"], ["day", "Single day"]];
/** @type {[string, string][]} */
const NAMED = [["own", "Own length"], ["week", "1 week"], ["month", "30 days"], ["quarter", "91 days"], ["year", "1 year"], ["all", "All"]];
const LIVE_MS = 1000;
/** Where the page around takes the frames of the map, it is told more rarely: so many times the longest of them. */
const CALM = 12;
const RAREST_MS = 8000;
const SPEEDS = [1, 3, 7, 15, 30, 60, 120, 365];
/** @type {[string, string][]} */
const UNITS = [["day", "by day"], ["week", "by week"], ["month", "by month"], ["year", "by year"]];

/** Owner of the window; days count from 1970-01-01. */
export class Timeline {
  /**
   * @param {import("./store.js").Store} store
   * @param {{colours: string[], speed: number, liveAtFirst: boolean, moved: (span: import("./window.js").Span) => void, released: () => void, played: (on: boolean) => void, table: ((on: boolean) => void) | null, live: (() => void) | null}} options
   */
  constructor(store, options) {
    this.store = store;
    this.colours = options.colours;
    this.options = options;
    this.bounds = { first: store.epoch, last: store.epoch + store.days - 1 };
    this.span = { ...this.bounds };
    /** @type {import("./window.js").Mode} */
    this.mode = "free";
    /** @type {import("./calendar.js").Unit} */
    this.unit = "month";
    this.speed = options.speed;
    this.loop = false;
    this.live = options.liveAtFirst;
    this.playing = false;
    /** Whether what passes the filters is still being looked for: then there is nothing to count. */
    this.searching = false;
    /** @type {((counts: import("./store.js").Counts) => void) | null} hears the counts of every new window */
    this.counted = null;
    this.brush = new Brush(this);
    this.playButton = button("Play", "▶", () => this.toggle());
    this.playButton.classList.add("tm-play");
    this.dates = [0, 1].map((end) => {
      const name = end ? "Last day" : "First day";
      const input = el("input", {
        type: "text", class: "tm-date", inputmode: "numeric", autocomplete: "off", maxlength: "10",
        "aria-label": `${name}, as 2019-10-09`, title: `${name}: type 2019-10-09, 2019-10 or 2019`,
      });
      input.addEventListener("change", () => this.#typed());
      return input;
    });
    this.count = el("span", { class: "tm-count", role: "status" });
    this.counts = store.counts(0, store.days - 1);
    this.modes = choice("What the window does", MODES, this.mode, (mode) => this.setMode(/** @type {import("./window.js").Mode} */ (mode)));
    this.length = choice("Length of the window", NAMED, "all", (name) => this.setLength(name));
    this.frame = 0;
    this.node = this.#build();
  }

  #build() {
    const back = button("One step back", "‹", () => this.#step(-1));
    const on = button("One step on", "›", () => this.#step(1));
    const speeds = [...new Set([...SPEEDS, this.speed])].sort((a, b) => a - b);
    const zoom = el("div", { class: "tm-buttons" },
      button("Show more of the time axis", "−", () => this.brush.zoom(2)), button("Zoom into the time axis", "+", () => this.brush.zoom(0.5)));
    const main = el("div", { class: "tm-main" }, this.modes, this.length);
    const more = el("div", { class: "tm-more" },
      choice("Step", UNITS, this.unit, (unit) => (this.unit = /** @type {import("./calendar.js").Unit} */ (unit))),
      choice("Speed", speeds.map((s) => /** @type {[string, string]} */ ([String(s), `${s} ${s === 1 ? "day" : "days"}/s`])), String(this.speed), (s) => (this.speed = Number(s))),
      this.#box("Loop", "Begin again at the end", this.loop, (on) => (this.loop = on)),
      this.options.table ? this.#box("Live table", "Shows the newest events of the window while time plays", true, this.options.table) : null,
      // Where nobody hears, there is nothing to switch.
      this.options.live === null ? null : this.#box("Page follows", "The page around the map follows while time plays too, once a second; the map then moves less smoothly. Without it the page follows when time rests.", this.live, (on) => (this.live = on)),
      zoom,
    );
    const open = button("More time controls", "⋯", () => open.setAttribute("aria-expanded", String(row.classList.toggle("tm-open"))));
    open.classList.add("tm-menu");
    open.setAttribute("aria-expanded", "false");
    const buttons = el("div", { class: "tm-buttons" }, back, this.playButton, on);
    const jump = el("div", { class: "tm-dates" }, this.dates[0], el("span", { text: "–", "aria-hidden": "true" }), this.dates[1]);
    const row = el("div", { class: "tm-row" }, buttons, jump, main, open, more, this.count);
    return el("section", { class: "tm-dock", "aria-label": "Timeline" }, row, this.brush.canvas);
  }

  /** @param {string} text @param {string} title @param {boolean} checked @param {(on: boolean) => void} change */
  #box(text, title, checked, change) {
    /** @type {HTMLInputElement} */
    const box = el("input", { type: "checkbox", checked, on: { change: () => change(box.checked) } });
    return el("label", { class: "tm-check", title }, box, text);
  }

  /** Fit the strip to the dock. */
  layout() {
    const style = getComputedStyle(this.node);
    const inner = this.node.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (inner > 0) this.brush.resize(inner, 64);
    this.show();
  }

  /** @param {import("./window.js").Span} span */
  set(span) {
    if (span.first === this.span.first && span.last === this.span.last) return;
    this.span = { first: Math.round(span.first), last: Math.round(span.last) };
    this.options.moved(this.span);
    if (!this.frame) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.brush.follow();
        this.show();
      });
    }
  }

  /** Write what the window is and holds. */
  show() {
    this.brush.paint();
    const { first, last } = this.span;
    [first, last].forEach((day, k) => {
      // A date that is being typed is left alone.
      if (document.activeElement !== this.dates[k]) this.dates[k].value = isoOf(day);
    });
    const counts = this.store.counts(first - this.store.epoch, last - this.store.epoch);
    const events = counts.possible
      ? `${counts.certain.toLocaleString("en")} certain, up to ${amount(counts.certain + counts.possible, "event")}`
      : amount(counts.certain, "event");
    const words = counts.deaths ? `${events} · ${amount(counts.deaths, "death")}` : events;
    this.count.title = `${spanWords(first, last)}. Certain: the day lies in the window. Up to: the day is known only roughly and may lie in it. Events without a day or a place are not on the map and not counted here.`;
    this.count.textContent = this.searching ? "Searching …" : words;
    this.counts = counts;
    this.#name();
    this.counted?.(counts);
  }

  /** Say which of the named lengths the window has. */
  #name() {
    const { span, bounds } = this;
    const whole = span.first <= bounds.first && span.last >= bounds.last;
    const name = whole ? "all" : (NAMED.find(([key]) => LENGTHS[key] === span.last - span.first + 1)?.[0] ?? "own");
    if (this.length.value !== name) this.length.value = name;
  }

  /** @param {import("./window.js").Mode} mode */
  setMode(mode) {
    this.mode = mode;
    this.modes.value = mode;
    this.set(inMode(mode, this.span, this.bounds));
    this.release();
  }

  /** @param {string} name one of NAMED */
  setLength(name) {
    // A day is a day, and a growing window has no length: another length leaves these modes.
    if (this.mode === "day" || this.mode === "cumulative" || name === "all") this.mode = name === "all" ? "free" : "fixed";
    this.modes.value = this.mode;
    this.set(resize(name, this.span, this.bounds));
    this.show();
    this.release();
  }

  release() {
    this.options.released();
  }

  /** @param {number} count */
  #step(count) {
    this.pause();
    this.set(step(this.span, this.bounds, this.mode, this.unit, count));
    this.release();
  }

  #typed() {
    const [first, last] = this.dates.map((input, end) => typedDay(input.value, end === 1));
    [first, last].forEach((day, k) => this.dates[k].setAttribute("aria-invalid", String(day === null)));
    if (first === null || last === null) return;
    this.pause();
    this.set(typed(this.mode, this.span, { first, last }, this.bounds));
    this.show();
    this.release();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    const whole = this.span.first <= this.bounds.first && this.span.last >= this.bounds.last;
    if (whole && this.mode !== "cumulative") this.setLength("month");
    if (this.span.last >= this.bounds.last) this.set(rewind(this.span, this.bounds, this.mode));
    this.playing = true;
    this.#playLook();
    let before = 0;
    let owed = 0;
    let told = performance.now();
    let worst = 0;
    const tick = (/** @type {number} */ now) => {
      if (!this.playing) return;
      // Days by the clock, not by the frame: a slow machine skips, it does not lag.
      if (before) worst = Math.max(worst, now - before);
      if (before) owed += (Math.min(now - before, 500) / 1000) * this.speed;
      before = now;
      const days = Math.floor(owed);
      if (days > 0) {
        owed -= days;
        const next = advance(this.span, this.bounds, this.mode, days, this.loop);
        this.set(next.span);
        if (next.ended) return this.pause();
      }
      if (now - told > Math.min(RAREST_MS, Math.max(LIVE_MS, CALM * worst))) {
        told = now;
        worst = 0;
        if (this.live) this.options.live?.();
      }
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.#playLook();
    this.show();
    this.release();
  }

  /**
   * Go back to what time that plays fast has left behind already.
   * @param {import("./window.js").Span} days
   */
  back({ first, last }) {
    const { span } = this;
    if (last >= span.first) return;
    this.set({ first, last: first + span.last - span.first });
    this.release();
  }

  #playLook() {
    this.playButton.textContent = this.playing ? "❚❚" : "▶";
    this.playButton.setAttribute("aria-label", this.playing ? "Pause" : "Play");
    this.playButton.title = this.playing ? "Pause (space)" : "Play (space)";
    this.options.played(this.playing);
  }

  /**
   * After a filter or a change of colours.
   * @param {string[]} [colours]
   */
  refresh(colours) {
    if (colours) this.colours = colours;
    this.brush.refresh();
    this.show();
  }

  /**
   * Go to a window that Python or a link asks for.
   * @param {number} first
   * @param {number} last
   */
  goTo(first, last) {
    this.pause();
    const span = clamp(between(first, last, this.bounds), this.bounds);
    // A link may ask for what the mode could not hold.
    if (this.mode === "day" || (this.mode === "cumulative" && span.first !== this.bounds.first)) this.mode = "free";
    this.modes.value = this.mode;
    this.set(span);
  }
}
