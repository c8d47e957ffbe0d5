/** Days as whole numbers from 1970-01-01; never a time zone. */

const DAY_MS = 86400000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** @typedef {"day" | "week" | "month" | "year"} Unit */

/**
 * @param {string} iso "2019-10-09"
 * @returns {number | null} null when it is no day of the calendar
 */
export function dayOf(iso) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const number = Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
  return isoOf(number) === iso ? number : null;
}

/**
 * A day as a hand types it: a month or a year stands for its first day, or its last.
 * @param {string} text "2019-10-09", "2019-10" or "2019"
 * @param {boolean} end
 * @returns {number | null}
 */
export function typedDay(text, end) {
  const clean = text.trim();
  const first = dayOf(/^\d{4}$/.test(clean) ? `${clean}-01-01` : /^\d{4}-\d{2}$/.test(clean) ? `${clean}-01` : clean);
  if (first === null || !end || clean.length === 10) return first;
  return add(first, clean.length === 4 ? "year" : "month", 1) - 1;
}

/** @param {number} day */
export function isoOf(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Words for a day, in the order of the field's own reports.
 * @param {number} day
 */
export function words(day) {
  const [year, month, number] = isoOf(day).split("-").map(Number);
  return `${number} ${MONTHS[month - 1]} ${year}`;
}

/**
 * Words for a span of days, as short as is clear.
 * @param {number} first
 * @param {number} last
 */
export function spanWords(first, last) {
  if (first === last) return words(first);
  const [a, b] = [words(first).split(" "), words(last).split(" ")];
  if (a[2] === b[2] && a[1] === b[1]) return `${a[0]}–${b.join(" ")}`;
  if (a[2] === b[2]) return `${a[0]} ${a[1]} – ${b.join(" ")}`;
  return `${a.join(" ")} – ${b.join(" ")}`;
}

/**
 * Step by calendar units; the 31st becomes the last day of a shorter month.
 * @param {number} day
 * @param {Unit} unit
 * @param {number} count may be negative
 */
export function add(day, unit, count) {
  if (unit === "day") return day + count;
  if (unit === "week") return day + 7 * count;
  const [year, month, number] = isoOf(day).split("-").map(Number);
  const months = year * 12 + (month - 1) + (unit === "year" ? 12 : 1) * count;
  const lastDay = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
  return Math.round(Date.UTC(Math.floor(months / 12), months % 12, Math.min(number, lastDay)) / DAY_MS);
}

/**
 * Days on which to write on an axis, and what, at most about `room` of them.
 * @param {number} first
 * @param {number} last
 * @param {number} room
 * @returns {{day: number, text: string}[]}
 */
export function ticks(first, last, room) {
  const days = last - first + 1;
  const steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
  const months = steps.find((step) => days / (step * 30.4) <= room) ?? 1200;
  if (months === 1 && days / 30.4 < room / 6) return dayTicks(first, last, room);
  const marks = [];
  const [year, month] = isoOf(first).split("-").map(Number);
  for (let at = Math.ceil((year * 12 + month - 1) / months) * months; ; at += months) {
    const day = Math.round(Date.UTC(Math.floor(at / 12), at % 12, 1) / DAY_MS);
    if (day > last) return marks;
    const text = at % 12 === 0 || months >= 12 ? String(Math.floor(at / 12)) : MONTHS[at % 12];
    if (day >= first) marks.push({ day, text });
  }
}

/** @param {number} first @param {number} last @param {number} room */
function dayTicks(first, last, room) {
  const every = [1, 2, 7, 14].find((step) => (last - first + 1) / step <= room) ?? 28;
  const marks = [];
  for (let day = first; day <= last; day += every) marks.push({ day, text: words(day).split(" ").slice(0, 2).join(" ") });
  return marks;
}
