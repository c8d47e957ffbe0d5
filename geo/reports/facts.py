"""Key counts: what is certain, what is only possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.layers.words import range_words
from geo.model import EventType
from geo.query import people_told

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.query.people import People
    from geo.reports.material import Material

HEADER: Final = ("", "Certain", "Up to", "Deaths told", "Injured told")


@dataclass(frozen=True, slots=True)
class Count:
    """One line of the counts."""

    name: str
    certain: int
    most: int
    """With the possible ones."""
    deaths: str
    injured: str

    def cells(self) -> tuple[str, ...]:
        """Say it, in the order of :data:`HEADER`."""
        return self.name, f"{self.certain:,}", f"{self.most:,}", self.deaths, self.injured


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
    return Count(name, sure, len(events), _told(events, "fatalities"), _told(events, "injured"))


def _told(events: GeoDataFrame, people: People) -> str:
    told = people_told(events, people)
    return "–" if told is None else range_words(*told)
