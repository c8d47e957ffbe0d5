/** Reads an unpacked payload and a list of filters; writes, as JSON, the rows that pass each of them. */

import { readFileSync } from "node:fs";

import { unpackBits } from "../../geo/timemap/assets/js/filter.js";
import { parse } from "../../geo/timemap/assets/js/payload.js";
import { Store } from "../../geo/timemap/assets/js/store.js";

const [payload, filters] = process.argv.slice(2);
const file = readFileSync(payload);
const store = new Store(parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.length)));
const answers = [];
for (const filter of JSON.parse(readFileSync(filters, "utf8"))) {
  if (filter.rows) filter.rows = await unpackBits(filter.rows);
  store.filter(filter);
  answers.push([...store.pass.keys()].filter((row) => store.pass[row]));
}
process.stdout.write(JSON.stringify(answers));
