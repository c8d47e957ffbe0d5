"""Builds zones: every definition in the order of its references, measured and rounded as it will be kept."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geo import basemap, theatre
from geo.errors import ZoneError
from geo.zones.expressions import Context, Shape, evaluate, references
from geo.zones.frame import Frame
from geo.zones.model import BuiltZone, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

SIMPLIFY_DEG = 0.002
"""Vertices closer than this to the outline without them are dropped: 200 m, or 1 % of the zone's own radius if less."""
GRID_DEG = 1e-4
"""4 decimals of a degree, as all built data."""
SLIP = 0.02
"""A country that holds less of a zone than this share got it by a coarse border."""


def build(
    zones: Iterable[Zone],
    *,
    places: dict[str, tuple[float, float]],
    errors: list[ZoneError] | None = None,
    path: Path | None = None,
    context: Context | None = None,
) -> dict[str, BuiltZone]:
    """Build zones.

    Parameters
    ----------
    zones : iterable of Zone
        They may refer to each other in any order.
    places : dict
        Anchors by id: (longitude, latitude).
    errors : list, optional
        Collects what cannot be built, while the others still are. Without it the first error is raised.
    path : Path, optional
        File of the definitions, named in errors.
    context : Context, optional
        What they may refer to beside each other: :func:`context_of` with more in it.

    Returns
    -------
    dict
        Built zones by id, in the order given.

    Raises
    ------
    ZoneError
        A zone cannot be built, and no list was given for it.
    """
    todo = {zone.id: zone for zone in zones}
    context = context or context_of(places)
    built: dict[str, BuiltZone] = {}
    for name in _in_order(todo):
        zone = todo[name]
        try:
            _refuse_circle(zone, todo)
            parts = zone.versions or (zone,)
            shapes = [evaluate(part.expression, replace(context, day=part.valid[0])) for part in parts]
            measured = [_measured(part, shape, context) for part, shape in zip(parts, shapes, strict=True)]
            built[name] = _whole(zone, tuple(measured)) if zone.versions else measured[0]
            context.zones[name] = tuple(zip(parts, shapes, strict=True))
        except ZoneError as error:
            named = ZoneError(error.problem, zone=name, path=zone.path or path, line=zone.line, remedy=error.remedy)
            if errors is None:
                raise named from error
            errors.append(named)
    return {name: built[name] for name in todo if name in built}


def provinces(areas: dict[str, float]) -> dict[str, BuiltZone]:
    """Give the provinces of the current theatre's own countries as zones without limits in time.

    Parameters
    ----------
    areas : dict
        Their areas by id, km2.

    Returns
    -------
    dict
        Zones of kind "province" by id such as "SYR-04".

    Raises
    ------
    DataError
        The basemap is not built.
    """
    found: dict[str, BuiltZone] = {}
    for feature in basemap.load("provinces"):
        record = feature.properties
        # The UNDOF area is a unit of the source, no province; it is a zone of its own.
        if record["iso3"] in theatre.current().weights and record["id"] != "SYR-UNDOF":
            zone = Zone(
                id=record["id"],
                name=f"{record['name']} province",
                kind="province",
                valid=(None, None),
                definition="First-order division as Natural Earth draws it.",
                confidence_dates="high",
                confidence_geometry="medium",
                aliases=tuple(("en", name) for name in record["name_alt"].split("|") if name),
            )
            countries = (record["iso3"],)
            found[zone.id] = BuiltZone(zone, feature.geometry, areas.get(zone.id, 0.0), countries)
    return found


def province_areas() -> dict[str, float]:
    """Measure the provinces of the basemap.

    Returns
    -------
    dict
        Areas by id, km2, on the ellipsoid.

    Raises
    ------
    DataError
        The basemap is not built.
    """
    return {
        feature.properties["id"]: round(area_km2(feature.geometry), 1)
        for feature in basemap.load("provinces")
        if feature.properties["iso3"] in theatre.current().weights
    }


def area_km2(shape: BaseGeometry) -> float:
    """Measure an area on the ellipsoid.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        EPSG:4326.

    Returns
    -------
    float
        Square kilometres.
    """
    from pyproj import Geod

    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(shapely.orient_polygons(shape))
    return float(area) / 1e6


