"""The texts of the events as a file of their own, fetched when somebody searches. See docs/payload.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.query.text import FIELDS, fold
from geo.timemap.columns import Table, encode, smallest

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_TEXT: Final = 24_000_000
"""Characters of distinct text that a browser is asked to hold; more is searched by Python."""


def pack_words(events: pd.DataFrame) -> bytes | None:
    """Make the file of texts, folded as a search folds its words.

    Parameters
    ----------
    events : DataFrame
        In the order of the payload's rows, with the columns of :data:`geo.query.text.FIELDS`.

    Returns
    -------
    bytes or None
        Not compressed; None where there is more text than :data:`MOST_TEXT`.
    """
    code_of: dict[str, int] = {"": 0}
    columns: dict[str, NDArray[Any]] = {}
    size = 0
    for name in FIELDS:
        which, distinct = pd.factorize(events[name].astype(object))
        size += sum(map(len, distinct))
        if size > MOST_TEXT:
            return None
        folded = [" ".join(fold(str(text)).split()) for text in distinct]
        # Code -1 is unknown and finds the empty text at the end.
        codes = np.array([code_of.setdefault(text, len(code_of)) for text in folded] + [0], dtype=np.int64)
        columns[name] = smallest(codes[which])
    text = np.frombuffer("\n".join(code_of).encode(), dtype="u1")
    return encode({"events": Table(len(events), columns), "texts": Table(len(text), {"utf8": text})}, {})
