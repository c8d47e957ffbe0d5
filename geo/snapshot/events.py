"""Events on the map: a symbol for each place and type, larger with more deaths, and how well the place is known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.patches import Circle, Wedge

from geo.layers.palette import EVENT_TYPE_COLOURS
from geo.model import EventType
from geo.snapshot.ground import Z_AREA, Z_EVENT, Z_LINE, Z_RING
from geo.snapshot.shapes import fill, stroke
from geo.snapshot.text import PLAIN

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

    from geo.snapshot.view import View

SMALLEST_PT: Final = 3.6
LARGEST_PT: Final = 12.0
NUMBER_PT: Final = 6.5
CROWD: Final = 1_500
"""Above this many symbols they are drawn small, in their place, without numbers."""
RING: Final = "#3d3d3d"
SEVERAL: Final = "#6b6b6b"
"""Colour of a line or area where events of several types happened."""
SIDE_BY_SIDE: Final = 3
"""Symbols that stand beside each other at one place; more become one, sliced."""
LEAST_SLICED_PT: Final = 8.0
HOLE: Final = 0.55
"""Radius of a sliced symbol's hole, as a part of its own."""
PALE: Final = 0.35
"""Opacity of a slice of possible events."""
GAP_PT: Final = 0.6
"""Between the symbols of one place."""


def radius_pt(deaths: float) -> float:
    """Radius of a symbol: its surplus area over the smallest grows with the deaths told, at least.

    Parameters
    ----------
    deaths : float
        Low figure, summed; 0 also for unknown.

    Returns
    -------
    float
        Points.
    """
    return float(min((SMALLEST_PT**2 + 1.3 * max(deaths, 0)) ** 0.5, LARGEST_PT))


class Symbol(NamedTuple):
    """The events of one place, type and certainty."""

    at_x: float
    """The place, metres."""
    at_y: float
    kind: EventType
    sure: bool
    exact: bool
    """A point; else the middle of a line or an area."""
    n: int
    """Number of events."""
    place: str
    r: float
    """Radius, points."""
    x: float
    """Where it is drawn, metres: beside the others of its place."""
    y: float
    parts: tuple[tuple[EventType, bool, int], ...] = ()
    """Type, certainty and number of events of each slice, where it stands for several types."""


def symbols(events: GeoDataFrame, sure: pd.Series[bool], view: View) -> list[Symbol]:
    """Gather the events of each place, type and certainty into one symbol.

    Parameters
    ----------
    events : GeoDataFrame
        Events on the map.
    sure : Series of bool
        Which of them are certainly under the query.
    view : View

    Returns
    -------
    list of Symbol
        Those in view, the largest first.
    """
    x, y = view.xy(events["lon"], events["lat"])
    table = pd.DataFrame(
        {
            "at_x": np.round(x),
            "at_y": np.round(y),
            "type": events["event_type"].cat.codes.to_numpy(),
            "sure": sure.to_numpy(),
            "exact": (events["shape"] == "point").to_numpy(),
            "deaths": events["fatalities_low"].fillna(0).to_numpy(dtype=float),
            "place": events["place"].cat.codes.to_numpy(),
        }
    )
    table = table[view.holds(table["at_x"], table["at_y"])]
    grouped = table.groupby(["at_x", "at_y", "type", "sure", "exact"], as_index=False)
    found = grouped.agg(n=("deaths", "size"), deaths=("deaths", "sum"), place=("place", "first"))
    crowded = len(found) > CROWD
    kinds, places = (
        [EventType(kind) for kind in events["event_type"].cat.categories],
        list(events["place"].cat.categories),
    )
    columns = (found[name].tolist() for name in ("at_x", "at_y", "type", "sure", "exact", "n", "deaths", "place"))
    gathered = [
        Symbol(
            at_x, at_y, kinds[kind], certain, exact, n, places[place] if place >= 0 else "",
            SMALLEST_PT * 0.7 if crowded else _radius(deaths, n), at_x, at_y,
        )
        for at_x, at_y, kind, certain, exact, n, deaths, place in zip(*columns, strict=True)
    ]  # fmt: skip
    spread = gathered if crowded else _spread(gathered, view.metres_per_point)
    order = list(EventType)
    return sorted(spread, key=lambda s: (-s.r, s.at_x, s.at_y, order.index(s.kind), s.sure))


def counts(found: list[Symbol]) -> Counter[EventType]:
    """Count the events of each type behind symbols."""
    total: Counter[EventType] = Counter()
    for symbol in found:
        for kind, _, n in symbol.parts or ((symbol.kind, symbol.sure, symbol.n),):
            total[kind] += n
    return total


def _radius(deaths: float, count: int) -> float:
    room = 0.0 if count == 1 else 3.4 + 1.7 * len(str(count))
    return max(radius_pt(deaths), room)


def _spread(gathered: list[Symbol], metres_per_point: float) -> list[Symbol]:
    """Put the symbols of one place side by side, or, where they are many, make one sliced symbol of them."""
    order = list(EventType)
    by_place: dict[tuple[float, float], list[Symbol]] = {}
    for symbol in gathered:
        by_place.setdefault((symbol.at_x, symbol.at_y), []).append(symbol)
    done = []
    for together in by_place.values():
        together.sort(key=lambda s: (order.index(s.kind), not s.sure))
        if len(together) > SIDE_BY_SIDE:
            done.append(_sliced(together))
            continue
        right = -sum(2 * s.r + GAP_PT for s in together) / 2
        for symbol in together:
            right += symbol.r + GAP_PT / 2
            done.append(symbol._replace(x=symbol.at_x + right * metres_per_point))
            right += symbol.r + GAP_PT / 2
    return done


