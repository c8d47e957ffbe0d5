/** The box in the corner: legend, zones, basemaps. One for each map; on phones it opens on a tap. */

import { button, el } from "./dom.js";

/** @type {WeakMap<object, Panel>} */
const panels = new WeakMap();

const ORDER = ["events", "filters", "zones", "basemap"];
const MEMORY = "timemap.panel";
/** Narrower maps begin with the panel closed, and never keep room for it. */
export const NARROW = 700;
/** So do maps in a window narrower than this: the panel would lie over half of what there is to see. */
const NARROW_WINDOW = 1100;

class Panel {
  /** @param {import("./types.js").LeafletMap} map */
  constructor(map) {
    this.map = map;
    this.isOpen = false;
    this.body = el("div", { class: "tm-panel-body" });
    this.toggle = button("Legend, filters and layers", "☰", () => {
      this.open(!this.isOpen);
      remember(this.isOpen);
    });
    this.toggle.classList.add("tm-panel-toggle");
    this.node = el("aside", { class: "tm-panel", "aria-label": "Legend, filters and layers" }, this.toggle, this.body);
    globalThis.L.DomEvent.disableClickPropagation(this.node);
    globalThis.L.DomEvent.disableScrollPropagation(this.node);
    map.getContainer().append(this.node);
  }

  /** @param {boolean} open */
  open(open) {
    this.isOpen = open;
    this.node.classList.toggle("tm-open", open);
    this.toggle.textContent = open ? "✕" : "☰";
    this.toggle.setAttribute("aria-expanded", String(open));
    this.map.fire("timemap:panel");
  }

  /** Pixels at the right of the map that it hides. */
  get width() {
    return this.isOpen && this.map.getSize().x > NARROW ? this.node.offsetWidth + 10 : 0;
  }

  /**
   * Scroll the panel, and nothing around it, so that a part of it is seen, from its head on.
   * @param {HTMLElement} part
   */
  reveal(part) {
    const [room, box] = [this.body.getBoundingClientRect(), part.getBoundingClientRect()];
    const below = box.bottom - room.bottom;
    if (below > 0) this.body.scrollTop += Math.min(below, box.top - room.top);
  }

  /**
   * Put a section in its place; a second one of the same name takes the place of the first.
   * @param {string} name
   * @param {string} title
   * @param {boolean} open
   * @param {...Node} content
   */
  section(name, title, open, ...content) {
    const part = el("details", { open, "data-part": name }, el("summary", { text: title }), ...content);
    this.body.querySelector(`[data-part="${name}"]`)?.remove();
    const rank = (/** @type {string} */ n) => ORDER.indexOf(n);
    const next = [...this.body.children].find((other) => rank(other.getAttribute("data-part") ?? "") > rank(name));
    this.body.insertBefore(part, next ?? null);
    part.addEventListener("toggle", () => {
      if (part.open) this.reveal(part);
      this.map.fire("timemap:panel");
    });
    return part;
  }
}

/** Pixels of the whole window, not of the frame that the map stands in. */
function windowWidth() {
  try {
    return top?.innerWidth ?? innerWidth;
  } catch {
    // A page of somebody else's around the map says nothing.
    return innerWidth;
  }
}

// A page may forbid its frames to remember anything.
function remembered() {
  try {
    return localStorage.getItem(MEMORY);
  } catch {
    return null;
  }
}

/** @param {boolean} open */
function remember(open) {
  try {
    localStorage.setItem(MEMORY, open ? "open" : "closed");
  } catch {
    // Then it opens again next time.
  }
}

/**
 * @param {import("./types.js").LeafletMap} map
 * @returns {Panel}
 */
export function panelOf(map) {
  let panel = panels.get(map);
  if (!panel) {
    panel = new Panel(map);
    panels.set(map, panel);
    // Only now: opening tells the labels, and they ask for the panel.
    panel.open(map.getSize().x > NARROW && windowWidth() >= NARROW_WINDOW && remembered() !== "closed");
  }
  return panel;
}

/**
 * A line with a box to tick.
 * @param {string} text
 * @param {boolean} checked
 * @param {(on: boolean) => void} change
 * @param {...Node} marks before the text
 */
export function tick(text, checked, change, ...marks) {
  /** @type {HTMLInputElement} */
  const box = el("input", { type: "checkbox", checked, on: { change: () => change(box.checked) } });
  const label = el("label", { class: "tm-line" }, box, ...marks, el("span", { class: "tm-name" }, ...breakable(text)));
  return { label, box };
}

/**
 * A name that may go on in the next line after a slash.
 * @param {string} text
 * @returns {(string | Node)[]}
 */
function breakable(text) {
  const [first, ...rest] = text.split("/");
  return [first, ...rest.flatMap((part) => ["/", el("wbr"), part])];
}
