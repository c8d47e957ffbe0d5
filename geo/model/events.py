"""What was coded: reports, and the events they tell of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.model.review import UNREVIEWED, Review

if TYPE_CHECKING:
    from datetime import date

    from geo.model.lists import ActorType, EventType, GeoPrecision, Status, TimePrecision
    from geo.model.reading import Candidate, Place


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of one event."""

    id: str
    """Hash of article id, sentence offsets, sub-event type, actors and place."""
    article_id: str
    start: int
    """Offsets of the sentence in the article's text."""
    end: int
    quote: str
    """The sentence."""
    event_type: EventType
    sub_event_type: str
    trigger: tuple[int, int] | None
    """Offsets in the article's text of the words that gave the type."""
    status: Status
    asserted_by: str | None
    """Who says so, where the text names them."""
    day_start: date | None
    day_end: date | None
    time_precision: TimePrecision | None
    time_span: tuple[int, int] | None
    """Offsets of the time expression the days come from."""
    place: Place | None
    place_span: tuple[int, int] | None
    """Offsets of the toponym the place comes from."""
    geo_precision: GeoPrecision | None
    actor1: str | None
    actor1_type: ActorType | None
    actor2: str | None
    actor2_type: ActorType | None
    actor_spans: tuple[tuple[int, int], ...] = ()
    """Offsets of the mentions behind the two actors."""
    fatalities_low: int | None = None
    fatalities_high: int | None = None
    fatalities_text: str | None = None
    """The words the figures come from."""
    injured_low: int | None = None
    injured_high: int | None = None
    injured_text: str | None = None
    """The words those figures come from."""
    count: int | None = None
    """How many incidents an aggregate report speaks of."""
    tags: tuple[str, ...] = ()
    confidence: float = 0.0
    """0 to 1: the weakest of what, who, where and when."""
    why: str = ""
    """Reasons for type, place and day, in words for the reviewer."""
    candidates: tuple[Candidate, ...] = ()
    """Runner-up places, best first."""


@dataclass(frozen=True, slots=True)
class ZoneMembership:
    """One event against one zone in force on its day."""

    zone_id: str
    answer: str
    """"inside" or "possible"; an event outside has no membership."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event, with every report of it."""

    id: str
    """Hash of the ids of its reports' first."""
    reports: tuple[Report, ...]
    """Best first; its place, day and type are the event's own."""
    zones: tuple[ZoneMembership, ...] = ()
    independent_sources: int = 1
    """Outlets that do not quote each other, as far as the texts show."""
    merge_reason: str = ""
    """Why these reports are one event."""
    review: Review = UNREVIEWED
    """What reviewers made of it."""

    @property
    def best(self) -> Report:
        """The report whose place, day, type and actors stand for the event."""
        return self.reports[0]
