"""From a place name to a point: the gazetteer, and geocoders that speak geopy's protocol."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from geo.geocoders.gazetteer import Gazetteer

__all__ = ["open_gazetteer"]


@lru_cache(maxsize=4)
def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """Open the gazetteer, unpacked first if need be; the same one for every caller.

    Parameters
    ----------
    path : Path, optional
        An SQLite file made by the build; by default the one in ``data/built``.

    Returns
    -------
    Gazetteer
        Ready to be asked.

    Raises
    ------
    DataError
        There is neither the file nor its packed copy.
    """
    from geo.geocoders.gazetteer import Gazetteer
    from geo.geocoders.unpack import default_file

    return Gazetteer(path or default_file())
