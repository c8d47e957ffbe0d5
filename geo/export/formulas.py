"""Text that a spreadsheet would run, made harmless, and back.

A cell is taken for a formula by its first characters, in some programs after spaces, and in some also when they are
full-width. An apostrophe before them makes any program show text. See OWASP, "CSV Injection".
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

# RE2: linear, and the same rule for one text and for a column. Apostrophes are skipped too, so that taking the added
# one away is never in doubt. \p{Cf} is what cannot be seen: zero-width spaces, marks of direction; \p{Cc} are controls.
_DANGER: Final = r"^[\s\p{Z}\p{Cf}\p{Cc}']*[=+\-@|%\t\r\n＝＋－＠｜％]"
_NUMBER: Final = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_BEHIND: Final = "'"


def neutralise(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Put an apostrophe before each text that could be a formula; plain numbers are none.

    Parameters
    ----------
    column : arrow array of string
    """
    return pc.if_else(_dangerous(column), pc.binary_join_element_wise(_BEHIND, column, ""), column)


def restore(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Undo :func:`neutralise`, exactly."""
    rest = pc.utf8_slice_codeunits(column, 1)
    added = pc.and_(pc.starts_with(column, _BEHIND), _dangerous(rest))
    return pc.if_else(added, rest, column)


def _dangerous(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    looks = pc.match_substring_regex(column, _DANGER)
    return pc.and_not(looks, pc.match_substring_regex(column, _NUMBER))
