"""How a figure looks, beside what its query says."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MM_PER_INCH: Final = 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Paper, or a screen, that a figure is made for."""

    words: str
    """What people call it."""
    width_mm: float
    height_mm: float
    dpi: int
    """Dots an inch unless others are asked for; a size told in pixels has exactly these at its own resolution."""
    enlarge: float = 1.0
    """How much larger than on an A4 page letters, lines and signs are."""
    below: bool = False
    """The legend stands under the map, not beside it."""
    margin_in: float = 0.38
    """Empty edge, inches of an A4 page. A figure that goes into a column needs next to none."""
    panel_in: float = 2.45
    """Width of a legend beside the map, inches of an A4 page."""

    @property
    def paper_in(self) -> tuple[float, float]:
        """Width and height, inches."""
        return self.width_mm / MM_PER_INCH, self.height_mm / MM_PER_INCH

    @property
    def drawn_in(self) -> tuple[float, float]:
        """Width and height of the sheet as it is drawn, inches, before it is enlarged to the paper."""
        width, height = self.paper_in
        return width / self.enlarge, height / self.enlarge

    def pixels(self, dpi: int | None = None) -> tuple[int, int]:
        """Width and height as a picture."""
        width, height = self.paper_in
        return round(width * (dpi or self.dpi)), round(height * (dpi or self.dpi))


SIZES: Final[dict[str, Size]] = {
    "a4-landscape": Size(words="A4, landscape", width_mm=297, height_mm=210, dpi=200),
    "a4-portrait": Size(words="A4, portrait", width_mm=210, height_mm=297, dpi=200, below=True),
    "journal": Size(
        words="Journal, two columns (183 mm)", width_mm=183, height_mm=128, dpi=300, enlarge=0.82, margin_in=0.08,
        panel_in=2.3,
    ),
    "journal-column": Size(
        words="Journal, one column (89 mm)", width_mm=89, height_mm=134, dpi=300, enlarge=0.74, below=True,
        margin_in=0.06,
    ),
    "slide": Size(
        words="Slide, 16:9 (1920 × 1080)", width_mm=338.6667, height_mm=190.5, dpi=144, enlarge=1.35, margin_in=0.3
    ),
    "post": Size(
        words="Post, wide (1200 × 675)", width_mm=211.6667, height_mm=119.0625, dpi=144, enlarge=0.95, margin_in=0.24,
        panel_in=2.1,
    ),
    "post-square": Size(
        words="Post, square (1080 × 1080)", width_mm=190.5, height_mm=190.5, dpi=144, enlarge=1.08, margin_in=0.24,
        panel_in=2.12,
    ),
    "post-tall": Size(
        words="Post, tall (1080 × 1350)", width_mm=190.5, height_mm=238.125, dpi=144, enlarge=1.08, below=True,
        margin_in=0.24,
    ),
}  # fmt: skip
"""Every size by its name: journal, page, slide and social."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north, degrees."""

MIN_DPI: Final = 30
MAX_DPI: Final = 1200
MAX_TITLE: Final = 1_000
"""Characters of a title that are kept; the paper shows what fits and ends in "…"."""


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
    dpi: int | None = None
    """Dots an inch, 30 to 1200; None for the size's own."""
    bounds: Bounds | None = None
    """What the map shows, degrees; None for all events."""
    graticule: bool = False
    """Draw meridians and parallels, with their degrees."""
    locator: bool = True
    """Draw the small map that tells where the large one lies."""
    histogram: bool = True
    """Draw the strip of events through time."""
    exported: date | None = None
    """Day of export, written in the footer; given, not asked of the clock, so that equal figures are equal bytes."""
    fingerprint: str = ""
    """Hash of the data, :meth:`geo.store.Store.fingerprint`; its first eight digits stand in the footer."""

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise InputError(f"no figure size {self.size!r}; there are {', '.join(SIZES)}")
        if self.dpi is not None and not MIN_DPI <= self.dpi <= MAX_DPI:
            raise InputError(f"resolution is {self.dpi} dpi, it must be from {MIN_DPI} to {MAX_DPI}")
        if self.bounds is not None:
            west, south, east, north = self.bounds
            if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
                raise InputError(f"map extent {self.bounds} is not west, south, east, north in degrees")
        if self.title is not None:
            object.__setattr__(self, "title", self.title[:MAX_TITLE])

    @property
    def paper(self) -> Size:
        """The size itself."""
        return SIZES[self.size]

    @property
    def resolution(self) -> int:
        """Dots an inch."""
        return self.dpi or self.paper.dpi

    def to_record(self) -> dict[str, Any]:
        """Write what a figure's record keeps: every look that is no credit."""
        return {name: value for name, value in asdict(self).items() if name not in _CREDITS}


_CREDITS: Final = ("exported", "fingerprint")
_KINDS: Final[dict[str, Any]] = {
    "title": (str, type(None)),
    "size": str,
    "dpi": (int, type(None)),
    "bounds": (list, type(None)),
    "graticule": bool,
    "locator": bool,
    "histogram": bool,
}


def options_of(record: Mapping[str, Any], **credits_: Any) -> Options:
    """Read the looks back from a figure's record, which is never trusted.

    Parameters
    ----------
    record : mapping
        From :meth:`Options.to_record`; what is not there has its default.
    **credits_
        `exported` and `fingerprint` of the figure to be made.

    Returns
    -------
    Options

    Raises
    ------
    InputError
        A value is none that an option takes.
    """
    known = {field.name for field in fields(Options)} - set(_CREDITS)
    looks = {name: record[name] for name in known if name in record}
    for name, value in looks.items():
        if not isinstance(value, _KINDS[name]) or (isinstance(value, bool) and _KINDS[name] is not bool):
            raise InputError(f"the figure's record has {name} {str(value)[:60]!r}, which is none")
    if looks.get("bounds") is not None:
        if len(looks["bounds"]) != 4 or not all(isinstance(v, (int, float)) for v in looks["bounds"]):
            raise InputError(f"the figure's record has bounds {str(looks['bounds'])[:60]!r}, which are none")
        looks["bounds"] = tuple(float(v) for v in looks["bounds"])
    return Options(**looks, **credits_)
