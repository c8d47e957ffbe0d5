"""The operators that make polygons out of places, borders, rivers and other zones.

An expression is a mapping with one key, the operator; its value holds what the operator needs. A place is an id of
``places`` or [longitude, latitude]; distances are kilometres on the ground.

=================  ====================================================================================================
``border_strip``   along the border of `of` with `with`, `from` a place `to` another, each end longer by `extend_km`,
                   on the side(s) of `of`, to `depth_km`; `include` adds 1 km around places a coarse border leaves out.
                   ``whole: true`` takes all of the border.
``disc``           everything within `radius_km` of `center`.
``corridor``       `half_width_km` to each side of a `line` of places, ends cut square.
``ring``           the polygon through a list of places.
``admin1``         first-order divisions of `country` by `codes`.
``country``        a country by its ISO code.
``zone``           another zone; of one with versions, the one in force on the first day of this one.
``union``, ``intersection``, ``difference``
                   of expressions. A difference keeps the line its first part was drawn along, an intersection the
                   first line there is, a union none.
``inset_strip``    the part of `zone` within `depth_km` of its outline, but for parts `not_along` a country or zone.
``buffer_side``    `zone` and `km` around it, `within` a country.
``river_buffer``   `km` to each side of a `river`, `within` a country.
``river_side``     the part of `country` that a `river` cuts off and that `contains` a place.
``outline``        a shape that somebody drew or sent, kept beside the definition; only in zones of a user's own.
=================  ====================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

import shapely

from geo.errors import ZoneError
from geo.zones import strips
from geo.zones.frame import Frame
from geo.zones.model import CERTAIN

if TYPE_CHECKING:
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from geo.zones.model import Zone

INCLUDE_KM = 1.0
"""Radius around an `include` place: as far as the border towns lie on the wrong side of Natural Earth's border."""
MOST_CODES = 24
"""Provinces that an error names."""
OUTLINE_SLACK_KM = 3.5
"""How near an outline must run to a country or zone to count as running along it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What an expression gives."""

    area: BaseGeometry
    """EPSG:4326."""
    line: BaseGeometry | None = None
    """What it was drawn along, EPSG:4326."""
    center: tuple[float, float] | None = None
    ends_km: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What expressions may refer to."""

    places: dict[str, tuple[float, float]]
    countries: dict[str, BaseGeometry]
    provinces: dict[str, BaseGeometry]
    """By id such as "SYR-04"."""
    rivers: dict[str, BaseGeometry]
    province_names: dict[str, str] = field(default_factory=dict)
    """By the same ids, for errors."""
    zones: dict[str, tuple[tuple[Zone, Shape], ...]] = field(default_factory=dict)
    """Zones built so far, each with its versions or as the only one."""
    outlines: dict[str, BaseGeometry] = field(default_factory=dict)
    """Shapes kept beside the definitions, by the name of their file without its end."""
    day: date | None = None
    """First day of what is being built; of a zone with versions it means the one in force on it."""

    def place(self, value: Any) -> tuple[float, float]:
        """Give the position of a place id or of [longitude, latitude]."""
        position = self._known(self.places, value, "place") if isinstance(value, str) else (value[0], value[1])
        west, south, east, north = shapely.total_bounds(list(self.countries.values()))
        if not (west <= position[0] <= east and south <= position[1] <= north):
            raise ZoneError(
                f"{list(position)} lies outside the theatre",
                remedy=f"[longitude, latitude] within {west:g} to {east:g} and {south:g} to {north:g} is asked for",
            )
        return position

    def country(self, code: str) -> BaseGeometry:
        """Give a country by ISO code."""
        return cast("BaseGeometry", self._known(self.countries, code, "country"))

    def river(self, name: str) -> BaseGeometry:
        """Give a river by name."""
        return cast("BaseGeometry", self._known(self.rivers, name, "river"))

    def zone(self, name: str) -> Shape:
        """Give a zone built before this one; of one with versions, the one in force when this one begins."""
        versions = self._known(self.zones, name, "built zone")
        found = [shape for zone, shape in versions if len(versions) == 1 or zone.in_force(self.day, None) == CERTAIN]
        if not found:
            raise ZoneError(
                f"zone {name!r} has versions, and none was in force on {self.day or 'a first day without date'}",
                remedy="Begin on a day that one of them holds",
            )
        return cast("Shape", found[0])

    @staticmethod
    def _known(table: dict[str, Any], key: str, what: str) -> Any:
        if key not in table:
            raise ZoneError(f"there is no {what} {key!r}", remedy=f"Known: {', '.join(list(table)[:40])}")
        return table[key]


def evaluate(expression: dict[str, Any], context: Context) -> Shape:
    """Turn an expression into a shape.

    Parameters
    ----------
    expression : dict
        One operator, checked by the schema.
    context : Context
        What it may refer to.

    Returns
    -------
    Shape
        Not yet checked for emptiness.

    Raises
    ------
    ZoneError
        It refers to what there is not, or cannot be drawn.
    """
    ((operator, value),) = expression.items()
    return OPERATORS[operator](value, context)


def references(expression: Any) -> set[str]:
    """Tell which zones an expression refers to.

    Parameters
    ----------
    expression : dict
        One operator.

    Returns
    -------
    set of str
        Zone ids; `not_along` may also name countries, which are left out.
    """
    found: set[str] = set()
    if isinstance(expression, dict):
        for key, value in expression.items():
            if key == "zone" and isinstance(value, str):
                found.add(value)
            elif key == "not_along":
                found.update(name for name in value if not name.isupper())
            else:
                found |= references(value)
    elif isinstance(expression, list):
        for item in expression:
            found |= references(item)
    return found


# ---------------------------------------------------------------------------------------------------------- operators


def _border_strip(value: dict[str, Any], context: Context) -> Shape:
    sides = [value["of"]] if isinstance(value["of"], str) else value["of"]
    border = strips.border(context.country(sides[0]), context.country(value["with"]))
    whole = value.get("whole", False)
    ends = () if whole else (context.place(value["from"]), context.place(value["to"]))
    stretch = strips.stretch(border, ends=ends, extend_km=tuple(value.get("extend_km", (0, 0))))
    land = shapely.union_all([context.country(side) for side in sides])
    area = strips.strip(stretch, land=land, depth_km=value["depth_km"], square=not whole)
    discs = [strips.disc(context.place(place), radius_km=INCLUDE_KM) for place in value.get("include", ())]
    return Shape(shapely.union_all([area, *discs]), stretch.line, ends_km=stretch.ends_km)


def _disc(value: dict[str, Any], context: Context) -> Shape:
    center = context.place(value["center"])
    return Shape(strips.disc(center, radius_km=value["radius_km"]), center=center)


def _corridor(value: dict[str, Any], context: Context) -> Shape:
    line = shapely.LineString([context.place(place) for place in value["line"]])
    frame = Frame.around(line)
    band = frame.forward(line).buffer(value["half_width_km"] * 1000, cap_style="flat", quad_segs=16)
    return Shape(frame.inverse(band), line)


def _ring(value: list[Any], context: Context) -> Shape:
    ring = shapely.Polygon([context.place(place) for place in value])
    if not ring.is_valid:
        raise ZoneError(f"the ring crosses itself ({shapely.is_valid_reason(ring)})")
    west, _, east, _ = ring.bounds
    if east - west > 180:
        raise ZoneError("the ring crosses the antimeridian", remedy="Split it there into a union of two rings")
    return Shape(ring)


def _admin1(value: dict[str, Any], context: Context) -> Shape:
    ids = [f"{value['country']}-{code}" for code in value["codes"]]
    missing = [name for name in ids if name not in context.provinces]
    if missing:
        raise ZoneError(f"there is no province {missing[0]!r}", remedy=_codes(value["country"], missing[0], context))
    return Shape(shapely.union_all([context.provinces[name] for name in ids]))


def _codes(country: str, wanted: str, context: Context) -> str:
    """Tell which codes a country's provinces have, those of names like the one wanted first."""
    names = {context.province_names.get(key, ""): key for key in context.provinces if key.startswith(f"{country}-")}
    if not names:
        return f"No province of {country} lies within the bounds of the theatre"
    near = get_close_matches(wanted.removeprefix(f"{country}-"), names, 3, 0.5)
    told = ", ".join(
        f'"{names[name].removeprefix(f"{country}-")}" ({name})' for name in near or sorted(names)[:MOST_CODES]
    )
    asked = "Did you mean" if near else f"{country} has"
    return f"{asked} {told}{'?' if near else '.'} The code of each: python -m geo theatre find NAME"


