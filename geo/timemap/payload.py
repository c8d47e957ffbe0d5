"""From a frame of events to the one file the browser loads. The layout is told in docs/payload.md.

Only events with a day and a place are in it; the others belong in the tray beside the map. Rows are sorted by first
day, last day and id, so a row number means the same to Python and to the browser as long as the payload id is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.query import on_map
from geo.timemap import assets
from geo.timemap.columns import encode
from geo.timemap.tables import tables
from geo.timemap.words import pack_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Array = NDArray[Any]


@dataclass(frozen=True)
class Payload:
    """A published payload, with what Python needs to understand the map's messages."""

    id: str
    """Hash of its content."""
    url: str
    """Address relative to the frame of ``st_folium``."""
    n: int
    """Events in it."""
    bytes: int
    """Size of the file as it goes over the wire."""
    epoch: date
    """Day 0 of its day columns: the first day of its first event."""
    last: date
    """Last day of its events."""
    meta: Mapping[str, Any] = field(repr=False)
    """The lists that its codes point into: types, subs, actor_types, actors, statuses, zones, zone_sets."""
    row_ids: Array = field(repr=False)
    """Event id of each row."""
    words_url: str | None = None
    """Address of the file of texts; None where there is none, and Python searches for words."""

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row of each event id."""
        return {event_id: row for row, event_id in enumerate(self.row_ids)}


def publish(frame: GeoDataFrame, *, zones: Mapping[str, str] | None = None, folder: Path | None = None) -> Payload:
    """Write the payload of a frame under the hash of its content.

    Parameters
    ----------
    frame : GeoDataFrame
        One row per event, columns as in :mod:`geo.frame`, EPSG:4326.
    zones : mapping of str to str, optional
        Name to show for each zone id.
    folder : Path, optional
        Where to write; the folder that :func:`geo.timemap.assets.register_assets` has served unless given.

    Returns
    -------
    Payload
        The same frame gives the same id and address, in any process.

    Raises
    ------
    DataError
        An event type or status is not of our closed lists.

    Examples
    --------
    >>> payload = publish(frame)  # doctest: +SKIP
    >>> payload.row_ids[0]  # doctest: +SKIP
    'ev-3f1c'
    """
    events = arrange(frame)
    columns, meta = tables(events, zones or {})
    folder = folder or assets.cache_folder()
    name, path = assets.write_once(encode(columns, meta), ".bin", folder)
    texts = pack_words(events)
    epoch = date.fromisoformat(meta["epoch"])
    return Payload(
        id=name,
        url=f"{assets.CACHE_URL}{path.name}",
        n=len(events),
        bytes=path.stat().st_size,
        epoch=epoch,
        last=epoch + timedelta(days=meta["days"] - 1),
        meta=meta,
        row_ids=events["event_id"].to_numpy(dtype=object),
        words_url=None if texts is None else assets.CACHE_URL + assets.write_once(texts, ".words", folder)[1].name,
    )


def pack(frame: GeoDataFrame, *, zones: Mapping[str, str] | None = None) -> bytes:
    """Make the payload of a frame, unwritten and not compressed; parameters as for :func:`publish`.

    Raises
    ------
    DataError
        An event type or status is not of our closed lists.
    """
    return encode(*tables(arrange(frame), zones or {}))


def arrange(frame: GeoDataFrame) -> GeoDataFrame:
    """Take the events that :func:`geo.query.on_map` takes, in the order of the payload's rows.

    Parameters
    ----------
    frame : GeoDataFrame
        One row per event.

    Returns
    -------
    GeoDataFrame
        With index 0, 1, 2 ...: the row number.
    """
    return on_map(frame).sort_values(["day_start", "day_end", "event_id"], kind="stable").reset_index(drop=True)
