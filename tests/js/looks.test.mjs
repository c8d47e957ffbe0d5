import assert from "node:assert/strict";
import test from "node:test";

import { zoneClasses, zoneCounts, zoneScheme } from "../../geo/timemap/assets/js/colours.js";
import { ramp, smear } from "../../geo/timemap/assets/js/heat.js";
import { beside, collides, widestCut } from "../../geo/timemap/assets/js/labels.js";
import { parse } from "../../geo/timemap/assets/js/payload.js";
import { Store } from "../../geo/timemap/assets/js/store.js";
import { payloadOf, randomRows } from "./world.mjs";

test("an event in several zones has the colour of the rarest", () => {
  const meta = { zones: [["big", "Big"], ["small", "Small"]], zone_sets: [[[], []], [[0], []], [[0, 1], []], [[], [1]]] };
  const scheme = zoneScheme(meta, [1, 1, 1, 2, 0, 3]);
  assert.deepEqual(scheme.names.slice(0, 2), ["Big", "Small"]);
  assert.deepEqual([...scheme.classOfSet], [8, 0, 1, 8]);
  assert.deepEqual([...zoneCounts(meta, [1, 3, 1, 1])], [4, 1]);
});

test("every row has a class of the zone scheme", () => {
  const store = new Store(parse(payloadOf(randomRows(100, 1))));
  const { names, classOfSet } = zoneScheme(store.meta, store.zoneSet);
  for (const which of zoneClasses(store, classOfSet)) assert.ok(which < names.length);
});

test("smearing keeps the sum away from the edges and spreads it evenly", () => {
  const [from, to] = [new Float32Array(30), new Float32Array(30)];
  from[15] = 10;
  smear(from, to, { lines: 1, length: 30, line: 30, step: 1 });
  assert.ok(Math.abs(to.reduce((a, b) => a + b) - 10) < 1e-4);
  assert.deepEqual([...to.keys()].filter((k) => to[k] > 0), [13, 14, 15, 16, 17]);
});

test("the ramp begins with nothing and grows denser", () => {
  const colours = ramp(["#fee6a8", "#7a1040"]);
  assert.equal(colours[0], 0);
  assert.ok(colours[10] >>> 24 < colours[200] >>> 24);
});

test("a thin place is still seen beside the thickest", () => {
  const colours = ramp(["#fee6a8", "#7a1040"]);
  // Twenty events beside a hundred thousand; the picture takes the root of the share first.
  const thin = colours[Math.floor(255 * Math.sqrt(20 / 100_000))];
  assert.ok(thin >>> 24 >= 20, String(thin >>> 24));
});

test("a name stands in the part of an area that is in view", () => {
  const square = { type: "Polygon", coordinates: [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]] };
  assert.deepEqual(widestCut(square).at[0], 5);
  const seen = widestCut(square, [6, 4, 20, 20]);
  assert.equal(seen.at[0], 8);
  assert.ok(seen.at[1] > 4 && seen.cropped);
  assert.equal(widestCut(square, [11, 0, 12, 1]), null);
});

test("the name of a town stands beside the symbol on it", () => {
  const town = { x: 100, y: 100 };
  const bare = beside(town, 40, []);
  for (const radius of [5, 12, 26]) {
    const symbol = [100 - radius, 104 - radius, 100 + radius, 104 + radius];
    const places = beside(town, 40, [symbol]);
    assert.equal(places.length, 4);
    for (const place of places) assert.ok(!collides(place, [symbol]));
  }
  // A symbol that stands elsewhere moves nothing.
  assert.deepEqual(beside(town, 40, [[200, 90, 220, 110]]), bare);
});
