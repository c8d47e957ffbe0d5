"""The histogram under the map: events a day, week, month or year under the filters, with the period marked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from matplotlib import dates

from geo.layers.palette import EVENT_TYPE_COLOURS
from geo.model import EventType
from geo.snapshot.text import PLAIN, SOFT_INK

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

    from geo.query.query import Period

STEPS: Final = ((92, "day", "D"), (800, "week", "W-SUN"), (366 * 26, "month", "M"), (366 * 10_000, "year", "Y"))
"""Longest span in days, name and pandas period of each bin."""


def draw_strip(axes: Axes, events: GeoDataFrame, period: Period | None) -> None:
    """Draw the histogram.

    Parameters
    ----------
    axes : Axes
    events : GeoDataFrame
        Events under every filter but the period; those without a day are left out.
    period : (date or None, date or None) or None
        Marked; the days outside it stand in a veil.
    """
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color("#999999")
    axes.tick_params(labelsize=6.5, colors=SOFT_INK, length=2, width=0.5)
    dated = events[events["day_start"].notna()]
    if dated.empty:
        axes.set_yticks([])
        axes.set_xticks([])
        axes.text(
            0.5,
            0.5,
            "no dated events under these filters",
            transform=axes.transAxes,
            size=7.5,
            ha="center",
            color=SOFT_INK,
            **PLAIN,
        )
        return
    name, table = bins(dated)
    left, width = _edges(table.index)
    base = np.zeros(len(table))
    for kind in EventType:
        if str(kind) in table:
            heights = table[str(kind)].to_numpy(dtype=float)
            axes.bar(
                left,
                heights,
                width=width * 0.94,
                bottom=base,
                align="edge",
                color=EVENT_TYPE_COLOURS[kind],
                linewidth=0,
            )
            base += heights
    top = base.max()
    axes.set_ylim(0, top * 1.08)
    axes.set_yticks([0, top], ["0", f"{int(top):,}"])
    axes.set_ylabel(f"events a {name}", size=6.5, color=SOFT_INK)
    axes.set_xlim(left[0], left[-1] + width[-1])
    _mark(axes, period, float(left[0]), float(left[-1] + width[-1]))
    locator = dates.AutoDateLocator(minticks=4, maxticks=12)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    formatter = dates.ConciseDateFormatter(locator, show_offset=left[-1] - left[0] < 366)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(formatter)
    axes.xaxis.get_offset_text().set(size=6.5, color=SOFT_INK)


def bins(dated: GeoDataFrame) -> tuple[str, pd.DataFrame]:
    """Count events by first day and type.

    Parameters
    ----------
    dated : GeoDataFrame
        Events with a day.

    Returns
    -------
    name : {"day", "week", "month", "year"}
    table : DataFrame
        A row per bin, none left out between the first and the last; a column per event type.
    """
    first, last = dated["day_start"].min(), dated["day_start"].max()
    name, code = next((name, code) for longest, name, code in STEPS if (last - first).days <= longest)
    periods = pd.PeriodIndex(dated["day_start"].to_numpy(), freq=code)
    table = pd.crosstab(periods, dated["event_type"].astype("str").to_numpy())
    every = pd.period_range(periods.min(), periods.max(), freq=code)
    return name, table.reindex(every, fill_value=0)


def _edges(index: Any) -> tuple[np.ndarray, np.ndarray]:
    starts = np.array([_number(p.start_time.date()) for p in index])
    ends = np.array([_number(p.end_time.date()) + 1 for p in index])
    return starts, ends - starts


def _number(day: date) -> float:
    """Matplotlib's number of a day: days since 1970."""
    return float(day.toordinal() - date(1970, 1, 1).toordinal())


def _mark(axes: Axes, period: Period | None, left: float, right: float) -> None:
    if period is None:
        return
    first = left if period[0] is None else min(max(_number(period[0]), left), right)
    last = right if period[1] is None else min(max(_number(period[1]) + 1, left), right)
    for start, end in ((left, first), (last, right)):
        if end > start:
            axes.axvspan(start, end, facecolor="white", alpha=0.72, linewidth=0, zorder=3)
    for edge in (first, last):
        axes.axvline(edge, color="#222222", linewidth=0.9, zorder=4)
