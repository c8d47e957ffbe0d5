"""Text on paper: how wide it is, how it wraps, and where a label finds room.

Matplotlib shapes and orders the text itself (libraqm, HarfBuzz): Arabic letters join, right-to-left words stand in
their order, and the file keeps the letters as they were written, so that they can be searched. Its own DejaVu Sans
covers Arabic, Kurdish, Turkish, Hebrew, Cyrillic and Greek.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import TextToPath

from geo.layers.words import LEFT_TO_RIGHT

# Text comes from articles: "$" must never start a formula, and a line break must never move the figure's parts.
PLAIN: Final[dict[str, Any]] = {"parse_math": False}
INK: Final = "#222222"
SOFT_INK: Final = "#5a5a5a"

EDGE_PT: Final = 3.0
"""Labels keep this far from the map's frame."""

_METRICS = TextToPath()


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())


def shown(text: str) -> str:
    """Write text in one line, with "�" for each character that the figure's font lacks.

    Marks that turn the direction of what follows are left out, but the one that keeps ours: a name must not turn the
    words around it.
    """
    letters = (c for c in " ".join(text.split()) if unicodedata.category(c) != "Cf" or c in _KEPT)
    return "".join(c if ord(c) in _glyphs() else "�" for c in letters)


_JOINERS: Final = "\u200c\u200d"
"""Persian and Kurdish spell with them."""
_KEPT: Final = _JOINERS + LEFT_TO_RIGHT
_RIGHT_TO_LEFT: Final = "\u200f"


def is_right_to_left(text: str) -> bool:
    """Tell whether a text is read from the right: by its first letter."""
    for letter in text:
        if (kind := unicodedata.bidirectional(letter)) in ("L", "R", "AL"):
            return kind != "L"
    return False


def same_direction(line: str, *, right_to_left: bool) -> str:
    """Make one line of a longer text run as the whole of it does."""
    if is_right_to_left(line) == right_to_left:
        return line
    return (_RIGHT_TO_LEFT if right_to_left else LEFT_TO_RIGHT) + line


@lru_cache(maxsize=4096)
def width_pt(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of text, points."""
    return float(_METRICS.get_text_width_height_descent(text, _font(size, bold), ismath=False)[0])


@cache
def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")


def wrap(text: str, width: float, size: float, *, lines: int = 99, bold: bool = False) -> list[str]:
    """Break text into lines.

    Parameters
    ----------
    text : str
    width : float
        Width of a line, points.
    size : float
        Font size, points.
    lines : int
        Most lines; a longer text ends in "…".
    bold : bool

    Returns
    -------
    list of str
    """
    found: list[str] = [""]
    for word in shown(text).split():
        space = " "
        for part in _pieces(word, width, size, bold=bold):
            longer = f"{found[-1]}{space}{part}".strip()
            space = ""
            if width_pt(longer, size, bold=bold) <= width:
                found[-1] = longer
            else:
                found.append(part)
        if len(found) > lines:
            last = found[lines - 1]
            while last and width_pt(last + "…", size, bold=bold) > width:
                last = last[:-1]
            return [*found[: lines - 1], last.rstrip() + "…"]
    return found[1:] if len(found) > 1 and not found[0] else found


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Part a word after its strokes; cut what is still wider than a line."""
    pieces = []
    for part in re.findall(r"[^/]*/|[^/]+", word):
        if width_pt(part, size, bold=bold) <= width:
            pieces.append(part)
            continue
        fits = max(int(len(part) * width / width_pt(part, size, bold=bold)) - 1, 1)
        pieces += [part[i : i + fits] for i in range(0, len(part), fits)]
    return pieces


class Box(NamedTuple):
    """A rectangle on the map, points from its lower left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


_AROUND: Final = (
    (1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8),
    (1, 0.6), (1, -0.6), (-1, 0.6), (-1, -0.6), (0.45, 1), (-0.45, 1), (0.45, -1), (-0.45, -1),
)  # fmt: skip
"""Where a label may stand, from the point: right, left, above, below, at the corners, then between."""


class Room:
    """Keeps what is taken, so that no label covers another or a symbol.

    Parameters
    ----------
    width, height : float
        Size of the map, points.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._boxes = np.empty((64, 4))
        self._number = 0

    def take(self, box: Box) -> None:
        """Take a rectangle, free or not."""
        if self._number == len(self._boxes):
            self._boxes = np.concatenate([self._boxes, np.empty_like(self._boxes)])
        self._boxes[self._number] = box
        self._number += 1

    def is_free(self, box: Box) -> bool:
        """Tell whether a rectangle is inside the map and touches nothing taken."""
        if box.x0 < EDGE_PT or box.y0 < EDGE_PT or box.x1 > self.width - EDGE_PT or box.y1 > self.height - EDGE_PT:
            return False
        return self.covered(box) == 0

    def covered(self, box: Box) -> int:
        """Count what is taken and lies, at least in part, in a rectangle."""
        # All at once: a crowded map asks for two thousand places among a thousand symbols.
        x0, y0, x1, y1 = self._boxes[: self._number].T
        return int(np.count_nonzero((box.x1 >= x0) & (x1 >= box.x0) & (box.y1 >= y0) & (y1 >= box.y0)))

    def beside(self, x: float, y: float, gap: float, size: tuple[float, float]) -> Box | None:
        """Find room for a label beside a point, the best place first.

        Parameters
        ----------
        x, y : float
            The point, points.
        gap : float
            Distance to keep from it.
        size : tuple of float
            Width and height of the label.

        Returns
        -------
        Box or None
            Taken already; None when there is no room.
        """
        w, h = size
        for dx, dy in _AROUND:
            cx, cy = x + dx * (gap + w / 2), y + dy * (gap + h / 2)
            box = Box(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2)
            if self.is_free(box):
                self.take(box)
                return box
        return None
