"""A table as its file has it: every value as text, in batches, each row with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.importers.rows import Skipped

MAX_BYTES: Final = 4 * 2**30
"""Largest table that is read a part at a time: CSV, TSV, Excel, GeoParquet."""
MAX_WHOLE: Final = 256 * 2**20
"""Largest file of a kind that has to be read whole: GeoJSON, GeoPackage."""
MAX_COLUMNS: Final = 500
MAX_TEXT: Final = 20_000
"""Characters of a text that are kept; what follows is cut off, with an ellipsis."""
BATCH_ROWS: Final = 50_000


@dataclass(slots=True)
class RawBatch:
    """Some rows as text."""

    rows: pd.DataFrame
    """Columns of the file, of type str; NaN where nothing is written."""
    lines: NDArray[Any]
    """Line of each row, from 1, the heading counted."""
    skipped: list[Skipped] = field(default_factory=list)
    """Rows that are none, as one with too many values."""


@dataclass(frozen=True)
class RawTable:
    """An opened table."""

    path: Path
    columns: tuple[str, ...]
    """Names in the file's order; of a table without a heading, "1", "2" and so on."""
    batches: Callable[[], Iterator[RawBatch]]
    """Reads from the beginning."""
    header: bool = True
    """The names are the file's own."""
    share: Callable[[], float] = lambda: 0.0
    """How much of the file was read, 0 to 1."""

    def sample(self, rows: int = 200) -> pd.DataFrame:
        """Read the first rows."""
        for batch in self.batches():
            return batch.rows.head(rows)
        return pd.DataFrame({name: pd.Series(dtype="str") for name in self.columns})
