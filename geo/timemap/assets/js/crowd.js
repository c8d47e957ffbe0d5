/** When symbols would lie over each other like a carpet, density says more. Pure. */

const CELL = 40;
/** From how much disc for the ground it stands on a density is drawn, and below how much discs again. */
const THICK = 1.3;
const THIN = 0.9;
/** Fewer places than these are always drawn one by one. */
export const FEW = 600;

/**
 * How many times over the discs of a view cover the ground they stand on.
 * @param {{length: number, seen: ArrayLike<number>}} tally
 * @param {{x: ArrayLike<number>, y: ArrayLike<number>}} at pixels of each place
 * @param {{x: number, y: number}} size of the view, pixels
 * @param {(place: number) => number} radius pixels
 */
export function crowding(tally, at, size, radius) {
  const across = Math.ceil(size.x / CELL);
  const taken = new Uint8Array(across * Math.ceil(size.y / CELL));
  let cells = 0;
  let discs = 0;
  for (let k = 0; k < tally.length; k++) {
    const p = tally.seen[k];
    const [x, y] = [at.x[p], at.y[p]];
    if (x < 0 || y < 0 || x >= size.x || y >= size.y) continue;
    const cell = Math.floor(y / CELL) * across + Math.floor(x / CELL);
    cells += 1 - taken[cell];
    taken[cell] = 1;
    discs += Math.PI * radius(p) ** 2;
  }
  return cells ? discs / (cells * CELL * CELL) : 0;
}

/**
 * Whether to draw a density. What was drawn stays while it is neither thick nor thin: it may not flicker while time moves.
 * @param {number} crowd
 * @param {boolean} before
 */
export function dense(crowd, before) {
  return crowd > (before ? THIN : THICK);
}
