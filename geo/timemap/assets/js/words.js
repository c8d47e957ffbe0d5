/** Search for words in the texts of the events. The file is fetched when first searched; it is told in docs/payload.md. */

/** The texts of a payload, folded by Python already. */
export class Words {
  /** @param {import("./payload.js").Payload} payload */
  constructor(payload) {
    const { events, texts } = payload.tables;
    this.n = events.rows;
    /** Codes of each row's texts, one column for each field. */
    this.columns = Object.values(events.columns);
    const raw = /** @type {Uint8Array} */ (texts.columns.utf8);
    // One string and where each text begins in it: the engine's own search is the fastest there is.
    this.all = new TextDecoder().decode(raw);
    const starts = [0];
    for (let at = this.all.indexOf("\n"); at >= 0; at = this.all.indexOf("\n", at + 1)) starts.push(at + 1);
    this.starts = Uint32Array.from(starts);
  }

  /**
   * @param {string[]} words folded
   * @returns {Uint8Array} 1 for each row that holds all of them, each in any of its texts
   */
  search(words) {
    const found = new Uint8Array(this.n).fill(1);
    for (const word of words) {
      const hits = this.#hits(word);
      const here = new Uint8Array(this.n);
      for (const column of this.columns) either(here, column, hits);
      for (let i = 0; i < found.length; i++) found[i] &= here[i];
    }
    return found;
  }

  /**
   * Texts that hold a word.
   * @param {string} word
   */
  #hits(word) {
    const { all, starts } = this;
    const hits = new Uint8Array(starts.length);
    if (word.includes("\n")) return hits;
    let text = 0;
    for (let at = all.indexOf(word); at >= 0; ) {
      while (text + 1 < starts.length && starts[text + 1] <= at) text++;
      hits[text] = 1;
      // One hit is enough for a text.
      at = text + 1 < starts.length ? all.indexOf(word, starts[text + 1]) : -1;
    }
    return hits;
  }
}

/** @param {Uint8Array} here @param {import("./payload.js").Column} column @param {Uint8Array} hits */
function either(here, column, hits) {
  for (let i = 0; i < here.length; i++) here[i] |= hits[column[i]];
}
