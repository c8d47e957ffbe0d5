"""Everything an editor needs to check a figure months later, in one zip."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Final

from geo.export import to_bytes
from geo.query import describe
from geo.reports.caption import caption
from geo.reports.figure import pictures, query_json
from geo.reports.packing import steady, zipped
from geo.reports.sources import sources_csv, sources_text
from geo.reports.words import METHOD, counted

if TYPE_CHECKING:
    from geo.reports.material import Material

MOST_IN_EXCEL: Final = 100_000
"""With more events the bundle has no workbook: it would take minutes, and no office program likes it."""
NO_DAY: Final = "1980-01-01"


def bundle(material: Material) -> bytes:
    """Make the zip: figure, caption, events, sources, query file, and a page that tells what is what.

    Parameters
    ----------
    material : Material

    Returns
    -------
    bytes
        The same for the same material.

    Raises
    ------
    InputError
        A file cannot hold these events.
    """
    day = material.about.exported.isoformat() if material.about.exported else NO_DAY
    table = partial(to_bytes, material.frame, query=material.query, about=material.about)
    files = {f"figure.{form}": content for form, content in pictures(material, "png", "svg", "pdf").items()}
    files["caption.txt"] = f"{caption_of(material)}\n".encode()
    files["events.csv"] = table("csv")
    if len(material.events) <= MOST_IN_EXCEL:
        files["events.xlsx"] = steady(table("xlsx"), day)
    files["sources.csv"] = sources_csv(material)
    files["sources.txt"] = sources_text(material).encode()
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    files["query.json"] = query_json(material, png=files["figure.png"], files=hashes).encode()
    return zipped({"README.txt": _readme(material, files).encode(), **files})


def caption_of(material: Material) -> str:
    """Write the caption of the figure."""
    return caption(
        material.events,
        material.query,
        names=material.zone_names,
        made=material.about.exported,
        fingerprint=material.about.fingerprint or "",
        title=material.title,
    )


_PURPOSE: Final = {
    "figure.png": "The figure as a picture. It carries its own query",
    "figure.svg": "The same as a drawing that can be edited",
    "figure.pdf": "The same for print, sharp at any size",
    "caption.txt": "Words to print under it",
    "events.csv": "The events, one a line, those not on the map among them",
    "events.xlsx": "The same for Excel; the sheet 'about' tells what each column holds",
    "sources.csv": "Every report of every event: outlet, title, day, address and the sentence",
    "sources.txt": "The same to read",
    "query.json": "What was asked, of which data. Drop it, or the figure, on the Report page, and the view is back",
}


def _readme(material: Material, files: dict[str, bytes]) -> str:
    about = material.about
    listed = "\n".join(f"{name:14}{purpose}." for name, purpose in _PURPOSE.items() if name in files)
    left = "" if "events.xlsx" in files else f"\nNo Excel file: more than {MOST_IN_EXCEL:,} events.\n"
    method = "\n\n".join(METHOD)
    return f"""{material.title}

{describe(material.query, material.zone_names)}
{counted(material)}
Data {(about.fingerprint or "not told")[:16]}, exported {about.exported or "on a day not told"}.

{listed}
{left}
query.json holds the SHA-256 of each of these files: one that was changed can be told from the one that was made.
The columns are told in docs/columns.md of Borderlines.

{method}
"""