def _country(value: str, context: Context) -> Shape:
    return Shape(context.country(value))


def _zone(value: str, context: Context) -> Shape:
    return context.zone(value)


def _union(value: list[Any], context: Context) -> Shape:
    shapes = [evaluate(item, context) for item in value]
    return Shape(shapely.union_all([shape.area for shape in shapes]))


def _intersection(value: list[Any], context: Context) -> Shape:
    shapes = [evaluate(item, context) for item in value]
    area = shapes[0].area
    for shape in shapes[1:]:
        area = area.intersection(shape.area)
    # What it was drawn along or around is told by the first part that knows: "this strip, within Syria".
    drawn = next((shape for shape in shapes if shape.line is not None or shape.center is not None), shapes[0])
    return replace(drawn, area=area)


def _difference(value: list[Any], context: Context) -> Shape:
    first, *others = (evaluate(item, context) for item in value)
    return replace(first, area=first.area.difference(shapely.union_all([shape.area for shape in others])))


def _inset_strip(value: dict[str, Any], context: Context) -> Shape:
    area = context.zone(value["zone"]).area
    frame = Frame.around(area)
    near = shapely.box(*area.buffer(1).bounds)
    polygon = frame.forward(area)
    line = polygon.boundary
    for name in value.get("not_along", ()):
        other = context.country(name) if name.isupper() else context.zone(name).area
        line = line.difference(frame.forward(other.intersection(near)).buffer(OUTLINE_SLACK_KM * 1000))
    line = shapely.line_merge(line) if line.geom_type == "MultiLineString" else line
    band = line.buffer(value["depth_km"] * 1000, cap_style="flat").intersection(polygon)
    return Shape(frame.inverse(band), frame.inverse(line))


