"""Coordinates written in a text: "36.82 N, 38.01 E", "36°49'N 38°00'E", "coordinates 36.8219, 38.0117".

They are a place of their own, as exact as their last digit. What cannot be degrees is no place: 95° N, 70 minutes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.model import Place, PlaceKind, Toponym, ToponymRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.geocoders.gazetteer import Gazetteer

KM_PER_DEGREE = 111.2
LEAST_KM = 0.1
"""Radius at least: whoever writes a sixth decimal did not measure it."""
AROUND_KM = 25.0
"""The places within this distance tell the country, where they agree on it."""
MOST = 200
"""Coordinates of one article whose country is asked for."""
SURE = 0.98
_HINT = re.compile(r"\.\d{1,8}(?:\s?[NSEW]|,\s?[EW])|[°º˚]\s?(?:\d|[NSEW])|oordinates\b")
_ANGLE = (
    r"(\d{1,3}(?:\.\d{1,8})?)(\s?[°º˚])?"
    r"(?:\s?(\d{1,2}(?:\.\d{1,6})?)\s?['’′])?(?:\s?(\d{1,2}(?:\.\d{1,4})?)\s?(?:[\"”″]|''|’’|′′))?"
)
_AFTER = re.compile(rf"(?<![\w.°-]){_ANGLE}\s?([NS])(?:orth|outh)?,?\s(?:and\s)?{_ANGLE}\s?([EW])(?:ast|est)?(?!\w)")
_BEFORE = re.compile(rf"(?<!\w)([NS])\s?{_ANGLE},?\s?([EW])\s?{_ANGLE}(?![\w°])")
_PLAIN = re.compile(
    r"(?<!\w)[Cc]oordinates(?:\s(?:are|were|of|at)|:)?\s\(?((-?\d{1,2}\.\d{2,8}),\s?(-?\d{1,3}\.\d{2,8}))(?![\d.]\d)"
)


def add(text: str, found: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Add the coordinates of a text to its place names; what overlaps them is none.

    Parameters
    ----------
    text : str
        The article's text.
    found : sequence of Toponym
        Its place names, in text order.
    gazetteer : Gazetteer
        Tells the country.

    Returns
    -------
    tuple of Toponym
        In text order, not overlapping.
    """
    if _HINT.search(text) is None:
        return tuple(found)
    made: list[Toponym] = []
    for start, end, place in sorted(_written(text), key=lambda one: one[0]):
        if made and start < made[-1].end:
            continue
        known = _country(place, gazetteer) if len(made) < MOST else place
        made.append(
            Toponym(start, end, text[start:end], ToponymRole.LITERAL, known, SURE, "the text gives coordinates")
        )
    spans = [(one.start, one.end) for one in made]
    kept = _apart(found, spans)
    return tuple(sorted([*kept, *made], key=lambda one: one.start))


def _apart(found: Sequence[Toponym], spans: Sequence[tuple[int, int]]) -> Iterator[Toponym]:
    at = 0
    for toponym in found:
        while at < len(spans) and spans[at][1] <= toponym.start:
            at += 1
        if at == len(spans) or toponym.end <= spans[at][0]:
            yield toponym


def _written(text: str) -> Iterator[tuple[int, int, Place]]:
    for match in _AFTER.finditer(text):
        parts = match.groups()
        yield from _pair(match, parts[:4], parts[4], parts[5:9], parts[9])
    for match in _BEFORE.finditer(text):
        parts = match.groups()
        yield from _pair(match, parts[1:5], parts[0], parts[6:10], parts[5])
    for match in _PLAIN.finditer(text):
        lat, lon = float(match.group(2)), float(match.group(3))
        if abs(lat) <= 90 and abs(lon) <= 180:
            digits = min(len(match.group(k).partition(".")[2]) for k in (2, 3))
            yield match.start(1), match.end(1), _place(lon, lat, 0.5 * 10.0**-digits)


def _pair(
    match: re.Match[str],
    lat_parts: tuple[str | None, ...],
    north: str,
    lon_parts: tuple[str | None, ...],
    east: str,
) -> Iterator[tuple[int, int, Place]]:
    lat, lon = _degrees(lat_parts, 90.0), _degrees(lon_parts, 180.0)
    if lat is None or lon is None:
        return
    step = max(lat[1], lon[1])
    signed = (lat[0] if north == "N" else -lat[0]), (lon[0] if east == "E" else -lon[0])
    yield match.start(), match.end(), _place(signed[1], signed[0], step)


def _degrees(parts: tuple[str | None, ...], most: float) -> tuple[float, float] | None:
    """Give an angle in degrees and half its last digit, or None where the words cannot be one."""
    whole, sign, minutes, seconds = parts
    if whole is None or (sign is None and "." not in whole):
        return None  # "12 N" may be anything
    if (minutes or seconds) and "." in whole:
        return None
    if float(minutes or 0) >= 60 or float(seconds or 0) >= 60:
        return None
    value = float(whole) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    last, unit = (seconds, 3600.0) if seconds else (minutes, 60.0) if minutes else (whole, 1.0)
    step = 0.5 * 10.0 ** -len(last.partition(".")[2]) / unit
    return (value, step) if value <= most else None


def _place(lon: float, lat: float, step: float) -> Place:
    lon, lat = round(lon, 5), round(lat, 5)
    name = f"{abs(lat):g}°{'S' if lat < 0 else 'N'} {abs(lon):g}°{'W' if lon < 0 else 'E'}"
    radius = max(LEAST_KM, round(step * KM_PER_DEGREE * 1.5, 1))
    return Place(f"derived:{lat:.5f},{lon:.5f}", name, lon, lat, PlaceKind.FACILITY, radius)


def _country(place: Place, gazetteer: Gazetteer) -> Place:
    """Give the country, and the province, on which all places around agree; never one side of a border by chance."""
    near = gazetteer.near(place.lon, place.lat, AROUND_KM)
    countries, provinces = {one.country for one in near}, {one.admin1 for one in near}
    country = countries.pop() if len(countries) == 1 else None
    province = provinces.pop() if country and len(provinces) == 1 else None
    return Place(
        place.id, place.name, place.lon, place.lat, place.kind, place.radius_km, country=country, admin1=province
    )
