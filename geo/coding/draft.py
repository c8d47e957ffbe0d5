"""A report in the making, and how it becomes one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from geo.annotate.actors import home_country, is_named, name_on, type_on
from geo.coding.patterns import pattern
from geo.coding.status import claimed, settle
from geo.coding.where import Spot, precision
from geo.model import ActorType, EventType, Report, Status, TimePrecision

if TYPE_CHECKING:
    from datetime import date

    from geo.coding.context import Context
    from geo.coding.deaths import Deaths
    from geo.coding.lexicon import Span
    from geo.coding.when import Day
    from geo.coding.who import Sides
    from geo.model import ActorMention, Place

REACH = 2
"""Sentences on either side that may tell the same story."""
VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.RIOTS})
_CROWD = frozenset({ActorType.RIOTERS, ActorType.PROTESTERS})
SENTENCE = attrgetter("context.index")
"""Number of the sentence of a draft, by which drafts in text order are found without going through all of them."""
UNREAL = frozenset({Status.DENIED, Status.PLANNED})
OTHER_STORY = pattern("story_other_story")
"""How a sentence begins that leaves the story."""
ECHO = pattern("story_echo")
"""Words that refer to the event told just before: "the attack"."""
ANAPHOR = pattern("talk_anaphor")
"""How a sentence begins whose speaker was named before: "the ministry"."""
_GOVERNMENT, _FORCES = "Government of ", "Military Forces of "
_DOUBTFUL = 0.3
"""Most confidence in a battle that only general words speak for."""
_NEWS_DAYS = 7
"""An agreement this long before the article is no news."""
_UNKNOWN = 0.2
"""Confidence in a part that the text does not tell."""
_PENALTY = {Status.PLANNED: 2.5, Status.DENIED: 3.0, Status.BACKGROUND: 3.0, Status.AGGREGATE: 2.0, Status.ONGOING: 0.5}
_DEFAULTS = {
    EventType.PROTESTS: ("Protesters", ActorType.PROTESTERS),
    EventType.RIOTS: ("Rioters", ActorType.RIOTERS),
}


@dataclass(slots=True)
class Draft:
    """One event as its sentence tells it, and what other sentences add."""

    context: Context
    event_type: EventType
    sub_event_type: str
    trigger: Span
    weight: float
    because: str
    status: Status
    count: int | None
    sides: Sides
    spot: Spot | None = None
    day: Day | None = None
    deaths: Deaths | None = None
    injured: Deaths | None = None
    """Those hurt, counted as the dead are."""
    speaker: str | None = None
    speaking: str | None = None
    """Canonical name of the actor who says so."""
    echo: bool = False
    """It only refers to the event told just before ("the attack")."""
    dated: bool = False
    """Its own sentence tells the day."""
    again: Draft | None = None
    """The earlier draft whose deed this one tells again."""
    denial: bool = False
    """It is somebody's denial of a deed told before."""
    bonus: float = 0.0

    @property
    def salience(self) -> float:
        """How much the article is about this event."""
        lead = (3.0, 1.5, 0.8)[self.context.index] if self.context.index < 3 else 0.0
        told = 0.6 * (self.deaths is not None) + 0.4 * (self.spot is not None) + 0.3 * (self.day is not None)
        talk = 2.0 if self.event_type is EventType.DIPLOMACY else 0.0
        return (
            min(self.weight, 9.0) + lead + told + self.bonus - talk - _PENALTY.get(self.status, 0.0) - 2.0 * self.echo
        )


