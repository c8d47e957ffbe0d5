"""From a place name to a point: the gazetteer, and geocoders that speak geopy's protocol.

``open_gazetteer()`` gives the gazetteer itself. :data:`GEOCODERS` names the geocoders; a new one is a module with a
class that has ``geocode(query, *, exactly_one=True)``, and one line here. Nothing asks the internet unless
``GEOCODERS["nominatim"]`` is called on purpose.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geopy.location import Location

    from geo.geocoders.gazetteer import Gazetteer

__all__ = ["GEOCODERS", "GeocoderLike", "open_gazetteer"]


class GeocoderLike(Protocol):
    """What every geocoder here can do."""

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """Find a place by name; None if there is none."""

    def reverse(self, query: Any, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """Name the place at (lat, lon); None if there is none."""


@lru_cache(maxsize=4)
def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """Open the gazetteer, unpacked first if need be; the same one for every caller.

    Parameters
    ----------
    path : Path, optional
        An SQLite file made by the build; by default the one in ``data/built``.

    Returns
    -------
    Gazetteer
        Ready to be asked.

    Raises
    ------
    DataError
        There is neither the file nor its packed copy.

    Examples
    --------
    >>> open_gazetteer().lookup("Hasakeh")[0].name
    'al-Hasakah'
    """
    from geo.geocoders.gazetteer import Gazetteer
    from geo.geocoders.shapes import Shapes
    from geo.geocoders.unpack import default_file

    return Gazetteer(path or default_file(), shapes=Shapes())


def _gazetteer(**options: Any) -> GeocoderLike:
    # geopy is imported when a geocoder is wanted: reading articles needs none.
    from geo.geocoders.offline import GazetteerGeocoder

    return GazetteerGeocoder(**options)


def _nominatim(**options: Any) -> GeocoderLike:
    from geo.geocoders.nominatim import NominatimGeocoder

    return NominatimGeocoder(**options)


GEOCODERS: dict[str, Callable[..., GeocoderLike]] = {"gazetteer": _gazetteer, "nominatim": _nominatim}
"""Geocoders by name; call one to make it."""
