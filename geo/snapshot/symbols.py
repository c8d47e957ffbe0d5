"""Symbols: one for each place and type of events, larger with more deaths, and where on the map it stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.model import EventType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geopandas import GeoDataFrame

    from geo.snapshot.view import View

SMALLEST_PT: Final = 3.6
LARGEST_PT: Final = 12.0
CROWD: Final = 1_500
"""Above this many symbols they are drawn small, in their place, without numbers."""
SIDE_BY_SIDE: Final = 3
"""Symbols that stand beside each other at one place; more become one, sliced."""
LEAST_SLICED_PT: Final = 8.0
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


def symbols(events: GeoDataFrame, sure: pd.Series[bool], view: View, *, shrink: float = 1.0) -> list[Symbol]:
    """Gather the events of each place, type and certainty into one symbol.

    Parameters
    ----------
    events : GeoDataFrame
        Events on the map.
    sure : Series of bool
        Which of them are certainly under the query.
    view : View
    shrink : float, default 1
        Size of the symbols, as a part of theirs on a large map.

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
            shrink * (SMALLEST_PT * 0.7 if crowded else _radius(deaths, n)), at_x, at_y,
        )
        for at_x, at_y, kind, certain, exact, n, deaths, place in zip(*columns, strict=True)
    ]  # fmt: skip
    spread = gathered if crowded else _spread(gathered, view.metres_per_point, shrink)
    order = list(EventType)
    return sorted(spread, key=lambda s: (-s.r, s.at_x, s.at_y, order.index(s.kind), s.sure))


def counts(found: Iterable[Symbol], *, sure: bool | None = None) -> Counter[EventType]:
    """Count the events of each type behind symbols.

    Parameters
    ----------
    found : iterable of Symbol
    sure : bool, optional
        Only the certain ones, or only the possible ones.
    """
    total: Counter[EventType] = Counter()
    for symbol in found:
        for kind, certain, n in symbol.parts or ((symbol.kind, symbol.sure, symbol.n),):
            if sure is None or certain == sure:
                total[kind] += n
    return total


def _radius(deaths: float, count: int) -> float:
    room = 0.0 if count == 1 else 3.4 + 1.7 * len(str(count))
    return max(radius_pt(deaths), room)


def _spread(gathered: list[Symbol], metres_per_point: float, shrink: float) -> list[Symbol]:
    """Put the symbols of one place side by side, or, where they are many, make one sliced symbol of them."""
    order = list(EventType)
    by_place: dict[tuple[float, float], list[Symbol]] = {}
    for symbol in gathered:
        by_place.setdefault((symbol.at_x, symbol.at_y), []).append(symbol)
    done = []
    for together in by_place.values():
        together.sort(key=lambda s: (order.index(s.kind), not s.sure))
        if len(together) > SIDE_BY_SIDE:
            done.append(_sliced(together, shrink))
            continue
        right = -sum(2 * s.r + GAP_PT for s in together) / 2
        for symbol in together:
            right += symbol.r + GAP_PT / 2
            done.append(symbol._replace(x=symbol.at_x + right * metres_per_point))
            right += symbol.r + GAP_PT / 2
    return done


def _sliced(together: list[Symbol], shrink: float) -> Symbol:
    parts = tuple((s.kind, s.sure, s.n) for s in together)
    # Areas add up, so that ten deaths are as large in one symbol as in two.
    surplus = sum((s.r / shrink) ** 2 - SMALLEST_PT**2 for s in together)
    r = shrink * min(max((SMALLEST_PT**2 + surplus) ** 0.5, LEAST_SLICED_PT), LARGEST_PT)
    return together[0]._replace(n=sum(s.n for s in together), r=r, parts=parts)
