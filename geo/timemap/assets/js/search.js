/** Words searched for. Their texts are a file of their own, fetched when first needed; docs/payload.md tells of it. */

import { guarded } from "./errors.js";
import { plain } from "./facets.js";
import { fetchBytes, parse } from "./payload.js";
import { Words } from "./words.js";

export class Search {
  /** @param {HTMLElement} container of the map, where a failure is told @param {string | null} url of the texts; null where only Python has them */
  constructor(container, url) {
    this.container = container;
    this.url = url;
    /** @type {Promise<Words> | undefined} */
    this.loading = undefined;
  }

  /**
   * Fetch the texts, once.
   * @returns {Promise<Words>}
   */
  texts() {
    this.loading ??= new Promise((done) =>
      guarded(this.container, "The texts to search could not be loaded.", async () => done(new Words(parse(await fetchBytes(this.url ?? ""))))));
    return this.loading;
  }

  /**
   * Fetch the texts if somebody is about to need them.
   * @param {boolean} [soon]
   */
  prepare(soon = true) {
    if (soon && this.url) this.texts();
  }

  /** @param {string} text @returns {Promise<Uint8Array>} 1 for each row that has all its words */
  async rows(text) {
    return (await this.texts()).search(wordsOf(text));
  }
}

/** @param {string | null | undefined} text */
export function wordsOf(text) {
  return plain(text ?? "").split(/\s+/).filter(Boolean);
}
