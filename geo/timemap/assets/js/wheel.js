/** A map among other things on a page: the wheel scrolls the page, until the reader has begun to work with the map. */

/** @param {import("./types.js").LeafletMap} map */
export function calmWheel(map) {
  /** @type {HTMLElement} */
  const box = map.getContainer();
  let awake = false;
  box.addEventListener("pointerdown", () => (awake = true), true);
  box.addEventListener("pointerleave", () => (awake = false));
  box.addEventListener("wheel", (event) => {
    // Neither the map nor its timeline hears of it; the browser does, and scrolls.
    if (!awake && !event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
  }, { capture: true, passive: true });
}
