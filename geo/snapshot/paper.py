"""The sheet of paper, and where everything stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geo.snapshot.options import Options, Size

Box4 = tuple[float, float, float, float]
"""Left, bottom, width, height, inches from the sheet's lower left corner."""

GAP_IN: Final = 0.2
STRIP_IN: Final = 0.62
AXIS_IN: Final = 0.3
"""Under the strip, for its years, and above it."""
BELOW_IN: Final = 2.2
"""Height of a legend under the map; a tall page has more room for it."""
BELOW_TALL_IN: Final = 2.75
TALL_IN: Final = 10.0
THREE_COLUMNS_IN: Final = 5.8
"""Sheets at least this wide have three columns under the map, others two."""


class Sheet(Figure):
    """A figure of ours: it knows its record and how much it is enlarged when it is written.

    Parameters
    ----------
    options : Options
        Size and resolution.
    """

    def __init__(self, options: Options) -> None:
        size = options.paper
        dots = options.resolution * size.enlarge
        # Whole dots, and a hair more: the renderer cuts off what is less than one.
        width, height = ((n + 1e-6) / dots for n in size.pixels(options.resolution))
        super().__init__(figsize=(width, height), dpi=dots, facecolor="white")
        self.enlarge = size.enlarge
        self.resolution = options.resolution
        self.record: dict[str, Any] = {}
        """What the file will tell of itself, see :mod:`geo.snapshot.record`."""

    def place(self, box: Box4, *, framed: bool = False, inches: bool = False) -> Axes:
        """Add axes.

        Parameters
        ----------
        box : tuple of float
            Inches.
        framed : bool
            A frame and no ticks, for a map.
        inches : bool
            No frame; one unit is an inch, y grows downwards from the upper edge.
        """
        width, height = self.get_size_inches()
        left, bottom, wide, high = box
        axes = self.add_axes((left / width, bottom / height, wide / width, high / height))
        if inches:
            axes.set(xlim=(0, wide), ylim=(high, 0))
            axes.axis("off")
        elif framed:
            axes.set(xticks=[], yticks=[])
            for spine in axes.spines.values():
                spine.set(color="#555555", linewidth=0.8, zorder=30)
        return axes


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand on the sheet, inches from its lower left corner."""

    size: Size
    top: float
    """Lower edge of the title block."""
    histogram: bool = True
    foot_in: float = 0.4
    """Height of the credits."""

    @property
    def _below(self) -> float:
        if not self.size.below:
            return 0.0
        return BELOW_TALL_IN if self.size.drawn_in[1] > TALL_IN else BELOW_IN

    @property
    def _above_foot(self) -> float:
        return self.size.margin_in + self.foot_in + 0.2

    @property
    def _width(self) -> float:
        return self.size.drawn_in[0] - 2 * self.size.margin_in

    @property
    def _under_strip(self) -> float:
        return self._above_foot + self._below

    @property
    def map_box(self) -> Box4:
        """The map, or the sheet's many maps."""
        bottom = self._under_strip + (STRIP_IN + AXIS_IN + 0.1 if self.histogram else 0.04)
        beside = 0.0 if self.size.below else self.size.panel_in + GAP_IN
        return (self.size.margin_in, bottom, self._width - beside, self.top - bottom)

    @property
    def panel_boxes(self) -> list[Box4]:
        """The columns of the legend."""
        left, bottom = self.size.margin_in, self._above_foot
        if not self.size.below:
            wide = self.size.panel_in
            return [(left + self._width - wide, bottom, wide, self.top - bottom)]
        columns = 3 if self._width >= THREE_COLUMNS_IN else 2
        wide = (self._width - GAP_IN * (columns - 1)) / columns
        return [(left + i * (wide + GAP_IN), bottom, wide, self._below - 0.06) for i in range(columns)]

    @property
    def strip_box(self) -> Box4:
        """The histogram."""
        left, _, width, _ = self.map_box
        return (left + 0.38, self._under_strip + AXIS_IN - 0.14, width - 0.38, STRIP_IN)

    @property
    def foot_box(self) -> Box4:
        """The credits."""
        return (self.size.margin_in, self.size.margin_in, self._width, self.foot_in)
