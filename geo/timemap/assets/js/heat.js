/** A crowded window as a density: events by cell, blurred, as one picture of few pixels that the page stretches. */

import { rgb } from "./colours.js";

/** Pixels of the map for one cell. */
const CELL = 4;
const BLUR = 2;
const TURNS = 4;
export const RAMPS = {
  light: ["#fee6a8", "#fdb863", "#ee7b3a", "#c43c39", "#7a1040"],
  dark: ["#4a2a5e", "#8c3a78", "#d0555f", "#f29a4a", "#fdf0a6"],
};

/** Bends the way from thin to thick: one event is still seen beside a place of a hundred thousand. */
const BEND = 2 / 3;

/**
 * Colours from thin to thick, 256 of them, as little-endian RGBA.
 * @param {string[]} stops
 */
export function ramp(stops) {
  const colours = stops.map(rgb);
  return Uint32Array.from({ length: 256 }, (_, k) => {
    if (k === 0) return 0;
    const share = (k / 255) ** BEND;
    const at = share * (colours.length - 1);
    const low = Math.min(colours.length - 2, Math.floor(at));
    const mixed = colours[low].map((v, c) => Math.round(v + (colours[low + 1][c] - v) * (at - low)));
    const alpha = Math.round(255 * Math.min(0.88, share * 2));
    return ((alpha << 24) | (mixed[2] << 16) | (mixed[1] << 8) | mixed[0]) >>> 0;
  });
}

/**
 * Mean over neighbours along one direction, in place of a Gaussian, which several of them come close to.
 * @param {Float32Array} from
 * @param {Float32Array} to
 * @param {{lines: number, length: number, line: number, step: number}} way cells between two lines, and between two cells of one
 */
export function smear(from, to, { lines, length, line, step }) {
  const share = 1 / (2 * BLUR + 1);
  for (let k = 0; k < lines; k++) {
    const start = k * line;
    let sum = 0;
    for (let j = 0; j < Math.min(BLUR, length); j++) sum += from[start + j * step];
    for (let j = 0; j < length; j++) {
      if (j + BLUR < length) sum += from[start + (j + BLUR) * step];
      if (j > BLUR) sum -= from[start + (j - BLUR - 1) * step];
      to[start + j * step] = sum * share;
    }
  }
}

/** Draws on a canvas of its own. */
export class Heat {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    // As many cells as the map needs; made anew when its size changes.
    this.grid = new Float32Array(0);
    this.spare = new Float32Array(0);
    this.image = new ImageData(1, 1);
    this.pixels = new Uint32Array(0);
    this.ramps = { light: ramp(RAMPS.light), dark: ramp(RAMPS.dark) };
  }

  /**
   * @param {import("./tally.js").Tally} tally
   * @param {{x: Float32Array, y: Float32Array}} at pixels of each place
   * @param {{x: number, y: number}} size pixels of the map
   * @param {{dark: boolean, weight: (place: number) => number}} look
   */
  draw(tally, at, size, look) {
    const { canvas } = this;
    const [width, height] = [Math.ceil(size.x / CELL), Math.ceil(size.y / CELL)];
    if (canvas.width !== width || canvas.height !== height || this.grid.length === 0) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${width * CELL}px`;
      canvas.style.height = `${height * CELL}px`;
      this.grid = new Float32Array(width * height);
      this.spare = new Float32Array(width * height);
      this.image = this.context.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    const { grid, spare, pixels } = this;
    grid.fill(0);
    for (let k = 0; k < tally.length; k++) {
      const p = tally.seen[k];
      const [cx, cy] = [(at.x[p] / CELL) | 0, (at.y[p] / CELL) | 0];
      if (cx >= 0 && cy >= 0 && cx < width && cy < height) grid[cy * width + cx] += look.weight(p);
    }
    const rows = { lines: height, length: width, line: width, step: 1 };
    const columns = { lines: width, length: height, line: 1, step: width };
    for (let turn = 0; turn < TURNS; turn++) {
      smear(grid, spare, rows);
      smear(spare, grid, columns);
    }
    let most = 0;
    for (let k = 0; k < grid.length; k++) if (grid[k] > most) most = grid[k];
    const colours = look.dark ? this.ramps.dark : this.ramps.light;
    // The root keeps thin places visible beside the thickest.
    for (let k = 0; k < grid.length; k++) pixels[k] = grid[k] > 1e-6 ? colours[(255 * Math.sqrt(grid[k] / most)) | 0] : 0;
    this.context.putImageData(this.image, 0, 0);
  }
}
