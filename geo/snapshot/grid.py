"""Where the small maps of a sheet stand, and how many lines their titles have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.snapshot.text import wrap

if TYPE_CHECKING:
    from geo.snapshot.paper import Box4

HEAD_IN: Final = 0.2
"""Above each map, for its title of one line."""
HEAD_PT: Final = 7.2
STEP_IN: Final = HEAD_PT * 1.3 / 72
COUNTED_PT: Final = 34.0
"""Room beside a title for the map's counts, points."""
MOST_LINES: Final = 4
"""Of a map's title: two armies whose names are cut would be one."""
LEAST_IN: Final = 0.45
GAP_IN: Final = 0.13
SHAPE: Final = 1.3
"""Width of a small map by its height, where the sheet leaves the choice."""


def grid(titles: list[str], area: Box4) -> tuple[list[Box4], int]:
    """Place maps in rows, as large as can be.

    Parameters
    ----------
    titles : list of str
        One for each map.
    area : tuple of float
        Left, bottom, width, height on the sheet, inches.

    Returns
    -------
    boxes : list of tuple
        Of the maps, without their titles, in the order given.
    lines : int
        Of each title, so that all can be read whole.

    Raises
    ------
    InputError
        They would be too small to be read.
    """
    ways = _ways(titles, area)
    whole = [(boxes, lines) for boxes, lines in ways if _fit(titles, boxes, lines)]
    # Of equal ones the first has the fewest lines.
    boxes, lines = max(whole or ways, key=lambda way: _size(way[0]), default=([], 0))
    if not boxes:
        raise InputError(
            f"{len(titles)} maps are too small to be read on paper of this size",
            remedy="Choose a larger size, a shorter period or a longer step",
        )
    return boxes, lines


def fits(titles: list[str], area: Box4) -> bool:
    """Tell whether there is a way to place maps so that all their titles can be read whole; see :func:`grid`."""
    return any(_fit(titles, boxes, lines) for boxes, lines in _ways(titles, area))


def _ways(titles: list[str], area: Box4) -> list[tuple[list[Box4], int]]:
    """Every way to place maps that are large enough, and the lines of their titles then."""
    return [
        (boxes, lines)
        for lines in range(1, MOST_LINES + 1)
        for columns in range(1, len(titles) + 1)
        if _size(boxes := _boxes(len(titles), columns, area, HEAD_IN + (lines - 1) * STEP_IN)) >= LEAST_IN
    ]


def _fit(titles: list[str], boxes: list[Box4], lines: int) -> bool:
    room = boxes[0][2] * 72 - COUNTED_PT
    return all(len(wrap(title, room, HEAD_PT, bold=True)) <= lines for title in titles)


def _size(boxes: list[Box4]) -> float:
    """How large a map is, by its shorter side."""
    return min(boxes[0][2], boxes[0][3] * SHAPE)


def _boxes(number: int, columns: int, area: Box4, head: float) -> list[Box4]:
    left, bottom, width, height = area
    rows = -(-number // columns)
    wide = (width - GAP_IN * (columns - 1)) / columns
    high = (height - GAP_IN * (rows - 1)) / rows - head
    top = bottom + height
    return [
        (
            left + (i % columns) * (wide + GAP_IN),
            top - (i // columns) * (high + head + GAP_IN) - head - high,
            wide,
            high,
        )
        for i in range(number)
    ]
