/** The window of time: how it moves, plays and stays within the data. Pure; days are whole numbers from 1970-01-01. */

import { add } from "./calendar.js";

/** @typedef {"free" | "fixed" | "cumulative" | "day"} Mode */
/** @typedef {{first: number, last: number}} Span both days included */

/**
 * Move a span into bounds, keeping its length where it fits.
 * @param {Span} span
 * @param {Span} bounds
 * @returns {Span}
 */
export function clamp(span, bounds) {
  const length = Math.min(span.last - span.first, bounds.last - bounds.first);
  let first = Math.max(bounds.first, Math.min(span.first, bounds.last - length));
  return { first, last: first + length };
}

/**
 * Put the ends of a span in order and cut it to bounds.
 * @param {number} a
 * @param {number} b
 * @param {Span} bounds
 * @returns {Span}
 */
export function between(a, b, bounds) {
  const cut = (/** @type {number} */ day) => Math.max(bounds.first, Math.min(bounds.last, Math.round(day)));
  const [first, last] = [cut(Math.min(a, b)), cut(Math.max(a, b))];
  return { first, last };
}

/**
 * One step forward or back: the whole window moves; in cumulative mode only its end.
 * @param {Span} span
 * @param {Span} bounds
 * @param {Mode} mode
 * @param {import("./calendar.js").Unit} unit
 * @param {number} count
 * @returns {Span}
 */
export function step(span, bounds, mode, unit, count) {
  if (mode === "cumulative") return between(span.first, Math.max(span.first, add(span.last, unit, count)), bounds);
  const first = add(span.first, unit, count);
  return clamp({ first, last: first + span.last - span.first }, bounds);
}

/**
 * Where play stands after some days.
 * @param {Span} span
 * @param {Span} bounds
 * @param {Mode} mode
 * @param {number} days
 * @param {boolean} loop
 * @returns {{span: Span, ended: boolean}}
 */
export function advance(span, bounds, mode, days, loop) {
  const last = span.last + days;
  if (last <= bounds.last) {
    const first = mode === "cumulative" ? span.first : span.first + days;
    return { span: { first, last }, ended: false };
  }
  if (loop) return { span: rewind(span, bounds, mode), ended: false };
  return { span: step(span, bounds, mode, "day", bounds.last - span.last), ended: true };
}

/**
 * Where play begins again.
 * @param {Span} span
 * @param {Span} bounds
 * @param {Mode} mode
 * @returns {Span}
 */
export function rewind(span, bounds, mode) {
  if (mode === "cumulative") return { first: span.first, last: span.first };
  return clamp({ first: bounds.first, last: bounds.first + span.last - span.first }, bounds);
}

/** @type {Record<string, number>} days of the lengths with a name */
export const LENGTHS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };

/**
 * Give a window the length that a name tells, keeping its end where it can.
 * @param {string} length one of LENGTHS, or "all"
 * @param {Span} span
 * @param {Span} bounds
 * @returns {Span}
 */
export function resize(length, span, bounds) {
  if (length === "all") return { ...bounds };
  const days = LENGTHS[length];
  return days ? clamp({ first: span.last - days + 1, last: span.last }, bounds) : span;
}

/**
 * What a window becomes when another mode is chosen.
 * @param {Mode} mode
 * @param {Span} span
 * @param {Span} bounds
 * @returns {Span}
 */
export function inMode(mode, span, bounds) {
  if (mode === "day") return { first: span.last, last: span.last };
  if (mode === "cumulative") return { first: bounds.first, last: span.last };
  const whole = span.first <= bounds.first && span.last >= bounds.last;
  // A fixed window as long as all of time could not go anywhere.
  return mode === "fixed" && whole ? resize("month", span, bounds) : span;
}

/**
 * What a drag makes of a window: in free mode an end alone may move, in cumulative mode only the last one does.
 * @param {"first" | "last" | "both"} grip
 * @param {Mode} mode
 * @param {Span} span as it was when the drag began
 * @param {number} by days
 * @param {Span} bounds
 * @returns {Span}
 */
export function drag(grip, mode, span, by, bounds) {
  if (mode === "cumulative") return between(span.first, Math.max(span.last + by, span.first), bounds);
  if (mode !== "free" || grip === "both") return clamp({ first: span.first + by, last: span.last + by }, bounds);
  if (grip === "first") return between(Math.min(span.first + by, span.last), span.last, bounds);
  return between(span.first, Math.max(span.last + by, span.first), bounds);
}

/**
 * What typed dates make of a window.
 * @param {Mode} mode
 * @param {Span} span
 * @param {{first: number, last: number}} given both dates as they stand
 * @param {Span} bounds
 * @returns {Span}
 */
export function typed(mode, span, given, bounds) {
  if (mode === "free" || mode === "cumulative") return between(given.first, given.last, bounds);
  const by = given.first !== span.first ? given.first - span.first : given.last - span.last;
  return clamp({ first: span.first + by, last: span.last + by }, bounds);
}

const SHORTEST_AXIS = 10;

/**
 * Zoom the axis of time around a day.
 * @param {Span} axis
 * @param {Span} bounds
 * @param {number} factor below 1 zooms in
 * @param {number} day stays where it is
 * @returns {Span} in whole days
 */
export function zoomAxis(axis, bounds, factor, day) {
  const length = axis.last - axis.first + 1;
  const full = bounds.last - bounds.first + 1;
  const next = Math.round(Math.min(full, Math.max(Math.min(full, SHORTEST_AXIS), length * factor)));
  const first = Math.round(day - ((day - axis.first) / length) * next);
  return clamp({ first, last: first + next - 1 }, bounds);
}

/**
 * Move the axis just so far that the window lies on it.
 * @param {Span} axis
 * @param {Span} span
 * @param {Span} bounds
 * @returns {Span} the same axis where nothing need move, or where the window is longer than it
 */
export function follow(axis, span, bounds) {
  if (span.first >= axis.first && span.last <= axis.last) return axis;
  if (span.last - span.first > axis.last - axis.first) return axis;
  const length = axis.last - axis.first;
  const first = span.last > axis.last ? span.last - length : span.first;
  return clamp({ first, last: first + length }, bounds);
}
