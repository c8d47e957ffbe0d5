"""How many were killed or injured in several events together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pandas import DataFrame

People = Literal["fatalities", "injured"]
"""Columns of the events table that count people: ``_low`` and ``_high`` of each."""


def people_told(events: DataFrame, people: People) -> tuple[int, int] | None:
    """Add up the fewest and the most that are told.

    Parameters
    ----------
    events : DataFrame
        See :mod:`geo.frame`.
    people : {"fatalities", "injured"}

    Returns
    -------
    (int, int) or None
        None where no event tells any. An event that tells none adds nothing; one that tells only the fewest adds them
        to both.
    """
    low, high = events[f"{people}_low"], events[f"{people}_high"]
    if low.isna().all() and high.isna().all():
        return None
    return int(low.sum()), int(high.fillna(low).sum())
