"""Checked claims of a model to reports: places, actors and days by the project's own means wherever they know better.

A model's own confidence means little, so none is asked for. Ours says how far something else speaks for what it
says: the gazetteer for the place, the lists for the actors, our own reading of the words for day and type.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.annotate.dates.calendar import precision_of
from geo.coding.draft import VIOLENT, side
from geo.coding.where import precision
from geo.model import EVENT_TYPE_OF, ActorMention, ActorType, Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.extractors.claims import Claim, Side, Span
    from geo.model import Annotation, Place, TimeExpression, Toponym

WHAT: Final[dict[str, float]] = {"type": 0.85, "group": 0.7, "": 0.55}
"""Confidence in the type: our rules read the same sub-event type there, the same event type, nothing like it."""
KNOWN_ACTOR, TOLD_ACTOR, NOBODY = 0.85, 0.5, 0.35
SAME_DAY, TOLD_DAY, GUESSED_DAY, OTHER_DAY, NO_DAY = 0.9, 0.6, 0.4, 0.35, 0.2
NO_PLACE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Teller:
    """Makes reports of the claims about one article."""

    annotation: Annotation
    """Ours, with the names of places that the model gave."""
    ours: Sequence[Report]
    """What the project's own rules read in the article."""
    model: str
    """What to call the model in the reasons."""

    def report(self, claim: Claim) -> Report:
        """Turn one claim into a report."""
        kind, text = EVENT_TYPE_OF[claim.sub_event_type], self.annotation.article.text
        toponym = self._toponym(claim.place)
        place = toponym.place if toponym else None
        days, sure_when, why_when = self._when(claim)
        start = days[0] if days else None
        names = [self._side(s, start, place, violent=kind in VIOLENT) for s in claim.sides]
        what, why_what = self._what(claim)
        who, why_who = self._who(claim)
        where = toponym.confidence if toponym and place else NO_PLACE
        why = (
            f"What ({what:.2f}): {self.model} reads {claim.sub_event_type} in the words quoted; {why_what}.",
            f"Who ({who:.2f}): {why_who}.",
            f"Where ({where:.2f}): {self._why_where(claim.place, toponym)}.",
            f"When ({sure_when:.2f}): {why_when}.",
            *(f"Left out: {doubt}." for doubt in claim.doubts),
        )
        article_id = self.annotation.article.id
        return Report(
            id=_identity(article_id, claim, names[0][0], names[1][0], place),
            article_id=article_id,
            start=claim.span[0],
            end=claim.span[1],
            quote=text[claim.span[0] : claim.span[1]],
            event_type=kind,
            sub_event_type=claim.sub_event_type,
            trigger=claim.trigger,
            status=claim.status,
            asserted_by=claim.asserted_by,
            day_start=start,
            day_end=days[1] if days else None,
            time_precision=precision_of(days) if days else None,
            time_span=claim.time if days else None,
            place=place,
            place_span=claim.place if place else None,
            geo_precision=precision(place) if place else None,
            actor1=names[0][0],
            actor1_type=names[0][1],
            actor2=names[1][0],
            actor2_type=names[1][1],
            actor_spans=tuple(s.span for s in claim.sides if s is not None),
            fatalities_low=claim.deaths.low if claim.deaths else None,
            fatalities_high=claim.deaths.high if claim.deaths else None,
            fatalities_text=claim.deaths.words if claim.deaths else None,
            injured_low=claim.injured.low if claim.injured else None,
            injured_high=claim.injured.high if claim.injured else None,
            injured_text=claim.injured.words if claim.injured else None,
            tags=("civilian targeting",) if names[1][1] is ActorType.CIVILIANS else (),
            confidence=round(min(what, who, where, sure_when), 3),
            why=" ".join(why),
            candidates=toponym.candidates if toponym else (),
        )

    def _what(self, claim: Claim) -> tuple[float, str]:
        same = [r for r in self.ours if r.start < claim.span[1] and claim.span[0] < r.end]
        if any(r.sub_event_type == claim.sub_event_type for r in same):
            return WHAT["type"], "our rules read the same"
        if any(r.event_type is EVENT_TYPE_OF[claim.sub_event_type] for r in same):
            return WHAT["group"], "our rules read an event of the same group"
        return WHAT[""], "our rules read no such event there"

    def _mention(self, side: Side) -> ActorMention | None:
        """Give the actor of our lists that the words name; one with a name of its own before a mere head word."""
        low, high = side.span
        found = [m for m in self.annotation.actors if m.start < high and low < m.end]
        return max(found, key=lambda m: m.confidence) if found else None

    def _side(
        self, told: Side | None, day: date | None, place: Place | None, *, violent: bool
    ) -> tuple[str | None, ActorType | None]:
        if told is None:
            return None, None
        mention = self._mention(told)
        return (told.words, told.type) if mention is None else side(mention, day, place, violent=violent)

    def _who(self, claim: Claim) -> tuple[float, str]:
        sides = [s for s in claim.sides if s is not None]
        if not sides:
            return NOBODY, "it names nobody"
        unknown = [s.words for s in sides if self._mention(s) is None]
        if unknown:
            return TOLD_ACTOR, f"{', '.join(map(repr, unknown))} is in no list; its kind is the model's word"
        return KNOWN_ACTOR, "the actors it names are in our lists"

    def _toponym(self, span: Span | None) -> Toponym | None:
        if span is None:
            return None
        near = [t for t in self.annotation.toponyms if t.start < span[1] and span[0] < t.end]
        return next((t for t in near if t.place is not None), near[0] if near else None)

    def _why_where(self, span: Span | None, toponym: Toponym | None) -> str:
        if span is None:
            return "no place of the article is named"
        words = self.annotation.article.text[span[0] : span[1]]
        if toponym is None or toponym.place is None:
            return f"{words!r} is not in the gazetteer"
        return f"{words!r}, placed by the gazetteer: {toponym.reason}"

    def _when(self, claim: Claim) -> tuple[tuple[date, date] | None, float, str]:
        if claim.days is None:
            return None, NO_DAY, "no day is named"
        told = " to ".join(dict.fromkeys(str(day) for day in claim.days))
        if claim.time is None:
            return claim.days, GUESSED_DAY, f"it reads {told}, from no words in particular"
        words = self.annotation.article.text[claim.time[0] : claim.time[1]]
        own = self._own_time(claim.time)
        if own is None or own.day_start is None or own.day_end is None:
            return claim.days, TOLD_DAY, f"it reads {words!r} as {told}"
        if (own.day_start, own.day_end) == claim.days:
            return claim.days, SAME_DAY, f"it reads {words!r} as {told}, and so do our rules"
        ours = " to ".join(dict.fromkeys(str(day) for day in (own.day_start, own.day_end)))
        return claim.days, OTHER_DAY, f"it reads {words!r} as {told}, our rules as {ours}"

    def _own_time(self, span: Span) -> TimeExpression | None:
        near = [t for t in self.annotation.dates if t.start < span[1] and span[0] < t.end and t.day_start is not None]
        return max(near, key=lambda t: min(t.end, span[1]) - max(t.start, span[0])) if near else None


def _identity(article_id: str, claim: Claim, name1: str | None, name2: str | None, place: Place | None) -> str:
    parts = (article_id, *claim.span, claim.sub_event_type, name1, name2, place.id if place else None)
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()
