"""What a person says of a shape, written as a definition: its name, its days, its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from geo.errors import ZoneError

if TYPE_CHECKING:
    from datetime import date

DEFAULT_KIND = "area_of_interest"


@dataclass(frozen=True, slots=True)
class Claim:
    """A zone in the words of whoever adds it."""

    name: str
    first: date | None = None
    """First day in force; None = open."""
    last: date | None = None
    """Last day in force; None = open."""
    source: str = ""
    """Title of what it rests on; without one the zone is drawn dashed, as not confirmed."""
    publisher: str = ""
    url: str = ""
    note: str = ""
    """What it is."""
    kind: str = DEFAULT_KIND
    confidence: str = "medium"
    """Of its outline and days: high, medium or low."""


def definition_of(claim: Claim, zone_id: str) -> str:
    """Write the definition of a zone whose shape lies beside it.

    Parameters
    ----------
    claim : Claim
    zone_id : str
        Also the name of the shape.

    Returns
    -------
    str
        YAML; most of it has not been checked yet.

    Raises
    ------
    ZoneError
        It has no name, or its days are reversed.
    """
    if not _line(claim.name):
        raise ZoneError("the zone has no name", remedy="Give it one")
    if claim.first and claim.last and claim.first > claim.last:
        raise ZoneError(f"the days are reversed: {claim.first} is after {claim.last}", zone=_line(claim.name))
    source: dict[str, Any] = {"title": _line(claim.source), "publisher": _line(claim.publisher) or "not given"}
    record: dict[str, Any] = {
        "id": zone_id,
        "name": _line(claim.name),
        "kind": claim.kind,
        "valid": [None if day is None else day.isoformat() for day in (claim.first, claim.last)],
        "definition": claim.note.strip() or "An area drawn by hand, without a note.",
        "sources": [source | {"date": None} | ({"url": claim.url.strip()} if claim.url.strip() else {})]
        if source["title"]
        else [],
        "confidence": {"dates": claim.confidence, "geometry": claim.confidence},
        "unconfirmed": [] if source["title"] else ["dates", "geometry"],
        "geometry": {"outline": zone_id},
    }
    return yaml.safe_dump({"zones": [record]}, allow_unicode=True, sort_keys=False, width=110)


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
