"""Sentences of one story complete each other: the place, the day and the doer that a sentence does not tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from geo.annotate.actors import home_country, is_named
from geo.coding.blame import claimant, claims
from geo.coding.deaths import deaths
from geo.coding.doer import acting
from geo.coding.draft import ANAPHOR, ECHO, OTHER_STORY, REACH, SENTENCE, UNREAL, VIOLENT, Draft
from geo.coding.patterns import pattern
from geo.coding.peoples import peoples_at_odds
from geo.coding.roles import NAMED, UNARMED, speakers
from geo.coding.when import Day, nearby, since
from geo.coding.where import FINE, finer, focus, is_vague, rank
from geo.coding.who import Sides, at_odds
from geo.model import EVENTS_OF_THE_DAY, ActorType, EventType, Status, TimePrecision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.coding.context import Context
    from geo.model import ActorMention

_REPLY = 4
"""Sentences back to the deed that somebody speaks of."""
_SOON = 3
"""Days between a deed and what is said of it in an article on it."""
_DEADLY = VIOLENT - {EventType.RIOTS}
_TOLL_REACH = 3
"""Sentences after a deed in which its dead may be told."""
_SHORT = 8
"""Up to so many sentences an article's main place is taken for events that name none."""
_TOLD_DAYS = 14
"""A day of telling gives way to a day of the same story at most so far from it."""
_NIGHT_DAYS = 3
"""A bare "overnight" gives way to a day of the same story at most so far from it."""
_CLAIM_REACH = 8
"""Sentences within which an armed group's claim is taken for the article's first violent event."""
_DESCRIBED = 0.6
"""From this confidence an unnamed group is described by more than its head word."""
_FOUGHT = pattern("who_fought")
_BANDS = frozenset({ActorType.POLITICAL_MILITIA, ActorType.REBEL_GROUP})
"""Types that "gunmen" and a group with a name have in common."""


def complete(drafts: Sequence[Draft], story: Sequence[Context], *, published: date | None = None) -> None:
    """Fill what a draft's own sentence does not tell from the sentences around it.

    Parameters
    ----------
    drafts : sequence of Draft
        Of one article in text order.
    story : sequence of Context
        All sentences of the article.
    published : date, optional
        The article's day: what is said of a deed is said no later.
    """
    main_place = focus(story) if len(story) <= _SHORT else None
    told = {draft.context.index: draft for draft in reversed(drafts)}
    first = next((draft for draft in drafts if draft.event_type in VIOLENT), None)
    for draft in drafts:
        near = _around(draft.context, story)
        around = [context for context in near if _same_story(draft, told.get(context.index))]
        naming = [context for context in near if context in around or _names_doer(told[context.index])]
        _complete_place(draft, around)
        _complete_day(draft, around)
        if draft.day is None and draft.event_type in VIOLENT:
            draft.day = since(draft.context, published=published, lasting=draft.status is Status.ONGOING)
        _complete_deaths(draft, story, told)
        _complete_talk(draft, drafts, story, published)
        later = story[draft.context.index + 1 : draft.context.index + _CLAIM_REACH] if draft is first else ()
        _complete_doer(draft, naming, told, later=later)
        _complete_pair(draft, around)
        if draft.spot is None and draft.event_type in VIOLENT and _same_story(draft, first):
            draft.spot = main_place


def _same_story(draft: Draft, other: Draft | None) -> bool:
    """Tell whether a neighbouring sentence may go on about the draft's event: it tells none, or one that fits."""
    if other is None:
        return True
    if other.day is not None and draft.day is not None and not _days_meet(draft.day, other.day):
        return False
    if other.event_type is draft.event_type or other.echo or draft.echo:
        return True
    both = other.event_type in VIOLENT and draft.event_type in VIOLENT
    if both and abs(other.context.index - draft.context.index) == 1 and draft.status not in UNREAL | {Status.ONGOING}:
        return other.status not in UNREAL
    return both and any(ECHO.search(d.context.quote) is not None for d in (draft, other))


def _names_doer(other: Draft) -> bool:
    """Tell whether a sentence about something else may name who did it: a claim by telephone, a house looted.

    "The ministry blamed the group" may be what another country's ministry says.
    """
    return other.event_type not in VIOLENT and ANAPHOR.match(other.context.quote) is None


