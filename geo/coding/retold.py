"""The same deed told again: a later sentence that counts the dead of an attack, or names it once more, is no second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.coding.draft import OTHER_STORY, REACH, UNREAL, VIOLENT, Draft
from geo.coding.patterns import pattern
from geo.coding.roles import NAMED
from geo.coding.where import agrees, is_vague, km_between, rank, usable
from geo.coding.who import Sides
from geo.model import EventType, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Place

_AFTERMATH = frozenset({"kill", "killed", "strong_kill", "hurt", "did_kill", "killed_by"})
"""Classes of words that tell what a deed did to people, not which deed it was."""
_LOOSE = frozenset({"bombing", "explosion", "clash", "soft_clash", "attacks", "ambush", "invasion"})
"""Classes of words that name a deed of another sentence in general: "the blast", "the fighting"."""
_SECOND = pattern("retold_second")
_SAME = pattern("retold_same")
_LAUNCHED = pattern("retold_launched")
_SAID_OUTRIGHT = frozenset(
    {"does it in so many words", "the deed is named after it", "stands before the deed", 'named with "by"'}
)
"""Reasons for a doer that are no more than the sentence's own words."""
_BLAMED = pattern("retold_blamed")
_TALK_REACH = 12
"""Sentences within which the same speaker says the same kind of thing once more."""
_TOLD_DAYS = 7
"""A day of telling lies at most so long after the deed."""
_SAME_KM = 15.0
"""Two places this near can be those of one deed."""


def find_retold(drafts: Sequence[Draft]) -> None:
    """Mark every draft that tells an earlier one again, and give the earlier one what it adds.

    Parameters
    ----------
    drafts : sequence of Draft
        Of one article in text order, each as its own sentence tells it.
    """
    anchors: list[Draft] = []
    for draft in drafts:
        if draft.status in UNREAL or draft.status is Status.AGGREGATE:
            continue
        # Only these can be told again; to try every one took half the time of an article of a megabyte.
        first = draft.context.index - _TALK_REACH
        nearest: list[Draft] = []
        for one in reversed(anchors):
            if one.context.index < first:
                break
            nearest.append(one)
        # A deed that only explains another is not what the next sentence goes on about.
        nearest.sort(key=lambda one: one.status is Status.BACKGROUND)
        anchor = next((one for one in nearest if _again(draft, one)), None)
        if anchor is None:
            anchors.append(draft)
            continue
        draft.again = anchor
        _add(anchor, draft)


def copy_retold(drafts: Sequence[Draft]) -> None:
    """Give every draft that tells another again that one's type, actors, place, day and standing."""
    for draft in drafts:
        if (anchor := draft.again) is None:
            continue
        draft.event_type, draft.sub_event_type = anchor.event_type, anchor.sub_event_type
        draft.sides, draft.spot, draft.day = anchor.sides, anchor.spot, anchor.day
        draft.status, draft.speaking, draft.echo = anchor.status, anchor.speaking, True


def _again(draft: Draft, one: Draft) -> bool:
    """Tell whether `draft` tells of the deed of `one`, an earlier sentence's, again."""
    apart = draft.context.index - one.context.index
    talk = draft.event_type is EventType.DIPLOMACY and one.event_type is EventType.DIPLOMACY
    if (
        not 0 < apart <= (_TALK_REACH if talk else REACH + 1)
        or OTHER_STORY.match(draft.context.quote)
        or _SECOND.lower.search(draft.context.lower, draft.context.sentence.start, draft.context.sentence.end)
    ):
        return False
    words = {part.split(" + ")[0] for part in draft.because.split("; ")}
    if not (_same_days(draft, one) and _same_place(draft, one, among=words <= _AFTERMATH)):
        return False
    if not {draft.event_type, one.event_type} <= VIOLENT:
        return draft.sub_event_type == one.sub_event_type and _same_speaker(draft, one)
    bare = draft.day is None and (draft.spot is None or rank(draft.spot.place) <= 1)
    if draft.echo or words <= _AFTERMATH or _same_weapons(draft, apart):
        return apart <= REACH or bare
    if draft.deaths is not None and one.deaths is not None and draft.deaths.low != one.deaths.low:
        return False
    if draft.sub_event_type == one.sub_event_type:
        return bare or _both_told(draft, one)
    if draft.event_type is EventType.EXPLOSIONS and one.event_type is EventType.EXPLOSIONS:
        return bare or words <= _AFTERMATH | _LOOSE
    return words <= _AFTERMATH | _LOOSE and bare


