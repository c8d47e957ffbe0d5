import assert from "node:assert/strict";
import test from "node:test";

import { choicesOf, facetCounts, listed, plain } from "../../geo/timemap/assets/js/facets.js";
import { parse } from "../../geo/timemap/assets/js/payload.js";
import { Store } from "../../geo/timemap/assets/js/store.js";
import { Words } from "../../geo/timemap/assets/js/words.js";
import { bytes, payloadOf, randomRows } from "./world.mjs";

const FACETS = {
  subs: (store, i) => [store.meta.subs[store.sub[i]][0]],
  statuses: (store, i) => [store.meta.statuses[store.status[i]]],
  actors: (store, i) => [store.actor1[i], store.actor2[i]].filter(Boolean).map((code) => store.meta.actors[code][0]),
  actor_types: (store, i) => [store.actor1[i], store.actor2[i]].filter(Boolean).map((code) => store.meta.actor_types[store.meta.actors[code][1]]),
  zones: (store, i) => store.meta.zone_sets[store.zoneSet[i]].flat().map((zone) => store.meta.zones[zone][1]),
};

test("a choice counts what it would show under all other filters", () => {
  const filter = { subs: [0, 1], statuses: [0, 1], actors: [1, 2], zones: [0], min_confidence: 0.2 };
  for (let seed = 1; seed <= 6; seed++) {
    const store = new Store(parse(payloadOf(randomRows(300, seed))));
    const choices = choicesOf(store.meta);
    const [a, b] = [100, 600];
    for (const [facet, namesOf] of Object.entries(FACETS)) {
      store.filter({ ...filter, [facet]: null });
      const wanted = {};
      for (let i = 0; i < store.n; i++) {
        if (!store.pass[i] || store.start[i] > b || store.start[i] + store.span[i] < a) continue;
        for (const name of new Set(namesOf(store, i))) wanted[name] = (wanted[name] ?? 0) + 1;
      }
      store.filter(filter);
      const counts = facetCounts(store, facet, choices[facet], { a, b, possible: true });
      choices[facet].names.forEach((name, k) => assert.equal(counts[k], wanted[name] ?? 0, `${facet}: ${name}`));
    }
  }
});

test("chosen names come first, then those with most events, and a search narrows", () => {
  const choices = choicesOf({ subs: [], actors: [null, ["Şêx", 0], ["Army", 1], ["Army", 2], ["Al-ʿAyn", 1]], actor_types: [], zones: [], statuses: [] }).actors;
  assert.deepEqual(choices.names, ["Şêx", "Army", "Al-ʿAyn"]);
  assert.deepEqual(choices.codes, [[1], [2, 3], [4]]);
  assert.deepEqual(listed(choices, [1, 9, 5], new Set([0]), "", 2), { shown: [0, 1], more: 1 });
  assert.deepEqual(listed(choices, [1, 9, 5], null, "sex", 9).shown, [0]);
  assert.deepEqual(listed(choices, [1, 9, 5], null, "al-ayn", 9).shown, [2]);
});

test("text is folded as Python folds it", () => {
  assert.deepEqual(["Ra's al-ʿAyn", "Serêkaniyê", "DIYARBAKIR", "Straße", "ΛΌΓΟΣ"].map(plain), ["ras al-ayn", "serekaniye", "diyarbakir", "strasse", "λογοσ"]);
});

test("every word must be found, each in any text of the row", () => {
  const texts = new TextEncoder().encode("\nkobani\ntal abyad\nshelling near kobani");
  const words = new Words(parse(bytes({
    events: { rows: 3, columns: { place: ["u1", [1, 2, 0]], quote: ["u1", [3, 3, 3]] } },
    texts: { rows: texts.length, columns: { utf8: ["u1", [...texts]] } },
  }, {})));
  assert.deepEqual([...words.search(["kobani"])], [1, 1, 1]);
  assert.deepEqual([...words.search(["abyad", "shell"])], [0, 1, 0]);
  assert.deepEqual([...words.search(["kobani shelling"])], [0, 0, 0]);
  assert.deepEqual([...words.search([])], [1, 1, 1]);
});
