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

/**
 * Give a window the length that a name tells, keeping its end where it can.
 * @param {string} length "day", "week", "month", "quarter", "year", "start" or "all"
 * @param {Span} span
 * @param {Span} bounds
 * @returns {Span}
 */
export function resize(length, span, bounds) {
  if (length === "all") return { ...bounds };
  if (length === "start") return { first: bounds.first, last: span.last };
  const units = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };
  const days = units[length];
  return days ? clamp({ first: span.last - days + 1, last: span.last }, bounds) : span;
}
