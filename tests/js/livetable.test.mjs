import assert from "node:assert/strict";
import test from "node:test";

import { newest } from "../../geo/timemap/assets/js/livetable.js";
import { parse } from "../../geo/timemap/assets/js/payload.js";
import { Store } from "../../geo/timemap/assets/js/store.js";
import { dice, payloadOf, randomRows } from "./world.mjs";

/** The same the slow and plain way: all rows of the window, the last first. */
function plain(store, a, b) {
  const rows = [...Array(store.n).keys()].filter((i) => store.shows(i) && store.start[i] <= b && store.start[i] + store.span[i] >= a);
  return rows.reverse();
}

test("the table holds the newest events that filters, legend and window show", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const store = new Store(parse(payloadOf(randomRows(300, seed))));
    const roll = dice(seed * 31);
    if (seed % 2) store.filter({ types: [0, 1], min_confidence: 0.3 });
    if (seed % 3) store.showTypes((t) => t !== roll(3));
    for (let k = 0; k < 15; k++) {
      const a = roll(1000);
      const b = Math.min(999, a + roll(60));
      const most = 1 + roll(8);
      assert.deepEqual(newest(store, a, b, most), plain(store, a, b).slice(0, most), `seed ${seed}, days ${a}-${b}`);
    }
  }
});

test("an empty window and one that filters empty have no lines", () => {
  const store = new Store(parse(payloadOf(randomRows(50, 3))));
  assert.deepEqual(newest(store, 5, 4, 6), []);
  store.filter({ types: [] });
  assert.deepEqual(newest(store, 0, 999, 6), []);
});
