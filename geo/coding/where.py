"""Where it happened: the place name that belongs to the event."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.coding.patterns import pattern
from geo.model import POINT_KINDS, GeoPrecision, Place, PlaceKind, ToponymRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.coding.context import Context
    from geo.coding.lexicon import Span
    from geo.model import Toponym

_IN = pattern("where_in")
_FROM = pattern("where_from")
_DISTANCE = pattern("where_distance")
_TOLD_IN = pattern("where_told_in")
_TITLE = pattern("where_title")
_STREET = pattern("where_street")
_ADDRESS = pattern("where_address")
_LIES = pattern("where_lies")
_PART_OF = pattern("where_part_of")
_SAID_BY = pattern("where_said_by")
_OUT_OF = pattern("where_out_of")
_DONE_TO = pattern("where_done_to")
_BASED = pattern("where_based")
_MET_IN = pattern("where_met_in")
_ABOUT = pattern("where_about")
_CONTEXT = pattern("where_context")
FINE = 3.0
"""Rank of a place that needs no finer one."""
_DEED_REACH = 90
"""Characters before a name in which the deed to somebody there stands."""
_VAGUE_KM = 20.0
"""From this radius "south of Baghdad" is no place yet."""
_SAID_REACH = 80
"""Characters between the words of a meeting and its place."""
_COARSE = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT})
_MIDDLE = frozenset(
    {
        PlaceKind.ADMIN1,
        PlaceKind.REGION,
        PlaceKind.BORDER,
        PlaceKind.RIVER,
        PlaceKind.ROAD,
        PlaceKind.WATER,
        PlaceKind.ZONE,
        PlaceKind.MOUNTAIN,
    }
)
_HAPPENS = frozenset({ToponymRole.LITERAL, ToponymRole.CONTAINER})
"""Roles of names that can be where something happened."""
_SMALL = frozenset(
    {
        PlaceKind.VILLAGE,
        PlaceKind.DISTRICT,
        PlaceKind.BASE,
        PlaceKind.CAMP,
        PlaceKind.PRISON,
        PlaceKind.DAM,
        PlaceKind.BRIDGE,
        PlaceKind.CROSSING,
        PlaceKind.FACILITY,
    }
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place chosen for an event, with the reason."""

    toponym: Toponym
    place: Place
    confidence: float
    reason: str


def rank(place: Place) -> float:
    """How finely a place is told: 3 a town or finer, 2 a district, 1.5 a province or a line, 0.5 a country."""
    if place.kind in _COARSE:
        return 0.5
    if place.kind in POINT_KINDS:
        return 3.2 if place.kind in _SMALL else 3.0
    return 2.0 if place.kind is PlaceKind.ADMIN2 else 1.5


def is_vague(place: Place) -> bool:
    """Tell a place of which only the direction from a town is told: "south of Baghdad", not "40 km south of it"."""
    away = place.id.startswith("derived:") and "@" in place.id and place.kind in POINT_KINDS
    return away and place.radius_km >= _VAGUE_KM and not any(sign.isdigit() for sign in place.note or "")


def agrees(fine: Place, vague: Place) -> bool:
    """Tell whether a place may be what lies "south of Baghdad": no farther than that, and not Baghdad itself."""
    if is_vague(fine) or fine.country != vague.country or vague.id.startswith(f"derived:{fine.id}@"):
        return False
    return km_between(fine, vague) <= 2.0 * vague.radius_km


