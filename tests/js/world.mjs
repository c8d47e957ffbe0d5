/** A small payload, built byte by byte as docs/payload.md tells, so that the reader is not tested against itself. */

import { dayOf } from "../../geo/timemap/assets/js/calendar.js";
import { Store } from "../../geo/timemap/assets/js/store.js";

const WIDTH = { u1: 1, u2: 2, u4: 4, f4: 4 };

/** @param {Record<string, {rows: number, columns: Record<string, [string, number[]]>}>} tables @param {any} meta */
export function bytes(tables, meta, version = 2) {
  const layout = {};
  const parts = [];
  let offset = 0;
  for (const [name, table] of Object.entries(tables)) {
    layout[name] = { rows: table.rows, columns: {} };
    for (const [column, [kind, values]] of Object.entries(table.columns)) {
      layout[name].columns[column] = [kind, offset];
      const part = new DataView(new ArrayBuffer(Math.ceil((values.length * WIDTH[kind]) / 8) * 8));
      values.forEach((value, k) => {
        if (kind === "u1") part.setUint8(k, value);
        if (kind === "u2") part.setUint16(2 * k, value, true);
        if (kind === "u4") part.setUint32(4 * k, value, true);
        if (kind === "f4") part.setFloat32(4 * k, value, true);
      });
      parts.push(new Uint8Array(part.buffer));
      offset += part.byteLength;
    }
  }
  let header = new TextEncoder().encode(JSON.stringify({ version, tables: layout, meta }));
  const padded = Math.ceil((8 + header.length) / 8) * 8 - 8;
  const file = new Uint8Array(8 + padded + offset).fill(32);
  file.set(new TextEncoder().encode("BTM1"));
  new DataView(file.buffer).setUint32(4, padded, true);
  file.set(header, 8);
  let at = 8 + padded;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file.buffer;
}

/** Rows of [first day, span, type, sub, actor1, actor2, deaths, status, confidence, zone set, place]. */
export function payloadOf(rows, days = 1000) {
  const column = (k) => rows.map((row) => row[k] ?? 0);
  return bytes(
    {
      events: {
        rows: rows.length,
        columns: {
          start: ["u2", column(0)], span: ["u2", column(1)], precision: ["u1", rows.map(() => 1)], type: ["u1", column(2)], sub: ["u1", column(3)],
          actor1: ["u2", column(4)], actor2: ["u2", column(5)], deaths_low: ["u2", column(6)], deaths_high: ["u2", column(6)],
          status: ["u1", column(7)], confidence: ["u1", column(8)], reports: ["u1", rows.map(() => 1)], zone_set: ["u2", column(9)], place: ["u2", column(10)],
        },
      },
      places: { rows: 2, columns: { lon: ["f4", [38, 39]], lat: ["f4", [36.5, 36.7]], radius: ["u1", [32, 0]], shape: ["u1", [0, 0]] } },
    },
    {
      epoch: "2019-01-01", days,
      types: [["Battles", "#111111", "#eeeeee"], ["Protests", "#222222", "#dddddd"], ["Riots", "#333333", "#cccccc"]],
      subs: [["Armed clash", 0], ["Peaceful protest", 1], ["Mob violence", 2]],
      actor_types: ["State forces", "Rioters"], actors: [null, ["A", 0], ["B", 1], ["C", 1]],
      statuses: ["reported", "claimed", "ongoing"], zones: [["ops", "Peace Spring"], ["afrin", "Afrin"]],
      zone_sets: [[[], []], [[0], []], [[], [1]]], places: ["Kobani", "Tal Abyad"], shapes: {},
    },
  );
}

/** A generator of whole numbers below a bound, the same in every run. */
export function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Random rows in the order of the payload. */
export function randomRows(n, seed, days = 1000) {
  const roll = dice(seed);
  const rows = [];
  for (let k = 0; k < n; k++) {
    const start = roll(days);
    const span = roll(4) ? 0 : Math.min(days - 1 - start, [3, 6, 29, 31, 32, 300][roll(6)]);
    const type = roll(3);
    rows.push([start, span, type, type, roll(4), roll(4), roll(3) ? roll(9) : 65535, roll(3), roll(256), roll(3), roll(2)]);
  }
  return rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

export { dayOf, Store };
