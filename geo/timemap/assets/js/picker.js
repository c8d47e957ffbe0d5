/** What happens under the pointer: rings on hover, the card of an event, the fan of a place. */

import { Fan, height } from "./fan.js";
import { NARROW, panelOf } from "./panel.js";
import { card } from "./popup.js";
import { theme } from "./theme.js";

/** Zoom buttons at the left of the map, which a card may not hide under. */
const CORNER = 54;

export class Picker {
  /** @param {import("./main.js").App} app */
  constructor(app) {
    this.app = app;
    this.fan = new Fan(app.map, app.store);
    /** @type {number[]} rows at the place whose card is open */
    this.rows = [];
    /** Whether a card is about to take the place of another. */
    this.opening = false;
    /** Place under the pointer. */
    this.under = -1;
    const { map } = app;
    map.on("click", (event) => this.click(event));
    map.on("mousemove", (event) => this.hover(event));
    map.on("mouseout", () => app.layer.mark(-1));
    map.on("popupclose", () => this.closed());
    // An outline around the whole map is for those who come to it by keyboard.
    const { dataset } = document.documentElement;
    addEventListener("keydown", (event) => event.key === "Tab" && (dataset.tmKeys = "yes"), true);
    addEventListener("pointerdown", () => delete dataset.tmKeys, true);
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom, Enter opens the place nearest to its middle, Escape closes it.");
    container.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === container) this.openMiddle();
      // Leaflet hears this key only while the map itself has the focus, not a button in it.
      else if (event.key === "Escape" && this.app.bridge.clicked !== null) {
        map.closePopup();
        container.focus({ preventScroll: true });
      }
    });
  }

  /** @param {import("./types.js").MapEvent} event */
  click(event) {
    const { layer } = this.app;
    const place = layer.pick(event.containerPoint, event.originalEvent?.pointerType === "touch" ? 14 : 5);
    if (place >= 0) this.openPlace(place, event.latlng);
  }

  /** With the keyboard: the place nearest to the middle of the map. */
  openMiddle() {
    const { map, layer } = this.app;
    const size = map.getSize();
    const place = layer.pick(size.divideBy(2), Math.max(size.x, size.y));
    if (place >= 0) this.openPlace(place);
    const button = /** @type {HTMLElement | null} */ (document.querySelector(".tm-card button, .leaflet-popup-close-button"));
    (this.fan.buttons?.[0].dot ?? button)?.focus({ preventScroll: true });
  }

  /** @param {number} place @param {import("./types.js").LatLng} [at] where it was clicked */
  openPlace(place, at) {
    const { layer } = this.app;
    const { a, b } = layer.window;
    const rows = layer.tally.rowsAt(place, a, b);
    if (rows.length) this.open(rows[0], rows, at);
  }

  /**
   * @param {number} row
   * @param {number[]} rows all events at its place, newest first
   * @param {import("./types.js").LatLng} [at] where a line or area was clicked
   */
  open(row, rows, at) {
    const { app, fan } = this;
    const { store, layer, bridge, map } = app;
    const place = store.place[row];
    const shape = layer.view.isShape(place);
    /** @type {import("./types.js").LatLng} */
    const anchor = shape && at ? at : [store.lat[place], store.lon[place]];
    const colours = theme.dark ? app.schemes.type().dark : app.schemes.type().light;
    const choose = (/** @type {number} */ other) => this.open(other, rows, anchor);
    const content = card(store, rows, row, { colours, kilometres: layer.view.kilometres(place), choose });
    // A stretch or an area is no point to fan out from: its events stand in the list.
    const fans = !shape && rows.length > 1;
    this.opening = true;
    const L = globalThis.L;
    const size = map.getSize();
    const narrow = size.x <= NARROW;
    const reach = fans ? height(rows.length) : 0;
    // Card and fan have to fit between the buttons in the corners, and under each other.
    const right = narrow ? CORNER : 10 + panelOf(map).width;
    const wide = Math.max(180, Math.min(300, size.x - CORNER - right - 30));
    const high = Math.max(110, Math.min(260, size.y - 2 * reach - 70));
    L.popup({
      maxWidth: wide, minWidth: Math.min(200, wide), maxHeight: high, offset: [0, -reach],
      autoPanPaddingTopLeft: [CORNER, 10], autoPanPaddingBottomRight: [right, 20 + 2 * reach],
    }).setLatLng(anchor).setContent(content).openOn(map);
    this.opening = false;
    if (!fans) fan.close();
    else if (fan.place !== place || this.rows !== rows) fan.open(place, rows, { chosen: row, colours, choose });
    else fan.choose(row);
    this.rows = rows;
    bridge.clicked = row;
    bridge.rows = rows;
    layer.mark(place, true);
    bridge.send("click");
  }

  closed() {
    if (this.opening) return;
    const { bridge, layer } = this.app;
    this.fan.close();
    bridge.clicked = null;
    bridge.rows = [];
    layer.mark(-1, true);
    bridge.send("click");
  }

  /** @param {import("./types.js").MapEvent} event */
  hover(event) {
    const { layer, map } = this.app;
    const place = layer.pick(event.containerPoint, 4);
    map.getContainer().style.cursor = place >= 0 ? "pointer" : "";
    if (place !== this.under) layer.mark((this.under = place));
  }

  /** A card may not stay open when its event has left the window or the filters. */
  closeStale() {
    const row = this.app.bridge.clicked;
    if (row === null) return;
    if (!this.#shows(row)) this.app.map.closePopup();
    else this.fan.keep((other) => this.#shows(other));
  }

  /** @param {number} row */
  #shows(row) {
    const { store, timeline } = this.app;
    const { first, last } = timeline.span;
    const start = store.epoch + store.start[row];
    return store.shows(row) && start <= last && start + store.span[row] >= first;
  }

  /**
   * Open an event that Python names.
   * @param {number} row -1 closes what is open
   */
  select(row) {
    const { store, layer, map } = this.app;
    if (row < 0 || row >= store.n) return map.closePopup();
    const { a, b } = layer.window;
    const rows = layer.tally.rowsAt(store.place[row], a, b);
    this.open(row, rows.includes(row) ? rows : [row, ...rows]);
  }
}
