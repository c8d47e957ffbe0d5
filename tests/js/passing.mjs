/** Reads an unpacked payload and a list of filters; writes, as JSON, the rows that pass each of them. */

import { readFileSync } from "node:fs";

import { plain } from "../../geo/timemap/assets/js/facets.js";
import { unpackBits } from "../../geo/timemap/assets/js/filter.js";
import { parse } from "../../geo/timemap/assets/js/payload.js";
import { Store } from "../../geo/timemap/assets/js/store.js";import { Words } from "../../geo/timemap/assets/js/words.js";

const [payload, filters, texts] = process.argv.slice(2);
const read = (name) => {
  const file = readFileSync(name);
  return parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
};
const store = new Store(read(payload));
const words = readFileSync(texts).length ? new Words(read(texts)) : null;
const answers = [];
for (const filter of JSON.parse(readFileSync(filters, "utf8"))) {
  if (filter.rows) filter.rows = await unpackBits(filter.rows);
  if (filter.text && words) filter.found = words.search(plain(filter.text).split(/\s+/));
  store.filter(filter);
  answers.push([...store.pass.keys()].filter((row) => store.pass[row]));
}
process.stdout.write(JSON.stringify(answers));
