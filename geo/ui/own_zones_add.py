"""Three ways to add a zone: draw it, send a file, write a definition. Each shows what it would be before it is kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st
from streamlit_folium import st_folium

from geo.errors import ZoneError
from geo.timemap import DrawTools, SmallMap, publish_zones
from geo.ui.data import zones, zones_url
from geo.ui.ground import grounded
from geo.ui.own_zones_save import claim_form, refuse, save_shapes, save_text, show_refused
from geo.ui.page import show_error
from geo.ui.plain import plain_markdown
from geo.zones.files import MAX_BYTES, SUFFIXES, read_outlines
from geo.zones.own import MAX_TEXT, preview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from geo.ui.page import Page
    from geo.zones.files import Outline

HEIGHT = 430
"""Height of a map, CSS pixels."""
MARGIN = 0.2
_ORDERS = {"As the format says": None, "Longitude first": False, "Latitude first": True}
_WHOLE, _EACH = "One zone of all that are chosen", "Each a zone of its own"
_TEMPLATE = """zones:
- id: my_zone                     # small letters, digits, underscores
  name: My zone
  kind: area_of_interest
  valid: [2019-10-09, null]       # first and last day in force; null = open
  definition: What it is, in your own words.
  sources: [{title: What it rests on, publisher: Who says so, date: 2019-10-09}]
  confidence: {dates: medium, geometry: medium}
  geometry: {disc: {center: [38.95, 36.70], radius_km: 20}}
"""


def draw_zone(page: Page) -> None:
    """Draw an area on a map, and say what it is.

    Parameters
    ----------
    page : Page
    """
    number = st.session_state.get("own_zone_round", 0)
    drawing, form = st.columns([1.7, 1], gap="medium")
    with drawing:
        west, south, east, north = _bounds_here()
        chart = grounded(SmallMap(((south + north) / 2, (west + east) / 2)), zones=zones_url())
        DrawTools().add_to(chart)
        chart.fit_bounds([(south, west), (north, east)])
        st.caption(
            "First choose a tool at the left of the map. Polygon: click its corners, at last the first one again. "
            "Rectangle: drag from one corner to the opposite one."
        )
        # A map that is made again is flat until it has loaded: the room for it stays.
        with st.container(height=HEIGHT, border=False, gap=None):
            answer = st_folium(
                chart,
                key=f"own_draw_{number}",
                height=HEIGHT,
                use_container_width=True,
                returned_objects=["all_drawings"],
            )
    with form:
        outlines = _drawn(answer)
        if outlines:
            refuse(None)
            area = shapely.union_all([outline.geometry for outline in outlines])
            st.caption(f"{len(outlines)} drawn" if len(outlines) > 1 else "One area drawn")
            _notes(outlines)
        # Above the form: its button may be at the foot of the screen, and what stands below it out of sight.
        told = st.container()
        claim = claim_form(f"own_draw_form_{number}")
        if claim is not None and not outlines:
            refuse(ZoneError("nothing is drawn yet", remedy="Choose a tool at the left of the map and draw the area"))
        elif claim is not None:
            save_shapes(page, [(claim, area)])
        with told:
            show_refused()


def send_zone(page: Page) -> None:
    """Take a file, choose among its shapes, and say what they are.

    Parameters
    ----------
    page : Page
    """
    number = st.session_state.get("own_zone_round", 0)
    file = st.file_uploader(
        "GeoJSON, KML, KMZ, GeoPackage or zipped shapefile",
        type=list(SUFFIXES),
        max_upload_size=MAX_BYTES // 1_000_000,
        key=f"own_file_{number}",
    )
    if file is None:
        return
    order = st.segmented_control(
        "Coordinates in the file", list(_ORDERS), default="As the format says", key="own_order"
    )
    try:
        outlines, errors = _read(file.name, file.getvalue(), _ORDERS[order or "As the format says"])
    except ZoneError as error:
        show_error(error)
        return
    for problem in errors[:10]:
        show_error(problem)
    chosen, names, each = _choose(outlines)
    if not chosen:
        return
    shown, form = st.columns([1.7, 1], gap="medium")
    with shown:
        _map({f"{n}": (names[n], outlines[n].geometry) for n in chosen}, key="own_sent")
        _notes([outlines[n] for n in chosen])
    with form:
        told = st.container()
        claim = claim_form(f"own_file_form_{number}_{chosen[0]}", name=names[chosen[0]], named=not each)
        if claim is not None and each:
            save_shapes(page, [(replace(claim, name=names[n]), outlines[n].geometry) for n in chosen])
        elif claim is not None:
            save_shapes(page, [(claim, shapely.union_all([outlines[n].geometry for n in chosen]))])
        with told:
            show_refused()


def write_zone(page: Page) -> None:
    """Write a definition and see at once what it makes.

    Parameters
    ----------
    page : Page
    """
    editor, shown = st.columns([1.2, 1], gap="medium")
    with editor:
        text = st.text_area(
            "Definition",
            value=_TEMPLATE,
            height=HEIGHT - 90,
            max_chars=MAX_TEXT,
            key="own_text",
            help="The language of docs/zones.md",
        )
        st.caption("Ctrl+Enter shows what it makes. Keeping it replaces your zone of the same id.")
    with shown:
        try:
            _, built, errors = preview(text, page.data.folder, label=Path("definition"))
        except ZoneError as error:
            show_error(error)
            return
        for problem in errors[:10]:
            show_error(problem)
        if built:
            told = ", ".join(f"{item.zone.name}: {item.area_km2:,.0f} km²" for item in built.values())
            _map({key: (item.zone.name, item.geometry) for key, item in built.items()}, key="own_written")
            st.caption(plain_markdown(told))
        if built and not errors and st.button("Keep it", type="primary", key="own_keep"):
            save_text(page, text)


# -------------------------------------------------------------------------------------------------------------- steps


def _drawn(answer: Any) -> tuple[Outline, ...]:
    """Read what the map says was drawn. It comes from a browser: it is read like a stranger's file."""
    features = answer.get("all_drawings") if isinstance(answer, dict) else None
    if not features:
        return ()
    try:
        outlines, _ = read_outlines(
            "drawing.geojson",
            json.dumps({"type": "FeatureCollection", "features": features}).encode(),
            latitude_first=False,
        )
    except (ZoneError, TypeError, ValueError) as error:
        if isinstance(error, ZoneError):
            show_error(error)
        return ()
    return outlines


