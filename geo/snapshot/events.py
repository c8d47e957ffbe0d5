"""Events on the map: a symbol for each place and type, larger with more deaths, and how well the place is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.patches import Circle

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
LARGEST_PT: Final = 15.0
NUMBER_PT: Final = 6.5
CROWD: Final = 1_500
"""Above this many symbols they are drawn small, in their place, without numbers."""
RING: Final = "#3d3d3d"
PER_ROW: Final = 4


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
    return float(min((SMALLEST_PT**2 + 2.2 * max(deaths, 0)) ** 0.5, LARGEST_PT))


def symbols(events: GeoDataFrame, sure: pd.Series[bool], view: View) -> pd.DataFrame:
    """Gather the events of each place, type and certainty into one symbol.

    Parameters
    ----------
    events : GeoDataFrame
        Events on the map.
    sure : Series of bool
        Which of them are certainly in the period.
    view : View

    Returns
    -------
    DataFrame
        One row per symbol in view: x, y (metres, beside each other where they share a place), at_x, at_y (the place),
        type, sure, exact (a point, not a line or area), n, deaths, r (points), place.
    """
    x, y = view.xy(events["lon"], events["lat"])
    table = pd.DataFrame(
        {
            "at_x": np.round(x),
            "at_y": np.round(y),
            "type": events["event_type"].astype("str").to_numpy(),
            "sure": sure.to_numpy(),
            "exact": (events["shape"] == "point").to_numpy(),
            "deaths": events["fatalities_low"].fillna(0).to_numpy(dtype=float),
            "place": events["place"].astype("str").fillna("").to_numpy(),
        }
    )
    table = table[view.holds(table["at_x"], table["at_y"])]
    keys = ["at_x", "at_y", "type", "sure", "exact"]
    found = table.groupby(keys, as_index=False, sort=True).agg(n=("deaths", "size"), deaths=("deaths", "sum"), place=("place", "first"))
    crowded = len(found) > CROWD
    found["r"] = [SMALLEST_PT * 0.7 if crowded else _radius(row.deaths, row.n) for row in found.itertuples()]
    found["x"], found["y"] = found["at_x"], found["at_y"]
    return found if crowded else _spread(found, view.metres_per_point)


def _radius(deaths: float, count: int) -> float:
    room = 0.0 if count == 1 else 3.4 + 1.7 * len(str(count))
    return max(radius_pt(deaths), room)


def _spread(found: pd.DataFrame, metres_per_point: float) -> pd.DataFrame:
    """Put the symbols of one place side by side, in rows, around it."""
    order = {str(kind): i for i, kind in enumerate(EventType)}
    for (at_x, at_y), group in found.groupby(["at_x", "at_y"], sort=True):
        if len(group) == 1:
            continue
        group = group.assign(rank=group["type"].map(order)).sort_values(["rank", "sure"])
        rows = [group.iloc[i : i + PER_ROW] for i in range(0, len(group), PER_ROW)]
        step = 2 * group["r"].max() + 0.6
        for number, row in enumerate(rows):
            widths = 2 * row["r"].to_numpy() + 0.6
            left = np.cumsum(widths) - widths / 2 - widths.sum() / 2
            found.loc[row.index, "x"] = at_x + left * metres_per_point
            found.loc[row.index, "y"] = at_y + ((len(rows) - 1) / 2 - number) * step * metres_per_point
    return found


def draw_places(axes: Axes, events: GeoDataFrame, view: View) -> None:
    """Draw lines and areas as such, and a ring around each point as wide as its uncertainty.

    Parameters
    ----------
    axes : Axes
    events : GeoDataFrame
        Events on the map.
    view : View
    """
    shaped = events[events["shape"] != "point"].drop_duplicates(["place_id", "event_type"])
    for row in shaped.itertuples():
        colour = EVENT_TYPE_COLOURS[EventType(row.event_type)]
        shape = view.project(row.geometry)
        if row.shape == "line":
            stroke(axes, [shape], colors="white", linewidths=5, capstyle="round", alpha=0.8, zorder=Z_LINE)
            stroke(axes, [shape], colors=colour, linewidths=2.8, capstyle="round", alpha=0.85, zorder=Z_LINE)
        else:
            fill(axes, [shape], facecolor=colour, edgecolor="none", alpha=0.07, zorder=Z_AREA)
            stroke(axes, [shape], colors=colour, linewidths=0.9, linestyles=[(0, (1, 1.6))], zorder=Z_AREA)
    points = events[events["shape"] == "point"].drop_duplicates(["lon", "lat", "radius_km"])
    x, y = view.xy(points["lon"], points["lat"])
    metres = points["radius_km"].fillna(0).to_numpy() * 1000
    seen = metres > SMALLEST_PT * view.metres_per_point
    rings = [Circle((cx, cy), r) for cx, cy, r in zip(x[seen], y[seen], metres[seen], strict=True)]
    looks = {"facecolor": "none", "edgecolor": RING, "linewidth": 0.55, "linestyle": (0, (3, 2)), "alpha": 0.6}
    axes.add_collection(PatchCollection(rings, **looks, zorder=Z_RING), autolim=False)


def draw_symbols(axes: Axes, found: pd.DataFrame) -> None:
    """Draw the symbols of :func:`symbols`, the largest first, each with its number of events."""
    found = found.sort_values(["r", "at_x", "at_y", "type"], ascending=[False, True, True, True], kind="stable")
    crowded = len(found) > CROWD
    for (exact, sure), group in found.groupby(["exact", "sure"], sort=True):
        colours = [EVENT_TYPE_COLOURS[EventType(kind)] for kind in group["type"]]
        axes.scatter(
            group["x"],
            group["y"],
            s=(2 * group["r"]) ** 2 * (1.0 if exact else 0.8),
            marker="o" if exact else "D",
            facecolors=colours if sure else "white",
            edgecolors="white" if sure else colours,
            linewidths=(0.3 if crowded else 0.7) if sure else 1.5,
            rasterized=crowded,
            zorder=Z_EVENT,
        )
    for row in found[found["n"] > 1].itertuples() if not crowded else ():
        colour = EVENT_TYPE_COLOURS[EventType(row.type)]
        axes.text(
            row.x, row.y, f"{row.n}", size=NUMBER_PT, ha="center", va="center_baseline", zorder=Z_EVENT, weight="bold",
            color=ink_on(colour) if row.sure else colour, clip_on=True, **PLAIN,
        )  # fmt: skip


def ink_on(colour: str) -> str:
    """Black or white, whichever is read more easily on a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "black" if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.25 else "white"
