"""What every report says of itself in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.protection_rows import told
from geo.wording import many

if TYPE_CHECKING:
    from geo.reports.material import Material

METHOD: Final = (
    "A dot is a place at which at least one news article tells of an event on a day in this period. It is not a count "
    "of everything that happened: what no article told of is not here, and what many told of may stand out.",
    "Events are certain where the day told, and the place where a zone was asked for, fall wholly under the filters. "
    "They are possible where the day is told only roughly, or the place so widely that it may also lie outside.",
    "Each place has a radius: the true place lies within that many kilometres of the dot, or inside the outline drawn. "
    "Deaths and injured are the figures that articles tell, lowest and highest; nothing is estimated.",
    "Articles were read by rules and word lists, not by people. Read the sentence before you rely on an event.",
)
"""What a dot means, paragraph by paragraph."""
ATTRIBUTION: Final = "Places and outlines: Natural Earth; GeoNames (CC BY 4.0)."


def counted(material: Material) -> str:
    """Count the events: certain, possible, and not on the map."""
    placed, hidden = material.placed, len(material.hidden)
    sure = int(placed["event_id"].isin(material.certain_ids).sum())
    if placed.empty:
        words = "no event with a day and a place"
    elif sure < len(placed):
        words = f"{sure:,} certain, up to {many(len(placed), 'event')}"
    else:
        words = many(sure, "event")
    words = f"{words}, {hidden:,} not on the map" if hidden else words
    ruled = told(material.frame)
    return f"{words}; of the whole store, {ruled}" if ruled else words
