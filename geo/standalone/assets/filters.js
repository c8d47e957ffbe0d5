/** Filters beside the map: words, kind, actor, zone, standing, confidence. */

import { choice, el } from "../../timemap/assets/js/dom.js";

const APOSTROPHES = /['’‘ʿʾ`´ʼ]/gu;

/**
 * Text without case, accents and apostrophes, as `geo.query.text.fold` writes it.
 * @param {string} text
 */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/gu, "ss").replace(/ı/gu, "i").replace(APOSTROPHES, "");
}

export class Filters {
  /** @param {any} evidence @param {(filter: object) => void} changed */
  constructor(evidence, changed) {
    this.evidence = evidence;
    this.changed = changed;
    this.node = /** @type {HTMLElement} */ (document.getElementById("filters"));
  }

  /** Make the controls once the map knows its lists. @param {any} store */
  begin(store) {
    if (this.store) return;
    this.store = store;
    const { meta } = store;
    const used = (/** @type {any[]} */ list, /** @type {any} */ ...columns) => {
      const seen = new Uint8Array(list.length);
      for (const column of columns) for (let row = 0; row < store.n; row++) seen[column[row]] = 1;
      return list.map((_, code) => code).filter((code) => seen[code]);
    };
    const pick = (/** @type {string} */ label, /** @type {[string, string][]} */ options) => {
      const list = choice(label, [["", "any"], ...options], "", () => this.#apply());
      this.node.append(el("label", {}, el("span", { text: label }), list));
      return list;
    };
    this.words = el("input", { type: "search", maxlength: "200", placeholder: "place, actor or words", "aria-label": "Search", on: { input: () => this.#later() } });
    this.node.append(el("label", {}, el("span", { text: "Search" }), this.words));
    this.sub = pick("Kind of event", used(meta.subs, store.sub).map((code) => [String(code), meta.subs[code][0] || meta.types[meta.subs[code][1]][0]]));
    this.actor = pick("Actor", used(meta.actors, store.actor1, store.actor2).filter((code) => meta.actors[code]?.[0]).map((code) => [String(code), meta.actors[code][0]]));
    this.actorType = pick("Actor type", meta.actor_types.map((/** @type {string} */ name, /** @type {number} */ code) => [String(code), name]));
    this.zone = pick("Zone", this.#zones(store));
    this.possible = el("input", { type: "checkbox", checked: true, on: { change: () => this.#apply() } });
    this.node.append(el("label", { class: "sa-tick" }, this.possible, el("span", { text: "also those possibly inside the zone" })));
    this.status = pick("Status", used(meta.statuses, store.status).map((code) => [String(code), meta.statuses[code]]));
    this.least = el("input", { type: "range", min: "0", max: "1", step: "0.05", value: "0", "aria-label": "Lowest confidence", on: { input: () => this.#later() } });
    this.leastText = el("span", { text: "Lowest confidence: any" });
    this.node.append(el("label", {}, this.leastText, this.least));
    this.node.append(el("button", { type: "button", text: "Reset filters", on: { click: () => this.#reset() } }));
  }

  /** Zones that hold an event, by name. @param {any} store @returns {[string, string][]} */
  #zones({ meta }) {
    const there = new Set(meta.zone_sets.flat(2));
    return [...there].sort((a, b) => (meta.zones[a][1] < meta.zones[b][1] ? -1 : 1)).map((code) => [String(code), meta.zones[code][1]]);
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#apply(), 150);
  }

  #reset() {
    for (const list of [this.sub, this.actor, this.actorType, this.zone, this.status, this.words]) list.value = "";
    this.least.value = "0";
    this.possible.checked = true;
    this.#apply();
  }

  #apply() {
    /** @type {Record<string, any>} */
    const filter = {};
    const least = Number(this.least.value);
    this.leastText.textContent = least ? `Lowest confidence: ${Math.round(least * 100)} %` : "Lowest confidence: any";
    if (this.sub.value) filter.subs = [Number(this.sub.value)];
    if (this.status.value) filter.statuses = [Number(this.status.value)];
    if (this.zone.value) Object.assign(filter, { zones: [Number(this.zone.value)], possible: this.possible.checked });
    const groups = [];
    // One actor may stand in the list once for each type it was told of with.
    const { actors } = this.store.meta;
    const codes = (/** @type {(entry: any) => boolean} */ fits) => actors.flatMap((/** @type {any} */ entry, /** @type {number} */ code) => (entry && fits(entry) ? [code] : []));
    if (this.actor.value) groups.push(codes((entry) => entry[0] === actors[Number(this.actor.value)][0]));
    if (this.actorType.value) groups.push(codes((entry) => entry[1] === Number(this.actorType.value)));
    if (groups.length) filter.actors = groups;
    if (least) filter.min_confidence = least;
    const words = fold(this.words.value).split(/\s+/u).filter(Boolean);
    if (words.length) filter.rows = this.#rows(words);
    this.changed(filter);
  }

  /** One bit for each row that holds every word. @param {string[]} words */
  #rows(words) {
    this.texts ??= this.evidence.rows.map((/** @type {any} */ event) => fold([event.what, event.facts[1], event.facts[2],
      ...event.told.flatMap((/** @type {any} */ [number, quote]) => [quote, this.evidence.articles[number][0], this.evidence.articles[number][1]])].join("\n")));
    const bits = new Uint8Array((this.texts.length + 7) >> 3);
    this.texts.forEach((/** @type {string} */ text, /** @type {number} */ row) => {
      if (words.every((word) => text.includes(word))) bits[row >> 3] |= 1 << (row & 7);
    });
    return bits;
  }
}
