"""The kinds of report. A new one is a function from material to bytes, and an entry here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.reports.bundle import bundle
from geo.reports.pdf import pdf
from geo.reports.word import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.reports.material import Material


@dataclass(frozen=True)
class Kind:
    """One kind of report."""

    label: str
    """What people call it."""
    suffix: str
    mime: str
    purpose: str
    make: Callable[[Material], bytes]


def _page(material: Material) -> bytes:
    # The page is made of parts of this package, so it cannot be loaded before it.
    from geo.standalone import html

    return html(material).encode()


KINDS: Final[dict[str, Kind]] = {
    "bundle": Kind(
        "All in one zip",
        ".zip",
        "application/zip",
        "Figure, caption, events, sources and query file in one zip",
        bundle,
    ),
    "word": Kind(
        "Word",
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Cover, figure, counts, every event with its sentences",
        word,
    ),
    "pdf": Kind("PDF report", ".pdf", "application/pdf", "The same, to print or to send", pdf),
    "page": Kind(
        "Web page", ".html", "text/html", "The map with its time control in one file that works without internet", _page
    ),
}
"""Kinds by name."""
