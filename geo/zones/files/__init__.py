"""Reads areas out of files that strangers made: GeoJSON, KML, KMZ, GeoPackage and zipped shapefiles.

Each format has a small reader of its own, with limits. GDAL is not asked: it chooses what to do by what a file holds,
and a file that says it is GeoJSON can make it open another one. Nothing is written to disk, no name is used as a path.
"""

from __future__ import annotations

from geo.zones.files.limits import MAX_BYTES
from geo.zones.files.outlines import SUFFIXES, Outline, read_outlines

__all__ = ["MAX_BYTES", "SUFFIXES", "Outline", "read_outlines"]
