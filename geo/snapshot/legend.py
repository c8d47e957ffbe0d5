"""The legend: what each colour, size and line means, with counts, and the zones in force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.layers.palette import EVENT_TYPE_COLOURS
from geo.model import EventType
from geo.snapshot.events import RING, draw_sliced
from geo.snapshot.shapes import fill, stroke
from geo.snapshot.symbols import LEAST_SLICED_PT, SMALLEST_PT, Symbol, radius_pt
from geo.snapshot.text import INK, PLAIN, SOFT_INK, wrap
from geo.snapshot.zones import MOST_ZONES, DrawnZone, draw_hatching

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from geo.snapshot.paper import Box4, Sheet

HEAD: Final = "Events on the map"
BODY_PT: Final = 7.6
HEAD_PT: Final = 8.6
SMALL_PT: Final = 6.4
LINE_IN: Final = 0.165
"""Height of a line of the legend, inches."""
TEXT_AT_IN: Final = 0.34
"""Where the words begin, right of the sign, inches."""
NUMBER_IN: Final = 0.5
"""Width of a column of numbers under a head, inches; of one that is alone."""
ALONE_IN: Final = 0.34
GREY: Final = "#999999"


class Block:
    """A part of the legend, written from top to bottom before it is known where it will stand.

    Parameters
    ----------
    head : str
        Its heading.
    width : float
        Inches.
    scale : float, default 1
        Size of letters and signs, where room is scarce.
    """

    def __init__(self, head: str, *, width: float, scale: float = 1.0) -> None:
        self.scale, self.line = scale, LINE_IN * scale
        self.width, self.height = width, self.line * 1.3
        self._signs: list[Callable[[Axes, float], object]] = []
        self.text(0, self.line / 2, head, size=HEAD_PT * scale, weight="bold")

    def draw(self, axes: Axes, top: float) -> None:
        """Draw it; `top` in inches from the upper edge of the axes."""
        for sign in self._signs:
            sign(axes, top)

    def text(self, x: float, y: float, words: str, **looks: Any) -> None:
        """Write; inches from the block's upper left corner."""
        looks = {"size": BODY_PT * self.scale, "color": INK, "va": "center", **PLAIN, **looks}
        self._signs.append(lambda axes, top: axes.text(x, top + y, words, **looks))

    def marker(self, marker: str, *, size_pt: float, number: str = "", **looks: Any) -> None:
        """Draw a sign at the left of the line that is written next."""
        looks = {"linewidth": 1.2 if looks["facecolor"] in ("white", "none") else 0.5, "clip_on": False, **looks}
        size_pt *= self.scale
        y = self.height + max(self.line, size_pt * 2 / 72) / 2
        self._signs.append(
            lambda axes, top: axes.scatter([0.12], [top + y], s=(2 * size_pt) ** 2, marker=marker, **looks)
        )
        if number:
            self.text(
                0.12, y, number, size=6.5 * self.scale, weight="bold", ha="center", va="center_baseline", color="black"
            )

    def sliced(self, parts: tuple[tuple[EventType, bool, int], ...]) -> None:
        """Draw a sliced symbol at the left of the line that is written next."""
        y, total = self.height + 0.12 * self.scale, sum(n for _, _, n in parts)
        sign = Symbol(0.12, y, EventType.BATTLES, True, True, total, "", LEAST_SLICED_PT * self.scale, 0.12, y, parts)
        self._signs.append(
            lambda axes, top: draw_sliced(axes, sign._replace(y=top + y), 1 / 72, number_pt=6.5 * self.scale)
        )

    def swatch(self, zone: DrawnZone, *, letter: bool = True) -> None:
        """Draw a zone's colour, hatching and letter at the left of the line that is written next."""
        y = self.height + 0.015
        dashes = (0, (3, 1.8)) if zone.unconfirmed else "solid"

        def put(axes: Axes, top: float) -> None:
            box = shapely.box(0.0, top + y, 0.26, top + y + self.line - 0.03)
            fill(axes, [box], facecolor=zone.colour, edgecolor="none", alpha=0.08, zorder=1)
            # The legend's axes grow downwards.
            look = zone.look._replace(angles=tuple(-angle for angle in zone.look.angles))
            draw_hatching(axes, box, look, unit=1 / 72, zorder=1.1)
            stroke(axes, [box], colors=zone.colour, linewidths=0.9, linestyles=[dashes], clip_on=False, zorder=1.2)

        self._signs.append(put)
        if not letter:
            return
        spot = {"boxstyle": "square,pad=0.08", "facecolor": "white", "linewidth": 0, "alpha": 0.85}
        self.text(
            0.13,
            self.height + self.line / 2,
            zone.key,
            size=6.6,
            weight="bold",
            color=zone.colour,
            ha="center",
            bbox=spot,
        )

    def words(self, text: str, *, numbers: Sequence[tuple[str, int]] = (), at: float = TEXT_AT_IN, lines: int = 3,
              extra: float = 0.0) -> None:  # fmt: skip
        """Write a line or more, with numbers at the right; each number has a name by which it can be found again."""
        taken = self.scale * (NUMBER_IN if len(numbers) > 1 else ALONE_IN) * len(numbers)
        room = (self.width - at - taken) * 72
        for i, (name, number) in enumerate(reversed(numbers)):
            looks = {"ha": "right", "gid": name, **({} if number else {"color": "#b5b5b5"})}
            self.text(self.width - i * NUMBER_IN * self.scale, self.height + self.line / 2, f"{number:,}", **looks)
        self.height += extra / 2
        for line in wrap(text, room, BODY_PT * self.scale, lines=lines):
            self.text(at, self.height + self.line / 2, line)
            self.height += self.line
        self.height += extra / 2 + 0.02


