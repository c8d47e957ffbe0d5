"""Whose imported events are shown: what their sources want said in captions, figures and files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo import sources

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def imported_from(events: GeoDataFrame) -> tuple[str, ...]:
    """Give one text for each known source of imported events.

    Parameters
    ----------
    events : GeoDataFrame
        Those that are shown, see :mod:`geo.frame`.

    Returns
    -------
    tuple of str
        Empty where none is imported. A table of one's own is named as the source of its rows.
    """
    titles = events.loc[events["reports"] == 0, "title"]
    if titles.empty:
        return ()
    used = titles.cat.categories[titles.cat.codes[titles.cat.codes >= 0].unique()].to_series()
    return tuple(said for title, said in _said().items() if used.str.startswith(title).any())


@lru_cache(maxsize=1)
def _said() -> dict[str, str]:
    lists = sources.load("imports.yaml")
    return {f"{lists[kind]['title']} ": lists[kind]["attribution"] for kind in ("acled", "ucdp", "gdelt")}
