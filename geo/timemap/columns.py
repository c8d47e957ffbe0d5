"""The binary layout of a payload: named little-endian columns behind a JSON header. See docs/payload.md."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[Any]

MAGIC: Final = b"BTM1"
VERSION: Final = 2
_TYPES: Final[dict[str, np.dtype[Any]]] = {
    "u1": np.dtype("u1"),
    "u2": np.dtype("<u2"),
    "u4": np.dtype("<u4"),
    "f4": np.dtype("<f4"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length."""

    rows: int
    columns: Mapping[str, Array]
    """Arrays of type u1, u2, u4 or f4."""


def encode(tables: Mapping[str, Table], meta: Mapping[str, Any]) -> bytes:
    """Lay tables out one after another, each column on an 8-byte boundary counted from the first.

    Parameters
    ----------
    tables : mapping of str to Table
        For instance "events" and "places".
    meta : mapping
        JSON values that go into the header.

    Returns
    -------
    bytes
        Magic, header length (u4), header (padded with blanks to 8 bytes), columns.
    """
    chunks: list[bytes] = []
    offset = 0
    layout: dict[str, Any] = {}
    for name, table in tables.items():
        places = {}
        for column, values in table.columns.items():
            kind = next(k for k, dtype in _TYPES.items() if dtype == values.dtype)
            places[column] = [kind, offset]
            raw = values.astype(_TYPES[kind], copy=False).tobytes()
            chunks.append(raw + b"\0" * (-len(raw) % 8))
            offset += len(chunks[-1])
        layout[name] = {"rows": table.rows, "columns": places}
    header = {"version": VERSION, "tables": layout, "meta": meta}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-(8 + len(text)) % 8)
    return MAGIC + struct.pack("<I", len(text)) + text + b"".join(chunks)


def decode(content: bytes) -> tuple[dict[str, Table], dict[str, Any]]:
    """Read back what :func:`encode` wrote.

    Parameters
    ----------
    content : bytes
        An unpacked payload.

    Returns
    -------
    dict of str to Table
        Arrays are views of `content`.
    dict
        The header's meta.

    Raises
    ------
    DataError
        These bytes are no payload, or one of another version.
    """
    if content[:4] != MAGIC or len(content) < 8:
        raise DataError("not a payload of the time map: it does not begin with BTM1")
    (length,) = struct.unpack_from("<I", content, 4)
    try:
        header = json.loads(content[8 : 8 + length])
        if header["version"] != VERSION:
            raise DataError(f"payload version {header['version']}, but this program reads version {VERSION}")
        tables = {
            name: Table(
                part["rows"],
                {
                    column: np.frombuffer(content, _TYPES[kind], part["rows"], 8 + length + offset)
                    for column, (kind, offset) in part["columns"].items()
                },
            )
            for name, part in header["tables"].items()
        }
        return tables, header["meta"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"the payload of the time map is damaged: {error}") from error


def smallest(values: Array) -> Array:
    """Store whole numbers from 0 in the narrowest column that holds them.

    Parameters
    ----------
    values : ndarray of int
        None below 0 or above 4,294,967,295.

    Returns
    -------
    ndarray
        As u1, u2 or u4.
    """
    top = int(values.max(initial=0))
    narrow: Array = values.astype(_TYPES["u1" if top < 1 << 8 else "u2" if top < 1 << 16 else "u4"])
    return narrow
