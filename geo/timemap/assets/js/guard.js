// A classic script, loaded before all others: says so when a file of the map fails, instead of a blank page.
(() => {
  /** @type {{map: any, part: string, options: any}[]} */
  const waiting = [];
  /** @type {object[]} */
  const orders = [];
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  let shown = false;

  /** @param {string} message */
  function say(message) {
    if (shown) return;
    shown = true;
    const box = document.createElement("div");
    box.setAttribute("role", "alert");
    box.style.cssText =
      "position:absolute;z-index:2000;top:40px;left:50%;transform:translateX(-50%);max-width:80%;padding:16px 20px;" +
      "background:#fff;color:#222;border:1px solid #b33;border-radius:8px;font:14px/1.5 system-ui,sans-serif";
    const text = document.createElement("p");
    text.style.margin = "0 0 10px";
    text.textContent = message;
    const retry = document.createElement("button");
    retry.textContent = "Try again";
    retry.style.cssText = "min-height:36px;padding:0 14px;cursor:pointer";
    retry.onclick = () => location.reload();
    box.append(text, retry);
    document.body.append(box);
    // Before the map stands, Streamlit gives its frame no height.
    globalThis.Streamlit?.setFrameHeight(260);
  }

  addEventListener(
    "error",
    (event) => {
      const failed = event.target;
      if (failed instanceof HTMLScriptElement) say(`The map could not load a part of itself: ${failed.src}`);
    },
    true,
  );

  const loaded = import(new URL("./main.js", here).href);
  loaded.catch((error) => say(`The map could not start: ${error.message}`));

  /**
   * Add a part to a map as soon as the modules are there, in the order asked for.
   * @param {any} map
   * @param {string} part name of a function that main.js exports
   * @param {any} options
   */
  globalThis.timemapRun = (map, part, options) => {
    waiting.push({ map, part, options });
    loaded.then((parts) => {
      for (const job of waiting.splice(0)) parts[job.part](job.map, job.options);
    }, () => {});
  };

  /**
   * Keep an order from Python until the map can carry it out.
   * @param {object} order
   */
  globalThis.timemapCommand = (order) => {
    orders.push(order);
    dispatchEvent(new Event("timemap:order"));
  };
  globalThis.timemapOrders = orders;
})();
