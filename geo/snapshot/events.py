"""Events on the map: symbols, lines and areas, and how well each place is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.collections import PatchCollection
from matplotlib.patches import Circle, Wedge

from geo.layers.palette import EVENT_TYPE_COLOURS
from geo.model import EventType
from geo.snapshot.ground import Z_AREA, Z_EVENT, Z_LINE, Z_RING
from geo.snapshot.shapes import fill, stroke
from geo.snapshot.symbols import CROWD, SMALLEST_PT
from geo.snapshot.text import PLAIN

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from geo.snapshot.symbols import Symbol
    from geo.snapshot.view import View

NUMBER_PT: Final = 6.5
RING: Final = "#3d3d3d"
SEVERAL: Final = "#6b6b6b"
"""Colour of a line or area where events of several types happened."""
HOLE: Final = 0.55
"""Radius of a sliced symbol's hole, as a part of its own."""
PALE: Final = 0.35
"""Opacity of a slice of possible events."""


def draw_places(axes: Axes, events: GeoDataFrame, view: View) -> list[Artist]:
    """Draw lines and areas as such, and a ring around each point as wide as its uncertainty.

    Parameters
    ----------
    axes : Axes
    events : GeoDataFrame
        Events on the map.
    view : View

    Returns
    -------
    list of Artist
        In drawing order.
    """
    made: list[Artist] = []
    shaped = events[events["shape"] != "point"]
    looks: dict[str, Any]
    for _, group in shaped.groupby("place_id", observed=True):
        kinds = set(group["event_type"])
        colour = EVENT_TYPE_COLOURS[EventType(kinds.pop())] if len(kinds) == 1 else SEVERAL
        shape = view.project(group["geometry"].iloc[0])
        if group["shape"].iloc[0] == "line":
            looks = {"capstyle": "round", "zorder": Z_LINE}
            made.append(stroke(axes, [shape], colors="white", linewidths=4.2, alpha=0.7, **looks))
            made.append(stroke(axes, [shape], colors=colour, linewidths=2.2, alpha=0.75, **looks))
        else:
            made.append(fill(axes, [shape], facecolor=colour, edgecolor="none", alpha=0.07, zorder=Z_AREA))
            dots = {"linewidths": 0.9, "linestyles": [(0, (1, 1.6))], "zorder": Z_AREA}
            made.append(stroke(axes, [shape], colors=colour, **dots))
    points = events[events["shape"] == "point"].drop_duplicates(["lon", "lat", "radius_km"])
    x, y = view.xy(points["lon"], points["lat"])
    metres = points["radius_km"].fillna(0).to_numpy() * 1000
    seen = metres > SMALLEST_PT * view.metres_per_point
    rings = [Circle((cx, cy), r) for cx, cy, r in zip(x[seen], y[seen], metres[seen], strict=True)]
    dashed = PatchCollection(
        rings, facecolor="none", edgecolor=RING, linewidth=0.55, linestyle=(0, (3, 2)), alpha=0.6, zorder=Z_RING
    )
    axes.add_collection(dashed, autolim=False)
    return [*made, dashed]


def draw_symbols(axes: Axes, found: list[Symbol], metres_per_point: float, *, shrink: float = 1.0) -> list[Artist]:
    """Draw symbols, each with its number of events where it stands for several; returns them in drawing order."""
    number_pt = NUMBER_PT * shrink
    crowded = len(found) > CROWD
    made: list[Artist] = []
    for exact in (False, True):
        for sure in (False, True):
            group = [s for s in found if s.exact == exact and s.sure == sure and not s.parts]
            if not group:
                continue
            colours = [EVENT_TYPE_COLOURS[s.kind] for s in group]
            dots = axes.scatter(
                [s.x for s in group],
                [s.y for s in group],
                s=[(2 * s.r) ** 2 * (1.0 if exact else 0.8) for s in group],
                marker="o" if exact else "D",
                facecolors=colours if sure else "white",
                edgecolors="white" if sure else colours,
                linewidths=(0.3 if crowded else 0.7 * shrink) if sure else 1.5 * shrink,
                rasterized=crowded,
                zorder=Z_EVENT,
            )
            made.append(dots)
    for symbol in () if crowded else found:
        if symbol.parts:
            made += draw_sliced(axes, symbol, metres_per_point, number_pt=number_pt)
        elif symbol.n > 1:
            colour = EVENT_TYPE_COLOURS[symbol.kind]
            number = axes.text(
                symbol.x, symbol.y, f"{symbol.n}", size=number_pt, ha="center", va="center_baseline", zorder=Z_EVENT,
                weight="bold", color=ink_on(colour) if symbol.sure else colour, clip_on=True, **PLAIN,
            )  # fmt: skip
            made.append(number)
    return made


def draw_sliced(axes: Axes, symbol: Symbol, unit: float, *, number_pt: float = NUMBER_PT) -> list[Artist]:
    """Draw a ring of slices, one per type and certainty, clockwise from the top, with the number of events within.

    Parameters
    ----------
    axes : Axes
    symbol : Symbol
        With `parts`.
    unit : float
        Length of a point in the axes' unit.
    number_pt : float
        Size of the number.
    """
    middle, radius = (symbol.x, symbol.y), symbol.r * unit
    looks: dict[str, Any] = {"linewidth": 0.5, "edgecolor": "white", "zorder": Z_EVENT}
    # Artists, not patches: a patch would ask the axes to grow around it, which costs more than to draw it.
    made: list[Artist] = [
        axes.add_artist(Circle(middle, radius + 0.7 * unit, facecolor="white", linewidth=0, zorder=Z_EVENT))
    ]
    end = 90.0
    for kind, sure, n in symbol.parts:
        start = end - 360 * n / symbol.n
        slice_ = Wedge(
            middle, radius, start, end, width=radius * (1 - HOLE), facecolor=EVENT_TYPE_COLOURS[kind], **looks
        )
        slice_.set_alpha(1.0 if sure else PALE)
        made.append(axes.add_artist(slice_))
        end = start
    number = axes.text(
        *middle, f"{symbol.n}", size=number_pt, ha="center", va="center_baseline", weight="bold", color="#222222",
        zorder=Z_EVENT, clip_on=True, **PLAIN,
    )  # fmt: skip
    return [*made, number]


def ink_on(colour: str) -> str:
    """Black or white, whichever is read more easily on a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "black" if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.25 else "white"
