"""The question itself."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from geo.errors import QueryError
from geo.model import EVENT_TYPE_OF, EVENTS_OF_THE_DAY, ActorType, EventType, KnownBy, Status

T = TypeVar("T")
Period = tuple[date | None, date | None]
"""First and last day, both included; None leaves that end open."""

FACETS: Final = ("event_types", "sub_event_types", "actors", "actor_types", "zones", "statuses")
"""Fields that hold a set of values, which :func:`geo.query.counts` can count."""

MAX_TEXT: Final = 200
"""Longest search text and longest name, characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which events. None, or an empty set, is no filter. Frozen and hashable, so it can be a cache's key.

    Raises
    ------
    QueryError
        A value is not allowed; names it and what is.

    Examples
    --------
    >>> Query(event_types={"Battles"}, period=(date(2019, 10, 9), None)).event_types
    frozenset({<EventType.BATTLES: 'Battles'>})
    """

    period: Period | None = None
    """Events whose span of days overlaps it; events without a day are kept, for the tray."""
    event_types: frozenset[EventType] | None = None
    sub_event_types: frozenset[str] | None = None
    actors: frozenset[str] | None = None
    """Canonical names; an event is kept when either actor is among them."""
    actor_types: frozenset[ActorType] | None = None
    """Kept when either actor is of one of these types."""
    zones: frozenset[str] | None = None
    """Ids; kept when inside one of them on its day, or possibly inside one where `possible` says so."""
    possible: bool = True
    """Whether "possibly inside" is enough for `zones`."""
    statuses: frozenset[Status] | None = EVENTS_OF_THE_DAY
    """What the texts must say of the event's standing; None for all of them."""
    min_confidence: float | None = None
    """0 to 1."""
    text: str | None = None
    """Words that must all be found in place, actors, title, sentence or source; case and accents do not matter."""
    known_on: date | None = None
    """The events as they were known at the end of this day, see :func:`geo.known.load`; None for all that is known."""
    known_by: KnownBy = KnownBy.PUBLISHED
    """What known means."""

    def __post_init__(self) -> None:
        put = object.__setattr__  # the class is frozen, and a caller may give a list or a plain string's value
        put(self, "period", _period(self.period))
        put(self, "event_types", _members("event type", self.event_types, EventType))
        put(self, "sub_event_types", _names("sub-event type", self.sub_event_types, EVENT_TYPE_OF))
        put(self, "actors", _names("actor", self.actors))
        put(self, "actor_types", _members("actor type", self.actor_types, ActorType))
        put(self, "zones", _names("zone", self.zones))
        put(self, "possible", bool(self.possible))
        put(self, "statuses", _members("status", self.statuses, Status))
        put(self, "min_confidence", _confidence(self.min_confidence))
        put(self, "text", _text(self.text))
        put(self, "known_on", _day("the day of knowledge", self.known_on))
        # Without a day it says nothing, and equal questions must be equal.
        known_by = self.known_by if self.known_on is not None else KnownBy.PUBLISHED
        put(self, "known_by", next(iter(_members("kind of knowledge", [known_by], KnownBy) or [KnownBy.PUBLISHED])))


def _period(value: Any) -> Period | None:
    if value is None:
        return None
    try:
        first, last = value
    except (TypeError, ValueError) as error:
        raise QueryError(f"period is {value!r}, it must be two days") from error
    for day in (first, last):
        _day("an end of the period", day)
    if first is not None and last is not None and first > last:
        raise QueryError(f"period begins on {first} and ends before, on {last}")
    return None if first is None and last is None else (first, last)


def _day(label: str, value: Any) -> date | None:
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise QueryError(f"{label} is {value!r}, it must be a day")
    return value


def _values(label: str, values: Any) -> frozenset[Any]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise QueryError(f"{label} is {values!r}, it must be a set of names")
    return frozenset(values)


def _members(label: str, values: Any, kind: type[T]) -> frozenset[T] | None:
    if values is None:
        return None
    found = set()
    for value in _values(label, values):
        try:
            found.add(kind(value))  # type: ignore[call-arg]
        except ValueError as error:
            allowed = ", ".join(map(str, kind))  # type: ignore[call-overload]
            raise QueryError(f"no {label} {str(value)[:60]!r}; there are {allowed}") from error
    return frozenset(found) or None


def _names(label: str, values: Any, allowed: Collection[str] | None = None) -> frozenset[str] | None:
    if values is None:
        return None
    found = _values(label, values)
    for value in found:
        if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT or not value.isprintable():
            raise QueryError(f"{label} {str(value)[:60]!r} is not a name of 1 to {MAX_TEXT} characters")
        if allowed is not None and value not in allowed:
            near = difflib.get_close_matches(value, allowed, 3, 0.3) or allowed
            raise QueryError(f"no {label} {value[:60]!r}; the nearest are {', '.join(list(near)[:3])}")
    return found or None


def _confidence(value: Any) -> float | None:
    if value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise QueryError(f"confidence is {str(value)[:60]!r}, it must be a number from 0 to 1") from error
    if not 0 <= number <= 1:
        raise QueryError(f"confidence is {number}, it must be from 0 to 1")
    return number or None


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise QueryError(f"search text {str(value)[:60]!r} must be text of at most {MAX_TEXT} characters")
    words = " ".join(value.split())
    if not words.isprintable():
        raise QueryError(f"search text {words[:60]!r} holds a character that cannot be shown")
    return words or None