def context_of(places: dict[str, tuple[float, float]]) -> Context:
    """Give what expressions may refer to in the current theatre.

    Parameters
    ----------
    places : dict
        Anchors by id: (longitude, latitude).

    Returns
    -------
    Context
        Without zones yet.

    Raises
    ------
    DataError
        The basemap is not built.
    """
    divisions = basemap.load("provinces")
    return Context(
        places=places,
        countries={item.properties["iso3"]: item.geometry for item in basemap.load("countries")},
        provinces={item.properties["id"]: item.geometry for item in divisions},
        province_names={item.properties["id"]: item.properties["name"] for item in divisions},
        rivers={item.properties["name"]: item.geometry for item in basemap.load("rivers")},
    )


def _in_order(zones: dict[str, Zone]) -> list[str]:
    """Order ids so that each comes after those it refers to; circles come out in some order and are refused later."""
    order: dict[str, None] = {}
    started: set[str] = set()

    def visit(name: str) -> None:
        if name in started or name not in zones:
            return
        started.add(name)
        for other in sorted(_references(zones[name])):
            visit(other)
        order[name] = None

    for name in zones:
        visit(name)
    return list(order)


def _references(zone: Zone) -> set[str]:
    return {name for part in (zone.versions or (zone,)) for name in references(part.expression)}


def _refuse_circle(zone: Zone, zones: dict[str, Zone]) -> None:
    reached: set[str] = set()
    front = _references(zone)
    while front:
        if zone.id in front:
            raise ZoneError("its geometry refers to itself in a circle")
        reached |= front
        front = {next_id for name in front if name in zones for next_id in _references(zones[name])} - reached


def _measured(zone: Zone, shape: Shape, context: Context) -> BuiltZone:
    whole = shapely.make_valid(shape.area)
    simple = whole.simplify(min(SIMPLIFY_DEG, 0.01 * math.sqrt(whole.area / math.pi)))
    parts = [part for part in shapely.get_parts(shapely.set_precision(simple, GRID_DEG)) if part.geom_type == "Polygon"]
    area = shapely.union_all(parts)
    if area.is_empty:
        raise ZoneError("its geometry is empty", remedy="Do its parts meet? Longitude comes first")
    frame = Frame.around(area)
    return BuiltZone(
        zone=zone,
        geometry=area,
        area_km2=round(area_km2(area), 1),
        countries=_countries(area, context),
        line=None if shape.line is None else shapely.set_precision(shape.line.simplify(SIMPLIFY_DEG), GRID_DEG),
        length_km=None if shape.line is None else round(_length_km(shape.line), 1),
        depth_km=None if shape.line is None else _reach_km(shape.area, shape.line, frame),
        radius_km=None if shape.center is None else _reach_km(shape.area, shapely.Point(shape.center), frame),
        ends_km=shape.ends_km,
    )


def _whole(zone: Zone, versions: tuple[BuiltZone, ...]) -> BuiltZone:
    """Put versions together: the land of all of them, and the line of the last."""
    area = shapely.union_all([version.geometry for version in versions], grid_size=GRID_DEG)
    last = versions[-1]
    return replace(
        last,
        zone=zone,
        geometry=area,
        area_km2=round(area_km2(area), 1),
        countries=tuple(sorted({code for version in versions for code in version.countries})),
        depth_km=max((version.depth_km for version in versions if version.depth_km is not None), default=None),
        versions=versions,
    )


def _countries(area: BaseGeometry, context: Context) -> tuple[str, ...]:
    shares = {iso3: area.intersection(land).area / area.area for iso3, land in context.countries.items()}
    return tuple(sorted(iso3 for iso3, share in shares.items() if share > SLIP))


def _length_km(line: BaseGeometry) -> float:
    from pyproj import Geod

    return float(Geod(ellps="WGS84").geometry_length(line)) / 1000


def _reach_km(area: BaseGeometry, origin: BaseGeometry, frame: Frame) -> float:
    outline = shapely.points(shapely.get_coordinates(frame.forward(area)))
    return round(float(shapely.distance(outline, frame.forward(origin)).max()) / 1000, 1)
