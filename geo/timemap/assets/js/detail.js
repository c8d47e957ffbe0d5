/** The theatre's own detail on the basemap, and how it ends. */

/** @typedef {{getBounds(): object, setStyle(look: object): void}} Detail */

/**
 * Provinces and rivers end where the theatre ends. From afar they would be a patch with a hard edge, so they fade there.
 *
 * @param {import("./types.js").LeafletMap} map
 * @param {Detail[]} layers
 */
export function fadeFromAfar(map, layers) {
  const bounds = globalThis.L.latLngBounds([]);
  for (const one of layers) bounds.extend(one.getBounds());
  if (!bounds.isValid()) return;
  let last = 1;
  const fade = () => {
    const size = map.getSize();
    if (!size.x || !size.y) return; // not yet on screen; it is told when it is
    const first = map.latLngToContainerPoint(bounds.getNorthWest());
    const far = map.latLngToContainerPoint(bounds.getSouthEast());
    const opacity = detailOpacity(Math.max((far.x - first.x) / size.x, (far.y - first.y) / size.y));
    if (opacity === last) return;
    last = opacity;
    for (const one of layers) one.setStyle({ opacity, fillOpacity: opacity });
  };
  map.on("zoomend resize", fade);
  fade();
}

/**
 * How strongly the theatre's detail is drawn: whole while it fills most of the map, not at all where it is a patch.
 *
 * @param {number} share of the map's width or height, whichever it fills more of
 */
export function detailOpacity(share) {
  return Math.round(Math.min(1, Math.max(0, (share - 0.2) / 0.5)) * 20) / 20;
}
