"""The histogram under the map: events a day, week, month or year under the filters, with the period marked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from matplotlib import dates
from matplotlib.collections import PolyCollection

from geo.layers.palette import EVENT_TYPE_COLOURS
from geo.model import EventType
from geo.snapshot.text import PLAIN, SOFT_INK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

    from geo.query.query import Period

STEPS: Final = ((92, "day", "D"), (800, "week", "W-SUN"), (366 * 26, "month", "M"), (366 * 10_000, "year", "Y"))
"""Longest span in days, name and pandas period of each bin."""


def draw_strip(axes: Axes, events: GeoDataFrame, periods: Iterable[Period | None]) -> None:
    """Draw the histogram.

    Parameters
    ----------
    axes : Axes
    events : GeoDataFrame
        Events on the map under every filter but the period; those without a day are left out.
    periods : iterable of (date or None, date or None) or None
        Marked, none of them overlapping; the days outside them stand in a veil. None marks nothing.
    """
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color("#999999")
    axes.tick_params(labelsize=6.5, colors=SOFT_INK, length=2, width=0.5)
    dated = events[events["day_start"].notna()]
    if dated.empty:
        axes.set(xticks=[], yticks=[])
        words = "no dated events under these filters"
        axes.text(0.5, 0.5, words, transform=axes.transAxes, size=7.5, ha="center", color=SOFT_INK, **PLAIN)
        return
    name, table = bins(dated)
    left, width = _edges(table.index)
    base = np.zeros(len(table))
    for kind in EventType:
        if str(kind) in table:
            heights = table[str(kind)].to_numpy(dtype=float)
            axes.add_collection(_bars(left, width * 0.94, base, heights, EVENT_TYPE_COLOURS[kind]), autolim=False)
            base += heights
    top = base.max()
    start, end = float(left[0]), float(left[-1] + width[-1])
    axes.set(xlim=(start, end), ylim=(0, top * 1.08))
    axes.set_yticks([0, top], ["0", f"{int(top):,}"])
    axes.set_ylabel(f"events a {name}", size=6.5, color=SOFT_INK)
    _mark(axes, [period for period in periods if period is not None], start, end)
    _days(axes, end - start)


def _bars(left: np.ndarray, width: np.ndarray, base: np.ndarray, heights: np.ndarray, colour: str) -> PolyCollection:
    """All bars of a type as one: a thousand patches cost half a second."""
    there = heights > 0
    x0, y0 = left[there], base[there]
    x1, y1 = x0 + width[there], y0 + heights[there]
    corners = np.stack([np.stack([x0, x1, x1, x0], axis=1), np.stack([y0, y0, y1, y1], axis=1)], axis=2)
    return PolyCollection(list(corners), facecolor=colour, linewidth=0)


def _days(axes: Axes, span: float) -> None:
    inches = axes.get_window_extent().width / axes.get_figure(root=True).dpi  # type: ignore[union-attr]
    locator = dates.AutoDateLocator(minticks=3, maxticks=max(4, int(inches * 1.7)))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    formatter = dates.ConciseDateFormatter(locator, show_offset=span < 366)  # type: ignore[no-untyped-call]
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
    kinds = dated["event_type"].cat
    # Counted by number: a table of a million words takes as long as the rest of the figure.
    ordinals, codes = periods.asi8, kinds.codes.to_numpy().astype(np.int64)
    start, width = int(ordinals.min()), len(kinds.categories)
    every = pd.period_range(periods.min(), periods.max(), freq=code)
    counted = np.bincount((ordinals - start) * width + codes, minlength=len(every) * width).reshape(-1, width)
    table = pd.DataFrame(counted, index=every, columns=list(map(str, kinds.categories)))
    return name, table.loc[:, table.sum() > 0]


def _edges(index: Any) -> tuple[np.ndarray, np.ndarray]:
    starts = index.start_time.to_numpy().astype("datetime64[D]").astype(float)
    ends = index.end_time.to_numpy().astype("datetime64[D]").astype(float) + 1
    return starts, ends - starts


def day_number(day: date) -> float:
    """Matplotlib's number of a day: days since 1970."""
    return float(day.toordinal() - date(1970, 1, 1).toordinal())


def _mark(axes: Axes, periods: list[Period], left: float, right: float) -> None:
    if not periods:
        return
    at = left
    for period in sorted(periods, key=lambda p: p[0] or date.min):
        first = left if period[0] is None else min(max(day_number(period[0]), left), right)
        last = right if period[1] is None else min(max(day_number(period[1]) + 1, left), right)
        _veil(axes, at, first)
        for edge in (first, last):
            axes.axvline(edge, color="#222222", linewidth=0.9, zorder=4, clip_on=False)
        at = max(at, last)
    _veil(axes, at, right)


def _veil(axes: Axes, start: float, end: float) -> None:
    if end > start:
        axes.axvspan(start, end, facecolor="white", alpha=0.72, linewidth=0, zorder=3)
