/** One facet in the panel: names to tick, with the events each would show; long lists can be searched. */

import { el } from "./dom.js";
import { facetCounts, listed } from "./facets.js";
import { tick } from "./panel.js";

const MOST = 40;
const LONG = 12;

export class FacetList {
  /**
   * @param {import("./facets.js").Listed} facet
   * @param {string} title
   * @param {import("./facets.js").Choices} choices
   * @param {{changed: () => void, count: () => void}} hears
   */
  constructor(facet, title, choices, hears) {
    this.facet = facet;
    this.choices = choices;
    this.hears = hears;
    /** @type {Set<number> | null} null asks for nothing; an empty set is met by no event */
    this.chosen = null;
    /** @type {Uint32Array} */
    this.counts = new Uint32Array(choices.names.length);
    this.said = el("span", { class: "tm-said" });
    this.lines = el("div", { class: "tm-lines" });
    this.body = el("div", {});
    this.sought = el("input", { type: "search", class: "tm-search", placeholder: `Search ${choices.names.length.toLocaleString("en")} names`, "aria-label": `Search the list: ${title}` });
    this.sought.addEventListener("input", () => this.#rank());
    if (choices.names.length > LONG) this.body.append(this.sought);
    this.body.append(this.lines);
    this.node = el("details", { class: "tm-facet", "data-facet": facet }, el("summary", {}, el("span", { text: title }), this.said), this.body);
    this.node.addEventListener("toggle", () => {
      this.ranked = false;
      hears.count();
    });
    /** Whether the names stand in the order of their counts. It stays while counts change, or lines would jump about. */
    this.ranked = false;
    /** @type {Map<number, {label: HTMLElement, box: HTMLInputElement, count: HTMLElement}>} */
    this.made = new Map();
    this.say();
  }

  /** @returns {number[] | null} ascending */
  codes() {
    return this.chosen && [...this.chosen].flatMap((k) => this.choices.codes[k]).sort((a, b) => a - b);
  }

  /** @param {number[] | null} codes */
  take(codes) {
    this.chosen = codes && new Set(codes.map((code) => this.choices.of[code]).filter((name) => name > 0).map((name) => name - 1));
    this.say();
    for (const [k, { box }] of this.made) box.checked = this.chosen?.has(k) ?? false;
  }

  /** @param {import("./store.js").Store} store @param {{a: number, b: number, possible: boolean}} window */
  count(store, window) {
    this.counts = facetCounts(store, this.facet, this.choices, window);
    if (!this.ranked) this.#rank();
    for (const [k, line] of this.made) {
      const text = this.counts[k].toLocaleString("en");
      if (line.count.textContent !== text) line.count.textContent = text;
      line.label.classList.toggle("tm-none", this.counts[k] === 0);
    }
  }

  say() {
    const names = this.chosen && [...this.chosen].map((k) => this.choices.names[k]);
    this.said.textContent = !names ? "any" : names.length === 1 ? names[0] : names.length ? `${names.length} chosen` : "none of these";
  }

  /** List chosen names first, then those with most events. */
  #rank() {
    const { shown, more } = listed(this.choices, this.counts, this.chosen, this.sought.value, MOST);
    this.made.clear();
    const rest = more > 0 ? [el("p", { class: "tm-signs", text: `and ${more.toLocaleString("en")} more: search` })] : [];
    this.lines.replaceChildren(...shown.map((k) => this.#line(k)), ...rest);
    this.ranked = true;
  }

  /** @param {number} k */
  #line(k) {
    const count = el("span", { class: "tm-n", text: this.counts[k].toLocaleString("en") });
    const { label, box } = tick(this.choices.names[k], this.chosen?.has(k) ?? false, (on) => {
      const chosen = new Set(this.chosen);
      if (on) chosen.add(k);
      else chosen.delete(k);
      this.chosen = chosen.size ? chosen : null;
      this.say();
      this.hears.changed();
    });
    label.append(count);
    this.made.set(k, { label, box, count });
    return label;
  }
}
