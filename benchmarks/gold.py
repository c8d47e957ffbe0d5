"""Events coded by hand beside events coded by the program: which are the same, and what differs.

The matching is one to one within an article, best agreement first. A coded event that fits a gold event which has
found a better one is a doubling; one that fits none was never told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo.annotate.actors import home_country, lexicon
from geo.frame import drawn
from geo.merge import load_limits
from geo.model import EVENT_TYPE_OF, EVENTS_OF_THE_DAY, EventType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geo.model import Event, Report

VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.RIOTS})
ENOUGH = 3.0
"""Agreement from which two tellings are taken for one event."""
NEAR_KM = 25.0
"""A place this near is right, or within the gold event's own tolerance where that is wider."""
DOT_KM = 10.0
"""The same for a dot on the map, which is read more closely."""
_EARTH_KM = 6371.0088
_OF_STATE = ("Government of ", "Military Forces of ", "Police Forces of ")


@dataclass(frozen=True, slots=True)
class Gold:
    """One event as a careful analyst codes it."""

    sub_event_type: str
    days: tuple[date, date] | None
    """None where the text does not tell."""
    known_days: tuple[date, date] | None
    """What other sources tell: not asked for, not wrong."""
    place: str | None
    lon: float | None
    lat: float | None
    within_km: float
    actor1: str | None
    actor2: str | None
    status: Status
    fatalities: tuple[int, int] | None

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Gold:
        """Read a row of the gold files."""
        days, known = row["days"], row.get("known_days")
        return cls(
            sub_event_type=row["sub_event_type"],
            days=tuple(days) if days else None,
            known_days=tuple(known) if known else None,
            place=row["place"],
            lon=row.get("lon"),
            lat=row.get("lat"),
            within_km=float(row.get("within_km", 0.0)),
            actor1=row["actor1"],
            actor2=row["actor2"],
            status=Status(row["status"]),
            fatalities=tuple(row["fatalities"]) if row["fatalities"] else None,
        )

    @property
    def of_the_day(self) -> bool:
        """It is an event that a map shows unless asked for more."""
        return self.status in EVENTS_OF_THE_DAY


@dataclass(slots=True)
class Compared:
    """One article's events, gold and coded, matched."""

    name: str
    gold: Sequence[Gold]
    coded: Sequence[Report]
    pairs: list[tuple[Gold, Report]] = field(default_factory=list)
    missed: list[Gold] = field(default_factory=list)
    doubled: list[Report] = field(default_factory=list)
    """Coded events that tell a gold event once more."""
    untold: list[Report] = field(default_factory=list)
    """Coded events that no gold event fits."""

    def false_dots(self) -> list[tuple[str, Report]]:
        """Give the coded events that a map would draw unasked and that mislead, each with what is wrong."""
        found = [("told twice", report) for report in self.doubled] + [
            ("no such event", report) for report in self.untold
        ]
        for gold, report in self.pairs:
            if not gold.of_the_day and gold.status is not Status.BACKGROUND:
                found.append((f"is {gold.status}", report))
            elif place_is_right(gold, report, DOT_KM) is False or gold.place is None:
                found.append(("wrong place", report))
            elif not days_meet(gold, report):
                found.append(("wrong day", report))
        return [(reason, report) for reason, report in found if is_dot(report)]


def compare(name: str, gold: Sequence[Gold], events: Iterable[Event]) -> Compared:
    """Match the events of one article.

    Parameters
    ----------
    name : str
        The article's, for the list of errors.
    gold : sequence of Gold
    events : iterable of Event
        What the program made of the article alone.

    Returns
    -------
    Compared
    """
    coded = [event.best for event in events]
    result = Compared(name, gold, coded)
    ranked = sorted(
        (-score, g, c)
        for g, one in enumerate(gold)
        for c, other in enumerate(coded)
        if (score := agreement(one, other)) >= ENOUGH
    )
    golds: set[int] = set()
    taken: set[int] = set()
    for _, g, c in ranked:
        if g not in golds and c not in taken:
            golds.add(g)
            taken.add(c)
            result.pairs.append((gold[g], coded[c]))
    fits = {c for _, _, c in ranked}
    result.missed = [one for g, one in enumerate(gold) if g not in golds]
    for c, report in enumerate(coded):
        if c not in taken:
            (result.doubled if c in fits else result.untold).append(report)
    return result


