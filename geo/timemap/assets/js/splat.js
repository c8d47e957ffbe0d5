/**
 * Many symbols, drawn by writing pixels: no path, no GPU. Newest first, and what is painted already stays, so a crowded
 * frame costs little more than an empty one.
 */

import { rgb } from "./colours.js";

const RADII = [3, 4, 5.5, 7.5, 10];
const AGES = 6;

/** A frame of pixels, the size of its canvas. */
export class Splat {
  /** @param {HTMLCanvasElement} canvas @param {string[]} colours */
  constructor(canvas, colours) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    /** Of each colour and age, little-endian RGBA. */
    this.fill = new Uint32Array(0);
    this.edge = new Uint32Array(0);
    // As many pixels as the canvas has; made anew when its size changes.
    this.image = new ImageData(1, 1);
    this.pixels = new Uint32Array(0);
    /** @type {ReturnType<typeof stamp>[]} */
    this.stamps = [];
    this.ratio = 0;
    this.setColours(colours);
  }

  /** @param {string[]} colours */
  setColours(colours) {
    this.fill = new Uint32Array(colours.length * AGES);
    this.edge = new Uint32Array(colours.length * AGES);
    colours.forEach((hex, c) => {
      const [r, g, b] = rgb(hex);
      for (let age = 0; age < AGES; age++) {
        const alpha = Math.round(255 * (0.4 + (0.55 * (age + 1)) / AGES));
        const dark = (/** @type {number} */ v) => Math.round(v * 0.6);
        this.fill[c * AGES + age] = ((alpha << 24) | (b << 16) | (g << 8) | r) >>> 0;
        this.edge[c * AGES + age] = ((alpha << 24) | (dark(b) << 16) | (dark(g) << 8) | dark(r)) >>> 0;
      }
    });
  }

  /** @param {number} ratio device pixels for one of ours */
  #prepare(ratio) {
    const { width, height } = this.canvas;
    if (this.image.width === width && this.image.height === height && this.ratio === ratio) return;
    this.ratio = ratio;
    this.image = this.context.createImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.stamps = RADII.map((radius) => stamp(radius * ratio, ratio, width));
  }

  /**
   * @param {import("./tally.js").Tally} tally
   * @param {Float32Array} x of each place, canvas pixels at ratio 1
   * @param {Float32Array} y
   * @param {number} ratio device pixels for one of ours
   * @param {{radius: (place: number) => number, age: (place: number) => number}} look radius 0 draws nothing
   */
  draw(tally, x, y, ratio, look) {
    this.#prepare(ratio);
    const { pixels, stamps, fill, edge } = this;
    const { width, height } = this.canvas;
    pixels.fill(0);
    for (let k = 0; k < tally.length; k++) {
      const p = tally.seen[k];
      const px = (x[p] * ratio) | 0;
      const py = (y[p] * ratio) | 0;
      const at = py * width + px;
      if (px < 0 || py < 0 || px >= width || py >= height || pixels[at] !== 0) continue;
      const radius = look.radius(p);
      if (radius === 0) continue;
      let size = 0;
      while (size < RADII.length - 1 && RADII[size] < radius) size++;
      const { reach, inner, rim } = stamps[size];
      if (px < reach || py < reach || px >= width - reach || py >= height - reach) continue;
      const colour = tally.main(p) * AGES + Math.min(AGES - 1, (look.age(p) * AGES) | 0);
      paint(pixels, inner, at, fill[colour]);
      paint(pixels, rim, at, edge[colour]);
    }
    this.context.putImageData(this.image, 0, 0);
  }
}

/**
 * @param {Uint32Array} pixels
 * @param {Int32Array} offsets
 * @param {number} at
 * @param {number} colour
 */
function paint(pixels, offsets, at, colour) {
  for (let j = 0; j < offsets.length; j++) {
    const p = at + offsets[j];
    if (pixels[p] === 0) pixels[p] = colour;
  }
}

/**
 * Offsets of the pixels of a disc and of its rim.
 * @param {number} radius
 * @param {number} ratio
 * @param {number} width of the frame
 */
function stamp(radius, ratio, width) {
  const reach = Math.ceil(radius);
  /** @type {number[]} */
  const inner = [];
  /** @type {number[]} */
  const rim = [];
  const edge = radius - Math.max(1, ratio * 0.8);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const far = Math.hypot(dx, dy);
      if (far <= radius + 0.2) (far > edge ? rim : inner).push(dy * width + dx);
    }
  }
  return { reach, inner: Int32Array.from(inner), rim: Int32Array.from(rim) };
}
