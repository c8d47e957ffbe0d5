"""The figure of a report: the same as ``python -m geo snapshot`` draws."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from geo.export.record import record

if TYPE_CHECKING:
    from geo.reports.material import Material
    from geo.snapshot import Options
    from geo.snapshot.paper import Sheet
    from geo.snapshot.wish import Wish

PICTURE_DPI = 200
"""Resolution in a document: sharp on paper, and small enough to send."""
SMALLEST: Final = 0.65
"""Letters in a document are at least this part of those on an A4 page; smaller ones cannot be read on paper."""
ON_A_PAGE: Final = "journal"
"""Size that a figure is drawn in where its own would come out too small: made for a column as wide as the text."""
# matplotlib's fonts and settings belong to the process, and a dashboard has many threads.
DRAWING = Lock()


def pictures(material: Material, *forms: str, dpi: int | None = None) -> dict[str, bytes]:
    """Draw the figure once, and write it in each format; of a film, the map of all its days.

    Parameters
    ----------
    material : Material
    *forms : {"png", "svg", "pdf"}
    dpi : int, optional
        Resolution of the picture; that of the looks unless given.
    """
    from geo.snapshot import to_bytes

    options = material.options if dpi is None else replace(material.options, dpi=dpi)
    with DRAWING:
        sheet = _sheet(material, options)
        return {form: to_bytes(sheet, form=form) for form in forms}


def page_picture(material: Material, *, wide_mm: float, high_mm: float) -> bytes:
    """Draw the figure for a page of text, as PNG: in its own size, or in one whose letters can be read there.

    Parameters
    ----------
    material : Material
    wide_mm, high_mm : float
        Room on the page.
    """
    paper = material.options.paper
    shrunk = paper.enlarge * min(wide_mm / paper.width_mm, high_mm / paper.height_mm)
    if shrunk < SMALLEST:
        material = replace(material, looks=replace(material.options, size=ON_A_PAGE))
    return pictures(material, "png", dpi=PICTURE_DPI)["png"]


def film_bytes(material: Material, form: str) -> bytes:
    """Draw the film that is wished for.

    Parameters
    ----------
    material : Material
    form : {"gif", "mp4"}
    """
    from geo.snapshot import film

    motion = material.wish.motion if material.wish else None
    with DRAWING:
        return film(
            material.frame, material.query, form=form, motion=motion, zones=material.drawn_zones(),
            options=material.options,
        )  # fmt: skip


def _sheet(material: Material, options: Options) -> Sheet:
    from geo.snapshot import draw, pair, series

    frame, query, wish, zones = material.frame, material.query, material.wish, material.drawn_zones()
    if wish is not None and wish.by is not None:
        return series(frame, query, by=wish.by, zones=zones, options=options)
    if wish is not None and wish.periods is not None:
        return pair(frame, query, periods=wish.periods, zones=zones, options=options)
    return draw(frame, query, zones=zones, options=options)


def wish_record(wish: Wish | None) -> dict[str, Any]:
    """Write what :func:`geo.snapshot.wish.wish_of` reads: the kind of figure, and what it needs."""
    if wish is not None and wish.by is not None:
        return {"kind": "series", "by": wish.by}
    if wish is not None and wish.periods is not None:
        return {"kind": "pair", "periods": [[day and day.isoformat() for day in period] for period in wish.periods]}
    if wish is not None and wish.motion is not None:
        return {"kind": "film", **asdict(wish.motion)}
    return {"kind": "map"}


def query_json(material: Material, *, png: bytes | None = None, **more: Any) -> str:
    """Write the query file, which the command line and the report page take back like a figure.

    Parameters are those of :func:`query_record`.
    """
    return json.dumps(query_record(material, png=png, **more), ensure_ascii=False, indent=1) + "\n"


def query_record(material: Material, *, png: bytes | None = None, **more: Any) -> dict[str, Any]:
    """Tell what was asked, of which data, with which looks: enough to bring back the view.

    Parameters
    ----------
    material : Material
    png : bytes, optional
        The figure, whose record then is in it whole.
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
    told = record(material.events, material.query, "query", material.about)
    # It may come to lie beside a table of any format, which tells its own.
    del told["format"]
    # A picture of a film is one map of all its days; and a document may draw the figure for its own page.
    looks = {"options": material.options.to_record(), **wish_record(material.wish)}
    return {**told, **drawn, **looks, **more}
