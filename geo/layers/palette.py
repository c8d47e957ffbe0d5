"""The colours: one visual language for the web map, the figures and the charts.

Event-type colours were chosen by search, not by eye: the two closest colours of a set differ by at least 21 (CIE 1976
Delta E) in normal sight and under full protanopia, deuteranopia and tritanopia (Machado 2009), and every colour has a
lightness (CIE L*) of its own, so that the types stay apart in grey. The light set is for land ``#f4f1ea`` and water
``#cfe0ec``, the dark set for land ``#2b2f33`` and water ``#1b1f24``. Colour is never the only sign: legends name the
type and count it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.model import ActorType, EventType

if TYPE_CHECKING:
    from collections.abc import Iterable

EVENT_TYPE_COLOURS: Final[dict[EventType, str]] = {
    EventType.BATTLES: "#812528",
    EventType.EXPLOSIONS: "#e38a00",
    EventType.VIOLENCE_AGAINST_CIVILIANS: "#312286",
    EventType.PROTESTS: "#6ac77c",
    EventType.RIOTS: "#735b00",
    EventType.STRATEGIC: "#5075ac",
    EventType.DIPLOMACY: "#8f8881",
}
"""Colour of each event type on a light basemap."""

EVENT_TYPE_COLOURS_DARK: Final[dict[EventType, str]] = {
    EventType.BATTLES: "#b24347",
    EventType.EXPLOSIONS: "#e69312",
    EventType.VIOLENCE_AGAINST_CIVILIANS: "#b97aba",
    EventType.PROTESTS: "#48ee84",
    EventType.RIOTS: "#fcea39",
    EventType.STRATEGIC: "#5275e2",
    EventType.DIPLOMACY: "#b9b9b9",
}
"""Colour of each event type on a dark basemap."""

ACTOR_TYPE_COLOURS: Final[dict[ActorType, str]] = {
    ActorType.STATE_FORCES: "#4477aa",
    ActorType.REBEL_GROUP: "#228833",
    ActorType.POLITICAL_MILITIA: "#aa3377",
    ActorType.IDENTITY_MILITIA: "#ee6677",
    ActorType.RIOTERS: "#997700",
    ActorType.PROTESTERS: "#ccbb44",
    ActorType.CIVILIANS: "#66ccee",
    ActorType.EXTERNAL_FORCES: "#222255",
}
"""Colour of each actor type (after Paul Tol's bright scheme)."""

UNKNOWN: Final = "#777777"
"""Colour of what has no type or no actor."""

OTHER: Final = "#bbbbbb"
"""Colour of every name after the last colour of :data:`CATEGORICAL`."""

CATEGORICAL: Final[tuple[str, ...]] = (
    "#332288",
    "#cc6677",
    "#117733",
    "#ddaa33",
    "#66aadd",
    "#882255",
    "#44aa99",
    "#999933",
    "#aa4499",
    "#555555",
)
"""Colours for names without one of their own, such as actors (after Paul Tol's muted scheme)."""


def categorical(names: Iterable[str]) -> dict[str, str]:
    """Give each name a colour, in the order given.

    Parameters
    ----------
    names : iterable of str
        Names, most frequent first: the first ten get a colour each, the rest share :data:`OTHER`. A repeated name
        counts once.

    Returns
    -------
    dict of str to str
        "#rrggbb" of each name.

    Examples
    --------
    >>> categorical(["SDF", "Islamic State"])
    {'SDF': '#332288', 'Islamic State': '#cc6677'}
    """
    unique = list(dict.fromkeys(names))
    return {name: CATEGORICAL[i] if i < len(CATEGORICAL) else OTHER for i, name in enumerate(unique)}
