import assert from "node:assert/strict";
import test from "node:test";

import { add, dayOf, isoOf, spanWords, ticks, typedDay } from "../../geo/timemap/assets/js/calendar.js";
import { advance, between, clamp, drag, follow, inMode, resize, rewind, step, typed, zoomAxis } from "../../geo/timemap/assets/js/window.js";
import { dice } from "./world.mjs";

const day = (iso) => dayOf(iso);
const bounds = { first: day("2016-08-01"), last: day("2024-12-31") };

test("days and their names agree, over leap years", () => {
  for (let d = day("2015-12-25"); d < day("2025-01-10"); d++) assert.equal(dayOf(isoOf(d)), d);
  assert.equal(dayOf("2019-02-29"), null);
  assert.equal(dayOf("2019-1-1"), null);
  assert.equal(dayOf("rubbish"), null);
});

test("months step to the same day, or to the last of a shorter month", () => {
  assert.equal(isoOf(add(day("2020-01-31"), "month", 1)), "2020-02-29");
  assert.equal(isoOf(add(day("2020-03-31"), "month", -1)), "2020-02-29");
  assert.equal(isoOf(add(day("2019-12-15"), "month", 2)), "2020-02-15");
  assert.equal(isoOf(add(day("2020-02-29"), "year", -1)), "2019-02-28");
});

test("spans read as short as is clear", () => {
  assert.equal(spanWords(day("2019-10-09"), day("2019-10-09")), "9 Oct 2019");
  assert.equal(spanWords(day("2019-10-09"), day("2019-10-17")), "9–17 Oct 2019");
  assert.equal(spanWords(day("2019-09-09"), day("2019-10-17")), "9 Sep – 17 Oct 2019");
  assert.equal(spanWords(day("2018-12-31"), day("2019-01-01")), "31 Dec 2018 – 1 Jan 2019");
});

test("what a hand types is a day, a month or a year", () => {
  assert.equal(isoOf(typedDay("2019-10", false)), "2019-10-01");
  assert.equal(isoOf(typedDay("2019-10", true)), "2019-10-31");
  assert.equal(isoOf(typedDay(" 2020 ", true)), "2020-12-31");
  assert.equal(isoOf(typedDay("2019-10-09", true)), "2019-10-09");
  assert.equal(typedDay("10/09/2019", true), null);
});

test("the axis has no more marks than there is room for, all within it", () => {
  for (const [first, last] of [["2019-10-01", "2019-10-05"], ["2019-10-01", "2019-12-30"], ["2016-08-01", "2024-12-31"], ["1950-01-01", "2024-01-01"]]) {
    for (const room of [4, 9, 25]) {
      const marks = ticks(day(first), day(last), room);
      assert.ok(marks.length <= room + 1, `${first} ${last} ${room}: ${marks.length}`);
      assert.ok(marks.every((mark) => mark.day >= day(first) && mark.day <= day(last)));
    }
  }
});

test("whatever is done to a window, it stays ordered and within the data", () => {
  const roll = dice(3);
  const within = (span) => assert.ok(span.first <= span.last && span.first >= bounds.first && span.last <= bounds.last, JSON.stringify(span));
  for (let k = 0; k < 3000; k++) {
    const span = between(bounds.first - 200 + roll(3500), bounds.first - 200 + roll(3500), bounds);
    within(span);
    const mode = ["free", "fixed", "cumulative", "day"][roll(4)];
    within(step(span, bounds, mode, ["day", "week", "month", "year"][roll(4)], roll(21) - 10));
    within(advance(span, bounds, mode, 1 + roll(400), roll(2) === 1).span);
    within(rewind(span, bounds, mode));
    within(resize(["free", "day", "week", "month", "quarter", "year", "start", "all"][roll(8)], span, bounds));
    within(clamp({ first: span.first - 5000, last: span.last - 5000 }, bounds));
  }
});

test("play keeps the length of the window and ends at the end of the data", () => {
  let span = { first: bounds.first, last: bounds.first + 29 };
  let ended = false;
  for (let k = 0; !ended; k++) {
    assert.ok(k < 1000);
    ({ span, ended } = advance(span, bounds, "fixed", 7, false));
    assert.equal(span.last - span.first, 29);
  }
  assert.equal(span.last, bounds.last);
});

test("cumulative play holds its start", () => {
  const first = day("2019-10-09");
  const { span } = advance({ first, last: first + 3 }, bounds, "cumulative", 10, false);
  assert.deepEqual(span, { first, last: first + 13 });
});

test("a loop begins again", () => {
  const { span, ended } = advance({ first: bounds.last - 6, last: bounds.last }, bounds, "fixed", 1, true);
  assert.equal(ended, false);
  assert.deepEqual(span, { first: bounds.first, last: bounds.first + 6 });
});

const MODE_BOUNDS = { first: 100, last: 1099 };

test("what a drag does depends on the mode", () => {
  const span = { first: 300, last: 399 };
  const at = (grip, mode, by) => Object.values(drag(grip, mode, span, by, MODE_BOUNDS));
  assert.deepEqual(at("first", "free", -50), [250, 399]);
  assert.deepEqual(at("last", "free", -500), [300, 300]);
  assert.deepEqual(at("both", "free", 9999), [1000, 1099]);
  assert.deepEqual(at("first", "fixed", 20), [320, 419]);
  assert.deepEqual(at("first", "cumulative", 20), [300, 419]);
});

test("a mode gives the window its shape", () => {
  assert.deepEqual(inMode("day", { first: 300, last: 399 }, MODE_BOUNDS), { first: 399, last: 399 });
  assert.deepEqual(inMode("cumulative", { first: 300, last: 399 }, MODE_BOUNDS), { first: 100, last: 399 });
  assert.deepEqual(inMode("fixed", MODE_BOUNDS, MODE_BOUNDS), { first: 1070, last: 1099 });
  assert.deepEqual(typed("fixed", { first: 300, last: 309 }, { first: 400, last: 309 }, MODE_BOUNDS), { first: 400, last: 409 });
  assert.deepEqual(typed("day", { first: 300, last: 300 }, { first: 300, last: 350 }, MODE_BOUNDS), { first: 350, last: 350 });
});

test("the axis zooms about a day, stays in bounds and follows the window", () => {
  const near = zoomAxis(MODE_BOUNDS, MODE_BOUNDS, 0.5, 600);
  assert.deepEqual(near, { first: 350, last: 849 });
  assert.deepEqual(zoomAxis(near, MODE_BOUNDS, Infinity, 600), MODE_BOUNDS);
  for (let axis = MODE_BOUNDS, k = 0; k < 40; k++) {
    axis = zoomAxis(axis, MODE_BOUNDS, 0.7, axis.last);
    assert.ok(axis.first >= 100 && axis.last <= 1099 && axis.last - axis.first >= 9, JSON.stringify(axis));
  }
  assert.deepEqual(follow(near, { first: 840, last: 860 }, MODE_BOUNDS), { first: 361, last: 860 });
  assert.deepEqual(follow(near, { first: 340, last: 360 }, MODE_BOUNDS), { first: 340, last: 839 });
  assert.equal(follow(near, { first: 100, last: 1099 }, MODE_BOUNDS), near);
});
