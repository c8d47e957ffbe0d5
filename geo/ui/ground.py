"""What every map of a page stands on, and how a page and its map hear of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import folium
from streamlit_folium import st_folium

from geo.timemap import VectorBasemap, ZoneLayer, register_assets
from geo.ui.data import basemap_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.timemap.order import Order

    Chart = TypeVar("Chart", bound=folium.Map)


def grounded(chart: Chart, *, zones: str | None = None) -> Chart:
    """Lay the theatre's basemap under a map, and outlines of zones over it; everything comes from this machine.

    Parameters
    ----------
    chart : folium.Map
        An empty one.
    zones : str, optional
        Address of published zones, as from :func:`geo.ui.data.zones_url`.
    """
    register_assets()
    VectorBasemap(basemap_url()).add_to(chart)
    if zones is not None:
        ZoneLayer(zones).add_to(chart)
    return chart


def linked(chart: folium.Map, order: Order, *, key: str, height: int, on_change: Callable[[], None]) -> None:
    """Show a map that takes orders without being made again, and answers.

    Parameters
    ----------
    chart : folium.Map
        Equal on every run, so that the map on the page stays.
    order : Order
        What it is told now; one that it has carried out already does nothing.
    key : str
        Name of the map; its answer stands under it in the session's state.
    height : int
        CSS pixels.
    on_change : callable
        Called when it has answered.
    """
    group = folium.FeatureGroup(name="commands")
    order.add_to(group)
    st_folium(
        chart,
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=on_change,
    )