def agreement(gold: Gold, report: Report) -> float:
    """Say how well a coded event fits a gold event; 0 where their types have nothing in common."""
    kind = _kinship(gold.sub_event_type, report.sub_event_type)
    if kind == 0:
        return 0.0
    score = kind
    if gold.days is None or report.day_start is None:
        score += 1.0 if gold.days is None and report.day_start is None else 0.0
    else:
        score += 2.0 if days_meet(gold, report) else -1.0
    right = place_is_right(gold, report, NEAR_KM)
    if right is not None:
        score += 2.0 if right else -1.0
    elif gold.place is None and report.place is None:
        score += 1.0
    score += 0.5 * sum(actors_agree(gold, report))
    if (gold.status is Status.DENIED) != (report.status is Status.DENIED):
        score -= 1.0  # a deed and its denial in the next sentence agree in all else
    return score + 0.5 * (gold.of_the_day == (report.status in EVENTS_OF_THE_DAY))


def _kinship(one: str, other: str) -> float:
    kinds = EVENT_TYPE_OF[one], EVENT_TYPE_OF[other]
    if one == other:
        return 3.0
    if _family().get(one, one) == _family().get(other, other):
        return 2.5
    if kinds[0] is kinds[1]:
        return 1.5
    return 1.0 if set(kinds) <= VIOLENT else 0.0


@lru_cache(maxsize=1)
def _family() -> dict[str, str]:
    return dict(load_limits().family)


def days_meet(gold: Gold, report: Report) -> bool:
    """Tell whether the days overlap; a day that the text does not tell must not be given, unless it is the true one."""
    days = gold.days or gold.known_days
    if report.day_start is None or report.day_end is None:
        return gold.days is None
    return days is not None and report.day_start <= days[1] and days[0] <= report.day_end


def days_equal(gold: Gold, report: Report) -> bool:
    """Tell whether the days are the very same."""
    return gold.days is not None and (report.day_start, report.day_end) == gold.days


def place_is_right(gold: Gold, report: Report, floor_km: float) -> bool | None:
    """Tell whether the place lies within the tolerance of the gold event, or None where there is nothing to compare."""
    if report.place is None or gold.lon is None or gold.lat is None:
        return None
    return km_apart(gold.lon, gold.lat, report.place.lon, report.place.lat) <= max(gold.within_km, floor_km)


def km_apart(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Give the great-circle distance in kilometres of two points in degrees."""
    lat1, lat2, dlon = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def actors_agree(gold: Gold, report: Report) -> tuple[bool, bool]:
    """Tell of both actors whether they agree; a state's army and its government are the same hand.

    The order counts except in battles, strategic developments and diplomacy, where it says little.
    """
    straight = _same(gold.actor1, report.actor1), _same(gold.actor2, report.actor2)
    if report.event_type in load_limits().mutual:
        crossed = _same(gold.actor1, report.actor2), _same(gold.actor2, report.actor1)
        return max(straight, crossed, key=sum)
    return straight


def _same(one: str | None, other: str | None) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str | None) -> str | None:
    """Drop the years of a name and the arm of a state."""
    if name is None:
        return None
    name = name.split(" (19")[0].split(" (20")[0]
    for arm in _OF_STATE:
        name = name.removeprefix(arm)
    return _names().get(name, name)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Give the lists' own name of an actor by each name that it bore: the gold events write one name throughout."""
    return {
        period.name.split(" (19")[0].split(" (20")[0]: actor
        for actor, periods in lexicon().periods.items()
        if home_country(actor) is None
        for period in periods
    }


def is_dot(report: Report) -> bool:
    """Tell whether a map draws the event unless asked for less: of the day, with a day and a place that is drawn."""
    return report.status in EVENTS_OF_THE_DAY and report.day_start is not None and drawn(report.place)[0] is not None
