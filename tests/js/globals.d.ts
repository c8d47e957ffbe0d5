// What the page gives the map beside the DOM. Leaflet's own classes are made and extended in ways that its few uses here
// are not worth describing; what is asked of its map is described in types.d.ts.
declare var L: any;
/** Where streamlit-folium stands around the map, or the page that stands alone. */
declare var Streamlit: { setComponentValue(message: import("../../geo/timemap/assets/js/types.js").Message): void; setFrameHeight?(pixels: number): void } | undefined;
declare var timemap: import("../../geo/timemap/assets/js/main.js").App;
declare var timemapAlarm: (message: string) => void;
declare var timemapRun: (map: import("../../geo/timemap/assets/js/types.js").LeafletMap, part: string, options: object) => void;
declare var timemapCommand: (order: import("../../geo/timemap/assets/js/types.js").Order) => void;
declare var timemapOrders: import("../../geo/timemap/assets/js/types.js").Order[];
/** Files that a page which stands alone carries within itself. */
declare var timemapFiles: Map<string, () => Promise<ArrayBuffer>> | undefined;
// What TypeScript of Debian's version does not know of browsers yet.
declare class DecompressionStream {
  constructor(format: "gzip" | "deflate" | "deflate-raw");
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<BufferSource>;
}
interface CanvasRenderingContext2D {
  letterSpacing: string;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
}
