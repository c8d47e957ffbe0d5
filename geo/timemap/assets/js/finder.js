/**
 * The filters in the map's own panel. What they are set to is one value, which Python may set and hears of: the page's
 * filters and these are the same ones.
 */

import { button, el } from "./dom.js";
import { choicesOf } from "./facets.js";
import { FacetList } from "./facetlist.js";
import { panelOf, tick } from "./panel.js";

/** @type {[import("./facets.js").Listed, string][]} */
const LISTS = [["subs", "Sub-type"], ["actors", "Actor"], ["actor_types", "Actor type"], ["zones", "Zone"], ["statuses", "Status"]];
const TYPING_MS = 250;
const COUNT_MS = 200;

/**
 * @typedef {object} Options
 * @property {() => void} changed hears of everything the reader sets
 * @property {boolean} searchable
 * @property {() => {a: number, b: number}} window days from the epoch
 * @property {() => void} searching hears that somebody is about to search
 */

export class Finder {
  /** @param {import("./types.js").LeafletMap} map @param {import("./store.js").Store} store @param {Options} options */
  constructor(map, store, options) {
    this.store = store;
    this.options = options;
    this.map = map;
    const choices = choicesOf(store.meta);
    this.possible = true;
    this.confidence = 0;
    this.text = "";
    this.lists = LISTS.map(([facet, title]) => new FacetList(facet, title, choices[facet], { changed: () => this.#set(), count: () => this.count() }));
    this.search = el("input", { type: "search", class: "tm-search", placeholder: "Search place, actor or words", maxlength: "200", "aria-label": "Search place, actor or words" });
    this.search.addEventListener("focus", () => options.searching());
    this.search.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.#typed(), TYPING_MS);
    });
    this.search.addEventListener("change", () => this.#typed());
    this.note = el("p", { class: "tm-signs", role: "status", hidden: true });
    this.possibleTick = tick("Also possibly inside", true, (on) => {
      this.possible = on;
      this.#set();
    });
    /** @type {HTMLElement | null} list that was opened and is not filled yet */
    this.opened = null;
    for (const { node } of this.lists) node.addEventListener("toggle", () => (this.opened = node.open ? node : null));
    this.lists[3].body.prepend(this.possibleTick.label);
    this.slider = el("input", { type: "range", min: "0", max: "1", step: "0.05", value: "0", "aria-label": "Lowest confidence" });
    this.slider.addEventListener("input", () => {
      this.confidence = Number(this.slider.value);
      this.#set();
    });
    this.level = el("span", { class: "tm-n" });
    this.reset = button("Reset all filters of the map and the page", "Reset filters", () => this.clear());
    this.reset.classList.add("tm-reset");
    const confidence = el("div", { class: "tm-range" }, el("span", { text: "Lowest confidence" }), this.level, this.slider);
    const search = options.searchable ? [this.search] : [];
    this.part = panelOf(map).section("filters", "Filters", false, ...search, this.note, ...this.lists.map((list) => list.node), confidence, this.reset);
    this.badge = el("span", { class: "tm-badge" });
    this.part.querySelector("summary")?.append(this.badge);
    this.part.addEventListener("toggle", () => this.count());
    /** @type {number[]} statuses that a page shows unless asked for more */
    this.usual = store.meta.usual_statuses ?? [];
    /** Whether a page has told its filters: a map alone has none to go back to. */
    this.told = false;
    this.show();
  }

  /**
   * What is set, in codes of the payload.
   * @returns {import("./types.js").Asked}
   */
  value() {
    const codes = Object.fromEntries(this.lists.map((list) => [list.facet, list.codes()]));
    return { ...codes, possible: this.possible, min_confidence: this.confidence || null, text: this.text || null };
  }

  /**
   * Take what Python says; nobody is told.
   * @param {import("./types.js").Asked} filter
   */
  take(filter) {
    this.told = true;
    for (const list of this.lists) list.take(filter[list.facet] ?? null);
    this.possible = filter.possible ?? true;
    this.confidence = filter.min_confidence ?? 0;
    // Words that are being typed are left alone.
    if (document.activeElement !== this.search) this.search.value = filter.text ?? "";
    this.text = filter.text ?? "";
    this.show();
  }

  clear() {
    for (const list of this.lists) list.take(list.facet === "statuses" && this.told ? this.usual : null);
    this.possible = true;
    this.confidence = 0;
    this.text = this.search.value = "";
    this.#set();
  }

  /** @param {string} [text] what the search is doing; nothing when it is done */
  say(text = "") {
    this.note.hidden = !text;
    this.note.textContent = text;
  }

  #typed() {
    clearTimeout(this.typing);
    const text = this.search.value.split(/\s+/).filter(Boolean).join(" ");
    if (text === this.text) return;
    this.text = text;
    this.#set();
  }

  #set() {
    this.show();
    this.options.changed();
  }

  /** Write what is set. */
  show() {
    this.possibleTick.box.checked = this.possible;
    this.slider.value = String(this.confidence);
    this.level.textContent = this.confidence ? `${Math.round(this.confidence * 100)} %` : "any";
    const usual = (/** @type {FacetList} */ list) => list.facet === "statuses" && String(list.codes() ?? "") === String(this.usual);
    const set = this.lists.filter((list) => list.chosen && !usual(list)).length + Number(this.confidence > 0) + Number(this.text !== "") + Number(!this.possible);
    this.badge.textContent = set ? String(set) : "";
    this.badge.title = set ? `${set} set` : "";
    this.reset.disabled = set === 0;
    this.count();
  }

  /** Count the choices of open lists, soon: while time moves this would cost frames. */
  count() {
    if (this.counting || !this.part.open || !this.lists.some((list) => list.node.open)) return;
    this.counting = setTimeout(() => {
      this.counting = 0;
      const window = { ...this.options.window(), possible: this.possible };
      for (const list of this.lists) if (list.node.open) list.count(this.store, window);
      if (this.opened) panelOf(this.map).reveal(this.opened);
      this.opened = null;
    }, COUNT_MS);
  }
}
