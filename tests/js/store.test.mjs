import assert from "node:assert/strict";
import test from "node:test";

import { bin } from "../../geo/timemap/assets/js/histogram.js";
import { parse } from "../../geo/timemap/assets/js/payload.js";
import { lowerBound, Store, UNKNOWN_DEATHS } from "../../geo/timemap/assets/js/store.js";
import { Tally } from "../../geo/timemap/assets/js/tally.js";
import { dice, payloadOf, randomRows } from "./world.mjs";

/** Counts the slow and plain way. */
function plain(store, a, b) {
  const sum = { certain: 0, possible: 0, deaths: 0, types: [0, 0, 0] };
  for (let i = 0; i < store.n; i++) {
    const [first, last] = [store.start[i], store.start[i] + store.span[i]];
    if (!store.pass[i] || last < a || first > b) continue;
    sum.types[store.type[i]]++;
    if (!store.typeOn[store.type[i]]) continue;
    if (first >= a && last <= b) {
      sum.certain++;
      if (store.deathsLow[i] !== UNKNOWN_DEATHS) sum.deaths += store.deathsLow[i];
    } else sum.possible++;
  }
  return sum;
}

test("counts of any window are those of a plain scan, under filters and legend", () => {
  for (let seed = 1; seed <= 25; seed++) {
    const store = new Store(parse(payloadOf(randomRows(400, seed))));
    const roll = dice(seed * 77);
    if (seed % 2) store.filter({ types: [0, 1], min_confidence: 0.3 });
    const off = roll(3);
    if (seed % 3) store.showTypes((t) => t !== off);
    for (let k = 0; k < 20; k++) {
      const a = roll(1000);
      const b = k % 4 === 0 ? a : Math.min(999, a + roll(200));
      const { certain, possible, deaths, types } = store.counts(a, b);
      assert.deepEqual({ certain, possible, deaths, types: [...types] }, plain(store, a, b), `seed ${seed}, days ${a}-${b}`);
    }
  }
});

test("slices of days partition the events of one day", () => {
  const store = new Store(parse(payloadOf(randomRows(500, 5).map((row) => [row[0], 0, ...row.slice(2)]))));
  let sum = 0;
  for (let a = 0; a < 1000; a += 37) sum += store.counts(a, Math.min(999, a + 36)).certain;
  assert.equal(sum, 500);
});

test("a window outside the data holds nothing", () => {
  const store = new Store(parse(payloadOf(randomRows(50, 2))));
  assert.equal(store.counts(-50, -1).certain, 0);
  assert.equal(store.counts(5000, 6000).certain, 0);
  assert.equal(store.counts(9, 3).certain, 0);
});

test("no events at all are no trouble", () => {
  const store = new Store(parse(payloadOf([], 1)));
  assert.equal(store.counts(0, 0).certain, 0);
  store.filter({ types: [0] });
});

test("the tally of places agrees with the counts", () => {
  const store = new Store(parse(payloadOf(randomRows(600, 9))));
  const tally = new Tally(store, 3);
  for (const [a, b] of [[0, 999], [100, 130], [400, 400], [990, 999]]) {
    tally.take(a, b, new Uint8Array([1, 1]), store.type, { deaths: true });
    const { certain, possible, deaths } = store.counts(a, b);
    const places = [...tally.seen.subarray(0, tally.length)];
    const total = (column) => places.reduce((sum, p) => sum + column[p], 0);
    assert.equal(total(tally.count), certain + possible);
    assert.equal(total(tally.possible), possible);
    assert.ok(total(tally.deaths) >= deaths);
    for (const p of places) assert.equal(tally.rowsAt(p, a, b).length, tally.count[p]);
  }
});

test("a window that moves is tallied as one that is counted anew", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const store = new Store(parse(payloadOf(randomRows(800, seed))));
    const roll = dice(seed);
    const moving = new Tally(store, 3);
    let [a, b] = [400, 500];
    for (let k = 0; k < 80; k++) {
      const plan = roll(12);
      if (plan === 0) store.filter({ types: [roll(3), roll(3)] });
      else if (plan === 1) store.filter(null);
      else if (plan === 2) store.showTypes((t) => t !== roll(4));
      a = Math.max(0, Math.min(999, a + roll(21) - 10));
      b = Math.max(a, Math.min(999, b + roll(31) - 15));
      const extras = { deaths: k > 30, sets: k > 50 };
      const inView = new Uint8Array([1, k % 7 ? 1 : 0]);
      moving.take(a, b, inView, store.type, extras);
      const fresh = new Tally(store, 3);
      fresh.take(a, b, inView, store.type, extras);
      for (const name of ["length", "count", "possible", "deaths", "top", "mix", "sets"]) {
        assert.deepEqual(moving[name], fresh[name], `${name}, seed ${seed}, step ${k}, days ${a}-${b}`);
      }
      assert.deepEqual(moving.seen.slice(0, moving.length), fresh.seen.slice(0, fresh.length));
      const places = [0, 1].filter((p) => inView[p]);
      for (const p of places) assert.equal(moving.rowsAt(p, a, b).length, moving.count[p]);
      for (const p of places.filter((q) => moving.count[q])) assert.equal(moving.top[p] - 1, moving.rowsAt(p, a, b)[0]);
    }
  }
});

test("every event weighs one in the histogram, however long its span", () => {
  const store = new Store(parse(payloadOf(randomRows(300, 4))));
  for (const bars of [1, 7, 250, 1000]) {
    const { solid, faint } = bin(store, { a: 0, b: 999 }, bars);
    const sum = [...solid, ...faint].reduce((x, y) => x + y, 0);
    assert.ok(Math.abs(sum - 300) < 1e-6, `${bars} bars: ${sum}`);
  }
});

test("lowerBound finds the first that is not below", () => {
  const list = Uint32Array.from([2, 4, 4, 9]);
  assert.deepEqual([0, 2, 3, 4, 5, 10].map((v) => lowerBound(list, v)), [0, 0, 1, 1, 3, 4]);
});