def finish(draft: Draft, *, article_id: str, published: date | None) -> Report:
    """Turn a draft into a report.

    Names of actors are those of the event's day; a state's force outside its own country is External/Other forces.
    """
    day, place = draft.day, draft.spot.place if draft.spot else None
    start = day.start if day else None
    violent = draft.event_type in VIOLENT
    name1, type1 = side(draft.sides.first, start, place, violent=violent)
    name2, type2 = side(draft.sides.second, start, place, violent=violent)
    if type2 in _CROWD and draft.event_type is EventType.EXPLOSIONS:
        name2, type2 = "Civilians", ActorType.CIVILIANS  # a bomb in a crowd
    if type2 is ActorType.CIVILIANS and name2 is not None and not is_named(name2):
        name2 = "Civilians"
    if name1 is None and draft.event_type in _DEFAULTS:
        name1, type1 = _DEFAULTS[draft.event_type]
    if name2 is None and draft.event_type is EventType.VIOLENCE_AGAINST_CIVILIANS:
        name2, type2 = "Civilians", ActorType.CIVILIANS
    status = (
        draft.status
        if draft.event_type is EventType.DIPLOMACY or draft.sub_event_type == "Agreement"
        else claimed(
            draft.status,
            speaker=draft.speaking,
            actor=_raw(draft.sides.first),
            actor_type=type1,
            boasts=_boasts(draft),
        )
    )
    sentence, deaths, injured = draft.context.sentence, draft.deaths, draft.injured
    many = draft.sub_event_type == "Attack" or (deaths is not None and (deaths.low or deaths.high or 0) > 1)
    status = settle(status, day_start=start, day_end=day.end if day else None, published=published, many=many)
    if status is Status.REPORTED and _long_agreed(draft, published):
        status = Status.BACKGROUND
    confidences = _confidences(draft)
    confidence = min(confidences.values())
    if status in {Status.REPORTED, Status.ONGOING} and _vague(draft):
        status, confidence = Status.BACKGROUND, min(confidence, _DOUBTFUL)
    return Report(
        id=_identity(article_id, draft, name1, name2, place),
        article_id=article_id,
        start=sentence.start,
        end=sentence.end,
        quote=draft.context.quote,
        event_type=draft.event_type,
        sub_event_type=draft.sub_event_type,
        trigger=draft.trigger,
        status=status,
        asserted_by=draft.speaker,
        day_start=start,
        day_end=day.end if day else None,
        time_precision=day.precision if day else None,
        time_span=day.span if day else None,
        place=place,
        place_span=(draft.spot.toponym.start, draft.spot.toponym.end) if draft.spot else None,
        geo_precision=precision(place) if place is not None else None,
        actor1=name1,
        actor1_type=type1,
        actor2=name2,
        actor2_type=type2,
        actor_spans=tuple((m.start, m.end) for m in (draft.sides.first, draft.sides.second) if m is not None),
        fatalities_low=deaths.low if deaths else None,
        fatalities_high=deaths.high if deaths else None,
        fatalities_text=draft.context.text[deaths.start : deaths.end] if deaths else None,
        injured_low=injured.low if injured else None,
        injured_high=injured.high if injured else None,
        injured_text=draft.context.text[injured.start : injured.end] if injured else None,
        count=draft.count,
        tags=_tags(draft),
        confidence=round(confidence, 3),
        why=_why(draft, confidences),
        candidates=draft.spot.toponym.candidates if draft.spot else (),
    )


def side(
    mention: ActorMention | None, day: date | None, place: Place | None, *, violent: bool
) -> tuple[str | None, ActorType | None]:
    """Name a side; what a state does by force, its forces do."""
    if mention is None:
        return None, None
    actor = mention.actor
    if violent and actor.startswith(_GOVERNMENT):
        actor = _FORCES + actor.removeprefix(_GOVERNMENT)
    home = home_country(actor)
    kind = type_on(actor, day) or mention.type
    abroad = (
        kind is ActorType.STATE_FORCES and home is not None and place is not None and place.country not in {None, home}
    )
    return name_on(actor, day), ActorType.EXTERNAL_FORCES if abroad else kind


def _vague(draft: Draft) -> bool:
    """Tell whether only words like "operation" or "fighting" speak for a battle, with no day and no dead beside."""
    held = draft.dated or draft.deaths is not None or draft.again is not None
    return draft.event_type is EventType.BATTLES and not held and draft.trigger in draft.context.found.get("vague", ())


def _long_agreed(draft: Draft, published: date | None) -> bool:
    """Tell whether an agreement is only told to explain: "the memorandum signed last month"."""
    day = draft.day
    if draft.sub_event_type != "Agreement" or day is None or published is None:
        return False
    return day.precision >= TimePrecision.MONTH or (published - day.end).days > _NEWS_DAYS


def _boasts(draft: Draft) -> bool:
    """Tell whether the sentence counts the enemy's dead, or says itself that it is a claim."""
    dead = draft.deaths is not None and bool(draft.deaths.low or draft.deaths.high)
    return dead or "claimed" in draft.context.found


def _raw(mention: ActorMention | None) -> str | None:
    return mention.actor if mention is not None else None


def _identity(article_id: str, draft: Draft, name1: str | None, name2: str | None, place: Place | None) -> str:
    sentence = draft.context.sentence
    parts = [article_id, sentence.start, sentence.end, draft.sub_event_type, name1, name2, place.id if place else None]
    if draft.denial:
        parts.append("denied")  # the deed itself may stand in the same sentence
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def _tags(draft: Draft) -> tuple[str, ...]:
    tags = []
    if "joint_patrol" in draft.context.found and "joint" in draft.context.quote.lower():
        tags.append("joint patrol")
    if draft.sides.second is not None and draft.sides.second.type is ActorType.CIVILIANS:
        tags.append("civilian targeting")
    return tuple(tags)


def _confidences(draft: Draft) -> dict[str, float]:
    what = min(0.95, 0.3 + 0.1 * draft.weight)
    return {
        "what": what,
        "who": draft.sides.confidence,
        "where": draft.spot.confidence if draft.spot else _UNKNOWN,
        "when": draft.day.confidence if draft.day else _UNKNOWN,
    }


def _why(draft: Draft, confidences: dict[str, float]) -> str:
    words = draft.context.text[draft.trigger[0] : draft.trigger[1]]
    parts = (
        f"What ({confidences['what']:.2f}): {words!r} gives {draft.sub_event_type} ({draft.because}).",
        f"Who ({confidences['who']:.2f}): {draft.sides.reason}.",
        f"Where ({confidences['where']:.2f}): {draft.spot.reason if draft.spot else 'no place is named'}.",
        f"When ({confidences['when']:.2f}): {draft.day.reason if draft.day else 'no day is named'}.",
    )
    return " ".join(parts)
