/** When something cannot be loaded, the map says what, and offers to try again. */

import { el } from "./dom.js";

/**
 * @param {HTMLElement} container
 * @param {string} what
 * @param {Error} error
 * @param {() => void} retry
 */
export function showError(container, what, error, retry) {
  // Whoever looks into it needs the place in the code, and a test must not pass over it.
  console.error(error);
  const again = el("button", { type: "button", text: "Try again" });
  const box = el("div", { class: "tm-error", role: "alert" },
    el("strong", { text: what }), el("p", { text: error.message }), again);
  again.addEventListener("click", () => {
    box.remove();
    retry();
  });
  // Else the map takes the press for the start of a drag.
  globalThis.L?.DomEvent.disableClickPropagation(box);
  container.append(box);
}

/**
 * Run a loader; on failure show why, with a way to run it again.
 * @param {HTMLElement} container
 * @param {string} what
 * @param {() => Promise<void>} load
 */
export async function guarded(container, what, load) {
  try {
    await load();
  } catch (error) {
    showError(container, what, /** @type {Error} */ (error), () => guarded(container, what, load));
  }
}
