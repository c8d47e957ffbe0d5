"""A folium plugin that slices time in the browser.

Events travel once, as one compressed file of columns; scrubbing, playing and filtering by the legend never leave the
browser. What was released, clicked or moved comes back through ``st_folium``, and orders go the other way without the
map being made again.

How a page uses it::

    from geo.timemap import (Command, OfflineMap, OnlineTiles, TimeMap, VectorBasemap, ZoneLayer,
                             filter_spec, parse, publish, publish_basemap, publish_zones, register_assets)

    register_assets()                                     # once per process, before the first map
    payload = publish(frame, zones={"ops": "Operation Peace Spring"})   # cache by the store's fingerprint
    ground, outlines = publish_basemap(), publish_zones(zones)          # cache for the process

    shown = OfflineMap((36.6, 39.8), zoom_start=7)        # folium's order: latitude first
    VectorBasemap(ground).add_to(shown)
    ZoneLayer(outlines).add_to(shown)
    OnlineTiles().add_to(shown)
    TimeMap(payload).add_to(shown)                        # nothing else of the page may go into these: see below

    orders = folium.FeatureGroup(name="orders")
    Command(order_id, window=(first, last), filter=filter_spec(query, payload, frame)).add_to(orders)
    value = st_folium(shown, key="map", height=640, use_container_width=True, returned_objects=[],
                      feature_group_to_add=orders)
    state = parse(value, payload)                         # MapState or None
    if state and state.ack == order_id: ...               # the order has been carried out
    if state: query = query_from(state.filters, query, payload)         # what the reader filters in the map itself

streamlit-folium makes the map anew when the map's script changes, so windows, filters, views and themes go through
:class:`Command` alone, with a new id for each new order; the same id again is not carried out twice. Build map and
elements in every run: ``st_folium`` changes the objects it is given.
"""

from geo.timemap.assets import register_assets
from geo.timemap.cells import CellCommand, CellLayer, CellState, parse_cells, shown_of
from geo.timemap.draw import DrawTools
from geo.timemap.element import Command, TimeMap
from geo.timemap.filters import filter_spec, query_from
from geo.timemap.message import MapState, parse
from geo.timemap.offline import OfflineMap, OnlineTiles, VectorBasemap, ZoneLayer, publish_basemap, publish_zones
from geo.timemap.payload import Payload, pack, publish
from geo.timemap.small import SmallMap

__all__ = [
    "CellCommand",
    "CellLayer",
    "CellState",
    "Command",
    "DrawTools",
    "MapState",
    "OfflineMap",
    "OnlineTiles",
    "Payload",
    "SmallMap",
    "TimeMap",
    "VectorBasemap",
    "ZoneLayer",
    "filter_spec",
    "pack",
    "parse",
    "parse_cells",
    "publish",
    "publish_basemap",
    "publish_zones",
    "query_from",
    "register_assets",
    "shown_of",
]
