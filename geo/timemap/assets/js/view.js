/** Places on the screen: projected once per view, not once per frame. */

const RAD = Math.PI / 180;
const KM_PER_TURN = 40075.017;

/** @param {number} lat degrees @returns {number} 0 at the north end of the map, 1 at the south end */
export function mercator(lat) {
  const s = Math.sin(Math.max(-85.06, Math.min(85.06, lat)) * RAD);
  return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
}

/** Pixels of all places, and the paths of those that are lines or areas. */
export class View {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    const m = store.places;
    /** Pixels of the whole world, and the world pixel of the canvas's corner. */
    this.scale = 256;
    this.left = 0;
    this.top = 0;
    // Doubles: at zoom 18 the world is 67 million pixels wide, more than a float can tell apart.
    this.worldX = Float64Array.from(store.lon, (lon) => lon / 360 + 0.5);
    this.worldY = Float64Array.from(store.lat, mercator);
    this.x = new Float32Array(m);
    this.y = new Float32Array(m);
    this.inView = new Uint8Array(m);
    /** @type {Map<number, import("./types.js").Geometry>} */
    this.geometries = new Map(Object.entries(store.meta.shapes).map(([p, text]) => [Number(p), JSON.parse(text)]));
    /** @type {Map<number, Path2D>} */
    this.paths = new Map();
  }

  /**
   * @param {number} scale pixels of the whole world
   * @param {number} left world pixel of the canvas's left edge
   * @param {number} top
   * @param {number} width pixels
   * @param {number} height
   */
  project(scale, left, top, width, height) {
    Object.assign(this, { scale, left, top });
    const { worldX, worldY, x, y, inView, store } = this;
    for (let p = 0; p < x.length; p++) {
      const px = (x[p] = worldX[p] * scale - left);
      const py = (y[p] = worldY[p] * scale - top);
      inView[p] = px > -30 && py > -30 && px < width + 30 && py < height + 30 ? 1 : 0;
      // The middle of a shape may be off the screen while the shape is on it.
      if (store.shape[p] !== 0) inView[p] = 1;
    }
    this.paths.clear();
  }

  /** @param {number} p */
  isLine(p) {
    return this.store.shape[p] === 1;
  }

  /**
   * A line or an area.
   * @param {number} p
   */
  isShape(p) {
    return this.store.shape[p] !== 0;
  }

  /**
   * Radius of uncertainty of a place.
   * @param {number} p
   * @returns {number} kilometres
   */
  kilometres(p) {
    return 2 ** (this.store.radius[p] / 16) - 1;
  }

  /**
   * @param {number} p
   * @returns {number} pixels
   */
  ring(p) {
    return ((this.kilometres(p) / KM_PER_TURN) * this.scale) / Math.cos(this.store.lat[p] * RAD);
  }

  /**
   * Outline of a line or area; a circle of its radius where no outline is known.
   * @param {number} p
   */
  path(p) {
    let path = this.paths.get(p);
    if (path) return path;
    path = new Path2D();
    const geometry = this.geometries.get(p);
    if (geometry) this.#trace(path, geometry.coordinates, geometry.type.endsWith("Polygon"));
    else path.arc(this.x[p], this.y[p], Math.max(6, this.ring(p)), 0, 2 * Math.PI);
    this.paths.set(p, path);
    return path;
  }

  /** @param {Path2D} path @param {import("./types.js").Nested} coordinates @param {boolean} closed */
  #trace(path, coordinates, closed) {
    if (!isRing(coordinates)) {
      for (const part of /** @type {import("./types.js").Nested[]} */ (coordinates)) this.#trace(path, part, closed);
      return;
    }
    coordinates.forEach(([lon, lat], k) => {
      const x = (lon / 360 + 0.5) * this.scale - this.left;
      const y = mercator(lat) * this.scale - this.top;
      if (k) path.lineTo(x, y);
      else path.moveTo(x, y);
    });
    if (closed) path.closePath();
  }
}

/** @param {import("./types.js").Nested} coordinates @returns {coordinates is import("./types.js").Ring} */
function isRing(coordinates) {
  const [first] = coordinates;
  return Array.isArray(first) && typeof first[0] === "number";
}

/**
 * Give a canvas its size on the page and in pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {{x: number, y: number}} size
 * @param {number} ratio device pixels for one of ours
 */
export function fit(canvas, size, ratio) {
  const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
  canvas.style.width = `${size.x}px`;
  canvas.style.height = `${size.y}px`;
}
