"""A folium map that asks nothing of the internet, and what lies under and over its events.

``folium.Map`` links scripts and styles on content networks; offline the first of them fails and the map stays blank.
:class:`OfflineMap` brings its own Leaflet instead. Elements here draw in the browser through ``textContent`` and
canvas, never through markup made of data.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import folium
import shapely
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from geo import basemap
from geo.errors import DataError, InputError
from geo.timemap import assets
from geo.timemap.shapes import geojson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry
    from xyzservices import TileProvider

ATTRIBUTION: Final = "Natural Earth · GeoNames (CC BY 4.0)"
_BASEMAP_TOLERANCE: Final = {"world": 0.02, "countries": 0.001, "provinces": 0.002, "rivers": 0.002, "towns": 0.0}
_SHEET_EDGE: Final = shapely.box(-180, -90, 180, 90).boundary
"""Where world maps are cut: no coast and no border."""
_KEPT: Final = {"name", "iso3", "rank", "population", "capital"}

ONLINE_TILES: Final = (
    "OpenStreetMap.Mapnik",
    "OpenStreetMap.HOT",
    "OpenTopoMap",
    "Esri.WorldGrayCanvas",
    "Esri.WorldTopoMap",
    "Esri.WorldImagery",
)
"""Names in :mod:`xyzservices` of the tile layers offered when none are named. None is asked for before it is ticked."""


class OfflineMap(folium.Map):
    """A ``folium.Map`` with nothing but Leaflet, from our own files.

    Parameters are those of ``folium.Map``, but there are no tiles unless named, and popups, icons and other parts of
    folium that need jQuery or Bootstrap do not work on it.

    Examples
    --------
    >>> OfflineMap([36.5, 39.0], zoom_start=7).default_js[-1][1]
    '../geo.timemap.assets.assets/vendor/leaflet/leaflet.js'
    """

    def __init__(self, location: tuple[float, float] | list[float] = (36.6, 39.8), **kwargs: Any) -> None:
        kwargs.setdefault("tiles", None)
        kwargs.setdefault("zoom_start", 7)
        kwargs.setdefault("minZoom", 3)
        kwargs.setdefault("maxZoom", 18)
        kwargs.setdefault("worldCopyJump", False)
        super().__init__(list(location), **kwargs)
        # Lists of this object only: folium's own lists belong to the class and thereby to the whole process.
        self.default_js = [
            ("timemap_alarm", _alarm()),
            ("timemap_guard", f"{assets.ASSETS_URL}js/guard.js"),
            ("leaflet", f"{assets.ASSETS_URL}vendor/leaflet/leaflet.js"),
        ]
        self.default_css = [
            ("leaflet_css", f"{assets.ASSETS_URL}vendor/leaflet/leaflet.css"),
            ("timemap_css", f"{assets.ASSETS_URL}css/timemap.css"),
        ]


@cache
def _alarm() -> str:
    """Return, as an address that holds it, the script that says when any other file of the map cannot be loaded."""
    script = (assets.FOLDER / "js" / "alarm.js").read_text(encoding="utf-8")
    short = "\n".join(line.strip() for line in script.splitlines() if not line.lstrip().startswith(("//", "/**")))
    return f"data:text/javascript;base64,{base64.b64encode(short.encode()).decode()}"


class _Part(JSCSSMixin, MacroElement):
    """Something that a module of ours adds to the map. Its options go into the script, so they must not change."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        timemapRun({{ this._parent.get_name() }}, {{ this.part|tojson }}, {{ this.options|tojson }});
        {% endmacro %}"""
    )
    part = ""

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__
        self.options = dict(options)


class VectorBasemap(_Part):
    """Countries, provinces, rivers and named towns, drawn under everything else; light and dark.

    Parameters
    ----------
    url : str
        What :func:`publish_basemap` gave.
    """

    part = "addBasemap"

    def __init__(self, url: str) -> None:
        super().__init__({"url": url, "attribution": ATTRIBUTION})


class ZoneLayer(_Part):
    """Zones as outlines, each shown only while it is in force in the window of the timeline.

    Parameters
    ----------
    url : str
        What :func:`publish_zones` gave.
    """

    part = "addZones"

    def __init__(self, url: str) -> None:
        super().__init__({"url": url})


class OnlineTiles(_Part):
    """A list of online basemaps in the map's panel. None is asked for anything until the user ticks it.

    Parameters
    ----------
    names : iterable of str, optional
        Names in :mod:`xyzservices`, as "OpenStreetMap.Mapnik"; providers that need a key are refused.

    Raises
    ------
    InputError
        A provider needs a key.
    """

    part = "addTiles"

    def __init__(self, names: Iterable[str] = ONLINE_TILES) -> None:
        import xyzservices.providers as providers

        found = [providers.query_name(name) for name in names]
        if keyed := [provider.name for provider in found if provider.requires_token()]:
            raise InputError(f"tiles that need a key: {', '.join(keyed)}", remedy="Choose providers without one")
        super().__init__({"tiles": [_tile(provider) for provider in found]})


def publish_basemap(folder: Path | None = None, *, built: Path | None = None) -> str:
    """Write the layers of :mod:`geo.basemap` as one file for the browser.

    Parameters
    ----------
    folder : Path, optional
        Where to write; the served cache folder unless given.
    built : Path, optional
        Folder of the built layers; by default those of the current theatre.

    Returns
    -------
    str
        Address for :class:`VectorBasemap`. The same layers give the same address.

    Raises
    ------
    DataError
        A built layer is missing or damaged.
    """
    files = [basemap.path(name, folder=built) for name in basemap.LAYERS]
    if missing := [file for file in files if not file.exists()]:
        raise DataError(f"{missing[0]} is missing. Make it with: python -m geo.builddata")
    # Cutting and simplifying takes a second, which the first page of every start would wait for.
    path = assets.write_derived(
        [*files, Path(__file__)], lambda: _json(_basemap(built)), ".json", folder or assets.cache_folder()
    )
    return f"{assets.CACHE_URL}{path.name}"


def _basemap(built: Path | None) -> dict[str, list[dict[str, Any]]]:
    layers = {}
    for name in ("countries", "rivers", "towns"):
        layers[name] = [
            {"geometry": shape, **{k: v for k, v in f.properties.items() if k in _KEPT and v is not None}}
            for f in basemap.load(name, folder=built)
            if (shape := geojson(f.geometry, tolerance=_BASEMAP_TOLERANCE[name]))
        ]
    countries = {f.properties["iso3"]: f.geometry for f in basemap.load("countries", folder=built)}
    detailed = shapely.box(*shapely.total_bounds(list(countries.values())))
    for record in layers["countries"]:
        # What is left of a country at the edge of the detailed part may be too narrow for its name.
        record["cut"] = bool(countries[record["iso3"]].intersects(detailed.boundary))
    return layers | _lines_and_world(detailed, built)


def _lines_and_world(detailed: BaseGeometry, built: Path | None) -> dict[str, list[dict[str, Any]]]:
    """Draw every border once and none along the edge of the detailed part; the coarse world only outside of it."""
    # A hair's breadth of overlap, so that no seam shows between the two.
    inner = detailed.buffer(-0.03, join_style="mitre")
    edge = detailed.boundary.buffer(0.002)
    parts = {}
    for name, source in (("borders", "countries"), ("province_lines", "provinces")):
        lines = shapely.unary_union([f.geometry.boundary for f in basemap.load(source, folder=built)])
        parts[name] = _one(shapely.difference(lines, edge), _BASEMAP_TOLERANCE[source])
    world = [shapely.make_valid(f.geometry) for f in basemap.load("world", folder=built)]
    parts["world"] = [
        record for land in world for record in _one(shapely.difference(land, inner), _BASEMAP_TOLERANCE["world"])
    ]
    around = shapely.union(detailed, _SHEET_EDGE.buffer(0.05))
    far = shapely.difference(shapely.unary_union([land.boundary for land in world]), around)
    parts["far_borders"] = _one(far, _BASEMAP_TOLERANCE["world"])
    return parts


def _one(geometry: BaseGeometry, tolerance: float) -> list[dict[str, Any]]:
    merged = shapely.line_merge(geometry) if "Line" in geometry.geom_type else geometry
    shape = geojson(merged, tolerance=tolerance)
    return [{"geometry": shape}] if shape else []


def publish_zones(zones: Iterable[Mapping[str, Any]], folder: Path | None = None) -> str:
    """Write zone polygons with their validity as one file for the browser.

    Parameters
    ----------
    zones : iterable of mapping
        Each with `id`, `name`, `kind`, `geometry` (EPSG:4326), `periods` (list of (date or None, date or None), both
        days included; empty means always), and where wanted `unconfirmed` (bool, drawn dashed) and `shown` (bool,
        ticked at first; else only areas of operations are).
    folder : Path, optional
        Where to write; the served cache folder unless given.

    Returns
    -------
    str
        Address for :class:`ZoneLayer`.
    """
    records = []
    for zone in zones:
        outline: BaseGeometry = zone["geometry"]
        records.append(
            {
                "id": str(zone["id"]),
                "name": str(zone["name"]),
                "kind": str(zone.get("kind", "zone")),
                "unconfirmed": bool(zone.get("unconfirmed", False)),
                "shown": bool(zone.get("shown", zone.get("kind") == "operation_area")),
                "periods": [[_iso(first), _iso(last)] for first, last in zone.get("periods", ())],
                "geometry": geojson(outline, tolerance=0.001),
            }
        )
    content = _json([r for r in records if r["geometry"]])
    _, path = assets.write_once(content, ".json", folder or assets.cache_folder())
    return f"{assets.CACHE_URL}{path.name}"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _tile(provider: TileProvider) -> dict[str, Any]:
    return {
        "name": provider.name.replace(".", " "),
        "url": provider.build_url(x="{x}", y="{y}", z="{z}", scale_factor="{r}", fill_subdomain=False),
        "attribution": provider.attribution,
        "maxZoom": int(provider.get("max_zoom", 18)),
        "subdomains": provider.get("subdomains", "abc"),
    }