def _days_meet(one: Day, other: Day) -> bool:
    if one.told or other.told:
        return abs((one.start - other.start).days) <= _TOLD_DAYS
    return one.start <= other.end and other.start <= one.end


def _around(context: Context, story: Sequence[Context]) -> list[Context]:
    """Give the neighbouring sentences of the same story: next, last, next but one, last but one."""
    near = []
    forward = backward = True
    for step in range(1, REACH + 1):
        after, before = context.index + step, context.index - step
        if forward and after < len(story):
            forward = not OTHER_STORY.match(story[after].text, story[after].sentence.start)
            if forward:
                near.append(story[after])
        backward = (
            backward and not OTHER_STORY.match(context.text, story[before + 1].sentence.start) if before >= 0 else False
        )
        if backward:
            near.append(story[before])
    return near


def _complete_place(draft: Draft, around: Sequence[Context]) -> None:
    place = draft.spot.place if draft.spot else None
    talk = draft.event_type is EventType.DIPLOMACY or draft.sub_event_type == "Agreement"
    if talk or (place is not None and rank(place) >= FINE and not is_vague(place)):
        return
    spot = finer(place, around, reach="neighbouring sentence")
    if spot is not None:
        draft.spot = spot


def _complete_day(draft: Draft, around: Sequence[Context]) -> None:
    if draft.status is Status.ONGOING or (draft.day is not None and not (draft.day.told or draft.day.loose)):
        return
    day = nearby(around, where="neighbouring sentence")
    if day is None:
        return
    exact = day.precision is TimePrecision.DAY and draft.day is not None
    reach = _NIGHT_DAYS if draft.day is not None and draft.day.loose else _TOLD_DAYS
    if draft.day is None or (exact and abs((day.start - draft.day.start).days) <= reach):
        draft.day = day


def _complete_deaths(draft: Draft, story: Sequence[Context], told: Mapping[int, Draft]) -> None:
    """Take the dead from the sentences right after, as long as they tell no event of their own: "Nobody was hurt"."""
    deadly = draft.event_type in _DEADLY or draft.sub_event_type == "Disrupted weapons use"
    if not deadly or draft.deaths is not None or draft.status in UNREAL:
        return
    for context in story[draft.context.index + 1 : draft.context.index + 1 + _TOLL_REACH]:
        if context.index in told or OTHER_STORY.match(context.text, context.sentence.start):
            return
        if context.tally:
            return  # the dead of weeks, or of the whole war
        draft.deaths = deaths(context.text, context.sentence.start, context.sentence.end)
        if draft.deaths is not None:
            return


def _complete_talk(draft: Draft, drafts: Sequence[Draft], story: Sequence[Context], published: date | None) -> None:
    """Give talk its speaker ("the ministry blamed the group") and its days: after the deed, before the telling."""
    if draft.event_type is not EventType.DIPLOMACY:
        return
    index = draft.context.index
    if draft.sides.first is None and ANAPHOR.match(draft.context.quote):
        speaker = _last_speaker(story[max(0, index - _REPLY) : index])
        if speaker is not None and not _is(speaker, draft.sides.second):
            draft.sides = Sides(speaker, draft.sides.second, f"{speaker.text!r} spoke just before", 0.6)
    if draft.day is not None or draft.status not in EVENTS_OF_THE_DAY | {Status.PLANNED}:
        return
    near = drafts[bisect_left(drafts, index - _REPLY, key=SENTENCE) : bisect_right(drafts, index, key=SENTENCE)]
    for deed in reversed([d for d in near if d is not draft]):
        if deed.day is None or deed.event_type is EventType.DIPLOMACY or deed.status is Status.BACKGROUND:
            continue
        end = published if published is not None and published >= deed.day.start else deed.day.end
        if deed.day.precision <= TimePrecision.WEEK and (end - deed.day.start).days <= _SOON:
            precision = TimePrecision.DAY if end == deed.day.start else TimePrecision.WEEK
            draft.day = Day(deed.day.start, end, precision, deed.day.span, 0.5, "said of what happened just before")
        return


