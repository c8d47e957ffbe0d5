/** The strip under the map: histogram, axis, and the window as a brush with ends that can be dragged. */

import { add, spanWords, ticks } from "./calendar.js";
import { el } from "./dom.js";
import { bin, paintBars } from "./histogram.js";
import { between, clamp, drag, follow, step, zoomAxis } from "./window.js";

const AXIS = 16;
const HANDLE = 14;
/** @type {Record<string, number>} steps of the window by key */
const WAYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
/** @type {Record<string, number>} zoom of the axis by key */
const ZOOMS = { "+": 0.5, "=": 0.5, "-": 2, 0: Infinity };

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
 * @property {boolean} playing
 */

/** One canvas with the role of a slider. */
export class Brush {
  /** @param {BrushOwner} owner */
  constructor(owner) {
    this.owner = owner;
    this.bars = document.createElement("canvas");
    // Pixels; the page gives the size with resize().
    this.width = 0;
    this.height = 0;
    this.ratio = 1;
    this.ink = this.soft = this.accent = "";
    /** The part of time that the strip shows. */
    this.axis = { ...owner.bounds };
    /** @type {Map<number, number>} where each finger is */
    this.fingers = new Map();
    /** @type {HTMLCanvasElement} */
    this.canvas = el("canvas", {
      class: "tm-brush",
      tabindex: "0",
      role: "slider",
      "aria-label": "Window of time. Arrow keys move it, shift and arrow keys change its length, space plays, plus and minus zoom, 0 shows all of time.",
      on: {
        pointerdown: this.#down.bind(this),
        pointermove: this.#move.bind(this),
        pointerup: this.#up.bind(this),
        pointercancel: this.#up.bind(this),
        keydown: this.#key.bind(this),
        dblclick: () => this.show({ ...this.owner.bounds }),
      },
    });
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.canvas.addEventListener("wheel", (e) => this.#wheel(e), { passive: false });
    /** @type {"" | "first" | "last" | "both" | "pinch"} */
    this.grip = "";
    /** Day and window where a drag began. */
    this.from = { day: 0, span: owner.span };
    /** Where two fingers began. */
    this.pinched = { axis: this.axis, apart: 1, middle: 0 };
  }

  /**
   * Take the size the page gives.
   * @param {number} width
   * @param {number} height
   */
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
    const { store, colours } = this.owner;
    const axis = { a: this.axis.first - store.epoch, b: this.axis.last - store.epoch };
    const bars = Math.max(1, Math.min(axis.b - axis.a + 1, Math.floor(this.width / 3)));
    const style = getComputedStyle(this.canvas);
    this.ink = style.getPropertyValue("--tm-ink") || "#222";
    this.soft = style.getPropertyValue("--tm-soft") || "#666";
    this.accent = style.getPropertyValue("--tm-accent") || "#1f5fa8";
    const pale = style.getPropertyValue("--tm-pale") || "#bbb";
    paintBars(this.bars, bin(store, axis, bars), colours, pale, (this.height - AXIS) * this.ratio);
    this.#marks(/** @type {CanvasRenderingContext2D} */ (this.bars.getContext("2d")), this.height - AXIS);
    this.paint();
  }

  /** The window over the bars: cheap, once per frame. */
  paint() {
    if (!this.width) return;
    const { bounds, span } = this.owner;
    const { context } = this;
    const { width, height } = this.canvas;
    const foot = height - AXIS * this.ratio;
    const edge = (/** @type {number} */ day) => Math.max(-20, Math.min(this.width + 20, this.#x(day))) * this.ratio;
    const [a, b] = [edge(span.first), edge(span.last + 1)];
    const wide = Math.max(2, b - a);
    context.clearRect(0, 0, width, height);
    context.globalAlpha = 0.35;
    context.drawImage(this.bars, 0, 0, width, foot, 0, 0, width, foot);
    context.globalAlpha = 1;
    context.drawImage(this.bars, 0, foot, width, height - foot, 0, foot, width, height - foot);
    context.globalAlpha = 0.12;
    context.fillStyle = this.accent;
    context.fillRect(a, 0, wide, foot);
    context.globalAlpha = 1;
    const [from, to] = [Math.max(0, a), Math.min(width, a + wide)];
    if (to > from) context.drawImage(this.bars, from, 0, to - from, foot, from, 0, to - from, foot);
    context.strokeStyle = this.accent;
    context.lineWidth = 1.5 * this.ratio;
    context.strokeRect(a, this.ratio, wide, foot - this.ratio);
    // Handles of a narrow window stand beside it, not on each other.
    const aside = wide < 24 * this.ratio ? 4.5 * this.ratio : 0;
    this.#handle(context, a - aside, foot);
    this.#handle(context, a + wide + aside, foot);
    // A screen reader is told of the window when it rests.
    if (this.owner.playing) return;
    this.canvas.setAttribute("aria-valuemin", String(bounds.first));
    this.canvas.setAttribute("aria-valuemax", String(bounds.last));
    this.canvas.setAttribute("aria-valuenow", String(span.last));
    this.canvas.setAttribute("aria-valuetext", spanWords(span.first, span.last));
  }

  /** @param {CanvasRenderingContext2D} context @param {number} x @param {number} foot */
  #handle(context, x, foot) {
    const r = this.ratio;
    context.fillStyle = this.accent;
    context.beginPath();
    context.roundRect(x - 3.5 * r, foot / 2 - 10 * r, 7 * r, 20 * r, 3 * r);
    context.fill();
  }

  /**
   * Days under the bars.
   * @param {CanvasRenderingContext2D} context
   * @param {number} height
   */
  #marks(context, height) {
    const foot = height * this.ratio;
    const bounds = this.axis;
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

  /** @param {number} day */
  #x(day) {
    const { first, last } = this.axis;
    return ((day - first) / (last - first + 1)) * this.width;
  }

