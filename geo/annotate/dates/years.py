"""Years, decades and centuries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.dates.absolute import date_part, mod_of, year_text
from geo.annotate.dates.amounts import amount
from geo.annotate.dates.calendar import days_of
from geo.annotate.dates.context import Part
from geo.annotate.dates.lexicon import lexicon

if TYPE_CHECKING:
    from geo.annotate.dates.context import Context
    from geo.annotate.dates.scan import Match

_FIRST_SURE_YEAR, _LAST_SURE_YEAR = 1900, 2050
"""A bare number between these is a year unless a count follows it."""
_FIRST_LIKELY_YEAR = 1500
"""From here on a preposition is enough to make a bare number a year."""


def year(found: Match, context: Context) -> list[Part]:
    """Read "In 1989", "early 1941", "fiscal 1989", "480 BC", "'99"."""
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
    return date_part(found, str(told if told <= now.year + 1 else told - 100))


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
    """Read "1939-1945", "1947-54", "between 2014 and 2019", "264 to 241 BC"."""
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
    """Read "Nineteen ninety-six", "the year two thousand"."""
    rest = amount(found.words("t")) or 0
    number = 1900 + int(rest) if found.has("h") else int(rest)
    if found.has("h") and (found.words("h") != ["nineteen"] or rest < 10):
        return []
    return date_part(found, f"{number:04d}")


def decade(found: Match, _: Context) -> list[Part]:
    """Read "The 1980s", "the '80s", "the nineties", "the last half of the '80s"."""
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
    """Read "The 20th century", "the fourth century BC"."""
    words = found.words("o")
    digits = words[0].rstrip("stndrh")
    number = int(digits) if digits.isdecimal() else int(amount(words) or 0)
    if not 1 <= number <= 30:
        return []
    era = "BC" if any(word.startswith("b") for word in found.words("e")) else ""
    return [Part(*found.offsets(), "DATE", f"{era}{number - 1:02d}", mod=mod_of(found), told=False)]
