"""Key counts: what is certain, what is only possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.layers.words import range_words
from geo.model import EventType

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.reports.material import Material

HEADER: Final = ("", "Certain", "Up to", "Deaths told")


@dataclass(frozen=True, slots=True)
class Count:
    """One line of the counts."""

    name: str
    certain: int
    most: int
    """With the possible ones."""
    deaths: str

    def cells(self) -> tuple[str, str, str, str]:
        """Say it, in the order of :data:`HEADER`."""
        return self.name, f"{self.certain:,}", f"{self.most:,}", self.deaths


def counts(material: Material) -> list[Count]:
    """Count the events on the map, by type and all together, and those not on it.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Count
        Types without an event are left out.
    """
    placed = material.placed
    kinds = placed["event_type"].astype("str")
    found = [_count(kind, placed[kinds == kind], material) for kind in map(str, EventType)]
    every = [_count("All on the map", placed, material), _count("Not on the map", material.hidden, material)]
    return [*(count for count in found if count.most), *every]


def _count(name: str, events: GeoDataFrame, material: Material) -> Count:
    sure = int(events["event_id"].isin(material.certain_ids).sum())
    low, high = events["fatalities_low"], events["fatalities_high"]
    if low.isna().all() and high.isna().all():
        return Count(name, sure, len(events), "–")
    least, most = int(low.fillna(0).sum()), int(high.fillna(low).fillna(0).sum())
    return Count(name, sure, len(events), range_words(least, most))
