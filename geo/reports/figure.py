"""The figure of a report: the same as ``python -m geo snapshot`` draws."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from geo.export.record import record

if TYPE_CHECKING:
    from geo.reports.material import Material

PICTURE_DPI = 200
"""Resolution in a document: sharp on paper, and small enough to send."""
# matplotlib's fonts and settings belong to the process, and a dashboard has many threads.
DRAWING = Lock()


def pictures(material: Material, *forms: str, dpi: int | None = None) -> dict[str, bytes]:
    """Draw the figure once, and write it in each format.

    Parameters
    ----------
    material : Material
    *forms : {"png", "svg", "pdf"}
    dpi : int, optional
        Resolution of the picture; that of the looks unless given.
    """
    from geo.snapshot import draw, to_bytes

    options = material.options if dpi is None else replace(material.options, dpi=dpi)
    with DRAWING:
        figure = draw(material.frame, material.query, zones=material.drawn_zones(), options=options)
        return {form: to_bytes(figure, form=form) for form in forms}


def query_json(material: Material, *, png: bytes | None = None, **more: Any) -> str:
    """Write the query file, which the command line and the report page take back like a figure.

    Parameters
    ----------
    material : Material
    png : bytes, optional
        The figure, whose record then is in the file whole.
    **more
        What else to tell.
    """
    from geo.snapshot.record import make_record, record_of

    drawn = record_of(png) if png else None
    if drawn is None:
        drawn = make_record(material.query, material.options)
        # Which zones are drawn is known only when they are; none at all is a choice.
        if material.with_zones:
            del drawn["zones"], drawn["zone_versions"]
    told = record(material.events, material.query, "figure", material.about)
    return json.dumps({**told, **drawn, **more}, ensure_ascii=False, indent=1) + "\n"
