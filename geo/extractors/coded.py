"""From an annotation to reports, with a geocoder asked for what the gazetteer does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.fallback import fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.annotate.fallback import Fallback
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Annotation, Report


def coded(
    annotation: Annotation,
    coder: Callable[[Annotation], tuple[Report, ...]],
    *,
    gazetteer: Gazetteer,
    fallback: Fallback | None,
) -> tuple[Annotation, tuple[Report, ...]]:
    """Code an annotation; where names of events' places were placed by the fallback, code it again.

    Parameters
    ----------
    annotation : Annotation
    coder : callable
        Annotation to reports.
    gazetteer : Gazetteer
    fallback : Fallback or None
        Whom to ask; None asks nobody.

    Returns
    -------
    (Annotation, tuple of Report)
    """
    reports = coder(annotation)
    if fallback is None:
        return annotation, reports
    spans = [(report.start, report.end) for report in reports]
    filled = fill(annotation, spans, fallback=fallback, gazetteer=gazetteer)
    return filled, reports if filled is annotation else coder(filled)
