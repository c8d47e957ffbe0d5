"""The phrases that describe a place by another: "25 km north of", "the countryside of", "between ... and"."""

from __future__ import annotations

import re

BEARINGS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
"""Degrees clockwise from north."""
KM_PER_UNIT = {"km": 1.0, "kilom": 1.0, "mile": 1.609344, "mi": 1.609344}
FEW_KM = 20.0
"""What "a few kilometres" or "dozens of kilometres" are taken for."""
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_UNIT = r"[- ]?(km|kilom|mile|mi)[a-z]* (?:\([^)]{1,20}\) )?"
_DIRECTION = r"(north|south|east|west)[- ]?(?:(east|west))?(?:ern)?"
_NOUN = r"(?:the )?(?:[a-z]+ of )?\Z"
DISTANCE = re.compile(
    rf"(?:{_NUMBER}|(few|several|dozens of|tens of|some)){_UNIT}(?:to the )?{_DIRECTION} (?:of|from) {_NOUN}",
    re.IGNORECASE,
)
AWAY = re.compile(rf"{_NUMBER}{_UNIT}(?:away )?(?:from|outside|off) {_NOUN}", re.IGNORECASE)
BEYOND = re.compile(rf"(?<!\bin the )(?<!\bthe )\b{_DIRECTION} of {_NOUN}", re.IGNORECASE)
PART = re.compile(
    rf"\b{_DIRECTION}(?: (?:parts?|side|countryside|outskirts|suburbs|areas?|regions?|sector|edge) of)?"
    r"(?: of)?(?: the)?(?: city of| province of)? \Z",
    re.IGNORECASE,
)
AROUND = re.compile(
    r"\b(near|outside|around|surrounding|close to|not far from"
    r"|(?:countryside|outskirts|suburbs?|vicinity|environs|surroundings) of)(?: the)?(?: (?:city|town|village) of)? \Z",
    re.IGNORECASE,
)
AROUND_AFTER = re.compile(
    r"(?:['\u2019]s?)? (?:(northern|southern|eastern|western|rural) )?(countryside|outskirts|suburbs?|area|vicinity)\b"
)
PROVINCE = re.compile(r" (?:province|governorate|state|region)\b")
CLOSE_BY = frozenset({"near", "close to", "outside"})
LAST_WORDS = frozenset(
    {
        "of",
        "from",
        "off",
        "outside",
        "near",
        "around",
        "surrounding",
        "to",
        "the",
        "city",
        "town",
        "village",
        "province",
        *BEARINGS,
    }
)
"""Last words before a name that can begin a description; everything else is not looked at further."""
JOINED = re.compile(
    r" and (?:the )?(?:[a-z]+ (?:of )?)?\Z|\s?[\u2013\u2014-]\s?\Z| to (?:the )?(?:[a-z]+ of )?\Z| through \Z"
)
OPENED = re.compile(
    r"\b(between|from|stretch from|stretches from|linking|connecting) (?:the )?"
    r"(?:(?:towns|cities|villages|town|city|village) of )?\Z",
    re.IGNORECASE,
)
DASHES = ("-", "\u2013", "\u2014")


def bearing(found: re.Match[str], group: int = 1) -> float:
    """Give the bearing of a phrase whose direction begins at `group`, in degrees."""
    return BEARINGS[(found.group(group) + (found.group(group + 1) or "")).lower()]


def kilometres(number: str | None, unit: str) -> float:
    """Give a distance in kilometres; `number` is None for "a few"."""
    value = float(number.replace(",", ".")) if number else FEW_KM
    return value * KM_PER_UNIT[unit.lower()]
