import assert from "node:assert/strict";
import test from "node:test";

import { dayOf } from "../../geo/timemap/assets/js/calendar.js";
import { collides, widestCut } from "../../geo/timemap/assets/js/labels.js";

globalThis.matchMedia = () => ({ matches: false, addEventListener() {} });
globalThis.addEventListener = () => {};
globalThis.document = { documentElement: { dataset: {} }, createElement: () => ({ getContext: () => null }) };
globalThis.getComputedStyle = () => ({ getPropertyValue: () => "" });
const { inForce } = await import("../../geo/timemap/assets/js/zones.js");

const zone = (...periods) => ({ id: "z", name: "z", kind: "strip", unconfirmed: false, periods, geometry: {} });
const span = (first, last) => ({ first: dayOf(first), last: dayOf(last) });

test("a zone is in force from its first day to its last, both included", () => {
  const ops = zone(["2019-10-09", "2019-10-17"]);
  assert.equal(inForce(ops, span("2019-10-01", "2019-10-08")), false);
  assert.equal(inForce(ops, span("2019-10-01", "2019-10-09")), true);
  assert.equal(inForce(ops, span("2019-10-17", "2019-12-01")), true);
  assert.equal(inForce(ops, span("2019-10-18", "2019-12-01")), false);
});

test("an open end lasts, several periods count, none means always", () => {
  assert.equal(inForce(zone(["2018-01-20", null]), span("2030-01-01", "2030-01-02")), true);
  assert.equal(inForce(zone([null, "2018-01-20"]), span("2000-01-01", "2000-01-02")), true);
  assert.equal(inForce(zone(["2018-01-01", "2018-02-01"], ["2020-01-01", "2020-02-01"]), span("2019-01-01", "2019-12-31")), false);
  assert.equal(inForce(zone(), span("1990-01-01", "1990-01-02")), true);
});

test("labels that touch collide", () => {
  assert.equal(collides([0, 0, 10, 10], [[9, 9, 20, 20]]), true);
  assert.equal(collides([0, 0, 10, 10], [[10, 0, 20, 10]]), false);
});

test("the middle of a country lies in it, even in a crescent", () => {
  const crescent = { type: "Polygon", coordinates: [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 9], [9, 9], [9, 1], [0, 1], [0, 0]]] };
  const [x, y] = widestCut(crescent).at;
  assert.ok(x > 9 && x < 10 && y > 1 && y < 9, `${x} ${y}`);
});