def _sliced(together: list[Symbol]) -> Symbol:
    parts = tuple((s.kind, s.sure, s.n) for s in together)
    # Areas add up, so that ten deaths are as large in one symbol as in two.
    surplus = sum(s.r**2 - SMALLEST_PT**2 for s in together)
    r = min(max((SMALLEST_PT**2 + surplus) ** 0.5, LEAST_SLICED_PT), LARGEST_PT)
    return together[0]._replace(n=sum(s.n for s in together), r=r, parts=parts)


def draw_places(axes: Axes, events: GeoDataFrame, view: View) -> None:
    """Draw lines and areas as such, and a ring around each point as wide as its uncertainty.

    Parameters
    ----------
    axes : Axes
    events : GeoDataFrame
        Events on the map.
    view : View
    """
    shaped = events[events["shape"] != "point"]
    for _, group in shaped.groupby("place_id", observed=True):
        kinds = set(group["event_type"])
        colour = EVENT_TYPE_COLOURS[EventType(kinds.pop())] if len(kinds) == 1 else SEVERAL
        shape = view.project(group["geometry"].iloc[0])
        if group["shape"].iloc[0] == "line":
            stroke(axes, [shape], colors="white", linewidths=4.2, capstyle="round", alpha=0.7, zorder=Z_LINE)
            stroke(axes, [shape], colors=colour, linewidths=2.2, capstyle="round", alpha=0.75, zorder=Z_LINE)
        else:
            fill(axes, [shape], facecolor=colour, edgecolor="none", alpha=0.07, zorder=Z_AREA)
            stroke(axes, [shape], colors=colour, linewidths=0.9, linestyles=[(0, (1, 1.6))], zorder=Z_AREA)
    points = events[events["shape"] == "point"].drop_duplicates(["lon", "lat", "radius_km"])
    x, y = view.xy(points["lon"], points["lat"])
    metres = points["radius_km"].fillna(0).to_numpy() * 1000
    seen = metres > SMALLEST_PT * view.metres_per_point
    rings = [Circle((cx, cy), r) for cx, cy, r in zip(x[seen], y[seen], metres[seen], strict=True)]
    looks: dict[str, Any] = {
        "facecolor": "none",
        "edgecolor": RING,
        "linewidth": 0.55,
        "linestyle": (0, (3, 2)),
        "alpha": 0.6,
    }
    axes.add_collection(PatchCollection(rings, **looks, zorder=Z_RING), autolim=False)


def draw_symbols(axes: Axes, found: list[Symbol], metres_per_point: float) -> None:
    """Draw the symbols of :func:`symbols`, each with its number of events where it stands for several."""
    crowded = len(found) > CROWD
    for exact in (False, True):
        for sure in (False, True):
            group = [s for s in found if s.exact == exact and s.sure == sure and not s.parts]
            colours = [EVENT_TYPE_COLOURS[s.kind] for s in group]
            axes.scatter(
                [s.x for s in group],
                [s.y for s in group],
                s=[(2 * s.r) ** 2 * (1.0 if exact else 0.8) for s in group],
                marker="o" if exact else "D",
                facecolors=colours if sure else "white",
                edgecolors="white" if sure else colours,
                linewidths=(0.3 if crowded else 0.7) if sure else 1.5,
                rasterized=crowded,
                zorder=Z_EVENT,
            )
    for symbol in () if crowded else found:
        if symbol.parts:
            draw_sliced(axes, symbol, metres_per_point)
        elif symbol.n > 1:
            colour = EVENT_TYPE_COLOURS[symbol.kind]
            axes.text(
                symbol.x, symbol.y, f"{symbol.n}", size=NUMBER_PT, ha="center", va="center_baseline", zorder=Z_EVENT,
                weight="bold", color=ink_on(colour) if symbol.sure else colour, clip_on=True, **PLAIN,
            )  # fmt: skip


def draw_sliced(axes: Axes, symbol: Symbol, unit: float) -> None:
    """Draw a ring of slices, one per type and certainty, clockwise from the top, with the number of events within.

    Parameters
    ----------
    axes : Axes
    symbol : Symbol
        With `parts`.
    unit : float
        Length of a point in the axes' unit.
    """
    middle, radius = (symbol.x, symbol.y), symbol.r * unit
    looks: dict[str, Any] = {"linewidth": 0.5, "edgecolor": "white", "zorder": Z_EVENT}
    axes.add_patch(Circle(middle, radius + 0.7 * unit, facecolor="white", linewidth=0, zorder=Z_EVENT))
    end = 90.0
    for kind, sure, n in symbol.parts:
        start = end - 360 * n / symbol.n
        slice_ = Wedge(
            middle, radius, start, end, width=radius * (1 - HOLE), facecolor=EVENT_TYPE_COLOURS[kind], **looks
        )
        slice_.set_alpha(1.0 if sure else PALE)
        axes.add_patch(slice_)
        end = start
    axes.text(
        *middle, f"{symbol.n}", size=NUMBER_PT, ha="center", va="center_baseline", weight="bold", color="#222222",
        zorder=Z_EVENT, clip_on=True, **PLAIN,
    )  # fmt: skip


def ink_on(colour: str) -> str:
    """Black or white, whichever is read more easily on a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "black" if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.25 else "white"
