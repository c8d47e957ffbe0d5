/** The strip under the map: histogram, axis, and the window as a brush with ends that can be dragged. */

import { add, spanWords, ticks } from "./calendar.js";
import { el } from "./dom.js";
import { bin, paintBars } from "./histogram.js";
import { between, clamp, step } from "./window.js";

const AXIS = 16;
const HANDLE = 14;

/**
 * @typedef {object} BrushOwner
 * @property {import("./store.js").Store} store
 * @property {import("./window.js").Span} bounds days from 1970
 * @property {import("./window.js").Span} span days from 1970
 * @property {import("./window.js").Mode} mode
 * @property {import("./calendar.js").Unit} unit
 * @property {string[]} colours of the types
 * @property {(span: import("./window.js").Span) => void} set
 * @property {() => void} release
 * @property {() => void} toggle
 * @property {() => void} pause
 * @property {() => void} freeLength an end was dragged: the window has a length of its own now
 */

/** One canvas with the role of a slider. */
export class Brush {
  /** @param {BrushOwner} owner */
  constructor(owner) {
    this.owner = owner;
    this.bars = document.createElement("canvas");
    this.canvas = el("canvas", {
      class: "tm-brush",
      tabindex: "0",
      role: "slider",
      "aria-label": "Window of time. Arrow keys move it, shift and arrow keys change its length, space plays.",
      on: {
        pointerdown: (e) => this.#down(e),
        pointermove: (e) => this.#move(e),
        pointerup: () => this.#up(),
        pointercancel: () => this.#up(),
        keydown: (e) => this.#key(e),
      },
    });
    this.grip = "";
  }

  /** Take the size the page gives. @param {number} width @param {number} height */
  resize(width, height) {
    this.width = Math.max(120, width);
    this.height = height;
    this.ratio = Math.min(2, devicePixelRatio || 1);
    for (const canvas of [this.canvas, this.bars]) {
      canvas.width = Math.round(this.width * this.ratio);
      canvas.height = Math.round(height * this.ratio);
    }
    this.canvas.style.width = `${this.width}px`;
    this.canvas.style.height = `${height}px`;
    this.refresh();
  }

  /** Bars anew: after a filter, a new size or new colours. */
  refresh() {
    if (!this.width) return;
    const { store, bounds, colours } = this.owner;
    const axis = { a: bounds.first - store.epoch, b: bounds.last - store.epoch };
    const bars = Math.max(1, Math.min(axis.b - axis.a + 1, Math.floor(this.width / 3)));
    const style = getComputedStyle(this.canvas);
    this.ink = style.getPropertyValue("--tm-ink") || "#222";
    this.soft = style.getPropertyValue("--tm-soft") || "#666";
    this.accent = style.getPropertyValue("--tm-accent") || "#1f5fa8";
    const pale = style.getPropertyValue("--tm-pale") || "#bbb";
    paintBars(this.bars, bin(store, axis, bars), colours, pale, (this.height - AXIS) * this.ratio);
    this.paint();
  }

  /** The window over the bars: cheap, once per frame. */
  paint() {
    if (!this.width) return;
    const { bounds, span } = this.owner;
    const context = this.canvas.getContext("2d");
    const { width, height } = this.canvas;
    const foot = height - AXIS * this.ratio;
    const [a, b] = [this.#x(span.first) * this.ratio, this.#x(span.last + 1) * this.ratio];
    const wide = Math.max(2, b - a);
    context.clearRect(0, 0, width, height);
    context.globalAlpha = 0.35;
    context.drawImage(this.bars, 0, 0);
    context.globalAlpha = 0.12;
    context.fillStyle = this.accent;
    context.fillRect(a, 0, wide, foot);
    context.globalAlpha = 1;
    context.drawImage(this.bars, a, 0, wide, height, a, 0, wide, height);
    context.strokeStyle = this.accent;
    context.lineWidth = 1.5 * this.ratio;
    context.strokeRect(a, this.ratio, wide, foot - this.ratio);
    // Handles of a narrow window stand beside it, not on each other.
    const aside = wide < 24 * this.ratio ? 4.5 * this.ratio : 0;
    this.#handle(context, a - aside, foot);
    this.#handle(context, a + wide + aside, foot);
    this.#axis(context, foot);
    this.canvas.setAttribute("aria-valuemin", bounds.first);
    this.canvas.setAttribute("aria-valuemax", bounds.last);
    this.canvas.setAttribute("aria-valuenow", span.last);
    this.canvas.setAttribute("aria-valuetext", spanWords(span.first, span.last));
  }

  #handle(context, x, foot) {
    const r = this.ratio;
    context.fillStyle = this.accent;
    context.beginPath();
    context.roundRect(x - 3.5 * r, foot / 2 - 10 * r, 7 * r, 20 * r, 3 * r);
    context.fill();
  }

