/** Events by time, stacked by type; days that are not known to the day lie as a pale band over their whole span. */

/**
 * @typedef {object} Bins
 * @property {number} bars
 * @property {Float64Array} solid [bar * kinds + type], events of one day
 * @property {Float64Array} faint [bar], events of several days, each spread evenly over its days
 * @property {number} top highest bar
 */

/**
 * @param {import("./store.js").Store} store
 * @param {{a: number, b: number}} axis first and last day, from the epoch
 * @param {number} bars
 * @returns {Bins}
 */
export function bin(store, axis, bars) {
  const { kinds, perDay, typeOn, days } = store;
  const solid = new Float64Array(bars * kinds);
  const faint = new Float64Array(bars);
  const length = axis.b - axis.a + 1;
  const density = faintByDay(store);
  for (let day = Math.max(0, axis.a); day <= Math.min(days - 1, axis.b); day++) {
    const bar = Math.min(bars - 1, Math.floor(((day - axis.a) * bars) / length));
    for (let t = 0; t < kinds; t++) if (typeOn[t]) solid[bar * kinds + t] += perDay[day * kinds + t];
    faint[bar] += density[day];
  }
  let top = 0;
  for (let bar = 0; bar < bars; bar++) {
    let sum = faint[bar];
    for (let t = 0; t < kinds; t++) sum += solid[bar * kinds + t];
    top = Math.max(top, sum);
  }
  return { bars, solid, faint, top };
}

/** @type {WeakMap<object, {version: number, days: Float64Array}>} */
const known = new WeakMap();

/**
 * Events of several days, by day; the same until another set of rows is shown.
 * @param {import("./store.js").Store} store
 */
function faintByDay(store) {
  const before = known.get(store);
  if (before?.version === store.version) return before.days;
  const change = new Float64Array(store.days + 1);
  for (const list of [store.shortSpans, store.longSpans]) {
    for (const i of list) {
      if (!store.shows(i)) continue;
      const share = 1 / (store.span[i] + 1);
      change[store.start[i]] += share;
      change[store.start[i] + store.span[i] + 1] -= share;
    }
  }
  for (let day = 1; day < change.length; day++) change[day] += change[day - 1];
  known.set(store, { version: store.version, days: change });
  return change;
}

/**
 * Paint the bars once; moving the window only copies from this picture.
 * @param {HTMLCanvasElement} canvas its size is set already
 * @param {Bins} bins
 * @param {string[]} colours of each type
 * @param {string} pale colour of the band
 * @param {number} base pixels from the top to the foot of the bars
 */
export function paintBars(canvas, bins, colours, pale, base) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (bins.top <= 0) return;
  const width = canvas.width / bins.bars;
  const gap = width > 4 ? 1 : 0;
  // The tallest bar is the scale: a root keeps single events visible beside it.
  const high = (/** @type {number} */ n) => Math.sqrt(n / bins.top) * (base - 2);
  for (let bar = 0; bar < bins.bars; bar++) {
    let sum = 0;
    let y = base;
    for (let t = 0; t < colours.length; t++) {
      const n = bins.solid[bar * colours.length + t];
      if (!n) continue;
      sum += n;
      const next = base - Math.max(high(sum), 2);
      context.fillStyle = colours[t];
      context.fillRect(bar * width, next, width - gap, y - next);
      y = next;
    }
    if (bins.faint[bar] > 1e-9) {
      const next = base - high(sum + bins.faint[bar]);
      context.fillStyle = pale;
      context.fillRect(bar * width, Math.min(next, y - 1), width - gap + (gap ? 0 : 0.3), Math.max(1, y - next));
    }
  }
}
