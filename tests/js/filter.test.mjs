import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";

import { unpackBits } from "../../geo/timemap/assets/js/filter.js";
import { parse } from "../../geo/timemap/assets/js/payload.js";
import { Store } from "../../geo/timemap/assets/js/store.js";
import { payloadOf, randomRows } from "./world.mjs";

const store = new Store(parse(payloadOf(randomRows(500, 11))));
const passing = () => [...store.pass.keys()].filter((i) => store.pass[i]);

const RULES = {
  types: [[0, 2], (i) => store.type[i] !== 1],
  subs: [[1], (i) => store.sub[i] === 1],
  statuses: [[0], (i) => store.status[i] === 0],
  zones: [[1], (i) => store.zoneSet[i] === 2],
  actors: [[1], (i) => store.actor1[i] === 1 || store.actor2[i] === 1],
  actor_types: [[1], (i) => [store.actor1[i], store.actor2[i]].some((code) => code >= 2)],
  min_confidence: [0.35, (i) => store.confidence[i] >= 70],
};

for (const [key, [value, rule]] of Object.entries(RULES)) {
  test(`a filter on ${key}`, () => {
    store.filter({ [key]: value });
    assert.deepEqual(passing(), [...Array(500).keys()].filter(rule));
  });
}

test("filters narrow each other", () => {
  store.filter({ types: [0], statuses: [1], actors: [1, 2], actor_types: [1] });
  const both = (i) => [[1, 2], [2, 3]].every((group) => group.includes(store.actor1[i]) || group.includes(store.actor2[i]));
  assert.deepEqual(passing(), [...Array(500).keys()].filter((i) => store.type[i] === 0 && store.status[i] === 1 && both(i)));
});

test("an empty list lets nothing through, no list lets all", () => {
  store.filter({ types: [] });
  assert.equal(passing().length, 0);
  store.filter({});
  assert.equal(passing().length, 500);
  store.filter(null);
  assert.equal(passing().length, 500);
});

test("codes beyond the lists are no trouble", () => {
  store.filter({ types: [0, 99, -1], zones: [77], actors: [9999] });
  assert.equal(passing().length, 0);
});

test("bits travel deflated", async () => {
  const bits = new Uint8Array(63);
  for (const row of [0, 8, 499]) bits[row >> 3] |= 1 << (row & 7);
  store.filter({ rows: await unpackBits(deflateSync(bits).toString("base64")) });
  assert.deepEqual(passing(), [0, 8, 499]);
});
