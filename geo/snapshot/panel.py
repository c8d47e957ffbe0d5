"""The legend beside the map: what each colour, size and line means, with counts, and the zones in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.layers.palette import EVENT_TYPE_COLOURS
from geo.model import EventType
from geo.snapshot.events import LEAST_SLICED_PT, RING, SMALLEST_PT, Symbol, draw_sliced, radius_pt
from geo.snapshot.ground import MOST_ZONES, ZONE
from geo.snapshot.text import INK, PLAIN, SOFT_INK, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from geo.snapshot.ground import DrawnZone

BODY_PT = 7.6
HEAD_PT = 8.6
LINE_IN = 0.165
"""Height of a line of the legend, inches."""
TEXT_AT_IN = 0.34
"""Where the words begin, right of the sign, inches."""


class Panel:
    """Writes the legend from top to bottom.

    Parameters
    ----------
    axes : Axes
        Without frame; one unit is an inch, y grows downwards.
    width, height : float
        Inches.
    """

    def __init__(self, axes: Axes, *, width: float, height: float) -> None:
        self.axes, self.width, self.height = axes, width, height
        self.y = -0.04

    def event_types(self, counts: Mapping[EventType, int]) -> None:
        """List the event types with their number of events; types that do not occur are left out."""
        self._head("Events on the map")
        shown = [kind for kind in EventType if counts.get(kind, 0)]
        for kind in shown:
            self._marker("o", facecolor=EVENT_TYPE_COLOURS[kind], edgecolor="white", size_pt=5)
            self._words(str(kind), number=counts[kind])
        if not shown:
            self._words("none", at=0.0)

    def signs(self, *, lines: bool, areas: bool, rings: bool, possible: bool, several: bool, sliced: bool) -> None:
        """Explain the signs that occur on the map."""
        self._head("Signs")
        for deaths, words in (
            (0, "no deaths told"),
            (10, "10 deaths, by the low figures"),
            (100, "100 deaths or more"),
        ):
            self._marker("o", facecolor="#999999", edgecolor="white", size_pt=radius_pt(deaths))
            self._words(words, extra=max(0.0, (radius_pt(deaths) * 2 - 11) / 72))
        if several:
            self._marker("o", facecolor="#999999", edgecolor="white", size_pt=5.4, text="3")
            self._words("number of events of one type")
        if sliced:
            parts = ((EventType.BATTLES, True, 4), (EventType.STRATEGIC, True, 3), (EventType.PROTESTS, False, 2))
            at = Symbol(
                0.12, self.y + 0.12, EventType.BATTLES, True, True, 9, "", LEAST_SLICED_PT, 0.12, self.y + 0.12, parts
            )
            draw_sliced(self.axes, at, 1 / 72)
            self._words("events of several types" + ("; pale: possible" if possible else ""), extra=0.08)
        if possible:
            self._marker("o", facecolor="white", edgecolor="#555555", size_pt=4.6)
            self._words("possible: its days, or its place, reach beyond what is asked for")
        if lines or areas:
            self._marker("D", facecolor="#999999", edgecolor="white", size_pt=SMALLEST_PT)
            self._words(
                "somewhere along the line"
                if not areas
                else "somewhere in the area"
                if not lines
                else "somewhere along the line or in the area"
            )
        if rings:
            self._marker("o", facecolor="none", edgecolor=RING, size_pt=5.5, linestyle=(0, (3, 2)), linewidth=0.6)
            self._words("the true place lies within")

    def zones_that_fit(self, zones: list[DrawnZone]) -> list[DrawnZone]:
        """Take the first zones for whose names there is room."""
        room = self.height - self.y - 0.12 - LINE_IN * (1.25 + 2)
        for number, zone in enumerate(zones[:MOST_ZONES]):
            room -= 2 * LINE_IN + 0.02 if len(self._zone_lines(zone)) == 2 else LINE_IN + 0.02
            if room < 0:
                return zones[:number]
        return zones[:MOST_ZONES]

    def zones(self, drawn: list[DrawnZone], left_out: int) -> None:
        """List the zones by their letters, and how many more are in force."""
        if not drawn and not left_out:
            return
        self._head("Zones in force")
        for zone in drawn:
            self.axes.text(
                0.12,
                self.y + LINE_IN / 2,
                zone.key,
                size=7,
                weight="bold",
                color=ZONE,
                ha="center",
                va="center",
                **PLAIN,
            )
            self._words(_zone_name(zone), lines=2)
        if left_out:
            self._words(f"and {left_out} more that {'is' if left_out == 1 else 'are'} not drawn", at=0.0)

    def _zone_lines(self, zone: DrawnZone) -> list[str]:
        return wrap(_zone_name(zone), (self.width - TEXT_AT_IN) * 72, BODY_PT, lines=2)

    def _head(self, text: str) -> None:
        self.y += 0.06 if self.y < 0.1 else 0.12
        self.axes.text(0, self.y + LINE_IN / 2, text, size=HEAD_PT, weight="bold", color=INK, va="center", **PLAIN)
        self.y += LINE_IN * 1.25

    def _marker(self, marker: str, *, size_pt: float, text: str = "", **looks: Any) -> None:
        looks = {"linewidth": 1.2 if looks["facecolor"] in ("white", "none") else 0.5, **looks}
        y = self.y + max(LINE_IN, size_pt * 2 / 72) / 2
        self.axes.scatter([0.12], [y], s=(2 * size_pt) ** 2, marker=marker, clip_on=False, **looks)
        if text:
            self.axes.text(
                0.12, y, text, size=6.5, weight="bold", ha="center", va="center_baseline", color="black", **PLAIN
            )

    def _words(
        self, text: str, *, number: int | None = None, at: float = TEXT_AT_IN, lines: int = 3, extra: float = 0.0
    ) -> None:
        room = (self.width - at - (0.0 if number is None else 0.42)) * 72
        wrapped = wrap(text, room, BODY_PT, lines=lines)
        if number is not None:
            self.axes.text(
                self.width,
                self.y + LINE_IN / 2,
                f"{number:,}",
                size=BODY_PT,
                ha="right",
                va="center",
                color=INK,
                **PLAIN,
            )
        self.y += extra / 2
        for line in wrapped:
            self.axes.text(at, self.y + LINE_IN / 2, line, size=BODY_PT, va="center", color=INK, **PLAIN)
            self.y += LINE_IN
        self.y += extra / 2 + 0.02


def _zone_name(zone: DrawnZone) -> str:
    return f"{zone.name} (unconfirmed)" if zone.unconfirmed else zone.name


def soft(axes: Axes, x: float, y: float, text: str, **looks: Any) -> None:
    """Write small print."""
    axes.text(x, y, text, **{"size": 6.6, "color": SOFT_INK, "va": "top", **PLAIN, **looks})