  /** @param {MouseEvent} event */
  #day(event) {
    const box = this.canvas.getBoundingClientRect();
    const { first, last } = this.axis;
    return first + ((event.clientX - box.left) / box.width) * (last - first + 1);
  }

  /** @param {import("./window.js").Span} axis part of time to show */
  show(axis) {
    if (axis.first === this.axis.first && axis.last === this.axis.last) return;
    this.axis = axis;
    this.refresh();
  }

  /**
   * Zoom about the middle of the window.
   * @param {number} factor below 1 zooms in
   */
  zoom(factor) {
    const { span, bounds } = this.owner;
    const inside = span.last >= this.axis.first && span.first <= this.axis.last;
    const middle = inside ? (span.first + span.last) / 2 : (this.axis.first + this.axis.last) / 2;
    this.show(zoomAxis(this.axis, bounds, factor, Math.max(this.axis.first, Math.min(this.axis.last, middle))));
  }

  /** Keep a window that moves on the strip. */
  follow() {
    if (!this.grip) this.show(follow(this.axis, this.owner.span, this.owner.bounds));
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    const { bounds } = this.owner;
    const { axis } = this;
    const whole = axis.first === bounds.first && axis.last === bounds.last;
    const across = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    // Out of what is whole already: then the page may scroll.
    if (whole && (across || event.deltaY > 0)) return;
    event.preventDefault();
    if (!across) return this.show(zoomAxis(axis, bounds, Math.exp(Math.max(-200, Math.min(200, event.deltaY)) * 0.002), this.#day(event)));
    const by = Math.round(((event.deltaX || event.deltaY) / this.width) * (axis.last - axis.first + 1));
    this.show(clamp({ first: axis.first + by, last: axis.last + by }, bounds));
  }

  /** Two fingers: the days under them stay under them. */
  #pinch() {
    const [x, y] = [...this.fingers.values()];
    const box = this.canvas.getBoundingClientRect();
    const { axis, apart, middle } = this.pinched;
    const length = axis.last - axis.first + 1;
    const day = axis.first + ((middle - box.left) / box.width) * length;
    this.show(zoomAxis(axis, this.owner.bounds, apart / Math.max(12, Math.abs(x - y)), day));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, event.clientX);
    this.owner.pause();
    if (this.fingers.size === 2) {
      const [one, two] = [...this.fingers.values()];
      this.grip = "pinch";
      this.pinched = { axis: this.axis, apart: Math.max(12, Math.abs(one - two)), middle: (one + two) / 2 };
      return;
    }
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

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.grip || !this.fingers.has(event.pointerId)) return;
    this.fingers.set(event.pointerId, event.clientX);
    if (this.grip === "pinch") return this.#pinch();
    const { bounds, mode } = this.owner;
    this.owner.set(drag(this.grip, mode, this.from.span, Math.round(this.#day(event) - this.from.day), bounds));
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.fingers.delete(event.pointerId);
    if (!this.grip) return;
    const pinched = this.grip === "pinch";
    if (pinched && this.fingers.size) return;
    this.grip = "";
    if (!pinched) this.owner.release();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { span, bounds, mode, unit } = this.owner;
    const length = span.last - span.first;
    const [way, zoom] = [WAYS[event.key], ZOOMS[event.key]];
    if (event.key === " ") this.owner.toggle();
    else if (zoom) this.zoom(zoom);
    else if (event.key === "Home") this.owner.set({ first: bounds.first, last: bounds.first + length });
    else if (event.key === "End") this.owner.set({ first: bounds.last - length, last: bounds.last });
    else if (way && event.shiftKey && mode === "free") this.owner.set(between(span.first, Math.max(span.first, add(span.last, unit, way)), bounds));
    else if (way) this.owner.set(step(span, bounds, mode, unit, way));
    else return;
    event.preventDefault();
    if (event.key !== " " && !zoom) this.owner.release();
  }
}

