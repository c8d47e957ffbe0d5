"""One article's reading as a plain record, the line that ``python -m geo annotate`` writes.

The keys are a contract with whoever reads the file; offsets are code points into the article's text, end exclusive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.model import ToponymRole

if TYPE_CHECKING:
    from datetime import date

    from geo.model import Article, Candidate, Event, Place, TimeExpression, Toponym
    from geo.pipeline import Reading

# A people or an adjective ("Turkish") is not a place name; it helps the reading and stays out of the record.
SHOWN_ROLES = frozenset(ToponymRole) - {ToponymRole.DEMONYM}


def record(reading: Reading, *, with_text: bool = False) -> dict[str, Any]:
    """Turn one reading into a JSON-ready dictionary.

    Parameters
    ----------
    reading : Reading
        What the pipeline made of one article.
    with_text : bool, default False
        Add path, title, publication day and text, for articles that were cleaned from a page.

    Returns
    -------
    dict
        Keys ``id``, ``toponyms``, ``dates``, ``actors``, ``events``; unknown values are None.
    """
    annotation = reading.annotation
    article = annotation.article
    return {
        "id": article.id,
        **(_article(article) if with_text else {}),
        "toponyms": [_toponym(t) for t in annotation.toponyms if t.role in SHOWN_ROLES],
        "dates": [_date(d) for d in annotation.dates],
        "actors": [
            {
                "start": a.start,
                "end": a.end,
                "text": a.text,
                "actor": a.actor,
                "type": a.type,
                "confidence": a.confidence,
            }
            for a in annotation.actors
        ],
        "events": [_event(e) for e in reading.events],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "path": article.path,
        "title": article.title,
        "published": _day(article.published),
        "published_basis": article.published_basis,
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "text": article.text,
    }


def _toponym(toponym: Toponym) -> dict[str, Any]:
    return {
        "start": toponym.start,
        "end": toponym.end,
        "text": toponym.text,
        **_place(toponym.place),
        "role": toponym.role,
        "confidence": round(toponym.confidence, 3),
        "reason": toponym.reason,
        "candidates": [_candidate(c) for c in toponym.candidates],
    }


def _place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"lat": None, "lon": None, "name": None, "country": None, "kind": None, "radius_km": None}
    return {
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "name": place.name,
        "country": place.country,
        "kind": place.kind,
        "radius_km": place.radius_km,
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {**_place(candidate.place), "score": round(candidate.score, 3), "reason": candidate.reason}


def _date(time: TimeExpression) -> dict[str, Any]:
    return {
        "start": time.start,
        "end": time.end,
        "text": time.text,
        "type": time.type,
        "value": time.value,
        "day_start": _day(time.day_start),
        "day_end": _day(time.day_end),
    }


def _event(event: Event) -> dict[str, Any]:
    best = event.best
    place = best.place
    return {
        "start": best.start,
        "end": best.end,
        "quote": best.quote,
        "event_type": best.event_type,
        "sub_event_type": best.sub_event_type,
        "date_start": _day(best.day_start),
        "date_end": _day(best.day_end),
        "time_precision": best.time_precision,
        "place": place and place.name,
        "lat": place and round(place.lat, 5),
        "lon": place and round(place.lon, 5),
        "radius_km": place and place.radius_km,
        "geo_precision": best.geo_precision,
        "actor1": best.actor1,
        "actor1_type": best.actor1_type,
        "actor2": best.actor2,
        "actor2_type": best.actor2_type,
        "status": best.status,
        "asserted_by": best.asserted_by,
        "fatalities_low": best.fatalities_low,
        "fatalities_high": best.fatalities_high,
        "injured_low": best.injured_low,
        "injured_high": best.injured_high,
        "count": best.count,
        "zones": [z.zone_id for z in event.zones if z.answer == "inside"],
        "zones_possible": [z.zone_id for z in event.zones if z.answer == "possible"],
        "confidence": round(best.confidence, 3),
        "why": best.why,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
