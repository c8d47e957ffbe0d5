"""Dates of the calendar: full ones, and partial ones whose year the context gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.dates.calendar import days_of, step
from geo.annotate.dates.context import Part, year_of
from geo.annotate.dates.lexicon import lexicon

if TYPE_CHECKING:
    from datetime import date

    from geo.annotate.dates.context import Context
    from geo.annotate.dates.scan import Match

_HOLIDAYS = {
    "eve": (12, 24),
    "day": (12, 25),
    "christmas": (12, 25),
    "halloween": (10, 31),
    "nowruz": (3, 21),
    "newroz": (3, 21),
}
_YEARS_OFF = 6 * 366
"""Days within which a weekday tells the year of a day and month."""


def mod_of(found: Match) -> str | None:
    """Give START, MID or END where early, mid, late or their like stand before."""
    return next((str(value) for value in found.values("p") if value in ("START", "MID", "END")), None)


def year_text(words: list[str]) -> str:
    """Write a year as TIMEX3 does: "1918", "BC0480"."""
    digits = next(word for word in words if word[0].isdecimal())
    before_christ = any(word.startswith("b") for word in words)
    return f"BC{int(digits):04d}" if before_christ else f"{int(digits):04d}"


def _day(found: Match, label: str = "d") -> int | None:
    word = found.words(label)[0]
    digits = word.rstrip("stndrh")
    if digits.isdecimal():
        return int(digits) if 1 <= int(digits) <= 31 else None
    value = lexicon().values.get(word)
    return value if isinstance(value, int) and value <= 31 else None


def date_part(found: Match, value: str, *, span: tuple[int, int] | None = None, mod: str | None = None) -> list[Part]:
    """Make a part, unless the value names a day that no calendar has."""
    start, end = span or found.offsets()
    if value[:4].isdecimal() and days_of(value) is None:
        return []
    return [Part(start, end, "DATE", value, mod=mod)]


def iso(found: Match, _: Context) -> list[Part]:
    """Read "2019-10-17"."""
    text = found.tokens[found.first].replace("/", "-")
    made = date_part(found, text)
    return [Part(made[0].start, made[0].end, "TIME", text)] if made and "T" in text else made


def numeric(found: Match, _: Context) -> list[Part]:
    """Read "17/10/2019", "17.10.2019"; a day that could be a month too is not guessed."""
    text = found.tokens[found.first]
    parts = text.replace(".", "/").split("/")
    if len(parts[2]) != 4:
        return []
    first, second, year = int(parts[0]), int(parts[1]), parts[2]
    if "." in text or first > 12 or first == second:
        return date_part(found, f"{year}-{second:02d}-{first:02d}")
    if second > 12:
        return date_part(found, f"{year}-{first:02d}-{second:02d}")
    return [Part(*found.offsets(), "DATE", year, told=False, keeps_days=False)]


def full_date(found: Match, context: Context) -> list[Part]:
    """Read "May 8, 1782", "8 May of that year"."""
    day, month = _day(found), found.values("m")[0]
    year = relative_year(found, context) if found.has("r") else year_text(found.words("y"))
    if day is None or year is None:
        return []
    return date_part(found, f"{year}-{month:02d}-{day:02d}", mod=None)


def relative_year(found: Match, context: Context) -> str | None:
    """Write the year of "last year", "that year", "the following year"; XXXX where nothing gives it."""
    relation = next(iter(found.values("r")), 0)
    if isinstance(relation, int):
        now = context.now if found.words("r")[0] == "the" or context.reference is None else context.reference
        now = context.now if context.history else now
        there = None if now is None else step(now, relation, "Y")
        return "XXXX" if there is None else f"{there.year:04d}"
    if context.last is not None and context.last.startswith("BC"):
        return context.last[:6]
    if context.last_year is None:
        return "XXXX"
    shift = {"before": -1, "after": 1}.get(str(relation), 0)
    return f"{context.last_year + shift:04d}"


def month_days(found: Match, context: Context) -> list[Part]:
    """Read "April 6-7, 1915", "3 to 5 May": two days, the second or the first without its month."""
    first, last, month = _day(found), _day(found, "e"), found.values("m")[0]
    if first is None or last is None or first >= last:
        return []
    year = year_text(found.words("y")) if found.has("y") else year_of(found, context, month, first)
    spans = found.spans
    halves = [(found.first, spans["d"][1]), (spans["e"][0], found.last)]
    parts = []
    for (begin, end), day in zip(halves, (first, last), strict=True):
        parts += date_part(found, f"{year}-{month:02d}-{day:02d}", span=found.offsets(begin, end))
    return parts


def two_dates(found: Match, context: Context) -> list[Part]:
    """Read "24 August - 29 March 2017": the year stands once; the first date lies before the second."""
    months = [found.values(label)[0] for label in ("m", "n")]
    days = [_day(found, label) for label in ("d", "e")]
    if None in days:
        return []
    year = year_text(found.words("y")) if found.has("y") else year_of(found, context, months[1], days[1])
    years = [year, year]
    if months[0] > months[1] and year.isdecimal():
        years[0] = f"{int(year) - 1:04d}"
    cut = max(found.spans["d"][1], found.spans["m"][1])
    later = min(found.spans["e"][0], found.spans["n"][0])
    parts = []
    for span, number in (((found.first, cut), 0), ((later, found.last), 1)):
        value = f"{years[number]}-{months[number]:02d}-{days[number]:02d}"
        parts += date_part(found, value, span=found.offsets(*span))
    return parts


def two_months(found: Match, _: Context) -> list[Part]:
    """Read "March and April 1918"."""
    months = [found.values(label)[0] for label in ("m", "n")]
    year = year_text(found.words("y"))
    first_year = f"{int(year) - 1:04d}" if months[0] > months[1] and year.isdecimal() else year
    first = date_part(found, f"{first_year}-{months[0]:02d}", span=found.offsets(found.first, found.spans["m"][1]))
    return first + date_part(found, f"{year}-{months[1]:02d}", span=found.offsets(found.spans["n"][0], found.last))


def month_year(found: Match, context: Context) -> list[Part]:
    """Read "November 2019", "early May 1942", "October last year"."""
    year = relative_year(found, context) if found.has("r") else year_text(found.words("y"))
    return date_part(found, f"{year}-{found.values('m')[0]:02d}", mod=mod_of(found))


def partial_date(found: Match, context: Context) -> list[Part]:
    """Read "Nov. 13", "the 4th of July"."""
    day, month = _day(found), found.values("m")[0]
    if day is None or found.after() in lexicon().context["counted"] or _has_no_year(found):
        return []
    year = _year_by_weekday(context, month, day, found.values("w")) or year_of(found, context, month, day)
    return date_part(found, f"{year}-{month:02d}-{day:02d}")


def _has_no_year(found: Match) -> bool:
    """Tell whether a year that cannot be one follows, as in "31 December 9999." or "1 January 0001"."""
    place = 2 if found.after() == "," else 1
    year, behind = found.after(place), found.after(place + 1)
    # "On 3 May 4500 people fled" counts people.
    return len(year) == 4 and year.isdecimal() and (year[0] == "0" or not behind[:1].isalpha())


def _year_by_weekday(context: Context, month: int, day: int, weekdays: list[int]) -> str | None:
    """Give the nearest year in which the day falls on the weekday told with it."""
    if not weekdays or context.reference is None or context.history:
        return None
    for shift in (0, -1, 1, -2, -3, -4, -5):
        days = days_of(f"{context.reference.year + shift:04d}-{month:02d}-{day:02d}")
        if (
            days is not None
            and days[0].isoweekday() == weekdays[0]
            and abs((days[0] - context.reference).days) < _YEARS_OFF
        ):
            return f"{days[0].year:04d}"
    return None


def day_of_month(found: Match, context: Context) -> list[Part]:
    """Read "On the 22nd": of the month last told."""
    day = _day(found)
    relation = next(iter(found.values("r")), None)
    if day is not None and isinstance(relation, int) and context.reference is not None and not context.history:
        there = step(context.reference.replace(day=1), relation, "M")
        return [] if there is None else date_part(found, f"{there.year:04d}-{there.month:02d}-{day:02d}")
    known = context.last is not None and context.last_day is not None and len(context.last) >= len("2019-10")
    if day is None or not known or context.last_day is None or "-W" in str(context.last):
        return []
    if not found.has("r") and found.before() != "on":
        return []
    if found.after().isalpha() and found.after() not in lexicon().context["after_year"] and not found.has("r"):
        return []
    return date_part(found, f"{context.last_day.year:04d}-{context.last_day.month:02d}-{day:02d}")


def month(found: Match, context: Context) -> list[Part]:
    """Read "In October", "last May", "early March"."""
    number = found.values("m")[0]
    words = found.words("m")
    if found.before() == "." and found.before(2) in lexicon().context["titles"]:
        return []
    if words[0] in ("march", "may") and not (found.has("p") or found.has("r")) and not _leads(found):
        return []
    if found.tokens[found.last - 1].isupper() and len(words[0]) > 3 and found.before().isupper():
        return []
    relation = next(iter(found.values("r")), None)
    if relation in ("same", "before", "after") and context.last_year is not None:
        year = f"{context.last_year:04d}"
    elif isinstance(relation, int) and context.reference is not None and not context.history:
        year = _relative_month_year(context.reference, number, relation)
    else:
        year = year_of(found, context, number, None)
    return date_part(found, f"{year}-{number:02d}", mod=mod_of(found))


def _leads(found: Match) -> bool:
    return found.before() in lexicon().context["lead"]


def _relative_month_year(now: date, month: int, relation: int) -> str:
    """Read "Last May" is the latest gone, "next May" the first to come, "this May" of this year."""
    if relation < 0:
        return f"{now.year - (month >= now.month):04d}"
    return f"{now.year + (month <= now.month):04d}" if relation > 0 else f"{now.year:04d}"


def holiday(found: Match, context: Context) -> list[Part]:
    """Feasts that fall on one day each year."""
    words = found.words("h")
    if words[0] == "new":
        month_, day = (12, 31) if words[-1] == "eve" else (1, 1)
    elif words[0] in ("boxing", "valentine"):
        month_, day = (12, 26) if words[0] == "boxing" else (2, 14)
    else:
        month_, day = _HOLIDAYS[words[-1]]
    known = year_text(found.words("y")) if found.has("y") else year_of(found, context, month_, day)
    return date_part(found, f"{known}-{month_:02d}-{day:02d}")
