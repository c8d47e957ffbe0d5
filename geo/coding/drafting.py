"""One sentence alone: which events it tells, and whether they are events at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.actors import is_named
from geo.coding.blame import accuses
from geo.coding.deaths import deaths
from geo.coding.draft import ANAPHOR, ECHO, OTHER_STORY, REACH, VIOLENT, Draft
from geo.coding.patterns import pattern
from geo.coding.roles import NAMED, asserted_by, speakers
from geo.coding.status import SPREAD, explains, status_of
from geo.coding.what import CLASS_OF, Scores, score
from geo.coding.when import when
from geo.coding.where import FINE, rank, usable, where, where_said
from geo.coding.who import Sides, sides, with_dead
from geo.model import EVENT_TYPE_OF, ActorType, EventType, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.coding.context import Context
    from geo.coding.deaths import Deaths
    from geo.coding.lexicon import Rules, Span
    from geo.coding.when import Day
    from geo.coding.where import Spot

_SECOND = 4.0
"""Weight that a second event of a sentence needs."""
_GROUNDED = 3.0
"""Weight below which an event must be held by a place, a day or a count of the dead."""
_APART = 8
"""Characters between the words of two events of one sentence."""
_INTENT = 45
"""Characters between "vowed to" and what is vowed."""
_SAYING = frozenset({"Accusation", "Threat or ultimatum", "Demand or request"})
_BLAMED = 2.4
"""Weight of an accusation that only the order of the words makes."""
_SOLDIERS = "Military Forces of"
_PLAIN = frozenset({"Attack", "Armed clash"})
"""Types whose words go with every other kind of violence."""
_HARD = frozenset({"neutralised", "clash", "retake", "seize", "take", "drive", "raise_flag"})
"""Classes of words that name fighting itself."""
_TALK = frozenset({"speech", "meet", "demand", "statement"})
"""Classes of words of a sentence in which somebody only talks."""
_MISHAP = pattern("deaths_mishap")
_MISHAPS = frozenset({"accident", "clash", "strong_defuse", "vague", "past"})
"""Classes of words beside which the dead were not killed by an attack, or not by it alone."""
_TO_COME = pattern("talk_to_come")
_STRONG = 4.5
"""Weight from which a sentence stands for its own type, even if it refers to the one before."""


def drafts(story: Sequence[Context], rules: Rules) -> Iterator[Draft]:
    """Draft the events that each sentence tells by itself, in text order."""
    previous: Draft | None = None
    for context in story:
        if not context.found:
            continue
        following = story[context.index + 1] if context.index + 1 < len(story) else None
        scores = score(context.found, _continued(following), context.actors, rules)
        _add_blame(context, scores)
        _add_dead(context, scores, rules.threshold)
        chosen = _chosen(context, scores, rules.threshold)
        for sub, weight in chosen:
            draft = _draft(context, sub, weight, scores, alone=len(chosen) == 1)
            if sub != chosen[0][0] and draft.status is Status.REPORTED and explains(context, draft.trigger):
                draft.status = Status.BACKGROUND
            if not _grounded(draft):
                continue
            if previous is not None and _echoes(draft, previous):
                draft.echo = True
                draft.event_type, draft.sub_event_type = previous.event_type, previous.sub_event_type
            elif draft.event_type in VIOLENT:
                previous = draft
            yield draft


def _add_blame(context: Context, scores: Scores) -> None:
    """Count "the ministry said the group had fired" as an accusation, which no single word of it is."""
    blame = accuses(context)
    if (
        blame is not None
        and blame[2].confidence < NAMED
        and any(EVENT_TYPE_OF[sub] in VIOLENT for sub in scores.weight)
    ):
        return  # "police said gunmen had killed nine" tells what gunmen did
    if blame is not None and "Accusation" not in scores.weight:
        scores.weight["Accusation"] = _BLAMED
        scores.trigger["Accusation"] = blame[0]
        scores.because["Accusation"] = ["one says that another did it"]


def _add_dead(context: Context, scores: Scores, threshold: float) -> None:
    """Count "fifty were killed in the town" as an attack, whoever they were, where nothing else speaks for a deed."""
    found = context.found
    words = found.get("killed_by") or found.get("killed")
    if not words or not _MISHAPS.isdisjoint(found) or any(weight >= threshold for weight in scores.weight.values()):
        return
    told = any(time.day_start is not None for time in context.dates)
    placed = any((place := usable(t)) is not None and rank(place) >= FINE for t in context.toponyms)
    if not (told or placed) or _MISHAP.search(context.quote):
        return
    counted = deaths(context.text, context.sentence.start, context.sentence.end)
    if counted is not None and counted.low:
        scores.weight["Attack"] = threshold
        scores.trigger.setdefault("Attack", words[0])
        scores.because.setdefault("Attack", ["killed"]).append("a count of the dead")


def _continued(following: Context | None) -> dict[str, list[Span]]:
    """Give the words of the next sentence, unless it begins another story."""
    if following is None or OTHER_STORY.match(following.text, following.sentence.start):
        return {}
    return following.found


def _chosen(context: Context, scores: Scores, threshold: float) -> list[tuple[str, float]]:
    """Pick the main event of a sentence, and a second of another type that has its own words."""
    ranked = [item for item in scores.ranked() if item[1] >= threshold]
    told = {
        sub: explains(context, scores.trigger[sub])
        for sub, _ in ranked
        if EVENT_TYPE_OF[sub] in VIOLENT and sub not in _PLAIN
    }
    if not all(told.values()):  # What only explains another deed is no main event, however many words speak for it.
        ranked.sort(key=lambda item: told.get(item[0], False))
    chosen: list[tuple[str, float]] = ranked[:1]
    for sub, weight in ranked[1:]:
        if weight >= _SECOND and _own_event(
            context, sub, scores.trigger[sub], chosen[0][0], scores.trigger[chosen[0][0]]
        ):
            chosen.append((sub, weight))
            break
    else:
        chosen += _said(context, ranked)
    return chosen


def _said(context: Context, ranked: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Pick what somebody says of the sentence's deed, where the saying is news: blame, a threat, a demand."""
    if not ranked or EVENT_TYPE_OF[ranked[0][0]] not in VIOLENT:
        return []
    if any(m.type is not ActorType.CIVILIANS for m in context.actors):
        return [item for item in ranked[1:] if item[0] in _SAYING][:1]
    return []


