"""What stands in a document, whatever writes it: Word and PDF differ in looks, not in words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from geo.graphic import is_graphic
from geo.query import describe
from geo.reports.lines import lines
from geo.reports.sources import credit
from geo.reports.words import ATTRIBUTION, METHOD, counted
from geo.wording import many

if TYPE_CHECKING:
    from geo.reports.lines import Line
    from geo.reports.material import Material, Told

MOST_LISTED: Final = 10_000
"""Events with their sentences: two thousand pages. The rest is counted, and whole in the bundle."""
SECTIONS: Final = ("Key counts", "What a dot means", "Events and their sources", "Data and credits")
OPEN: Final = "open the article"
"""Words of a link."""
GRAPHIC: Final = "Graphic text"
"""Head of the last pages, where there is some."""
# XML has no form for these, and a reader no use.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Write foreign text as one line without what a document cannot hold."""
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub("\ufffd", text).split()))


def from_right(text: str) -> bool:
    """Tell whether text is written from right to left: its first letter says so."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def needs_shaping(text: str) -> bool:
    """Tell whether text holds letters that join, change order, or carry marks."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL", "AN", "NSM") for letter in text if letter > "\u02ff")


def subtitle(material: Material) -> str:
    """Say under the title what is shown."""
    return clean(describe(material.query, material.zone_names))


def made_words(material: Material) -> str:
    """Say of which data, and when."""
    about = material.about
    day = f"{about.exported.day} {about.exported:%B %Y}" if about.exported else ""
    data = f"data {about.fingerprint[:16]}" if about.fingerprint else ""
    return " · ".join(filter(None, (day, counted(material), data)))


def heading(number: int, line: Line) -> str:
    """Head of an event."""
    return clean(f"{number}. {line.what}, {line.when}")


def facts(line: Line) -> str:
    """Say where, who, how many and how sure in one paragraph."""
    parts = [
        line.where,
        line.who,
        f"deaths told: {line.deaths}" if line.deaths else "",
        f"injured told: {line.injured}" if line.injured else "",
        "" if line.status == "reported" else line.status,
        f"inside {'; '.join(line.inside)}" if line.inside else "",
        f"possibly inside {many(len(line.possible), 'zone')}" if line.possible else "",
        f"confidence {line.sure}",
        "" if line.certain else "possible: under the filters only perhaps",
        f"not on the map: {line.hidden}" if line.hidden else "",
    ]
    return clean(". ".join(part[:1].upper() + part[1:] for part in parts if part)) + "."


def quoted(told: Told, number: int) -> str:
    """Quote a sentence of an event; a graphic one, which nobody can fold on paper, stands on the last pages."""
    return f"Graphic text: on the last pages, under {number}." if is_graphic(told.quote) else _in_marks(told)


def credited(told: Told) -> str:
    """Say where a sentence stands, without a title that is graphic."""
    return clean(credit(replace(told, title="graphic title") if is_graphic(told.title) else told))


def graphic(material: Material) -> list[str]:
    """Give the graphic sentences of the events that are listed, each under the number of its event."""
    return [
        f"{number}. {_in_marks(told)}"
        for number, line in enumerate(islice(lines(material), MOST_LISTED), start=1)
        for told in line.told
        if is_graphic(told.quote)
    ]


def _in_marks(told: Told) -> str:
    return f"“{clean(told.quote)}”"


def rest(number: int) -> str:
    """Say how many events of a list that was cut are left out, and where they are."""
    return (
        f"The first {MOST_LISTED:,} events by day are listed; {number - MOST_LISTED:,} of {number:,} are left out. "
        "All of them, with every sentence, are in the tables events.csv and sources.csv of the bundle "
        "(the .zip that is made beside this document), and all are counted in the key counts above."
    )


def credits() -> tuple[str, ...]:  # noqa: A001 (the word for it)
    """Say whose data it is."""
    from geo.export.record import ATTRIBUTION as EVENTS

    return (EVENTS.removesuffix(ATTRIBUTION).strip(), ATTRIBUTION)


def method() -> tuple[str, ...]:
    """Say what a dot means."""
    return METHOD