def event_types(
    columns: Mapping[str, Mapping[EventType, int]], *, width: float, head: str = HEAD, scale: float = 1.0
) -> Block:
    """List the event types with their numbers of events; types that do not occur are left out.

    Parameters
    ----------
    columns : mapping of str to mapping of EventType to int
        Head of each column and its counts; a column that is alone needs no head.
    width : float
        Inches.
    head : str
        Heading.
    """
    block = Block(head, width=width, scale=scale)
    shown = [kind for kind in EventType if any(counted.get(kind, 0) for counted in columns.values())]
    if shown and len(columns) > 1:
        for i, name in enumerate(reversed(list(columns))):
            looks = {"size": SMALL_PT * scale, "ha": "right", "color": SOFT_INK}
            block.text(width - i * NUMBER_IN * scale, block.height + 0.04, name, **looks)
        block.height += block.line * 0.8
    for kind in shown:
        block.marker("o", facecolor=EVENT_TYPE_COLOURS[kind], edgecolor="white", size_pt=5)
        numbers = [(count_id(kind, name), counted.get(kind, 0)) for name, counted in columns.items()]
        block.words(str(kind), numbers=numbers)
    if not shown:
        block.words("none", at=0.0)
    return block


def count_types(column: pd.Series[Any]) -> dict[EventType, int]:
    """Count the values of a column of event types."""
    return {EventType(str(kind)): int(n) for kind, n in column.value_counts().items() if n}


def count_id(kind: EventType, column: str) -> str:
    """Name of a count among the figure's texts (their ``gid``), such as "count-battles-certain"."""
    return "-".join(("count", *re.findall(r"[a-z0-9]+", f"{kind} {column}".lower())))


def signs(
    *, lines: bool, areas: bool, rings: bool, possible: bool, several: bool, sliced: bool, width: float,
    shrink: float = 1.0, scale: float = 1.0,
) -> Block:  # fmt: skip
    """Explain the signs that occur on the map."""
    block = Block("Signs", width=width, scale=scale)
    for deaths, words in ((0, "no deaths told"), (10, "10 deaths, by the low figures"), (100, "100 deaths or more")):
        r = shrink * radius_pt(deaths)
        block.marker("o", facecolor=GREY, edgecolor="white", size_pt=r)
        block.words(words, extra=max(0.0, scale * (r * 2 - 11) / 72))
    if several:
        block.marker("o", facecolor=GREY, edgecolor="white", size_pt=5.4, number="3")
        block.words("number of events of one type")
    if sliced:
        block.sliced(((EventType.BATTLES, True, 4), (EventType.STRATEGIC, True, 3), (EventType.PROTESTS, False, 2)))
        block.words("events of several types" + ("; pale: possible" if possible else ""), extra=0.08)
    if possible:
        block.marker("o", facecolor="white", edgecolor="#555555", size_pt=4.6)
        block.words("possible: its days, or its place, reach beyond what is asked for")
    if lines or areas:
        block.marker("D", facecolor=GREY, edgecolor="white", size_pt=shrink * SMALLEST_PT)
        where = [words for there, words in ((lines, "along the line"), (areas, "in the area")) if there]
        block.words(f"somewhere {' or '.join(where)}")
    if rings:
        block.marker("o", facecolor="none", edgecolor=RING, size_pt=5.5, linestyle=(0, (3, 2)), linewidth=0.6)
        block.words("the true place lies within")
    return block


