/** Orders from Python: each is carried out once, and said so. */

import { dayOf } from "./calendar.js";
import { panelOf } from "./panel.js";
import { theme } from "./theme.js";

/** Does an order that waits ask for words? */
export function asksForWords() {
  return globalThis.timemapOrders.some((order) => order.filter?.text && !order.filter.rows);
}

/**
 * Carry out what waits.
 * @param {import("./main.js").App} app
 */
export function obeyAll(app) {
  for (const order of globalThis.timemapOrders.splice(0)) obey(app, order);
}

/** @param {import("./main.js").App} app @param {import("./types.js").Order} order */
function obey(app, order) {
  const { bridge, timeline } = app;
  if (order.id === bridge.ack) return;
  if (order.theme) theme.set(order.theme);
  // Made before Python heard of the reader's last choice: that choice stands, and the answer below tells of it.
  const late = order.heard !== undefined && order.heard < bridge.touched;
  if (!late) filterBy(app, order);
  if (order.window) {
    const [first, last] = order.window.map(dayOf);
    if (first !== null && last !== null) timeline.goTo(first, last);
  }
  if (order.view) look(app.map, order.view);
  if (order.select !== undefined) app.picker.select(order.select);
  bridge.ack = order.id;
  bridge.send("ack");
}

/**
 * Every order tells the filter; the same one again is not worth a pass over all events.
 * @param {import("./main.js").App} app
 * @param {import("./types.js").Order} order
 */
function filterBy(app, order) {
  const { store } = app;
  const asked = JSON.stringify(order.filter);
  if (order.filter && asked !== app.asked) {
    app.finder?.take(order.filter);
    // What it has to look up is not waited for: window and view do not need it, and a later order may not be overtaken.
    app.narrow(order.filter);
    app.asked = asked;
  }
  const off = order.types_off;
  if (!off || !Array.from(store.typeOn).some((on, t) => (on === 1) === off.includes(t))) return;
  store.showTypes((t) => !off.includes(t));
  app.legend.sync();
  app.recount();
}

/** @param {import("./types.js").LeafletMap} map @param {import("./types.js").Look} view */
function look(map, view) {
  if (view.bounds) {
    const room = globalThis.L.point(panelOf(map).width, 0);
    map.fitBounds([[view.bounds[1], view.bounds[0]], [view.bounds[3], view.bounds[2]]], { animate: false, paddingBottomRight: room });
  }
  if (view.center) map.setView([view.center[1], view.center[0]], view.zoom ?? map.getZoom(), { animate: false });
}
