"""An event's day, place, deaths and standing in plain words, with what is not known said as such.

Every surface uses these: card, table, list and figure cannot say the same thing in two ways.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from geo.model import GeoPrecision, TimePrecision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geo.model import Place, Report

NOT_TOLD = "not told"
LEFT_TO_RIGHT: Final = "\u200e"
"""A mark that is not seen: what follows stands at the right of what was before."""


def day_words(first: date | None, last: date | None, precision: int | None = None) -> str:
    """Say a span of days.

    Parameters
    ----------
    first, last : date or None
        First and last day; None when unknown.
    precision : int, optional
        A :class:`~geo.model.TimePrecision`.

    Returns
    -------
    str

    Examples
    --------
    >>> from datetime import date
    >>> day_words(date(2019, 10, 9), date(2019, 10, 9), 1)
    '9 October 2019'
    >>> day_words(date(2019, 10, 1), date(2019, 10, 31), 3)
    'some day in October 2019'
    >>> day_words(None, None)
    'day not told'
    """
    if first is None or last is None:
        return f"day {NOT_TOLD}"
    if first == last:
        return _day(first)
    if precision is not None and precision != TimePrecision.DAY and _is_month(first, last):
        return f"some day in {first:%B %Y}"
    if precision is not None and precision != TimePrecision.DAY and _is_year(first, last):
        return f"some day in {first.year}"
    between = f"{_day(first)} – {_day(last)}"
    return between if precision in (None, TimePrecision.DAY) else f"some day in {between}"


def place_words(place: Place | None, precision: int | None = None) -> str:
    """Say a place and how well it is known.

    Parameters
    ----------
    place : Place or None
    precision : int, optional
        A :class:`~geo.model.GeoPrecision`.
    """
    if place is None:
        return f"place {NOT_TOLD}"
    # "Aleppo, Aleppo, SYR" says nothing more than "Aleppo, SYR".
    name = ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part))
    if precision == GeoPrecision.PLACE:
        return f"{name} (± {place.radius_km:g} km)"
    kind = "area" if precision == GeoPrecision.AREA else "region"
    return f"{name} ({kind}, ± {place.radius_km:.0f} km)"


def range_words(low: int | None, high: int | None) -> str:
    """Say a count of the dead or the injured; an unknown one is said to be unknown.

    Parameters
    ----------
    low, high : int or None
        Lowest and highest figure told.
    """
    if low is None and high is None:
        return NOT_TOLD
    if low == high:
        return f"{low:,}"
    if high is None:
        return f"at least {low:,}"
    if low is None:
        return f"at most {high:,}"
    return f"{low:,} to {high:,}"


def toll_words(deaths: tuple[int | None, int | None], injured: tuple[int | None, int | None]) -> str:
    """Say how many died and were injured, as far as it is told.

    Parameters
    ----------
    deaths, injured : (int or None, int or None)
        Lowest and highest figure told.

    Examples
    --------
    >>> toll_words((2, 2), (3, 5)), toll_words((None, None), (0, 0)), toll_words((None, None), (None, None))
    ('deaths: 2, injured: 3 to 5', 'injured: 0', '')
    """
    told = {"deaths": range_words(*deaths), "injured": range_words(*injured)}
    return ", ".join(f"{people}: {words}" for people, words in told.items() if words != NOT_TOLD)


def actors_words(report: Report) -> str:
    """Say who did it, and to or with whom; a known second side alone never stands where the first belongs.

    Parameters
    ----------
    report : Report
    """
    first = _actor(report.actor1, report.actor1_type)
    return f"{first} · {_actor(report.actor2, report.actor2_type)}" if report.actor2 else first


def sure_words(confidence: float) -> str:
    """Say a confidence between 0 and 1."""
    word = "high" if confidence >= 0.75 else "medium" if confidence >= 0.5 else "low"
    return f"{word} ({confidence:.0%})"


def _actor(name: str | None, kind: str | None) -> str:
    return NOT_TOLD if name is None else f"{name} ({kind})" if kind else name


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _is_month(first: date, last: date) -> bool:
    from datetime import timedelta

    return first.day == 1 and (first.year, first.month) == (last.year, last.month) and (last + timedelta(1)).day == 1


def _is_year(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year)


def listed(names: Iterable[str]) -> str:
    """Join names that may be written from the right, so that they stand in their order.

    Two Arabic names with nothing but a semicolon between them would be shown as one text, the second before the first.

    Parameters
    ----------
    names : iterable of str
        They may hold commas.

    Examples
    --------
    >>> listed(["Frontier Post", "Rûdaw"])
    'Frontier Post; Rûdaw'
    """
    return "; ".join(f"{name}{LEFT_TO_RIGHT}" if _from_right(name) else name for name in names)


def _from_right(name: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
