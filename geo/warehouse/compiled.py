"""Questions as the text of a dialect, written once for each filter."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa

if TYPE_CHECKING:
    from geo.warehouse.view import View

MOST_TEXTS = 4096
"""Compiled questions that are kept."""

ARROW: Final = {
    "string": pa.string(), "date": pa.date32(), "boolean": pa.bool_(), "int8": pa.int8(), "int16": pa.int16(),
    "int32": pa.int32(), "int64": pa.int64(), "float32": pa.float32(), "float64": pa.float64(),
}  # fmt: skip
"""Types as Ibis names them, for Arrow."""


class Compiled(NamedTuple):
    """A question an engine can run."""

    sql: str
    schema: pa.Schema
    """Columns of the answer and their types, whatever the engine calls them."""


@lru_cache(maxsize=MOST_TEXTS)
def compiled(question: str, view: View, more: tuple[Any, ...], dialect: str, rolled: bool) -> Compiled:
    """Compile a question about a view.

    Parameters
    ----------
    question : str
        One of :data:`geo.warehouse.questions.QUESTIONS`.
    view : View
    more : tuple
        What the question wants to know beside it.
    dialect : str
        As Ibis names it.
    rolled : bool
        Whether the engine keeps the rollups.
    """
    # Ibis takes half a second to load: nobody with a small store waits for it.
    from geo.warehouse.questions import QUESTIONS

    return write(QUESTIONS[question](view, rolled, *more), dialect)


def write(expression: Any, dialect: str) -> Compiled:
    """Compile an Ibis expression."""
    import ibis

    schema = pa.schema([(name, ARROW[str(kind).lstrip("!")]) for name, kind in expression.schema().items()])
    return Compiled(str(ibis.to_sql(expression, dialect=dialect)), schema)
