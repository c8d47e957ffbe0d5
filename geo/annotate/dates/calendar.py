"""Days of TIMEX3 values, and steps in the calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from geo.model import TimePrecision

Days = tuple[date, date]
"""First and last day, both covered."""

_VALUE = re.compile(
    r"(?P<y>\d{4})"
    r"(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?|-W(?P<w>\d\d)(?P<we>-WE)?|-Q(?P<q>[1-4])|-H(?P<h>[12])|-(?P<s>SP|SU|FA|WI))?"
    r"(?:T.*)?"
)
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_DAYS_IN = {"D": 1, "W": 7, "F": 14}
_LIMITS = ((1, TimePrecision.DAY), (7, TimePrecision.WEEK), (31, TimePrecision.MONTH), (366, TimePrecision.YEAR))
"""Longest span in days of each precision."""
_THIRDS = {"START": (0, 1), "MID": (1, 2), "END": (2, 3)}


@lru_cache(maxsize=4096)
def days_of(value: str) -> Days | None:
    """Give the days that a TIMEX3 value covers.

    Parameters
    ----------
    value : str
        "2019", "2019-10", "2019-10-17", "2019-10-17TNI", "2019-W42", "2019-Q4", "2019-H1", "2019-SU", "201", "20".

    Returns
    -------
    tuple of date, or None
        First and last day; None for durations, references, years before Christ and values with an X.

    Examples
    --------
    >>> days_of("2019-02")
    (datetime.date(2019, 2, 1), datetime.date(2019, 2, 28))
    """
    found = _VALUE.fullmatch(value)
    try:
        if found is None:
            return _decade_or_century(value)
        return _from_parts({name: part for name, part in found.groupdict().items() if part is not None})
    except (ValueError, OverflowError):
        return None


def _decade_or_century(value: str) -> Days | None:
    if not value.isdecimal() or len(value) not in (2, 3):
        return None
    return date(int(value.ljust(4, "0")), 1, 1), date(int(value.ljust(4, "9")), 12, 31)


def _from_parts(parts: dict[str, str]) -> Days:
    year = int(parts["y"])
    if "d" in parts:
        day = date(year, int(parts["m"]), int(parts["d"]))
        return day, day
    if "m" in parts:
        return _months(year, int(parts["m"]), 1)
    if "w" in parts:
        monday = date.fromisocalendar(year, int(parts["w"]), 1)
        return monday + timedelta(5 if "we" in parts else 0), monday + timedelta(6)
    if "q" in parts:
        return _months(year, 3 * int(parts["q"]) - 2, 3)
    if "h" in parts:
        return _months(year, 6 * int(parts["h"]) - 5, 6)
    if "s" in parts:
        return _months(year, _SEASON_MONTHS[parts["s"]], 3)
    return date(year, 1, 1), date(year, 12, 31)


def _months(year: int, month: int, count: int) -> Days:
    after = year * 12 + month - 1 + count
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(1)


def precision_of(days: Days) -> TimePrecision:
    """Name how well a span of days tells the day."""
    length = (days[1] - days[0]).days + 1
    return next((precision for limit, precision in _LIMITS if length <= limit), TimePrecision.LONGER)


def narrow(days: Days, mod: str | None) -> Days:
    """Give the third of a span that early, mid or late means; a single day stays as it is."""
    if mod not in _THIRDS:
        return days
    first, last = _THIRDS[mod]
    length = (days[1] - days[0]).days + 1
    if length < 3:
        return days
    return days[0] + timedelta(length * first // 3), days[0] + timedelta(length * last // 3 - 1)


def value_of(day: date, unit: str) -> str:
    """Write the unit that holds `day`: "2019-10" for unit M.

    Parameters
    ----------
    day : date
    unit : str
        D day, W week, F fortnight, M month, Q quarter, Y year, DE decade, CE century; hours and less give the day.
    """
    if unit in ("W", "F"):
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    written = {
        "M": f"{day.year:04d}-{day.month:02d}",
        "Q": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "Y": f"{day.year:04d}",
        "DE": f"{day.year // 10:03d}",
        "CE": f"{day.year // 100:02d}",
    }
    return written.get(unit, day.isoformat())


def step(day: date, count: int, unit: str) -> date | None:
    """Go `count` units from `day`; None beyond the calendar. The day of the month is kept where the month has it."""
    try:
        if unit in _MONTHS_IN:
            month = day.year * 12 + day.month - 1 + count * _MONTHS_IN[unit]
            last = _months(month // 12, month % 12 + 1, 1)[1]
            return last.replace(day=min(day.day, last.day))
        return day + timedelta(count * _DAYS_IN.get(unit, 0))
    except (ValueError, OverflowError):
        return None
