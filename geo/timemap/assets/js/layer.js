/**
 * The Leaflet layer that draws the events of a window. It keeps three canvases on top of each other: pixels for many
 * symbols, shapes and fine symbols, and the mark of what is under the pointer.
 *
 * The hooks _update, _updatePaths, _bounds and _animatingZoom are semi-public in Leaflet 1.9.
 */

import { crowding, dense, FEW } from "./crowd.js";
import { Heat } from "./heat.js";
import { Splat } from "./splat.js";
import { drawShape, drawSymbol } from "./symbols.js";
import { symbolRadius, Tally } from "./tally.js";
import { fit, View } from "./view.js";

/** @typedef {import("./types.js").XY} XY */

const IDLE_MS = 160;
const VAGUE_KM = 8;

/**
 * @param {any} L Leaflet
 * @param {import("./store.js").Store} store
 * @param {import("./colours.js").Scheme} scheme
 * @returns {import("./types.js").EventsLayer}
 */
export function createLayer(L, store, scheme) {
  const Layer = L.Renderer.extend({
    options: { padding: 0.15, pane: "timemap-events" },

    initialize() {
      L.Renderer.prototype.initialize.call(this);
      this.store = store;
      this.view = new View(store);
      this.window = { a: 0, b: store.days - 1 };
      this.sizeBy = "events";
      /** Whether to count events by set of zones too. */
      this.countSets = false;
      /** "auto" draws discs, and a density where they would lie over each other. */
      this.drawAs = "auto";
      this.thick = false;
      /** Whether to draw the radius of uncertainty of every place; of the one pointed at or chosen it is drawn always. */
      this.radii = false;
      /** @type {(() => void) | null} called after each frame */
      this.drawn = null;
      this.stats = { ms: 0, places: 0 };
      this.setColours(scheme, store.type, false);
    },

    /** @param {import("./colours.js").Scheme} next @param {ArrayLike<number>} classOf @param {boolean} dark */
    setColours(next, classOf, dark) {
      this.dark = dark;
      this.colours = dark ? next.dark : next.light;
      this.classOf = classOf;
      this.theme = dark ? { paper: "#16191d", ink: "#f2f2f2" } : { paper: "#ffffff", ink: "#1d1d1d" };
      if (this.tally?.classes !== this.colours.length) this.tally = new Tally(store, this.colours.length);
      this.splat?.setColours(this.colours);
      this.schedule();
    },

    _initContainer() {
      this._container = L.DomUtil.create("div", "tm-events");
      const canvas = () => this._container.appendChild(document.createElement("canvas"));
      // Shapes lie under the pixels of crowded places; fine symbols are never there together with pixels.
      [this._density, this._vector, this._pixels, this._mark] = [canvas(), canvas(), canvas(), canvas()];
      this._context = this._vector.getContext("2d");
      this._over = this._mark.getContext("2d");
      this.splat = new Splat(this._pixels, this.colours);
      this.heat = new Heat(this._density);
    },

    _destroyContainer() {
      cancelAnimationFrame(this._frame);
      clearTimeout(this._idle);
      this._frame = 0;
      L.Renderer.prototype._destroyContainer.call(this);
    },

    _updatePaths() {},

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const { min } = this._bounds;
      const size = this._bounds.getSize();
      L.DomUtil.setPosition(this._container, min);
      this.ratio = Math.min(2, devicePixelRatio || 1);
      this._moving = false;
      const origin = this._map.getPixelOrigin();
      const scale = 256 * 2 ** this._map.getZoom();
      this.view.project(scale, origin.x + min.x, origin.y + min.y, size.x, size.y);
      fit(this._mark, size, this.ratio);
      this.draw();
    },

    /** @param {number} a first day from the epoch @param {number} b last day */
    setWindow(a, b) {
      this.window = { a, b };
      // While time moves, everything is drawn at ratio 1; when it rests they are drawn again at the screen's own.
      this._moving = true;
      clearTimeout(this._idle);
      this._idle = setTimeout(() => {
        this._moving = false;
        this.schedule();
      }, IDLE_MS);
      this.schedule();
    },

    schedule() {
      if (this._frame || !this._map) return;
      this._frame = requestAnimationFrame(() => {
        this._frame = 0;
        this.draw();
      });
    },

    draw() {
      if (!this._map || !this._bounds) return;
      const began = performance.now();
      const { a, b } = this.window;
      const { tally, view } = this;
      tally.take(a, b, view.inView, this.classOf, { deaths: this.sizeBy === "deaths", sets: this.countSets });
      const size = this._bounds.getSize();
      const ratio = this._moving ? 1 : this.ratio;
      fit(this._vector, size, ratio);
      this._context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this._context.clearRect(0, 0, size.x, size.y);
      const points = this._drawShapes();
      const heat = this.drawAs === "heat" || (this.drawAs === "auto" && this._crowded(points, size));
      const many = !heat && points > FEW;
      // An empty canvas still costs its pixels each time the page is put together.
      this._show(this._pixels, many);
      this._show(this._vector, (!many && !heat) || this.shapes.length > 0);
      this._show(this._density, heat);
      if (heat !== this._heat) this._map.fire("timemap:heat", { on: (this._heat = heat) });
      if (heat) this._drawHeat(size);
      else if (many) this._drawMany(size);
      else this._drawFine();
      this._drawMark();
      this.stats = { ms: performance.now() - began, places: tally.length };
      this._fine = !many && !heat;
      this.drawn?.();
      // Names are written where no symbol stands, and do not jump while time moves.
      if (!this._moving) this._map.fire("timemap:rest");
    },

    /**
     * Boxes of the symbols, container pixels: for whoever writes beside them.
     * @returns {number[][]} none where there are too many
     */
    boxes() {
      if (!this._fine) return [];
      const { tally, view } = this;
      const from = this._map.layerPointToContainerPoint(this._bounds.min);
      return Array.from(tally.seen.subarray(0, tally.length), (p) => [view.x[p] + from.x, view.y[p] + from.y, view.isLine(p) ? 0 : this.radius(p)])
        .filter(([, , r]) => r > 0).map(([x, y, r]) => [x - r, y - r, x + r, y + r]);
    },

    /** @param {HTMLCanvasElement} canvas @param {boolean} on */
    _show(canvas, on) {
      if ((canvas.style.display === "none") === on) canvas.style.display = on ? "" : "none";
    },

    /** @param {number} points @param {XY} size */
    _crowded(points, size) {
      this.thick = points > FEW && dense(crowding(this.tally, this.view, size, (/** @type {number} */ p) => (this.view.isLine(p) ? 0 : this.radius(p))), this.thick);
      return this.thick;
    },

    /** @returns {number} places that are points */
    _drawShapes() {
      const { tally, view } = this;
      let points = 0;
      this.shapes = [];
      for (let k = tally.length - 1; k >= 0; k--) {
        const p = tally.seen[k];
        if (!view.isLine(p)) points++;
        if (view.isShape(p)) this.shapes.push(p);
      }
      // Small ones last, on top.
      this.shapes.sort((/** @type {number} */ p, /** @type {number} */ q) => view.kilometres(q) - view.kilometres(p));
      for (const p of this.shapes) {
        const look = { area: store.shape[p] === 2, colour: this.colours[tally.main(p)], alpha: this._alpha(p), possible: tally.possible[p] === tally.count[p] };
        drawShape(this._context, view.path(p), look);
      }
      return points;
    },

    /** @param {XY} size */
    _drawMany(size) {
      const ratio = this._moving ? 1 : this.ratio;
      fit(this._pixels, size, ratio);
      this.splat.draw(this.tally, this.view.x, this.view.y, ratio, {
        radius: (/** @type {number} */ p) => (this.view.isLine(p) ? 0 : this.radius(p)),
        age: (/** @type {number} */ p) => this._age(p),
      });
    },

    /** @param {XY} size */
    _drawHeat(size) {
      const weights = this.sizeBy === "deaths" ? this.tally.deaths : this.tally.count;
      this.heat.draw(this.tally, this.view, size, { dark: this.dark, weight: (/** @type {number} */ p) => weights[p] });
    },

    _drawFine() {
      const { tally, view } = this;
      const order = Array.from(tally.seen.subarray(0, tally.length)).filter((p) => !view.isLine(p));
      if (this.radii) for (const p of order) this._drawRadius(p);
      // Big ones first, so that small ones stay on top.
      order.sort((p, q) => this.radius(q) - this.radius(p));
      for (const p of order) {
        const symbol = {
          x: view.x[p],
          y: view.y[p],
          radius: this.radius(p),
          count: tally.count[p],
          alpha: this._alpha(p),
          possible: tally.possible[p] === tally.count[p],
          vague: view.kilometres(p) > VAGUE_KM,
          mix: Array.from(tally.mix.subarray(p * tally.classes, (p + 1) * tally.classes)),
        };
        drawSymbol(this._context, symbol, this.colours, this.theme);
      }
    },

    /** @param {number} p */
    _drawRadius(p) {
      const [context, view] = [this._context, this.view];
      const reach = view.ring(p);
      if (view.isShape(p) || reach <= this.radius(p)) return;
      context.globalAlpha = 0.6 * this._alpha(p);
      context.strokeStyle = this.colours[this.tally.main(p)];
      context.lineWidth = 1;
      context.setLineDash([5, 4]);
      context.beginPath();
      context.arc(view.x[p], view.y[p], reach, 0, 2 * Math.PI);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
    },

    /** @param {number} p */
    radius(p) {
      const { count, deaths } = this.tally;
      return symbolRadius(this.sizeBy === "deaths" ? 1 + deaths[p] / 3 : count[p], count[p]);
    },

    /**
     * How new the newest event of a place is: 0 to 1.
     * @param {number} p
     */
    _age(p) {
      const { a, b } = this.window;
      const day = Math.max(a, Math.min(b, store.start[this.tally.top[p] - 1]));
      return b > a ? (day - a) / (b - a) : 1;
    },

    /** @param {number} p */
    _alpha(p) {
      return 0.5 + 0.5 * this._age(p);
    },

    /**
     * Show the radius of uncertainty of a place; -1 shows nothing.
     * @param {number} p
     * @param {boolean} chosen
     */
    mark(p, chosen = false) {
      if (chosen) this._chosen = p;
      else this._hover = p;
      this._drawMark();
    },

    _drawMark() {
      const context = this._over;
      if (!context || !this._bounds) return;
      const size = this._bounds.getSize();
      context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
      context.clearRect(0, 0, size.x, size.y);
      const marked = [...new Set([this._hover ?? -1, this._chosen ?? -1])].filter((p) => p >= 0 && this.tally.count[p]);
      this._show(this._mark, marked.length > 0);
      for (const p of marked) this._ring(context, p);
    },

    /** @param {CanvasRenderingContext2D} context @param {number} p */
    _ring(context, p) {
      const { view } = this;
      context.strokeStyle = this.theme.ink;
      context.lineWidth = 1.6;
      if (view.isShape(p)) context.stroke(view.path(p));
      if (view.isLine(p)) return;
      context.beginPath();
      context.arc(view.x[p], view.y[p], this.radius(p) + 3, 0, 2 * Math.PI);
      context.stroke();
      if (view.isShape(p)) return;
      context.setLineDash([5, 4]);
      context.beginPath();
      context.arc(view.x[p], view.y[p], Math.max(this.radius(p) + 3, view.ring(p)), 0, 2 * Math.PI);
      context.stroke();
      context.setLineDash([]);
    },

    /**
     * The place under a point of the map: the nearest symbol, else the smallest thing it lies in.
     * @param {{x: number, y: number}} point container pixels
     * @param {number} reach pixels
     * @returns {number} place, or -1
     */
    pick(point, reach) {
      const at = this._map.containerPointToLayerPoint(point).subtract(this._bounds.min);
      const { tally, view } = this;
      let best = -1;
      let nearest = Infinity;
      for (let k = 0; k < tally.length; k++) {
        const p = tally.seen[k];
        if (view.isLine(p)) continue;
        const gap = Math.hypot(view.x[p] - at.x, view.y[p] - at.y) - this.radius(p);
        if (gap < nearest && gap <= reach) [nearest, best] = [gap, p];
      }
      if (best >= 0) return best;
      const inside = this.shapes.filter((/** @type {number} */ p) => this._within(p, at, reach));
      return inside.length ? inside.reduce((/** @type {number} */ p, /** @type {number} */ q) => (view.kilometres(q) < view.kilometres(p) ? q : p)) : -1;
    },

    /** @param {number} p @param {XY} at @param {number} reach */
    _within(p, at, reach) {
      const context = this._context;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.lineWidth = 2 * reach;
      const path = this.view.path(p);
      return store.shape[p] === 2 ? context.isPointInPath(path, at.x, at.y, "evenodd") : context.isPointInStroke(path, at.x, at.y);
    },
  });
  return new Layer();
}
