/** Begins a page that stands alone: unpacks what it carries, makes the map, and joins map and evidence. */

import { addBasemap, addEvents, addZones } from "../../timemap/assets/js/main.js";
import { fetchJson } from "../../timemap/assets/js/payload.js";
import { guarded } from "../../timemap/assets/js/errors.js";
import { theme } from "../../timemap/assets/js/theme.js";
import { Cards } from "./cards.js";

const FILES = ["events.bin.gz", "words.bin.gz", "evidence.json.gz", "zones.json.gz", "ground.json.gz"];

/** @param {string} name of a file the page carries @returns {Promise<ArrayBuffer>} */
async function unpack(name) {
  const text = document.getElementById(name)?.textContent ?? "";
  const packed = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

let orders = 0;

/**
 * Order something of the map, as Python does in the dashboard.
 * @param {object} order
 */
function tell(order) {
  globalThis.timemapOrders.push({ id: ++orders, ...order });
  dispatchEvent(new Event("timemap:order"));
}

function themeButton() {
  const button = /** @type {HTMLButtonElement} */ (document.getElementById("theme"));
  button.addEventListener("click", () => theme.set(theme.dark ? "light" : "dark"));
  theme.follow((dark) => (button.textContent = dark ? "Light" : "Dark"));
}

function start() {
  globalThis.timemapFiles = new Map(FILES.map((name) => [name, () => unpack(name)]));
  globalThis.timemapOrders = [];
  const settings = JSON.parse(document.getElementById("settings")?.textContent ?? "{}");
  const node = /** @type {HTMLElement} */ (document.getElementById("map"));
  const map = globalThis.L.map(node, { center: [36.6, 39.8], zoom: 7, minZoom: 3, maxZoom: 18 });
  themeButton();
  guarded(node, "The evidence could not be read.", async () => {
    const evidence = await fetchJson("evidence.json.gz");
    const cards = new Cards(evidence, (row) => tell({ select: row }));
    // The map tells whoever answers to this name what is on screen.
    globalThis.Streamlit = { setComponentValue: (message) => cards.show(globalThis.timemap, message) };
    addBasemap(map, { url: "ground.json.gz", attribution: settings.attribution });
    addZones(map, { url: "zones.json.gz" });
    addEvents(map, {
      url: "events.bin.gz", words: "words.bin.gz", id: "alone", theme: "auto", colourBy: "type", speed: 30, live: false, filters: true,
    });
    tell({ view: { bounds: settings.home }, ...(settings.window ? { window: settings.window } : {}) });
  });
}

start();