def zones_that_fit(found: list[DrawnZone], *, width: float, room: float, scale: float = 1.0) -> list[DrawnZone]:
    """Take the first zones for whose names there is room, inches, under the heading and with a line to spare."""
    for number in range(min(len(found), MOST_ZONES), 0, -1):
        if zones(found[:number], len(found) - number, width=width, scale=scale).height <= room:
            return found[:number]
    return []


def zones(drawn: list[DrawnZone], left_out: int, *, width: float, scale: float = 1.0) -> Block:
    """List the zones by their letters, and how many more are in force."""
    block = Block("Zones in force", width=width, scale=scale)
    for zone in drawn:
        block.swatch(zone)
        block.words(f"{zone.name} (unconfirmed)" if zone.unconfirmed else zone.name, lines=2)
    if left_out:
        are = "is" if left_out == 1 else "are"
        block.words(
            f"and {left_out} more that {are} not drawn" if drawn else f"{left_out}, with no room to draw them", at=0.0
        )
    return block


SCALES: Final = (1.0, 0.92, 0.85, 0.78, 0.7)
"""Sizes of the legend's letters that are tried, the largest first."""
BETWEEN_IN: Final = 0.1
"""Between two parts of the legend, inches."""


def zone_of_each(*, width: float, scale: float = 1.0) -> Block:
    """Explain the hatching on maps of one zone each."""
    block = Block("Zone", width=width, scale=scale)
    block.swatch(DrawnZone("A", "", "", False, shapely.Polygon()), letter=False)
    block.words("the zone in the map's title, while in force")
    return block


class Legend:
    """Puts the parts into the sheet's columns.

    Parameters
    ----------
    sheet : Sheet
    boxes : list of tuple
        The columns, see :attr:`geo.snapshot.paper.Layout.panel_boxes`.
    """

    def __init__(self, sheet: Sheet, boxes: list[Box4]) -> None:
        self._columns = [(sheet.place(box, inches=True), box[3]) for box in boxes]
        self._filled = [0.0] * len(boxes)
        self.width = boxes[0][2]
        self.scale = 1.0

    def _column(self, part: int) -> int:
        """Choose the column of the first, second or third part; one without its own goes where most room is."""
        if part < len(self._columns):
            return part
        left = [height - filled for (_, height), filled in zip(self._columns, self._filled, strict=True)]
        return left.index(max(left))

    def room(self, part: int) -> float:
        """Height that is left for a part, inches."""
        column = self._column(part)
        return self._columns[column][1] - self._filled[column]

    def put_all(self, makers: Sequence[Callable[..., Block]]) -> None:
        """Draw the first parts, all of one scale: the largest at which they, and a word on the zones, have room."""
        for scale in SCALES:
            blocks = [make(scale=scale) for make in makers]
            needed = [0.0] * len(self._columns)
            for part, block in enumerate(blocks):
                needed[self._column(part)] += block.height + BETWEEN_IN
            needed[-1] += 3 * LINE_IN * scale
            if all(n <= height for n, (_, height) in zip(needed, self._columns, strict=True)):
                break
        self.scale = scale
        for part, block in enumerate(blocks):
            if block.height <= self.room(part):
                self.put(part, block)

    def put(self, part: int, block: Block) -> None:
        """Draw a part under what stands in its column."""
        column = self._column(part)
        block.draw(self._columns[column][0], self._filled[column] + 0.02)
        self._filled[column] += block.height + BETWEEN_IN
