/** Reading the payload: magic, header, columns. The layout is told in docs/payload.md. */

/** @typedef {Uint8Array | Uint16Array | Uint32Array | Float32Array} Column */
/** @typedef {{rows: number, columns: Record<string, Column>}} Table */
/** @typedef {{tables: Record<string, Table>, meta: import("./types.js").Meta}} Payload */

/** @type {Record<string, new (bytes: ArrayBuffer, offset: number, length: number) => Column>} */
const KINDS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array };
export const VERSION = 2;

/**
 * Fetch a file of ours; names that end in .gz are unpacked here, as the server sends them as they are.
 * @param {string} url
 * @returns {Promise<ArrayBuffer>}
 */
export async function fetchBytes(url) {
  // A page that stands alone carries its files within itself, see geo/standalone.
  const carried = globalThis.timemapFiles?.get(url);
  if (carried) return carried();
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) throw new Error(`the server answered ${answer.status} for ${url}`);
  if (!url.endsWith(".gz")) return answer.arrayBuffer();
  const unpacked = answer.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacked).arrayBuffer();
}

/**
 * Fetch and read a JSON file of ours.
 * @param {string} url
 */
export async function fetchJson(url) {
  return JSON.parse(new TextDecoder().decode(await fetchBytes(url)));
}

/**
 * Read a payload without copying its columns.
 * @param {ArrayBuffer} bytes
 * @returns {Payload}
 */
export function parse(bytes) {
  const view = new DataView(bytes);
  if (bytes.byteLength < 8 || view.getUint32(0, false) !== 0x42544d31) throw new Error("the events file is damaged");
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
  if (header.version !== VERSION) throw new Error(`the events file has version ${header.version}, not ${VERSION}`);
  /** @type {Record<string, Table>} */
  const tables = {};
  for (const [name, table] of Object.entries(header.tables)) {
    /** @type {Record<string, Column>} */
    const columns = {};
    for (const [column, [kind, offset]] of Object.entries(table.columns)) {
      columns[column] = new KINDS[kind](bytes, 8 + length + offset, table.rows);
    }
    tables[name] = { rows: table.rows, columns };
  }
  return { tables, meta: header.meta };
}