def _own_event(context: Context, sub: str, span: Span, main: str, main_span: Span) -> bool:
    """Tell whether words of another type tell of another event, not of the same deed again ("a bomb, killing nine")."""
    start, end = context.clause(main_span)
    if start <= span[0] < end or max(span[0] - main_span[1], main_span[0] - span[1]) < _APART:
        return False
    both = EVENT_TYPE_OF[sub] in VIOLENT and EVENT_TYPE_OF[main] in VIOLENT
    meant = any(cue[1] <= span[0] <= cue[1] + _INTENT for cue in context.found.get("planned", ()))
    return meant or not (both and {sub, main} & _PLAIN)


def _draft(context: Context, sub: str, weight: float, scores: Scores, *, alone: bool) -> Draft:
    kind, trigger = EVENT_TYPE_OF[sub], scores.trigger[sub]
    status, count = status_of(context, trigger, kind)
    told = speakers(context)
    talk = kind is EventType.DIPLOMACY
    planned = status is Status.PLANNED
    dead = None if talk or planned else deaths(context.text, context.sentence.start, context.sentence.end)
    spot = (
        None
        if talk and (not alone or sub == "Threat or ultimatum")
        else _spot(context, sub, trigger, strict=planned or not alone)
    )
    because = "; ".join(scores.because[sub])
    if planned and kind is EventType.BATTLES and _threatened(context, trigger):
        kind, sub = EventType.DIPLOMACY, "Threat or ultimatum"
    if sub == "Threat or ultimatum" and _TO_COME.match(context.text, trigger[1], context.sentence.end):
        status = Status.PLANNED
    day = when(context, trigger, speech=talk, strict=planned)
    if _is_count(context, status, dead, day):
        status = Status.AGGREGATE
    both = with_dead(sides(context, trigger, event_type=kind, sub_event_type=sub), dead, context)
    if sub == "Attack" and _of_soldiers(both):
        kind, sub = EventType.BATTLES, "Armed clash"
    return Draft(
        context=context,
        event_type=kind,
        sub_event_type=sub,
        trigger=trigger,
        weight=weight,
        because=because,
        status=status,
        count=count,
        sides=both,
        spot=spot,
        day=day,
        dated=day is not None and not day.told,
        deaths=dead,
        speaker=asserted_by(context, told),
        speaking=told[0].actor if told else None,
    )