def km_between(one: Place, other: Place) -> float:
    """Give the distance in kilometres, on a sphere, near enough for places of one story."""
    east = math.radians(other.lon - one.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 6371.0 * math.hypot(east, math.radians(other.lat - one.lat))


def precision(place: Place) -> GeoPrecision:
    """Give ACLED's geo precision of a place."""
    if place.kind in POINT_KINDS:
        return GeoPrecision.PLACE if place.note is None else GeoPrecision.AREA
    return GeoPrecision.AREA if place.kind is PlaceKind.ADMIN2 else GeoPrecision.REGION


def where(context: Context, trigger: Span, *, strict: bool = False) -> Spot | None:
    """Choose the place of an event among the names of its own sentence.

    Metonyms, demonyms and datelines are never places of events; a container only where nothing finer is named.
    With `strict`, names of the event's own clause go before all others.

    Returns
    -------
    Spot or None
        None when the sentence names no place.
    """
    clause = context.clause(trigger)
    best: tuple[float, Toponym, Place] | None = None
    for toponym in context.toponyms:
        place = usable(toponym)
        if place is None or _only_told_there(context, toponym) or _ADDRESS.match(context.text, toponym.end):
            continue
        if rank(place) < 2.0 and _OUT_OF.search(
            context.text, max(context.sentence.start, toponym.start - 30), toponym.start
        ):
            continue  # "peacekeepers from Burundi", "rockets fired from Syria"
        weight = rank(place) + _fit(context, toponym, trigger, clause)
        if strict and clause[0] <= toponym.start < clause[1]:
            weight += 5.0
        if best is None or weight > best[0]:
            best = (weight, toponym, place)
    if best is None:
        return None
    _, toponym, place = best
    return Spot(toponym, place, toponym.confidence, f"{toponym.text!r} stands in the sentence: {toponym.reason}")


def _only_told_there(context: Context, toponym: Toponym) -> bool:
    """Tell whether only the one who tells it is there: "an official in Baghdad said", "the Baghdad-based agency"."""
    text, start = context.text, context.sentence.start
    if _BASED.match(text, toponym.end):
        return True
    if _SAID_BY.search(text, max(start, toponym.start - 24), toponym.start) is None:
        return False
    # "shot dead an official in Baghdad" tells where he died.
    return _DONE_TO.search(text, max(start, toponym.start - _DEED_REACH), toponym.start) is None


def where_said(context: Context, trigger: Span) -> Spot | None:
    """Choose the place of something said or of a meeting: only where the words say "in X", never what it is about."""
    for toponym in context.toponyms:
        place = usable(toponym)
        before = context.text[max(context.sentence.start, toponym.start - 40) : toponym.start]
        near = max(toponym.start - trigger[1], trigger[0] - toponym.end, 0) <= _SAID_REACH
        if place is not None and near and _MET_IN.search(before) and not _ABOUT.search(before):
            return Spot(
                toponym, place, toponym.confidence, f"{toponym.text!r} is where they met or spoke: {toponym.reason}"
            )
    return None


def usable(toponym: Toponym) -> Place | None:
    """Give the place of a name that can be where something happened, else None."""
    return toponym.place if toponym.role in _HAPPENS else None


def _fit(context: Context, toponym: Toponym, trigger: Span, clause: Span) -> float:
    before = context.lower[max(context.sentence.start, toponym.start - 50) : toponym.start]
    weight = 0.0
    if clause[0] <= toponym.start < clause[1]:
        weight += 0.8
    if _IN.lower.search(before):
        weight += 0.5
    if _FROM.lower.search(before):
        weight -= 0.8
    if _DISTANCE.lower.search(before):
        weight -= 1.2
    if _CONTEXT.lower.search(before):
        weight -= 2.0
    if _TOLD_IN.lower.search(before):
        weight -= 1.5
    if _TITLE.lower.search(before):
        weight -= 2.5
    if _STREET.match(context.text, toponym.end):
        weight -= 3.5
    if _LIES.lower.search(before):
        weight -= 2.5
    if toponym.role is ToponymRole.CONTAINER or _PART_OF.lower.search(before):
        weight -= 1.3
    distance = max(toponym.start - trigger[1], trigger[0] - toponym.end, 0)
    return weight - min(distance, 200) / 250


def finer(coarse: Place | None, contexts: Iterable[Context], *, reach: str) -> Spot | None:
    """Look for a finer place inside `coarse` in other sentences.

    Parameters
    ----------
    coarse : Place or None
        What the event's own sentence says; the finer place must lie in the same country and province.
    contexts : iterable of Context
        Sentences to look at, nearest first.
    reach : str
        What they are to the event, for the reason: "next sentence".
    """
    vague = coarse is not None and is_vague(coarse)
    floor = max(rank(coarse) if coarse is not None and not vague else 0.0, 1.0)
    # A town two sentences away says more than the border in the next one.
    tries = [(context, least) for least in (FINE - 0.1, floor) for context in contexts]
    for context, least in tries:
        best: tuple[float, Toponym, Place] | None = None
        for toponym in context.toponyms:
            place = usable(toponym)
            before = context.lower[max(context.sentence.start, toponym.start - 50) : toponym.start]
            if (
                place is None
                or rank(place) <= max(floor, least)
                or not _inside(place, coarse)
                or _LIES.lower.search(before)
            ):
                continue
            weight = rank(place) + _fit(context, toponym, (context.sentence.start, context.sentence.start), (0, 0))
            if best is None or weight > best[0]:
                best = (weight, toponym, place)
        if best is not None:
            return Spot(
                best[1], best[2], best[1].confidence * 0.8, f"{best[1].text!r} stands in the {reach}: {best[1].reason}"
            )
    return None


def _inside(place: Place, coarse: Place | None) -> bool:
    if coarse is None:
        return True
    if is_vague(coarse):
        return rank(place) >= FINE and agrees(place, coarse)
    if coarse.country is not None and place.country != coarse.country:
        return False
    if coarse.kind is PlaceKind.ADMIN1 and place.admin1 is not None:
        return place.admin1 in {coarse.name, coarse.admin1}
    return True


def focus(contexts: Sequence[Context]) -> Spot | None:
    """Give the one fine place that the article is about, where there is one."""
    counts: dict[str, int] = {}
    first: dict[str, tuple[Toponym, Place]] = {}
    for context in contexts:
        for toponym in context.toponyms:
            place = usable(toponym)
            if place is not None and rank(place) >= 2.0 and not _only_told_there(context, toponym):
                counts[place.id] = counts.get(place.id, 0) + 1
                first.setdefault(place.id, (toponym, place))
    if not counts:
        return None
    ordered = sorted(counts.items(), key=lambda item: (-item[1], first[item[0]][0].start))
    if len(ordered) > 1 and ordered[0][1] == ordered[1][1]:
        return None
    toponym, place = first[ordered[0][0]]
    return Spot(toponym, place, toponym.confidence * 0.5, f"the article's main place is {toponym.text!r}")
