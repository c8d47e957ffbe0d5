"""From a place name to a point: the gazetteer, and geocoders that speak geopy's protocol.

``open_gazetteer()`` gives the gazetteer itself. :data:`GEOCODERS` names the geocoders; a new one is a module with a
class that has ``geocode(query, *, exactly_one=True)``, and one line here. Nothing asks the internet unless
``GEOCODERS["nominatim"]`` is called on purpose.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from geo import theatre

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geopy.location import Location

    from geo.geocoders.gazetteer import Gazetteer
    from geo.theatre import Theatre

__all__ = ["GEOCODERS", "GeocoderLike", "open_gazetteer"]


class GeocoderLike(Protocol):
    """What every geocoder here can do."""

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """Find a place by name; None if there is none."""

    def reverse(self, query: Any, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """Name the place at (lat, lon); None if there is none."""


def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """Open the gazetteer, unpacked first if need be; the same one for every caller.

    A user's own gazetteers (``python -m geo gazetteer``) are asked with the built one, the current theatre's places
    before them.

    Parameters
    ----------
    path : Path, optional
        An SQLite file, asked alone; by default the one in ``data/built`` with the user's own.

    Returns
    -------
    Gazetteer
        Ready to be asked.

    Raises
    ------
    DataError
        There is neither the file nor its packed copy, or one of the user's own is damaged.

    Examples
    --------
    >>> open_gazetteer().lookup("Hasakeh")[0].name
    'al-Hasakah'
    """
    if path is not None:
        return _alone(path)
    from geo.geocoders import installed

    # One that is added or taken away while the program runs makes another gazetteer.
    own = tuple((file, file.stat().st_mtime_ns) for file in installed.files())
    here = theatre.current()
    return _joined(own) if here.is_default else _of_theatre(here, own)


@lru_cache(maxsize=4)
def _alone(path: Path) -> Gazetteer:
    from geo.geocoders.gazetteer import Gazetteer
    from geo.geocoders.shapes import Shapes

    return Gazetteer(path, shapes=Shapes())


@lru_cache(maxsize=1)
def _joined(own: tuple[tuple[Path, int], ...]) -> Gazetteer:
    from geo.geocoders.unpack import default_file

    if not own:
        return _alone(default_file())
    from geo.geocoders import installed
    from geo.geocoders.joined import Joined
    from geo.geocoders.shapes import Shapes

    return Joined(default_file(), installed.opened(), shapes=Shapes())


@lru_cache(maxsize=4)
def _of_theatre(here: Theatre, own: tuple[tuple[Path, int], ...]) -> Gazetteer:  # noqa: ARG001 - a key, as above
    from geo.geocoders import installed
    from geo.geocoders.overlay import TheatreGazetteer
    from geo.geocoders.shapes import Shapes
    from geo.geocoders.unpack import default_file
    from geo.theatre.ground import built_folder

    shapes = Shapes(folder=built_folder(here), more=here.file("regions.yaml"))
    return TheatreGazetteer(default_file(), installed.opened(), theatre=here, shapes=shapes)


def _gazetteer(**options: Any) -> GeocoderLike:
    # geopy is imported when a geocoder is wanted: reading articles needs none.
    from geo.geocoders.offline import GazetteerGeocoder

    return GazetteerGeocoder(**options)


def _nominatim(**options: Any) -> GeocoderLike:
    from geo.geocoders.nominatim import NominatimGeocoder

    return NominatimGeocoder(**options)


GEOCODERS: dict[str, Callable[..., GeocoderLike]] = {"gazetteer": _gazetteer, "nominatim": _nominatim}
"""Geocoders by name; call one to make it."""
