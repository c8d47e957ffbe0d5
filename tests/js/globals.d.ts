// What the page gives the map beside the DOM.
declare var L: any;
declare var Streamlit: any;
declare var timemap: any;
declare var timemapAlarm: (message: string) => void;
declare var timemapRun: (map: any, part: string, options: any) => void;
declare var timemapCommand: (order: object) => void;
declare var timemapOrders: any[];
// What TypeScript of Debian's version does not know of browsers yet.
declare class DecompressionStream {
  constructor(format: "gzip" | "deflate" | "deflate-raw");
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<BufferSource>;
}
