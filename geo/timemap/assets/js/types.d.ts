/** The shapes that several modules share. Types alone: nothing of this reaches a browser. */

import type { Tally } from "./tally.js";
import type { View } from "./view.js";
import type { Scheme } from "./colours.js";
import type { Span } from "./window.js";
import type { Filter } from "./filter.js";

// ---------------------------------------------------------------------------------------------------- the payload

/** An empty name is an unnamed actor of its type; type -1 is unknown. */
export type Actor = [name: string, type: number];

/** Zones that an event is inside, and those it is possibly inside. */
export type ZoneSet = [inside: number[], maybe: number[]];

/** The header of the payload; docs/payload.md tells of each part. */
export interface Meta {
  epoch: string;
  days: number;
  types: [name: string, light: string, dark: string][];
  subs: [name: string, type: number][];
  actor_types: string[];
  actors: (Actor | null)[];
  statuses: string[];
  usual_statuses?: number[];
  zones: [id: string, name: string][];
  zone_sets: ZoneSet[];
  places: string[];
  /** GeoJSON as text, by place. */
  shapes: Record<string, string>;
}

/** Longitude and latitude, degrees. */
export type Position = [lon: number, lat: number];
export type Ring = Position[];

export type Geometry =
  | { type: "Point"; coordinates: Position }
  | { type: "LineString"; coordinates: Ring }
  | { type: "MultiLineString"; coordinates: Ring[] }
  | { type: "Polygon"; coordinates: Ring[] }
  | { type: "MultiPolygon"; coordinates: Ring[][] };

/** Coordinates of any depth. */
export type Nested = Position | Nested[];

// ---------------------------------------------------------------------------------------------------- on the screen

/** Pixels. */
export interface XY {
  x: number;
  y: number;
}

/** Left, top, right, bottom, pixels. */
export type Box = number[];

/** Days of a window, from the payload's epoch. */
export interface Days {
  a: number;
  b: number;
}

export type LatLng = [lat: number, lon: number];

/** What an event of Leaflet's carries, and those of our own. */
export interface MapEvent {
  containerPoint: Point;
  latlng: LatLng;
  originalEvent?: PointerEvent;
  /** timemap:window */
  span: Span;
  /** timemap:shade, timemap:heat */
  on: boolean;
  /** timemap:zones */
  ids: string[];
  /** timemap:zonecounts */
  counts: Map<string, number>;
  /** timemap:ink */
  ink: string;
}

/** The name of a zone, and where it may stand. */
export interface Label {
  name: string;
  at: Position;
  wide: number;
}

export interface Point extends XY {
  subtract(other: XY): Point;
  divideBy(by: number): Point;
}

/** What we use of Leaflet's map, and what our parts tell each other on it. */
export interface LeafletMap {
  timemapSymbols?: () => Box[];
  timemapSpan?: Span;
  timemapZones?: string[];
  timemapLabels?: Label[];
  timemapLabelKey?: string;
  attributionControl: { setPrefix(text: string): void; addAttribution(text: string): void };
  getContainer(): HTMLElement;
  createPane(name: string): HTMLElement;
  getPane(name: string): HTMLElement;
  on(names: string, hear: (event: MapEvent) => void): void;
  fire(name: string, event?: Partial<MapEvent>): void;
  getSize(): Point;
  getZoom(): number;
  getBounds(): { getWest(): number; getSouth(): number; getEast(): number; getNorth(): number };
  setView(center: LatLng, zoom: number, options?: object): void;
  fitBounds(corners: [LatLng, LatLng], options?: object): void;
  invalidateSize(options: object): void;
  closePopup(): void;
  hasLayer(layer: object): boolean;
  latLngToContainerPoint(at: LatLng): Point;
  containerPointToLatLng(point: [number, number]): { lat: number; lng: number };
  containerPointToLayerPoint(point: XY | [number, number]): Point;
}

/** What others use of the layer that draws the events. */
export interface EventsLayer {
  window: Days;
  tally: Tally;
  view: View;
  sizeBy: string;
  drawAs: string;
  countSets: boolean;
  radii: boolean;
  drawn: (() => void) | null;
  addTo(map: LeafletMap): void;
  setColours(scheme: Scheme, classOf: ArrayLike<number>, dark: boolean): void;
  setWindow(a: number, b: number): void;
  schedule(): void;
  boxes(): Box[];
  mark(place: number, chosen?: boolean): void;
  pick(point: XY, reach: number): number;
}

// ---------------------------------------------------------------------------------------------------- from Python

/** What Python asks for of filters: rows are packed bits. */
export type Asked = Omit<Filter, "rows" | "found"> & { rows?: string | null };

/** What the map tells Python, with what stands on screen beside it: geo/timemap/message.py. */
export interface Message {
  why: string;
  clicked: number | null;
  rows: number[];
  payload: string;
  ack: number;
}

export interface Look {
  /** West, south, east, north, degrees. */
  bounds?: [number, number, number, number];
  center?: Position;
  zoom?: number;
}

export interface Order {
  id: number;
  theme?: "auto" | "light" | "dark";
  /** First and last day, as "2019-10-09". */
  window?: [string, string];
  filter?: Asked;
  view?: Look;
  select?: number;
  types_off?: number[];
  heard?: number;
}