@st.cache_data(max_entries=4, show_spinner="Reading the file …")
def _read(name: str, data: bytes, latitude_first: bool | None) -> tuple[tuple[Outline, ...], tuple[ZoneError, ...]]:
    return read_outlines(name, data, latitude_first=latitude_first)


def _choose(outlines: tuple[Outline, ...]) -> tuple[list[int], list[str], bool]:
    """Ask which shapes, which attribute names them, and whether each is a zone; only where there is a choice."""
    keys = list(dict.fromkeys(key for outline in outlines for key in outline.attributes))
    if len(outlines) == 1:
        return [0], [outlines[0].label], False
    attribute = st.selectbox(
        "Name by", [None, *keys], format_func=lambda key: key or "its name in the file", key="own_attribute"
    )
    names = [outline.attributes.get(attribute, outline.where) if attribute else outline.label for outline in outlines]
    # Two shapes may have one name; the number keeps them apart.
    chosen = st.multiselect(
        f"Shapes ({len(outlines):,} in the file)",
        range(len(outlines)),
        default=[],
        format_func=lambda n: f"{names[n]} ({outlines[n].where})",
        placeholder="Choose one or more",
        key="own_chosen",
    )
    each = len(chosen) > 1 and st.radio("They are", (_WHOLE, _EACH), key="own_each") == _EACH
    return list(chosen), names, each


def _notes(outlines: Any) -> None:
    for outline in outlines:
        for note in outline.notes:
            st.caption(f":material/build: {plain_markdown(outline.label)}: {plain_markdown(note)}")


def _map(shapes: Mapping[str, tuple[str, BaseGeometry]], *, key: str) -> None:
    """Draw shapes on a small map that looks at them."""
    west, south, east, north = shapely.total_bounds([shape for _, shape in shapes.values()])
    dx, dy = max(0.05, (east - west) * MARGIN), max(0.05, (north - south) * MARGIN)
    records = [
        {"id": zone_id, "name": name, "kind": "area_of_interest", "geometry": shape, "periods": [], "shown": True}
        for zone_id, (name, shape) in shapes.items()
    ]
    url = publish_zones(records)
    chart = grounded(SmallMap(((south + north) / 2, (west + east) / 2)), zones=url)
    chart.fit_bounds([(south - dy, west - dx), (north + dy, east + dx)])
    # Another shape is another map: it looks elsewhere.
    name = hashlib.blake2b(url.encode(), digest_size=6).hexdigest()
    st_folium(chart, key=f"{key}_{name}", height=HEIGHT - 90, use_container_width=True, returned_objects=[])


def _bounds_here() -> tuple[float, float, float, float]:
    """Look where the zone that is shown lies, with room around it."""
    built = zones().get(str(st.session_state.get("zone_chosen")))
    west, south, east, north = (36.0, 34.0, 43.0, 37.5) if built is None else built.geometry.bounds
    dx, dy = max(0.3, (east - west) * MARGIN), max(0.3, (north - south) * MARGIN)
    return west - dx, south - dy, east + dx, north + dy
