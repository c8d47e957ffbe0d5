"""A query in plain words, for captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import EVENTS_OF_THE_DAY, KnownBy, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geo.query.query import Period, Query


def describe(query: Query, zone_names: Mapping[str, str] | None = None) -> str:
    """Say what a query asks for.

    Parameters
    ----------
    query : Query
    zone_names : mapping of str to str, optional
        Name of each zone by its id; an id without a name is shown as it is.

    Returns
    -------
    str
        Period first, then each filter; an unset filter is not mentioned.

    Examples
    --------
    >>> from datetime import date
    >>> from geo.query import Query
    >>> describe(Query(period=(date(2019, 10, 9), date(2019, 11, 25)), event_types={"Battles"}))
    '9 October – 25 November 2019; Battles'
    """
    return "; ".join(filter(None, (period_words(query.period), filter_words(query, zone_names))))


def filter_words(query: Query, zone_names: Mapping[str, str] | None = None) -> str:
    """Say every filter but the period; empty where none is set."""
    names = zone_names or {}
    parts: list[str] = []
    for chosen in (query.event_types, query.sub_event_types):
        if chosen:
            parts.append(_either(map(str, chosen)))
    if query.actors:
        parts.append(f"with {_either(query.actors)}")
    if query.actor_types:
        parts.append(f"with an actor of type {_either(map(str, query.actor_types))}")
    if query.zones:
        inside = "inside or possibly inside" if query.possible else "inside"
        parts.append(f"{inside} {_either(names.get(zone, zone) for zone in query.zones)}")
    if query.statuses is None:
        parts.append("of any standing")
    elif query.statuses != EVENTS_OF_THE_DAY:
        parts.append(_either((str(status) for status in Status if status in query.statuses), keep_order=True))
    if query.min_confidence is not None:
        parts.append(f"at least {query.min_confidence * 100:.3g} % sure")
    if query.text is not None:
        parts.append(f"with the words “{query.text}”")
    if query.known_on is not None:
        told = "as published by" if query.known_by is KnownBy.PUBLISHED else "as recorded here by"
        parts.append(f"{told} {_day(query.known_on)}")
    return "; ".join(parts)


def period_words(period: Period | None) -> str:
    """Say a period: "all days", "since 9 October 2019", "9–12 October 2019"."""
    first, last = period or (None, None)
    if first is None:
        return "all days" if last is None else f"until {_day(last)}"
    if last is None:
        return f"since {_day(first)}"
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _either(names: Iterable[str], *, keep_order: bool = False) -> str:
    every = list(names) if keep_order else sorted(names)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} or {every[-1]}"