def _buffer_side(value: dict[str, Any], context: Context) -> Shape:
    area = context.zone(value["zone"]).area
    frame = Frame.around(area)
    wider = frame.inverse(frame.forward(area).buffer(value["km"] * 1000))
    return Shape(wider.intersection(context.country(value["within"])))


def _river_buffer(value: dict[str, Any], context: Context) -> Shape:
    country = context.country(value["within"])
    line = context.river(value["river"]).intersection(country)
    if line.is_empty:
        raise ZoneError(f"the {value['river']} does not flow through {value['within']}")
    frame = Frame.around(line)
    return Shape(frame.inverse(frame.forward(line).buffer(value["km"] * 1000)).intersection(country), line)


def _river_side(value: dict[str, Any], context: Context) -> Shape:
    country = context.country(value["country"])
    cuts = shapely.node(shapely.union_all([country.boundary, context.river(value["river"])]))
    inside = shapely.Point(context.place(value["contains"]))
    parts = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(cuts))))
    found = [part for part in parts if part.covers(inside)]
    if not found or found[0].area > 0.99 * country.area:
        raise ZoneError(f"the {value['river']} does not cut {value['country']} in two around {value['contains']!r}")
    return Shape(found[0].intersection(country))


def _outline(value: str, context: Context) -> Shape:
    if value not in context.outlines:
        raise ZoneError(f"there is no shape {value!r} beside the definition", remedy=f"Lay {value}.geojson beside it")
    return Shape(context.outlines[value])


Operator = Callable[[Any, Context], Shape]

OPERATORS: dict[str, Operator] = {
    "border_strip": _border_strip,
    "disc": _disc,
    "corridor": _corridor,
    "ring": _ring,
    "admin1": _admin1,
    "country": _country,
    "zone": _zone,
    "union": _union,
    "intersection": _intersection,
    "difference": _difference,
    "inset_strip": _inset_strip,
    "buffer_side": _buffer_side,
    "river_buffer": _river_buffer,
    "river_side": _river_side,
    "outline": _outline,
}
"""Every operator of the definition language. Each is described at the top of this file and in the schema."""
