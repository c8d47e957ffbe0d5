"""Geocoding without the internet: the gazetteer behind geopy's protocol."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.geocoders.gazetteer import distance_km
from geo.model import Place, PlaceKind

if TYPE_CHECKING:
    from geo.geocoders.gazetteer import Gazetteer

__all__ = ["GazetteerGeocoder"]

NEAR_KM = 50.0
"""A place is taken to lie "in" a town of another name if it is this near to it."""
REVERSE_KM = 50.0
"""Farther than this from every known place, a point has no name."""


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Find places in the built gazetteer.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        By default the project's own.

    Raises
    ------
    DataError
        The gazetteer is missing and cannot be unpacked.

    Examples
    --------
    >>> GazetteerGeocoder().geocode("Tal Rifaat, Aleppo, Syria").address
    'Tal Rifaat, Aleppo, Syria'
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__(user_agent="borderlines")
        if gazetteer is None:
            from geo.geocoders import open_gazetteer

            gazetteer = open_gazetteer()
        self.gazetteer = gazetteer

    def geocode(self, query: str, *, exactly_one: bool = True, limit: int = 10) -> Location | list[Location] | None:
        """Find a place by name.

        Parameters
        ----------
        query : str
            A name, or a name and what it lies in: "Tal Rifaat, Aleppo, Syria". A container that is not known is passed
            over; one that is known must hold the place.
        exactly_one : bool, optional
            Give the best one instead of a list.
        limit : int, optional
            Length of the list.

        Returns
        -------
        geopy.location.Location, list of it, or None
            None if there is no such place. `raw` is the place as a dict.
        """
        name, *containers = [part.strip() for part in query.split(",") if part.strip()] or [""]
        known = [holders for holders in map(self.gazetteer.lookup, containers) if holders]
        # Another transliteration is tried only where nobody has the name as written.
        places = self.gazetteer.lookup(name) or self.gazetteer.lookup(name, loose=True)
        found = [
            place for place in places if all(any(_holds(holder, place) for holder in holders) for holders in known)
        ]
        return self._answer(found[:limit], exactly_one=exactly_one)

    def reverse(
        self, query: Point | tuple[float, float] | str, *, exactly_one: bool = True, limit: int = 10
    ) -> Location | list[Location] | None:
        """Name the known place nearest to a point.

        Parameters
        ----------
        query : geopy.point.Point, (lat, lon) or str
            Latitude first, as everywhere in geopy.
        exactly_one : bool, optional
            Give the nearest one instead of a list.
        limit : int, optional
            Length of the list.

        Returns
        -------
        geopy.location.Location, list of it, or None
            None if there is nothing within 50 km.
        """
        point = Point(query)
        found = self.gazetteer.near(point.longitude, point.latitude, REVERSE_KM)
        return self._answer(list(found[:limit]), exactly_one=exactly_one)

    def _answer(self, places: list[Place], *, exactly_one: bool) -> Location | list[Location] | None:
        locations = [self._location(place) for place in places[: 1 if exactly_one else None]]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def _location(self, place: Place) -> Location:
        country = self.gazetteer.get(f"country:{place.country}") if place.country else None
        parts = [place.name, place.admin1, country.name if country else None]
        address = ", ".join(dict.fromkeys(part for part in parts if part))
        # Geometry is left out: raw is what would be sent on or written down.
        raw: dict[str, Any] = {field.name: getattr(place, field.name) for field in fields(place)}
        raw.pop("geometry")
        return Location(address, (place.lat, place.lon), raw | {"kind": place.kind.value})


def _holds(container: Place, place: Place) -> bool:
    """Tell whether a place lies in a container, by its codes where it has them, else by distance."""
    if container.id == place.id:
        return False
    if container.kind is PlaceKind.COUNTRY:
        return place.country == container.country
    if container.kind is PlaceKind.ADMIN1:
        return place.country == container.country and place.admin1 == container.name
    apart = distance_km(container.lon, container.lat, place.lon, place.lat)
    return apart <= max(NEAR_KM, container.radius_km)
