/** Several events at one place, fanned out on the map as buttons around it. */

import { spanWords } from "./calendar.js";
import { amount, el } from "./dom.js";

/** Pixels from one button to the next: room for a finger. */
const STEP = 27;
const RING = 44;
/** More events than these are told in the list alone: no carpet. */
export const MOST = 25;

/**
 * Where the buttons of a fan stand, around the place.
 * @param {number} n
 * @returns {[number, number][]} pixels right and down of the place
 */
export function spots(n) {
  /** @type {[number, number][]} */
  const found = [];
  for (let ring = 0; found.length < n; ring++) {
    const radius = RING + ring * STEP;
    const here = Math.min(n - found.length, Math.floor((2 * Math.PI * radius) / STEP));
    for (let k = 0; k < here; k++) {
      const angle = (2 * Math.PI * k) / here - Math.PI / 2;
      found.push([Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))]);
    }
  }
  return found;
}

/**
 * Pixels from the place to the upper edge of its fan.
 * @param {number} n events
 */
export function height(n) {
  return n < 2 ? 0 : Math.max(...spots(Math.min(n, MOST)).map(([, y]) => -y)) + STEP / 2;
}

/** At most one fan of one map. */
export class Fan {
  /** @param {import("./types.js").LeafletMap} map @param {import("./store.js").Store} store */
  constructor(map, store) {
    this.map = map;
    this.store = store;
    this.place = -1;
    /** @type {{row: number, dot: HTMLElement}[] | null} */
    this.buttons = null;
    /** @type {{remove(): void} | null} */
    this.marker = null;
    map.createPane("timemap-fan").style.zIndex = "640";
  }

  /**
   * @param {number} place
   * @param {number[]} rows newest first
   * @param {{chosen: number, colours: string[], choose: (row: number) => void}} options
   */
  open(place, rows, { chosen, colours, choose }) {
    this.close();
    if (rows.length < 2) return;
    const { store } = this;
    const shown = rows.slice(0, MOST);
    const at = spots(shown.length);
    const legs = at.map(([x, y]) => {
      const leg = el("i", { class: "tm-leg", "aria-hidden": "true" });
      leg.style.width = `${Math.hypot(x, y)}px`;
      leg.style.transform = `rotate(${Math.atan2(y, x)}rad)`;
      return leg;
    });
    this.buttons = shown.map((row, k) => {
      const [x, y] = at[k];
      const first = store.epoch + store.start[row];
      const text = `${spanWords(first, first + store.span[row])}: ${store.meta.subs[store.sub[row]][0] || store.meta.types[store.type[row]][0]}`;
      const dot = el("button", { type: "button", class: "tm-fan-dot", "aria-label": text, title: text, on: { click: () => choose(row) } });
      dot.style.left = `${x}px`;
      dot.style.top = `${y}px`;
      dot.style.setProperty("--tm-dot", colours[store.type[row]]);
      return { row, dot };
    });
    const name = store.meta.places[place] || "this place";
    const rest = rows.length - shown.length;
    const node = el("div", { class: "tm-fan", role: "group", "aria-label": `${amount(rows.length, "event")} at ${name}${rest ? `, the newest ${shown.length} shown` : ""}` },
      ...legs, ...this.buttons.map(({ dot }) => dot));
    const L = globalThis.L;
    L.DomEvent.disableClickPropagation(node);
    this.marker = L.marker([store.lat[place], store.lon[place]], {
      icon: L.divIcon({ html: node, className: "tm-fan-at", iconSize: [0, 0] }), interactive: false, keyboard: false, pane: "timemap-fan",
    }).addTo(this.map);
    this.place = place;
    this.choose(chosen);
  }

  /**
   * Mark the event whose card is open.
   * @param {number} row
   */
  choose(row) {
    for (const { row: other, dot } of this.buttons ?? []) {
      if (other === row) dot.setAttribute("aria-current", "true");
      else dot.removeAttribute("aria-current");
    }
  }

  /**
   * Hide what has left the window or the filters.
   * @param {(row: number) => boolean} shows
   */
  keep(shows) {
    for (const { row, dot } of this.buttons ?? []) dot.hidden = !shows(row);
  }

  close() {
    this.marker?.remove();
    this.marker = this.buttons = null;
    this.place = -1;
  }
}
