"""How a figure looks, beside what its query says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.errors import InputError

if TYPE_CHECKING:
    from datetime import date

SIZES: Final[dict[str, tuple[float, float]]] = {
    "a4-landscape": (11.69, 8.27),
    "slide": (13.33, 7.5),
    "journal": (9.0, 6.6),
}
"""Width and height, inches."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north, degrees."""

MAX_DPI: Final = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Looks and credits of a figure.

    Raises
    ------
    InputError
        A size, resolution or extent that cannot be drawn.
    """

    title: str | None = None
    """None for a title made of the period."""
    size: str = "a4-landscape"
    """One of :data:`SIZES`."""
    dpi: int = 200
    """Dots an inch, 30 to 1200."""
    bounds: Bounds | None = None
    """What the map shows, degrees; None for all events."""
    exported: date | None = None
    """Day of export, written in the footer; given, not asked of the clock, so that equal figures are equal bytes."""
    fingerprint: str = ""
    """Hash of the data, :meth:`geo.store.Store.fingerprint`; its first eight digits stand in the footer."""

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise InputError(f"no figure size {self.size!r}; there are {', '.join(SIZES)}")
        if not 30 <= self.dpi <= MAX_DPI:
            raise InputError(f"resolution is {self.dpi} dpi, it must be from 30 to {MAX_DPI}")
        if self.bounds is not None:
            west, south, east, north = self.bounds
            if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
                raise InputError(f"map extent {self.bounds} is not west, south, east, north in degrees")
