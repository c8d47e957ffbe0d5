"""The kinds of tables that can be imported. A new one is a module with ``convert`` and an entry here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.importers import acled, gdelt, table, ucdp
from geo.importers.fields import order_of_days
from geo.importers.how import How, columns_of, found_columns, lists
from geo.importers.mapping import guess

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.importers.raw import RawBatch, RawTable
    from geo.importers.rows import Batch

_HINTS: Final = {"acled": {"id", "date", "event_type"}, "ucdp": {"id", "type", "date_start"}}
"""Columns, by our names, by which a kind is known."""


@dataclass(frozen=True)
class Importer:
    """One kind of table."""

    label: str
    """What people call it."""
    attribution: str
    """What has to be said wherever its events are shown; "" where only its owner knows."""
    recognises: Callable[[RawTable], bool]
    """Tells by the heading whether a table is of this kind."""
    prepare: Callable[[RawTable, str], How]
    """Finds the columns; takes the table and what its owner calls it."""
    convert: Callable[[RawBatch, How], Batch]
    """Tells rows in our words."""


def kind_of(opened: RawTable) -> str:
    """Tell of which kind a table is.

    Parameters
    ----------
    opened : RawTable

    Returns
    -------
    str
        Key of :data:`IMPORTERS`; "table" where it is none of the others.
    """
    return next(name for name, importer in IMPORTERS.items() if importer.recognises(opened))


def _is(kind: str) -> Callable[[RawTable], bool]:
    return lambda opened: opened.header and _HINTS[kind] <= found_columns(kind, opened.columns).keys()


def _prepare(kind: str) -> Callable[[RawTable, str], How]:
    def prepare(opened: RawTable, _name: str) -> How:
        columns = columns_of(kind, opened)
        order = order_of_days(opened.sample(5_000)[columns["date"]]) if "date" in columns else None
        return How(columns=columns, day_order=order)

    return prepare


def _is_gdelt(opened: RawTable) -> bool:
    names = lists()["gdelt"]["names"]
    return not opened.header or list(opened.columns) == names


def _prepare_gdelt(opened: RawTable, _name: str) -> How:
    names = lists()["gdelt"]["names"]
    if len(opened.columns) != len(names):
        problem = f"{len(opened.columns)} columns; an event file of GDELT 2.0 has {len(names)}"
        raise InputError(problem, path=opened.path, remedy="GDELT 1.0 and the mentions files are not read")
    return How(columns=dict(zip(names, opened.columns, strict=True)))


IMPORTERS: Final[dict[str, Importer]] = {
    "acled": Importer("ACLED", lists()["acled"]["attribution"], _is("acled"), _prepare("acled"), acled.convert),
    "ucdp": Importer("UCDP GED", lists()["ucdp"]["attribution"], _is("ucdp"), _prepare("ucdp"), ucdp.convert),
    "gdelt": Importer("GDELT 2.0", lists()["gdelt"]["attribution"], _is_gdelt, _prepare_gdelt, gdelt.convert),
    "table": Importer("A table of your own", "", lambda _opened: True, guess, table.convert),
}
"""Kinds by the name that ``--as`` takes, the last for everything else."""
