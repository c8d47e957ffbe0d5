"""How one file is read: which of its columns is which of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo import sources
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.importers.raw import RawTable


@dataclass(frozen=True)
class How:
    """What an importer has to know of a file."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """The file's name for a column by ours."""
    day_order: str | None = None
    """Key of :data:`geo.importers.fields.DAY_ORDERS`; None where it is beyond doubt, or not known."""
    types: Mapping[str, str] = field(default_factory=dict)
    """Only of a table of one's own: our event or sub-event type by its word for it."""
    dataset: str = ""
    """Only of a table of one's own: what keeps its ids apart from those of other tables."""
    attribution: str = ""
    """What has to be said wherever its events are shown; "" for the importer's own."""


@lru_cache(maxsize=1)
def lists() -> dict[str, Any]:
    """Read the codes and names of columns, ``data/sources/imports.yaml``."""
    found: dict[str, Any] = sources.load("imports.yaml")
    return found


def columns_of(kind: str, table: RawTable) -> dict[str, str]:
    """Find the columns of a known kind of table, whatever the case and order of their names.

    Parameters
    ----------
    kind : str
        "acled" or "ucdp".
    table : RawTable

    Returns
    -------
    dict
        The file's name by ours.

    Raises
    ------
    InputError
        A column that is needed is missing.
    """
    found = found_columns(kind, table.columns)
    if missing := [lists()[kind]["columns"][name][0] for name in lists()[kind]["needed"] if name not in found]:
        raise InputError(
            f"columns missing: {', '.join(missing)}",
            path=table.path,
            line=1,
            remedy="Export the file with all columns, or import it as a table of your own (--as table)",
        )
    return found


def found_columns(kind: str, names: tuple[str, ...]) -> dict[str, str]:
    """Find what columns of a known kind there are."""
    given = {name.strip().casefold().replace(" ", "_"): name for name in names}
    return {
        ours: given[theirs[0]]
        for ours, candidates in lists()[kind]["columns"].items()
        if (theirs := [name for name in candidates if name in given])
    }
