"""How much of a stranger's file is read, and what its areas look like before they are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.errors import ZoneError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ring = NDArray[np.float64]
    """Coordinates of shape (n, 2), as the file has them."""

MAX_BYTES = 20_000_000
"""Largest file."""
MAX_UNPACKED = 60_000_000
"""Most that a zip may become."""
MAX_VERTICES = 250_000
"""Most corners in one file. A country at 1 : 10 million has ten thousand."""
MAX_FEATURES = 5_000
"""Most shapes in one file."""
MAX_DEPTH = 60
"""Deepest nesting: of XML, of YAML, of collections."""
MAX_ATTRIBUTES = 40
"""Most attributes of a shape that are kept, to choose a name from."""
MAX_WORDS = 200
"""Characters of an attribute that are kept."""


@dataclass(slots=True)
class RawShape:
    """One feature of a file."""

    where: str
    """As "feature 3"."""
    polygons: list[list[Ring]] = field(default_factory=list)
    """Each the outer ring, then its holes; not checked in any way."""
    attributes: dict[str, str] = field(default_factory=dict)
    crs: str | None = None
    """Coordinate system that the file names: "EPSG:32637" or well-known text. None: degrees by the format itself."""
    line: int | None = None
    trouble: ZoneError | None = None
    """Why it could not be read."""


class Counter:
    """Counts what a file holds, and refuses the file when it is too much."""

    def __init__(self) -> None:
        self._vertices = 0
        self._features = 0

    def vertices(self, number: int) -> None:
        """Add corners."""
        self._vertices += number
        if self._vertices > MAX_VERTICES:
            raise ZoneError(
                f"has more than {MAX_VERTICES:,} corners", remedy="Simplify it, or take out what is not needed"
            )

    def feature(self) -> None:
        """Add a shape."""
        self._features += 1
        if self._features > MAX_FEATURES:
            raise ZoneError(f"has more than {MAX_FEATURES:,} shapes", remedy="Take out what is not needed")


def words(value: Any) -> str:
    """Write an attribute as short text that can be shown."""
    text = value if isinstance(value, str) else str(value)[: 2 * MAX_WORDS] if isinstance(value, int | float) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in text[: 2 * MAX_WORDS]).split())[:MAX_WORDS]


def attributes(record: Any) -> dict[str, str]:
    """Keep the attributes that are text or numbers, and not too many of them."""
    if not isinstance(record, dict):
        return {}
    found: dict[str, str] = {}
    for key, value in record.items():
        if len(found) >= MAX_ATTRIBUTES:
            break
        if told := words(value):
            found[words(str(key))] = told
    return found
