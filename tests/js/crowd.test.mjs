import assert from "node:assert/strict";
import test from "node:test";

import { crowding, dense } from "../../geo/timemap/assets/js/crowd.js";

const row = (n, gap) => ({ x: [...Array(n).keys()].map((k) => 5 + k * gap), y: Array(n).fill(10) });
const all = (n) => ({ length: n, seen: [...Array(n).keys()] });

test("discs on each other crowd, the same discs apart do not", () => {
  assert.ok(crowding(all(40), row(40, 1), { x: 4000, y: 400 }, () => 8) > 2);
  assert.ok(crowding(all(40), row(40, 80), { x: 4000, y: 400 }, () => 8) < 0.2);
});

test("what is off the screen does not count, and nothing is not crowded", () => {
  assert.equal(crowding(all(3), { x: [-5, 5000, 3], y: [3, 3, -1] }, { x: 400, y: 400 }, () => 8), 0);
});

test("what is drawn stays between thick and thin", () => {
  assert.deepEqual([dense(1.1, false), dense(1.1, true), dense(1.4, false), dense(0.8, true)], [false, true, true, false]);
});
