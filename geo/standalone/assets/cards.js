/** The evidence beside the map: the open event with every sentence that tells of it, and lists of events. */

import { amount, el } from "../../timemap/assets/js/dom.js";
import { theme } from "../../timemap/assets/js/theme.js";

/** Lines of a list drawn at once; the rest is counted, and there at a press. */
const MOST = 200;
const LABELS = ["When", "Where", "Who", "Deaths", "Injured", "Status", "Confidence"];

/** @typedef {{what: string, type: string, facts: string[], inside: string[], possible: string[], hidden: string, told: [number, string, string, boolean][]}} Told */

export class Cards {
  /**
   * @param {{rows: Told[], tray: Told[], articles: [string | null, string | null, string | null, string | null, boolean][]}} evidence
   * @param {(row: number) => void} choose
   */
  constructor(evidence, choose) {
    this.evidence = evidence;
    /** @type {import("../../timemap/assets/js/main.js").App | null} the map, as soon as it speaks */
    this.app = null;
    /** @type {number | null | undefined} row of the open event; undefined before the map spoke */
    this.clicked = undefined;
    this.choose = choose;
    /** @type {Set<string>} graphic sentences that were unfolded */
    this.read = new Set();
    this.card = /** @type {HTMLElement} */ (document.getElementById("card"));
    this.list = /** @type {HTMLElement} */ (document.getElementById("list"));
    this.#tray(/** @type {HTMLElement} */ (document.getElementById("tray")));
    theme.follow(() => this.#window());
  }

  /** @param {import("../../timemap/assets/js/main.js").App} app the map @param {import("../../timemap/assets/js/types.js").Message} message what it tells */
  show(app, message) {
    this.app = app;
    if (message.clicked !== this.clicked) {
      this.clicked = message.clicked;
      if (message.clicked === null) this.#close();
      else this.open(this.evidence.rows[message.clicked]);
    }
    if (message.why !== "view" && message.why !== "click") this.#window();
  }

  #close() {
    this.card.replaceChildren(el("p", { class: "sa-note", text: "Choose a dot on the map or a line below to read the sentences behind it." }));
  }

  /** @param {Told} event */
  open(event) {
    const facts = el("dl", {}, ...event.facts.flatMap((text, k) => (text ? [el("dt", { text: LABELS[k] }), el("dd", { text, dir: "auto" })] : [])));
    const zones = event.inside.length ? el("p", { text: `Inside ${event.inside.join("; ")}` }) : null;
    const maybe = event.possible.length
      ? el("details", {}, el("summary", { text: `Possibly inside ${amount(event.possible.length, "zone")}` }), el("p", { text: event.possible.join("; ") }))
      : null;
    const why = event.hidden ? el("p", { class: "sa-note", text: `Not on the map: ${event.hidden}.` }) : null;
    this.card.replaceChildren(el("div", {},
      el("h2", { text: event.what }), el("p", { class: "sa-note", text: event.type }), facts, why, zones, maybe,
      el("p", { class: "sa-note", text: amount(event.told.length, "report") }), ...event.told.map((one) => this.#report(one)),
    ));
    // Beside the map its column is scrolled, under it the page.
    this.card.scrollIntoView({ block: matchMedia("(max-width: 900px)").matches ? "nearest" : "start" });
  }

  /** @param {[number, string, string, boolean]} told */
  #report([number, quote, standing, graphic]) {
    const [title, source, day, address, drastic] = this.evidence.articles[number];
    const name = drastic ? "Graphic title" : (title ?? "untitled");
    const link = safeAddress(address);
    const named = link ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer", text: name, dir: "auto" }) : el("span", { text: name, dir: "auto" });
    const words = [source ?? "source not named", day ? `published ${day}` : "no publication day", standing].filter(Boolean).join(", ");
    return el("figure", {}, graphic ? this.#folded(quote) : el("blockquote", { text: quote, dir: "auto" }), el("figcaption", {}, named, ` — ${words}`));
  }

  /**
   * A sentence that not everybody wants to read unasked; once read it stays open.
   * @param {string} quote
   */
  #folded(quote) {
    const node = /** @type {HTMLDetailsElement} */ (el("details", { class: "sa-graphic" }, el("summary", { text: "Graphic text. Click to read" }), el("blockquote", { text: quote, dir: "auto" })));
    node.open = this.read.has(quote);
    node.addEventListener("toggle", () => (node.open ? this.read.add(quote) : this.read.delete(quote)));
    return node;
  }

  /** The events of the window, under filters and legend. */
  #window() {
    if (!this.app) return;
    const { store, timeline } = this.app;
    const [a, b] = [timeline.span.first - store.epoch, timeline.span.last - store.epoch];
    const rows = [];
    for (let row = 0; row < store.n; row++) if (store.shows(row) && store.start[row] <= b && store.start[row] + store.span[row] >= a) rows.push(row);
    const colours = store.meta.types.map((type) => type[theme.dark ? 2 : 1]);
    /** @type {HTMLElement} */ (document.getElementById("list-count")).textContent = `Events in the window (${rows.length.toLocaleString("en")})`;
    this.#fill(this.list, rows, (row) => line(this.evidence.rows[row], colours[store.type[row]], () => this.choose(row)));
  }

  /** @param {HTMLElement} node */
  #tray(node) {
    const { tray } = this.evidence;
    /** @type {HTMLElement} */ (document.getElementById("tray-count")).textContent = `Not on the map (${tray.length.toLocaleString("en")})`;
    this.#fill(node, tray, (event) => line(event, null, () => this.open(event)));
  }

  /** @template T @param {HTMLElement} node @param {T[]} items @param {(item: T) => Node} draw @param {number} [most] */
  #fill(node, items, draw, most = MOST) {
    node.replaceChildren(...items.slice(0, most).map(draw));
    if (items.length <= most) return;
    const more = el("button", { type: "button", class: "sa-more", text: `Show ${Math.min(MOST * 5, items.length - most).toLocaleString("en")} more of ${(items.length - most).toLocaleString("en")}`,
      on: { click: () => this.#fill(node, items, draw, most + MOST * 5) } });
    node.append(el("li", {}, more));
  }
}

/** @param {Told} event @param {string | null} colour @param {() => void} choose */
function line(event, colour, choose) {
  const mark = el("i", { class: "tm-dot", "aria-hidden": "true" });
  if (colour) mark.style.background = colour;
  const text = el("span", {}, el("b", { text: event.what }), el("span", { class: "sa-note", text: [event.facts[0], event.facts[1], event.hidden].filter(Boolean).join(" · "), dir: "auto" }));
  return el("li", {}, el("button", { type: "button", on: { click: choose } }, mark, text));
}

/**
 * Not `URL.canParse`, which browsers of before 2023 lack.
 * @param {string} address
 */
function parsed(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/**
 * Nothing but a plain web address becomes a link.
 * @param {string | null} address
 */
export function safeAddress(address) {
  const { protocol, hostname, href } = parsed(address ?? "") ?? {};
  return (protocol === "https:" || protocol === "http:") && hostname ? href : null;
}
