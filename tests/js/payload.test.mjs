import assert from "node:assert/strict";
import test from "node:test";

import { parse } from "../../geo/timemap/assets/js/payload.js";
import { bytes, payloadOf } from "./world.mjs";

test("columns come back as they were written", () => {
  const { tables, meta } = parse(payloadOf([[3, 0, 1, 1, 2, 3, 70, 1, 200, 2, 1], [900, 7, 2, 2, 0, 0, 65535, 0, 255, 0, 0]]));
  assert.deepEqual([...tables.events.columns.start], [3, 900]);
  assert.deepEqual([...tables.events.columns.deaths_low], [70, 65535]);
  assert.deepEqual([...tables.places.columns.lon], [38, 39]);
  assert.equal(meta.epoch, "2019-01-01");
});

test("an empty payload has all columns", () => {
  assert.equal(parse(payloadOf([])).tables.events.columns.start.length, 0);
});

test("what is no payload is refused in words", () => {
  assert.throws(() => parse(new ArrayBuffer(0)), /damaged/);
  assert.throws(() => parse(new TextEncoder().encode("<html>not found</html>").buffer), /damaged/);
  assert.throws(() => parse(bytes({}, {}, 3)), /version 3/);
});