def _last_speaker(contexts: Sequence[Context]) -> ActorMention | None:
    """Give the government, or its arm, that spoke or was named last."""
    for context in reversed(contexts):
        states = [m for m in context.actors if home_country(m.actor) is not None and m.confidence >= NAMED]
        said = [m for m in speakers(context) if m in states]
        if said or states:
            return (said or states)[-1]
    return None


def _complete_doer(
    draft: Draft, around: Sequence[Context], told: Mapping[int, Draft], *, later: Sequence[Context]
) -> None:
    """Name who did it from a claim or blame in the story, where the sentence itself names nobody."""
    known = draft.sides.first
    if draft.event_type not in VIOLENT or (known is not None and is_named(known.actor)):
        return
    vague = known is None or known.confidence < _DESCRIBED
    for context in (draft.context, *around):
        mention = claimant(context, country=draft.spot.place.country if draft.spot else None)
        if mention is not None and not _is(mention, draft.sides.second) and (vague or _says_more(mention, known)):
            draft.sides = Sides(mention, draft.sides.second, f"{mention.text!r} claims it or is named for it", 0.6)
            return
    for context in later:
        mention = claims(context)
        if mention is not None and is_named(mention.actor) and not _is(mention, draft.sides.second):
            draft.sides = Sides(mention, draft.sides.second, f"{mention.text!r} claims it later in the article", 0.5)
            return
    for context in around:
        other = told.get(context.index)
        doer = other.sides.first if other is not None and other.event_type in VIOLENT else None
        kin = other is not None and _kin(draft, other) and other.status not in UNREAL
        if doer is None and known is None and (other is None or kin or other.event_type not in VIOLENT):
            doer, kin = acting(context), True
        if (
            doer is not None
            and kin
            and not _is(doer, draft.sides.second)
            and doer.type not in UNARMED
            and (known is None or _fuller(doer, known))
        ):
            draft.sides = _named_beside(doer, draft)
            return
    if known is not None and known.type in _BANDS:
        for context in around:
            # The sentence tells no deed of its own, so "the group attacked at dawn" goes on about this one.
            doer = acting(context) if context.index not in told else None
            if doer is not None and doer.type in _BANDS and is_named(doer.actor) and not _is(doer, draft.sides.second):
                draft.sides = _named_beside(doer, draft)
                return


def _complete_pair(draft: Draft, around: Sequence[Context]) -> None:
    """Name the two that fought from a neighbouring sentence, where the draft's own has "rival clans" or nobody."""
    known = draft.sides.first
    unnamed = known is None or (known.confidence < NAMED and known.type is ActorType.IDENTITY_MILITIA)
    if not unnamed or draft.event_type not in VIOLENT or _FOUGHT.search(draft.context.quote) is None:
        return
    for context in around:
        pair = at_odds(context, context.actors) or peoples_at_odds(context)
        if pair is not None:
            draft.sides = Sides(*pair, "they fought each other, a neighbouring sentence says", 0.5)
            return


def _named_beside(doer: ActorMention, draft: Draft) -> Sides:
    return Sides(doer, draft.sides.second, f"{doer.text!r} is named for it in a neighbouring sentence", 0.5)


def _kin(draft: Draft, other: Draft) -> bool:
    """Tell whether a neighbouring sentence tells the same kind of deed, or goes on about this one."""
    if other.sub_event_type == draft.sub_event_type or other.again is draft or draft.again is other:
        return True
    return other.event_type is draft.event_type and ECHO.search(other.context.quote) is not None


def _is(mention: ActorMention, other: ActorMention | None) -> bool:
    return other is not None and mention.actor == other.actor


def _says_more(mention: ActorMention, known: ActorMention | None) -> bool:
    """Tell whether a group has a name, or a people's at least, where the one known is only "unknown gunmen"."""
    return is_named(mention.actor) or (known is not None and known.confidence < NAMED <= mention.confidence)


def _fuller(doer: ActorMention, known: ActorMention) -> bool:
    """Tell whether `doer` is the same unnamed group with more of its words: "Christian militiamen" for "militiamen"."""
    return (
        known.confidence < _DESCRIBED <= doer.confidence
        and known.actor.split()[-1].lower() == doer.actor.split()[-1].lower()
    )
