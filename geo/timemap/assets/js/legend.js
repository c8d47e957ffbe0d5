/** The legend: names the colours, counts them in the window, and hides a type when it is unticked. */

import { choice, el } from "./dom.js";
import { RAMPS } from "./heat.js";
import { panelOf, tick } from "./panel.js";

/** @typedef {"type" | "actor" | "zone"} ColourBy */

export class Legend {
  /**
   * @param {import("./types.js").LeafletMap} map
   * @param {import("./store.js").Store} store
   * @param {Record<ColourBy, () => import("./colours.js").Scheme>} schemes for each way to colour
   * @param {{colourBy: ColourBy, toggled: () => void, colour: (by: ColourBy) => void, size: (by: string) => void, draw: (as: string) => void, radii: (on: boolean) => void}} options
   */
  constructor(map, store, schemes, options) {
    this.store = store;
    this.schemes = schemes;
    this.colourBy = options.colourBy;
    const by = choice("Colour by", [["type", "Colour: type"], ["actor", "Colour: actor"], ["zone", "Colour: zone"]], this.colourBy, (value) => {
      this.colourBy = /** @type {ColourBy} */ (value);
      options.colour(this.colourBy);
    });
    const size = choice("Size by", [["events", "Size: events"], ["deaths", "Size: deaths"]], "events", options.size);
    const draw = choice("Draw as", [["auto", "Draw: by density"], ["discs", "Draw: discs"], ["heat", "Draw: heat"]], "auto", options.draw);
    this.lines = store.meta.types.map(([name], t) => {
      const mark = el("i", { class: "tm-dot", "aria-hidden": "true" });
      const count = el("span", { class: "tm-n" });
      const { label, box } = tick(name, true, (on) => {
        store.showTypes((other) => (other === t ? on : store.typeOn[other] === 1));
        options.toggled();
      }, mark);
      label.append(count);
      return { label, box, mark, count, shown: -1 };
    });
    this.actors = el("div", { class: "tm-actors" });
    /** Colours of a density, while one is drawn. */
    this.band = el("i", { "aria-hidden": "true" });
    this.ramp = el("div", { class: "tm-ramp", hidden: true, title: "The brightest or darkest is the fullest place in view" }, "few", this.band, "many");
    map.on("timemap:heat", (event) => (this.ramp.hidden = !event.on));
    const radii = tick("Show how exact places are", false, options.radii);
    radii.label.title = "Draws the radius within which each place lies, where no more than 600 are shown";
    const signs = el("details", { class: "tm-inner" }, el("summary", { text: "Signs" }), radii.label,
      el("p", { class: "tm-signs", text: "Number: events at the place. Ring: several kinds. Pale: place known only roughly. Hatched: somewhere in this area. Dashed: day not certain." }));
    panelOf(map).section("events", "Events", true,
      el("div", { class: "tm-choices" }, by, size, draw), this.ramp, this.actors, ...this.lines.map((line) => line.label), signs);
  }

  /**
   * Colours and marks anew.
   * @param {boolean} dark
   */
  paint(dark) {
    this.band.style.background = `linear-gradient(to right, ${RAMPS[dark ? "dark" : "light"].join(", ")})`;
    const types = dark ? this.schemes.type().dark : this.schemes.type().light;
    this.lines.forEach((line, t) => (line.mark.style.background = this.colourBy === "type" ? types[t] : "transparent"));
    this.actors.replaceChildren();
    if (this.colourBy === "type") return;
    const { names, light, dark: night } = this.schemes[this.colourBy]();
    names.forEach((name, c) => {
      if (!name) return;
      const mark = el("i", { class: "tm-dot", "aria-hidden": "true" });
      mark.style.background = (dark ? night : light)[c];
      this.actors.append(el("div", { class: "tm-line" }, mark, el("span", { class: "tm-name", text: name })));
    });
  }

  /** @param {import("./store.js").Counts} counts of the window */
  count(counts) {
    this.lines.forEach((line, t) => {
      if (line.shown === counts.types[t]) return;
      line.shown = counts.types[t];
      line.count.textContent = line.shown.toLocaleString("en");
      line.label.classList.toggle("tm-none", line.shown === 0);
    });
  }

  /** Tick what the store shows, after an order from Python. */
  sync() {
    this.lines.forEach((line, t) => (line.box.checked = this.store.typeOn[t] === 1));
  }
}
