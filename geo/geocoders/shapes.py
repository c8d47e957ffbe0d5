"""The lines and areas of places that are not points, drawn from the basemap when first asked for.

A place names its shape by a key: ``admin1:SYR-04``, ``country:SYR``, ``river:Euphrates``, or ``region:badia`` for a
rule in ``data/sources/regions.yaml``. The rules are few and small on purpose; zones have a language of their own.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo import sources
from geo.errors import InputError
from geo.paths import BUILT, SOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

KM_PER_DEGREE = 111.195
CUTS = frozenset({"north_of", "south_of", "east_of", "west_of"})
WORDS = frozenset({"country", "admin1", "ring", "border", "line", "side_of", "toward", "along", "within_km"}) | CUTS
"""What a rule may say."""
BORDER_GAP = 0.002
"""Degrees by which two neighbours' edges may miss each other after rounding."""
RIVER_GAP = 0.03
"""Degrees: half the widest gap between two pieces of one river."""


class Shapes:
    """Gives the geometry of a shape key.

    Parameters
    ----------
    folder : Path, optional
        Folder of the built basemap.
    rules : Path, optional
        ``regions.yaml``.
    more : Path, optional
        A theatre's own, whose rules come first.
    """

    def __init__(
        self, *, folder: Path = BUILT, rules: Path = SOURCES / "regions.yaml", more: Path | None = None
    ) -> None:
        self._folder = folder
        self._rules = rules
        self._more = more
        self._shape = lru_cache(maxsize=None)(self._made)

    def __call__(self, key: str) -> BaseGeometry | None:
        """Give the shape of a key.

        Parameters
        ----------
        key : str
            Such as "admin1:SYR-04".

        Returns
        -------
        geometry or None
            EPSG:4326; None where the basemap has no such shape.

        Raises
        ------
        InputError
            A rule cannot be read.
        """
        return self._shape(key)

    # ------------------------------------------------------------------------------------------------ private steps

    def _made(self, key: str) -> BaseGeometry | None:
        sort, _, name = key.partition(":")
        if sort == "region":
            return self._region(name)
        layer, field = {
            "admin1": ("provinces", "id"),
            "country": ("countries", "iso3"),
            "river": ("rivers", "name"),
        }[sort]
        return self._by(layer, field).get(name)

    @lru_cache(maxsize=8)  # noqa: B019 - one object lives as long as the process
    def _by(self, layer: str, field: str) -> dict[str, BaseGeometry]:
        from geo import basemap

        if not basemap.path(layer, folder=self._folder).exists():
            return {}
        features = basemap.load(layer, folder=self._folder)
        return {feature.properties[field]: feature.geometry for feature in features}

    @lru_cache(maxsize=1)  # noqa: B019 - one object lives as long as the process
    def _book(self) -> dict[str, dict[str, Any]]:
        files = [self._rules, *([self._more] if self._more else [])]
        entries = [entry for file in files for entry in sources.load(file.name, file.parent)["regions"]]
        return {entry["id"]: entry["area"] for entry in entries if "area" in entry}

    def _region(self, name: str) -> BaseGeometry | None:
        rule = self._book().get(name)
        if rule is None:
            return None
        unknown = sorted(set(rule) - WORDS)
        if unknown:
            raise InputError(
                f"region {name!r}: unknown words {', '.join(unknown)}",
                path=self._rules,
                remedy=f"Use {', '.join(sorted(WORDS))}",
            )
        return self._cut(self._base(rule), rule)

    def _base(self, rule: dict[str, Any]) -> BaseGeometry | None:
        import shapely

        countries, provinces = self._by("countries", "iso3"), self._by("provinces", "id")
        if "border" in rule:
            one, other = (countries.get(iso3) for iso3 in rule["border"])
            return None if one is None or other is None else _common_border(one, other)
        if "line" in rule:
            return shapely.LineString(rule["line"])
        if "country" in rule:
            return countries.get(rule["country"])
        if "admin1" in rule:
            found = [provinces[key] for key in rule["admin1"] if key in provinces]
            return shapely.union_all(found) if len(found) == len(rule["admin1"]) else None
        return shapely.Polygon(rule["ring"])

    def _cut(self, shape: BaseGeometry | None, rule: dict[str, Any]) -> BaseGeometry | None:
        import shapely

        if shape is None:
            return None
        box = shapely.box(
            rule.get("east_of", -180), rule.get("north_of", -90), rule.get("west_of", 180), rule.get("south_of", 90)
        )
        if CUTS & set(rule):
            shape = shape.intersection(box)
        if "ring" in rule:
            shape = shape.intersection(shapely.Polygon(rule["ring"]))
        river = self._by("rivers", "name").get(rule.get("along") or rule.get("side_of") or "")
        if "along" in rule:
            return None if river is None else shape.intersection(_widened(river, rule["within_km"]))
        if "side_of" in rule:
            return None if river is None else _side(shape, river, shapely.Point(rule["toward"]))
        return shape


def _common_border(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Cut out the part of one country's edge that lies on the other's."""
    import shapely

    line = one.boundary.intersection(other.boundary.buffer(BORDER_GAP))
    parts = [part for part in shapely.get_parts(line) if part.length > BORDER_GAP]
    return shapely.line_merge(shapely.union_all(parts))


def _widened(line: BaseGeometry, km: float) -> BaseGeometry:
    """Draw a strip along a line; longitude is stretched first, so that it is as wide in kilometres both ways."""
    from shapely import affinity

    squeeze = math.cos(math.radians(line.centroid.y))
    flat = affinity.scale(line, xfact=squeeze, yfact=1.0, origin=(0, 0))
    return affinity.scale(flat.buffer(km / KM_PER_DEGREE), xfact=1 / squeeze, yfact=1.0, origin=(0, 0))


def _side(shape: BaseGeometry, river: BaseGeometry, toward: BaseGeometry) -> BaseGeometry | None:
    """Cut out the part of a shape that lies on the same side of a river as a point."""
    import shapely

    # Pieces of a course end a little short of one another at lakes and borders: they are widened to meet, the
    # part is found, and what widening took from it is given back.
    bank = river.buffer(RIVER_GAP)
    parts = [part for part in shapely.get_parts(shape.difference(bank)) if part.distance(toward) == 0]
    return parts[0].buffer(RIVER_GAP).intersection(shape) if parts else None
