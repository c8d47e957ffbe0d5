"""Choosing the right place: another reading of the name, a place by name, or a click on the map."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import folium
import streamlit as st
from streamlit_folium import st_folium

from geo import theatre
from geo.layers.words import place_words
from geo.model import GeoPrecision, Place, PlaceKind
from geo.review import remembered_places, written_name
from geo.timemap import SmallMap
from geo.ui.ground import grounded
from geo.ui.plain import plain_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Decision, Event

NOWHERE = "no place"
_HEIGHT = 240
_MOST_NAMED = 8
_ZOOM = 8
_DIGITS = 4


Choice = tuple[Place | None, GeoPrecision | None]


def choose_place(event: Event, decisions: Sequence[Decision], *, dark: bool) -> Choice:
    """Let the reviewer choose the event's place.

    Parameters
    ----------
    event : Event
    decisions : sequence of Decision
        For places that reviewers gave the same name before.
    dark : bool
        The page is dark.

    Returns
    -------
    (Place or None, GeoPrecision or None)
        The event's own as long as nothing else is chosen.
    """
    best, key = event.best, f"review_{event.id}_{event.review.last}"
    words = st.text_input(
        "Find a place by name",
        key=f"{key}_name",
        max_chars=80,
        placeholder=written_name(best) or "town, village, base, province",
    )
    named = _named(words)
    if words.strip() and not named:
        st.caption(f"No place is called {plain_markdown(words)}. Click it on the map instead.")
    clicked = st.session_state.get(f"{key}_click")
    options: dict[str, Place | None] = {} if best.place is None else {"now": best.place}
    options |= {f"name {n}": place for n, place in enumerate(named)}
    options |= {"click": clicked} if clicked is not None else {}
    options |= {f"before {n}": p for n, p in enumerate(remembered_places(written_name(best), decisions))}
    options |= {f"other {n}": candidate.place for n, candidate in enumerate(best.candidates)}
    options["none"] = None
    # What was just asked for is what is meant.
    first = "name 0" if named else "click" if clicked is not None else "now" if best.place else "none"
    names = list(options)
    chosen = st.radio(
        "Place",
        names,
        index=names.index(first),
        key=f"{key}_place_{first}_{words}_{clicked and (clicked.lon, clicked.lat)}",
        format_func=lambda name: _label(name, options[name], best.geo_precision),
    )
    place = options[chosen]
    _map(key, place, [p for p in options.values() if p is not None], dark=dark)
    if chosen == "now":
        return best.place, best.geo_precision
    return place, _precision(place)


def _named(words: str) -> list[Place]:
    if not words.strip():
        return []
    from geo.pipeline import open_resources

    return list(open_resources().gazetteer.lookup(words.strip(), loose=True)[:_MOST_NAMED])


def _label(name: str, place: Place | None, precision: GeoPrecision | None) -> str:
    if place is None:
        return "The text names no place"
    where = place_words(place, precision if name == "now" else _precision(place))
    kind = "" if name == "click" else f", {place.kind}"
    return plain_markdown(f"{where}{kind}{_SAID[name.split()[0]]}")


_SAID = {
    "now": " — as read",
    "name": "",
    "click": "",
    "before": " — chosen for this name before",
    "other": " — other reading",
}


def _precision(place: Place | None) -> GeoPrecision | None:
    if place is None:
        return None
    if place.kind in {PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.REGION, PlaceKind.BORDER}:
        return GeoPrecision.REGION
    return GeoPrecision.PLACE if place.radius_km <= _SMALL_KM else GeoPrecision.AREA


_SMALL_KM = 10.0


def _map(key: str, place: Place | None, places: Sequence[Place], *, dark: bool) -> None:
    """Show the places offered; a click offers the point itself."""
    middle = place or (places[0] if places else None)
    west, south, east, north = theatre.current().view
    around = (middle.lat, middle.lon) if middle else ((south + north) / 2, (west + east) / 2)
    chart = grounded(SmallMap(around, zoom_start=_ZOOM if middle else 6))
    for one in places:
        ink = "#d95f02" if one is place else "#8da0b3" if dark else "#4a6274"
        folium.CircleMarker((one.lat, one.lon), radius=9 if one is place else 6, color=ink, fill=True).add_to(chart)
    radius = 1.0
    if f"{key}_click" in st.session_state:
        radius = st.slider("The point I clicked is right to within (km)", 0.1, 30.0, radius, key=f"{key}_radius")
    else:
        st.caption("Or click the place on the map.")
    # Each event has a map of its own, whose frame is flat until it has loaded: the room for it stays.
    with st.container(key="review_place_map", height=_HEIGHT, border=False, gap=None):
        told = st_folium(
            chart, key=f"{key}_map", height=_HEIGHT, use_container_width=True, returned_objects=["last_clicked"]
        )
    point = _point((told or {}).get("last_clicked"), radius)
    if point is not None and point != st.session_state.get(f"{key}_click"):
        st.session_state[f"{key}_click"] = point
        st.rerun()


def _point(told: object, radius_km: float) -> Place | None:
    """Make a place of a click; what comes from the browser is checked."""
    if not isinstance(told, dict):
        return None
    lon, lat = told.get("lng"), told.get("lat")
    if not (isinstance(lon, int | float) and isinstance(lat, int | float) and math.isfinite(lon + lat)):
        return None
    lon, lat = round((float(lon) + 180) % 360 - 180, _DIGITS), round(float(lat), _DIGITS)
    if not -90 <= lat <= 90:
        return None
    return Place(
        id=f"point:{lon},{lat}",
        name=f"Point {lat:.3f}° N, {lon:.3f}° E",
        lon=lon,
        lat=lat,
        kind=PlaceKind.FACILITY,
        radius_km=radius_km,
        note="set by a reviewer on the map",
    )