  #axis(context, foot) {
    const { bounds } = this.owner;
    context.fillStyle = this.soft;
    context.font = `${11 * this.ratio}px system-ui, sans-serif`;
    context.textBaseline = "bottom";
    context.fillRect(0, foot, this.canvas.width, 1);
    let free = 0;
    for (const { day, text } of ticks(bounds.first, bounds.last, this.width / 56)) {
      const x = this.#x(day) * this.ratio;
      context.fillRect(x, foot, 1, 4 * this.ratio);
      const wide = context.measureText(text).width;
      const from = Math.max(0, Math.min(x - wide / 2, this.canvas.width - wide));
      if (from < free) continue;
      context.fillText(text, from, this.canvas.height);
      free = from + wide + 8 * this.ratio;
    }
  }

  #x(day) {
    const { first, last } = this.owner.bounds;
    return ((day - first) / (last - first + 1)) * this.width;
  }

  #day(event) {
    const box = this.canvas.getBoundingClientRect();
    const { first, last } = this.owner.bounds;
    return first + ((event.clientX - box.left) / box.width) * (last - first + 1);
  }

  #down(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.owner.pause();
    const { span, bounds } = this.owner;
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const [a, b] = [this.#x(span.first), this.#x(span.last + 1)];
    const reach = event.pointerType === "touch" ? HANDLE * 1.6 : HANDLE;
    // In a narrow window the middle third still moves it.
    const edge = Math.min(reach, Math.max(4, (b - a) / 3));
    if (x > a - reach && x < a + edge && Math.abs(x - a) <= Math.abs(x - b)) this.grip = "first";
    else if (x < b + reach && x > b - edge) this.grip = "last";
    else this.grip = "both";
    const day = this.#day(event);
    if (this.grip === "both" && (x < a || x > b)) {
      const half = (span.last - span.first) / 2;
      this.owner.set(clamp({ first: Math.round(day - half), last: Math.round(day - half) + span.last - span.first }, bounds));
    }
    this.from = { day, span: { ...this.owner.span } };
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
  }

  #move(event) {
    if (!this.grip) return;
    const { bounds, mode } = this.owner;
    const { span, day } = this.from;
    const by = Math.round(this.#day(event) - day);
    if (this.grip !== "both") this.owner.freeLength();
    if (this.grip === "first") this.owner.set(between(Math.min(span.first + by, span.last), span.last, bounds));
    else if (this.grip === "last" || mode === "cumulative") {
      this.owner.set(between(span.first, Math.max(span.last + by, span.first), bounds));
    } else this.owner.set(clamp({ first: span.first + by, last: span.last + by }, bounds));
  }

  #up() {
    if (!this.grip) return;
    this.grip = "";
    this.owner.release();
  }

  #key(event) {
    const { span, bounds, mode, unit } = this.owner;
    const length = span.last - span.first;
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (event.key === " ") this.owner.toggle();
    else if (event.key === "Home") this.owner.set({ first: bounds.first, last: bounds.first + length });
    else if (event.key === "End") this.owner.set({ first: bounds.last - length, last: bounds.last });
    else if (way && event.shiftKey) this.owner.set(between(span.first, Math.max(span.first, add(span.last, unit, way)), bounds));
    else if (way) this.owner.set(step(span, bounds, mode, unit, way));
    else return;
    event.preventDefault();
    if (event.key !== " ") this.owner.release();
  }
}

