"""Dates of the calendar: full ones, and partial ones whose year the context gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.dates.amounts import amount
from geo.annotate.dates.calendar import days_of, step
from geo.annotate.dates.context import Part, year_of
from geo.annotate.dates.lexicon import lexicon

if TYPE_CHECKING:
    from datetime import date

    from geo.annotate.dates.context import Context
    from geo.annotate.dates.scan import Match

_FIRST_SURE_YEAR, _LAST_SURE_YEAR = 1900, 2050
"""A bare number between these is a year unless a count follows it."""
_FIRST_LIKELY_YEAR = 1500
_HOLIDAYS = {
    "eve": (12, 24),
    "day": (12, 25),
    "christmas": (12, 25),
    "halloween": (10, 31),
    "nowruz": (3, 21),
    "newroz": (3, 21),
}


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


def _date_part(found: Match, value: str, *, span: tuple[int, int] | None = None, mod: str | None = None) -> list[Part]:
    """Make a part, unless the value names a day that no calendar has."""
    start, end = span or found.offsets()
    if value[:4].isdecimal() and days_of(value) is None:
        return []
    return [Part(start, end, "DATE", value, mod=mod)]


def iso(found: Match, _: Context) -> list[Part]:
    """ "2019-10-17"."""
    text = found.tokens[found.first]
    made = _date_part(found, text)
    return [Part(made[0].start, made[0].end, "TIME", text)] if made and "T" in text else made


def numeric(found: Match, _: Context) -> list[Part]:
    """ "17/10/2019", "17.10.2019"; a day that could be a month too is not guessed."""
    text = found.tokens[found.first]
    parts = text.replace(".", "/").split("/")
    if len(parts[2]) != 4:
        return []
    first, second, year = int(parts[0]), int(parts[1]), parts[2]
    if "." in text or first > 12 or first == second:
        return _date_part(found, f"{year}-{second:02d}-{first:02d}")
    if second > 12:
        return _date_part(found, f"{year}-{first:02d}-{second:02d}")
    return [Part(*found.offsets(), "DATE", year, told=False, keeps_days=False)]


def full_date(found: Match, context: Context) -> list[Part]:
    """ "May 8, 1782", "8 May of that year"."""
    day, month = _day(found), found.values("m")[0]
    year = relative_year(found, context) if found.has("r") else year_text(found.words("y"))
    if day is None or year is None:
        return []
    return _date_part(found, f"{year}-{month:02d}-{day:02d}", mod=None)


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
    """ "April 6-7, 1915", "3 to 5 May": two days, the second or the first without its month."""
    first, last, month = _day(found), _day(found, "e"), found.values("m")[0]
    if first is None or last is None or first >= last:
        return []
    year = year_text(found.words("y")) if found.has("y") else year_of(found, context, month, first)
    spans = found.spans
    halves = [(found.first, spans["d"][1]), (spans["e"][0], found.last)]
    parts = []
    for (begin, end), day in zip(halves, (first, last), strict=True):
        parts += _date_part(found, f"{year}-{month:02d}-{day:02d}", span=found.offsets(begin, end))
    return parts


def two_dates(found: Match, context: Context) -> list[Part]:
    """ "24 August - 29 March 2017": the year stands once; the first date lies before the second."""
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
        parts += _date_part(found, value, span=found.offsets(*span))
    return parts


def two_months(found: Match, _: Context) -> list[Part]:
    """ "March and April 1918"."""
    months = [found.values(label)[0] for label in ("m", "n")]
    year = year_text(found.words("y"))
    first_year = f"{int(year) - 1:04d}" if months[0] > months[1] and year.isdecimal() else year
    first = _date_part(found, f"{first_year}-{months[0]:02d}", span=found.offsets(found.first, found.spans["m"][1]))
    return first + _date_part(found, f"{year}-{months[1]:02d}", span=found.offsets(found.spans["n"][0], found.last))


def month_year(found: Match, context: Context) -> list[Part]:
    """ "November 2019", "early May 1942", "October last year"."""
    year = relative_year(found, context) if found.has("r") else year_text(found.words("y"))
    return _date_part(found, f"{year}-{found.values('m')[0]:02d}", mod=mod_of(found))


def partial_date(found: Match, context: Context) -> list[Part]:
    """ "Nov. 13", "the 4th of July"."""
    day, month = _day(found), found.values("m")[0]
    if day is None or found.after() in lexicon().context["counted"]:
        return []
    return _date_part(found, f"{year_of(found, context, month, day)}-{month:02d}-{day:02d}")


def day_of_month(found: Match, context: Context) -> list[Part]:
    """ "On the 22nd": of the month last told."""
    day = _day(found)
    known = context.last is not None and context.last_day is not None and len(context.last) >= len("2019-10")
    if day is None or not known or context.last_day is None or "-W" in str(context.last):
        return []
    if not found.has("r") and found.before() != "on":
        return []
    if found.after().isalpha() and found.after() not in lexicon().context["after_year"] and not found.has("r"):
        return []
    return _date_part(found, f"{context.last_day.year:04d}-{context.last_day.month:02d}-{day:02d}")


def month(found: Match, context: Context) -> list[Part]:
    """ "In October", "last May", "early March"."""
    number = found.values("m")[0]
    words = found.words("m")
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
    return _date_part(found, f"{year}-{number:02d}", mod=mod_of(found))


def _leads(found: Match) -> bool:
    return found.before() in lexicon().context["lead"]


def _relative_month_year(now: date, month: int, relation: int) -> str:
    """ "Last May" is the latest gone, "next May" the first to come, "this May" of this year."""
    if relation < 0:
        return f"{now.year - (month >= now.month):04d}"
    return f"{now.year + (month <= now.month):04d}" if relation > 0 else f"{now.year:04d}"


def year(found: Match, context: Context) -> list[Part]:
    """ "In 1989", "early 1941", "fiscal 1989", "480 BC", "'99"."""
    words = found.words("y")
    if found.tokens[found.first] in "'’‘":
        return _short_year(found, context)
    if "year" not in found.all_words()[: found.spans["y"][0] - found.first] and len(words) == 1 and not _is_year(found):
        return []
    fiscal = "fiscal" in found.all_words()
    value = year_text(words)
    if days_of(value) is None and not value.startswith("BC"):
        return []
    return [Part(*found.offsets(), "DATE", value, mod=mod_of(found), keeps_days=not fiscal)]


def _short_year(found: Match, context: Context) -> list[Part]:
    digits = found.words("y")[0]
    now = context.now
    glued = found.starts[found.first + 1] - found.starts[found.first] == 1
    if len(digits) != 2 or now is None or not glued or found.starts[found.first] == 0:
        return []
    century = now.year // 100 * 100
    told = century + int(digits)
    return _date_part(found, str(told if told <= now.year + 1 else told - 100))


def _is_year(found: Match) -> bool:
    """Tell whether a bare number of four digits is a year, by the words beside it."""
    context = lexicon().context
    number = int(found.words("y")[0])
    before, after = found.before(), found.after()
    if after in context["counted"] or before in context["not_after"]:
        return False
    if _FIRST_SURE_YEAR <= number <= _LAST_SURE_YEAR or found.has("p"):
        return True
    if before in ("in", "since", "during", "until") or (
        number >= _FIRST_LIKELY_YEAR and before in ("of", "from", "by", "as", "the")
    ):
        return True
    leads = before in context["lead"] or not before.isalnum()
    return leads and (not after.isalpha() or after in context["after_year"])


def two_years(found: Match, context: Context) -> list[Part]:
    """ "1939-1945", "1947-54", "between 2014 and 2019", "264 to 241 BC"."""
    first, second = found.words("y")[0], found.words("z")[0]
    before_christ = any(word.startswith("b") for word in found.words("z"))
    dash = found.tokens[found.spans["y"][1]] not in ("to", "and", "until", "through")
    if not before_christ and len(second) == 2 and dash:
        full = first[:2] + second
    elif before_christ or len(second) == 4:
        full = second
    else:
        return year(found, context) if _is_year(found) else []
    if not before_christ and (int(full) <= int(first) or found.after() in lexicon().context["counted"]):
        return []
    values = [year_text([number, "bc"] if before_christ else [number]) for number in (first, full)]
    spans = (found.offsets(found.first, found.spans["y"][1]), found.offsets(found.spans["z"][0], found.last))
    return [Part(*span, "DATE", value) for span, value in zip(spans, values, strict=True)]


def spoken_year(found: Match, _: Context) -> list[Part]:
    """ "Nineteen ninety-six", "the year two thousand"."""
    rest = amount(found.words("t")) or 0
    number = 1900 + int(rest) if found.has("h") else int(rest)
    if found.has("h") and (found.words("h") != ["nineteen"] or rest < 10):
        return []
    return _date_part(found, f"{number:04d}")


def decade(found: Match, context: Context) -> list[Part]:
    """ "The 1980s", "the '80s", "the nineties", "the last half of the '80s"."""
    word = found.words("d")[0]
    digits = word.rstrip("s")
    lead = found.all_words()
    if not digits.isdecimal():
        value = f"19{lexicon().values[word]}"
    elif len(digits) == 4 and digits[3] == "0":
        value = digits[:3]
    elif len(digits) == 2 and digits[1] == "0" and ("the" in lead or lead[0] in "'’"):
        value = f"19{digits[0]}"
    elif len(digits) == 3 and lead[-1] not in (word,):
        value = f"BC{int(digits[:2]):03d}"
    else:
        return []
    half = next(iter(found.values("o")), None)
    mod = mod_of(found) or (None if not found.has("o") else "START" if half in (1, "START") else "END")
    return [Part(*found.offsets(), "DATE", value, mod=mod, told=False)]


def century(found: Match, _: Context) -> list[Part]:
    """ "The 20th century", "the fourth century BC"."""
    words = found.words("o")
    digits = words[0].rstrip("stndrh")
    number = int(digits) if digits.isdecimal() else int(amount(words) or 0)
    if not 1 <= number <= 30:
        return []
    era = "BC" if any(word.startswith("b") for word in found.words("e")) else ""
    return [Part(*found.offsets(), "DATE", f"{era}{number - 1:02d}", mod=mod_of(found), told=False)]


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
    return _date_part(found, f"{known}-{month_:02d}-{day:02d}")
