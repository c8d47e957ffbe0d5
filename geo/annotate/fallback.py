"""Asks a geocoder for the names that the gazetteer does not have. Off unless somebody chooses it.

Only names of places where something happened are asked for, so few words leave the machine, and each of them once.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from geo import sources
from geo.errors import GeocodingError
from geo.model import Place, PlaceKind, ToponymRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geopy.location import Location

    from geo.geocoders import GeocoderLike
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Annotation, Toponym

CLEAR_FOCUS: Final = 0.6
"""An article is about a country if this share of its placed names lies there."""
GIVE_UP: Final = 3
"""Failures in a row after which a service is not asked any more."""
SURE_IN_COUNTRY: Final = 0.4
"""What an answer from outside is worth beside one of the gazetteer, where the country was known."""
SURE_ALONE: Final = 0.25
"""The same where only the name was."""
UNKNOWN: Final = "not in the gazetteer"
"""How the note of a place begins that stands for one the gazetteer does not have."""
LEAST_KM: Final = 1.0
UNKNOWN_KM: Final = 10.0
"""Radius of an answer that tells nothing of its size."""
KM_PER_DEGREE: Final = 111.2
CREDITS: Final[Mapping[str, str]] = {"nominatim": "Nominatim; © OpenStreetMap contributors"}
_HERE = frozenset({ToponymRole.LITERAL, ToponymRole.CONTAINER, ToponymRole.DATELINE})


@dataclass(slots=True)
class Fallback:
    """A geocoder to ask, and how it went.

    Parameters
    ----------
    name : str
        Its name in ``GEOCODERS``.
    geocoder : GeocoderLike
        Asked with "name, country" or the name alone.
    """

    name: str
    geocoder: GeocoderLike
    asked: int = 0
    """Questions put to it, those it remembers among them."""
    answered: int = 0
    unasked: int = 0
    """Names left unplaced because it failed."""
    error: GeocodingError | None = None
    """Why it failed the last time."""
    _in_a_row: int = field(default=0, repr=False)

    def trouble(self) -> str:
        """Say what it did not answer."""
        names = "1 name was" if self.unasked == 1 else f"{self.unasked} names were"
        return f"{names} left without a place. {self.error}"

    def locations(self, query: str) -> list[Location] | None:
        """Ask; None when there was no answer, an empty list when there is no such place."""
        if self._in_a_row >= GIVE_UP:
            return None
        self.asked += 1
        try:
            found = self.geocoder.geocode(query, exactly_one=False)
        except GeocodingError as error:
            self.error = error
            self._in_a_row += 1
            return None
        self._in_a_row = 0
        return found if isinstance(found, list) else [found] if found else []


def fill(
    annotation: Annotation, spans: Iterable[tuple[int, int]], *, fallback: Fallback, gazetteer: Gazetteer
) -> Annotation:
    """Place the names that the gazetteer could not, where something happened.

    Parameters
    ----------
    annotation : Annotation
        Of one article.
    spans : iterable of (int, int)
        Offsets of the sentences that tell of an event.
    fallback : Fallback
        Whom to ask.
    gazetteer : Gazetteer
        Names of countries.

    Returns
    -------
    Annotation
        The same one where nothing was placed. A service that fails leaves names as they were; see `fallback.error`.
    """
    told = sorted(set(spans))
    focus = _focus(annotation.toponyms)
    filled: list[Toponym] = []
    for toponym in annotation.toponyms:
        span = next((s for s in told if s[0] <= toponym.start < s[1]), None)
        if not _is_unknown(toponym.place) or toponym.role is not ToponymRole.LITERAL or span is None:
            filled.append(toponym)
            continue
        within = toponym.place.country if toponym.place else None
        beside = _focus(t for t in annotation.toponyms if span[0] <= t.start < span[1])
        filled.append(_asked(toponym, within or beside or focus, fallback, gazetteer))
    if all(before is after for before, after in zip(annotation.toponyms, filled, strict=True)):
        return annotation
    return replace(annotation, toponyms=tuple(filled))


def _is_unknown(place: Place | None) -> bool:
    """Whether the gazetteer did not have the name: then it has no place, or only "somewhere in Syria"."""
    return place is None or (place.note or "").startswith(UNKNOWN)


def _focus(toponyms: Iterable[Toponym]) -> str | None:
    """Give the country that placed names lie in, where it is clear."""
    counts = Counter(t.place.country for t in toponyms if t.place and t.place.country and t.role in _HERE)
    if not counts:
        return None
    country, most = counts.most_common(1)[0]
    return country if most >= CLEAR_FOCUS * counts.total() else None


def _asked(toponym: Toponym, country: str | None, fallback: Fallback, gazetteer: Gazetteer) -> Toponym:
    holder = gazetteer.get(f"country:{country}") if country else None
    query = f"{toponym.text}, {holder.name}" if holder else toponym.text
    locations = fallback.locations(query)
    if locations is None:
        fallback.unasked += 1
        return toponym
    places = [p for p in (_place(location, fallback.name, gazetteer) for location in locations) if p is not None]
    if holder is not None:
        places = [place for place in places if place.country in (None, country)]
    elif len({place.country for place in places}) > 1:
        # Namesakes in several countries, and nothing in the article tells which one.
        return toponym
    if not places:
        return toponym
    fallback.answered += 1
    # The confidence of "somewhere in Syria" is that of the vagueness, which the answer ends.
    sure = (SURE_IN_COUNTRY if holder else SURE_ALONE) * (toponym.confidence if toponym.place is None else 1.0)
    reason = f"not in the gazetteer; {fallback.name} was asked for {query!r}"
    return replace(toponym, place=places[0], confidence=round(sure, 3), reason=reason)


def _place(location: Location, source: str, gazetteer: Gazetteer) -> Place | None:
    """Turn an answer into a place; None where it is no kind of place that news happens in."""
    raw: Mapping[str, Any] = location.raw if isinstance(location.raw, dict) else {}
    told = raw.get("kind") or _kinds().get(raw.get("addresstype") or "") or _kinds().get(raw.get("type") or "")
    parts = [part.strip() for part in str(location.address).split(",")]
    if told is None or told == PlaceKind.COUNTRY:
        return None
    countries = [place for place in gazetteer.lookup(parts[-1]) if place.kind is PlaceKind.COUNTRY]
    known = "osm_type" in raw and "osm_id" in raw
    return Place(
        id=f"osm:{raw['osm_type']}/{raw['osm_id']}" if known else f"{source}:{location.longitude},{location.latitude}",
        name=raw.get("name") or parts[0],
        lon=location.longitude,
        lat=location.latitude,
        kind=PlaceKind(told),
        radius_km=_radius_km(raw, location.latitude),
        country=countries[0].country if countries else None,
        note=CREDITS.get(source, source),
    )


def _radius_km(raw: Mapping[str, Any], lat: float) -> float:
    """Give the radius that holds the answer's bounding box."""
    if "radius_km" in raw:
        return float(raw["radius_km"])
    try:
        south, north, west, east = (float(part) for part in raw["boundingbox"])
    except (KeyError, TypeError, ValueError):
        return UNKNOWN_KM
    wide = (east - west) * math.cos(math.radians(lat))
    return round(max(math.hypot(north - south, wide) / 2 * KM_PER_DEGREE, LEAST_KM), 1)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Any]:
    return dict(sources.load("osm_kinds.yaml"))