def _of_soldiers(both: Sides) -> bool:
    """Tell whether a named group killed soldiers, or soldiers its fighters: ACLED's attacks are on civilians."""
    first, second = both.first, both.second
    if first is None or second is None:
        return False
    soldiers = any(one.actor.startswith(_SOLDIERS) for one in (first, second))
    armed = any(one.type is not None and CLASS_OF.get(one.type) == "ARMED" for one in (first, second))
    return soldiers and armed and is_named(first.actor) and is_named(second.actor)


def _is_count(context: Context, status: Status, dead: Deaths | None, day: Day | None) -> bool:
    """Tell whether it counts those who died or were neutralised over a while: no single event."""
    over_weeks = _many(dead) and day is not None and day.end - day.start >= SPREAD
    if status is Status.REPORTED and over_weeks:
        return True
    some = _many(dead) or "neutralised" in context.found
    return status in {Status.REPORTED, Status.ONGOING} and context.tally and some


def _many(dead: Deaths | None) -> bool:
    return dead is not None and (dead.low or dead.high or 0) > 1


def _threatened(context: Context, trigger: Span) -> bool:
    """Tell whether somebody vows or threatens the deed: what happened is the threat."""
    return any(0 <= trigger[0] - cue[1] <= _INTENT for cue in context.found.get("strong_threat", ()))


def _spot(context: Context, sub: str, trigger: Span, *, strict: bool) -> Spot | None:
    """Find the place: of talk where it was held, of an agreement too if the text says where, of a deed by its names."""
    if EVENT_TYPE_OF[sub] is EventType.DIPLOMACY:
        return where_said(context, trigger)
    held = where_said(context, trigger) if sub == "Agreement" else None
    return held or where(context, trigger, strict=strict)


def _grounded(draft: Draft) -> bool:
    """Tell whether a weakly worded deed is held by anything: talk of war in general names no place, day or dead."""
    held = draft.deaths is not None or draft.count is not None or draft.status is Status.PLANNED
    if draft.event_type is EventType.BATTLES and not held and _soft(draft):
        return False
    if draft.sub_event_type == "Accusation" and draft.sides.first is None and not ANAPHOR.match(draft.context.quote):
        return False
    if draft.weight >= _GROUNDED or draft.event_type in {EventType.DIPLOMACY, EventType.PROTESTS, EventType.RIOTS}:
        return True
    placed = draft.spot is not None and rank(draft.spot.place) > 1
    known = draft.sides.first is not None and draft.sides.second is not None
    if draft.status is Status.PLANNED:
        return draft.sides.first is not None or draft.sides.second is not None
    return placed or draft.day is not None or draft.deaths is not None or draft.count is not None or known


def _soft(draft: Draft) -> bool:
    """Tell whether only words like "operation" or "fighting" speak for a battle, said of a government or of nobody."""
    if any(part.split(" + ")[0] in _HARD for part in draft.because.split("; ")):
        return False
    first = draft.sides.first
    exact = draft.spot is not None and rank(draft.spot.place) >= FINE
    said = draft.day is None and not _TALK.isdisjoint(draft.context.found)
    return (
        first is None
        or first.actor.startswith("Government of")
        or draft.context.sentence.quoted
        or said
        or not (exact or draft.sides.second)
    )


def _echoes(draft: Draft, previous: Draft) -> bool:
    """Tell whether a sentence only goes on about the event just told."""
    if (
        draft.event_type not in VIOLENT
        or draft.context.index - previous.context.index > REACH
        or draft.context is previous.context
    ):
        return False
    if draft.weight >= _STRONG and draft.sub_event_type != previous.sub_event_type:
        return False
    return ECHO.search(draft.context.quote) is not None and not OTHER_STORY.match(draft.context.quote)
