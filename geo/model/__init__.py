"""The nouns: what a reader gives, what a place is, what a report says, what an event is.

Longitude comes before latitude everywhere; degrees are EPSG:4326. A day is a :class:`datetime.date` and never passes
through a time zone. An unknown is ``None``: never 0, never the publication day, never the capital.
Offsets are code points into ``Article.text``, end exclusive, so ``article.text[start:end]`` is the words themselves.
"""

from __future__ import annotations

from geo.model.events import (
    Event,
    Report,
    ZoneMembership,
)
from geo.model.lists import (
    EVENT_TYPE_OF,
    EVENTS_OF_THE_DAY,
    POINT_KINDS,
    SUB_EVENT_TYPES,
    ActorType,
    EventType,
    GeoPrecision,
    KnownBy,
    PlaceKind,
    Status,
    TimePrecision,
)
from geo.model.reading import (
    ActorMention,
    Annotation,
    Article,
    Candidate,
    Place,
    Sentence,
    TimeExpression,
    TimexType,
    Toponym,
    ToponymRole,
)
from geo.model.review import (
    CORRECTABLE,
    UNREVIEWED,
    Action,
    Decision,
    Review,
    ReviewState,
)

__all__ = [
    "CORRECTABLE",
    "EVENTS_OF_THE_DAY",
    "EVENT_TYPE_OF",
    "POINT_KINDS",
    "SUB_EVENT_TYPES",
    "UNREVIEWED",
    "Action",
    "ActorMention",
    "ActorType",
    "Annotation",
    "Article",
    "Candidate",
    "Decision",
    "Event",
    "EventType",
    "GeoPrecision",
    "KnownBy",
    "Place",
    "PlaceKind",
    "Report",
    "Review",
    "ReviewState",
    "Sentence",
    "Status",
    "TimeExpression",
    "TimePrecision",
    "TimexType",
    "Toponym",
    "ToponymRole",
    "ZoneMembership",
]