def _same_weapons(draft: Draft, apart: int) -> bool:
    """Tell whether a sentence goes on about the weapons just told: "the rockets hit", "who launched the drone"."""
    quote = draft.context.quote
    return apart <= REACH and (_SAME.match(quote) is not None or _LAUNCHED.search(quote) is not None)


def _same_days(draft: Draft, one: Draft) -> bool:
    if draft.day is None or one.day is None:
        return True
    if draft.day.told or one.day.told:
        return abs((draft.day.start - one.day.start).days) <= _TOLD_DAYS
    return draft.day.start <= one.day.end and one.day.start <= draft.day.end


def _same_speaker(draft: Draft, one: Draft) -> bool:
    """Tell whether talk comes from the same mouth; other deeds need not name who did them again."""
    first, second = draft.sides.first, one.sides.first
    if draft.event_type is EventType.DIPLOMACY:
        objects = {side.actor for side in (draft.sides.second, one.sides.second) if side is not None}
        return first is not None and second is not None and first.actor == second.actor and len(objects) < 2
    return True


def _same_place(draft: Draft, one: Draft, *, among: bool) -> bool:
    """Tell whether the places are one; with `among`, any place of the later sentence may be."""
    if draft.spot is None or one.spot is None:
        return True
    if among and any(_near(place, one.spot.place) for t in draft.context.toponyms if (place := usable(t)) is not None):
        return True
    return _near(draft.spot.place, one.spot.place)


def _both_told(draft: Draft, one: Draft) -> bool:
    return draft.spot is not None and one.spot is not None and draft.day is not None and one.day is not None


def _near(one: Place, other: Place) -> bool:
    coarse = min(rank(one), rank(other)) <= 1
    reach = max(_SAME_KM, one.radius_km, other.radius_km)
    if coarse:
        return one.country == other.country or None in {one.country, other.country}
    if is_vague(one) or is_vague(other):
        vague, fine = (one, other) if is_vague(one) else (other, one)
        return one.id == other.id or agrees(fine, vague)
    return one.id == other.id or km_between(one, other) <= reach


def _add(anchor: Draft, draft: Draft) -> None:
    if anchor.deaths is None:
        anchor.deaths = draft.deaths
    if anchor.day is None or (anchor.day.told and draft.day is not None and not draft.day.told):
        anchor.day = draft.day
    if draft.spot is not None and (anchor.spot is None or rank(draft.spot.place) > rank(anchor.spot.place)):
        anchor.spot = draft.spot
    if anchor.sides.first is None and _names_doer(draft, anchor):
        told = draft.sides
        anchor.sides = Sides(told.first, anchor.sides.second, told.reason, told.confidence)
    victim = draft.sides.second
    known = {mention.actor for mention in (anchor.sides.first, anchor.sides.second) if mention is not None}
    if anchor.sides.second is None and victim is not None and victim.actor not in known:
        anchor.sides = Sides(anchor.sides.first, victim, anchor.sides.reason, anchor.sides.confidence)


def _names_doer(draft: Draft, anchor: Draft) -> bool:
    """Tell whether `draft` says outright who did it, and blames nobody: "the army fired the shells"."""
    doer, second = draft.sides.first, anchor.sides.second
    return (
        doer is not None
        and doer.confidence >= NAMED
        and draft.sides.reason in _SAID_OUTRIGHT
        and not _BLAMED.search(draft.context.quote)
        and (second is None or second.actor != doer.actor)
        and {draft.event_type, anchor.event_type} <= VIOLENT
    )
