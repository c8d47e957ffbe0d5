// A classic script, loaded before Leaflet: fetches the modules and keeps what is asked of them until they are there.
(() => {
  /** @type {{map: import("./types.js").LeafletMap, part: string, options: object}[]} */
  const waiting = [];
  /** @type {import("./types.js").Order[]} */
  const orders = [];
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const loaded = import(new URL("./main.js", here).href);
  loaded.catch((error) => globalThis.timemapAlarm(`The map could not start: ${error.message}`));

  // Without its styles a map is a heap of words: it is shown when they are there, and at the latest with the alarm.
  const root = document.documentElement, late = performance.now() + 8000;
  const bare = document.createElement("style");
  bare.textContent = ".tm-bare .leaflet-container { visibility: hidden }";
  document.head.append(bare);
  root.classList.add("tm-bare");
  const dress = () => {
    const styles = [...document.querySelectorAll("link")].filter((link) => link.rel === "stylesheet");
    if ((styles.length && styles.every((link) => link.sheet)) || performance.now() > late) root.classList.remove("tm-bare");
    else setTimeout(dress, 30);
  };
  dress();

  /**
   * Add a part to a map as soon as the modules are there, in the order asked for.
   * @param {import("./types.js").LeafletMap} map
   * @param {string} part name of a function that main.js exports
   * @param {object} options
   */
  globalThis.timemapRun = (map, part, options) => {
    waiting.push({ map, part, options });
    loaded.then((parts) => {
      for (const job of waiting.splice(0)) parts[job.part](job.map, job.options);
    }, () => {});
  };

  /**
   * Keep an order from Python until the map can carry it out.
   * @param {import("./types.js").Order} order
   */
  globalThis.timemapCommand = (order) => {
    orders.push(order);
    dispatchEvent(new Event("timemap:order"));
  };
  globalThis.timemapOrders = orders;
})();
