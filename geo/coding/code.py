"""Annotation to reports: each sentence is coded by itself, then sentences of one story complete each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.annotate.actors import is_named
from geo.coding.context import Context, contexts
from geo.coding.deaths import deaths
from geo.coding.draft import Draft, finish
from geo.coding.lexicon import load_rules
from geo.coding.status import status_of
from geo.coding.what import Scores, score
from geo.coding.when import nearby, when
from geo.coding.where import finer, focus, rank, where, where_said
from geo.coding.who import Sides, asserted_by, claimant, sides, speakers
from geo.model import EVENT_TYPE_OF, ActorType, EventType, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.coding.lexicon import Rules, Span
    from geo.model import ActorMention, Annotation, Report

_REACH = 2
"""Sentences on either side that may tell the same story."""
_SECOND = 4.0
"""Weight that a second event of a sentence needs."""
_SHORT = 8
"""Up to so many sentences an article's main place is taken for events that name none."""
_GROUNDED = 3.0
"""Weight below which an event must be held by a place, a day or a count of the dead."""
_UNREAL = frozenset({Status.DENIED, Status.PLANNED})
_APART = 8
"""Characters between the words of two events of one sentence."""
_INTENT = 45
"""Characters between "vowed to" and what is vowed."""
_PLAIN = frozenset({"Attack", "Armed clash"})
"""Types whose words go with every other kind of violence."""
_HARD = frozenset({"clash", "retake", "seize"})
"""Classes of words that name fighting itself."""
_TALK = frozenset({"speech", "meet", "demand", "statement"})
_FINE = 3.0
"""Rank of a place that needs no finer one."""
_OTHER_STORY = re.compile(
    r"\s*[\"“']?(?:in (?:a|an|another|other) (?:separate|other|different|second|unrelated)|in another|separately|elsewhere|meanwhile|in a related|another|last (?:month|year)|earlier this|a separate|also|in other)\b",
    re.IGNORECASE,
)
_ECHO = re.compile(
    r"\b(?:the|this|these|both|that) (?:\w+ )?(?:attacks?|incidents?|blasts?|explosions?|shootings?|killings?|bombings?|violence|strikes?|clash(?:es)?|raids?|assaults?|abductions?|massacre|fighting|attackers?|gunmen|bombers?|assailants?|victims|dead)\b",
    re.IGNORECASE,
)
_ECHOED = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.RIOTS})
_UNARMED = frozenset({ActorType.CIVILIANS, ActorType.PROTESTERS})
_DESCRIBED = 0.6
"""From this confidence an unnamed group is described by more than its head word."""
_STRONG = 4.5
"""Weight from which a sentence stands for its own type, even if it refers to the one before."""


def code(annotation: Annotation, *, rules: Rules | None = None) -> tuple[Report, ...]:
    """Code the events of one article.

    Parameters
    ----------
    annotation : Annotation
        Sentences, place names, time expressions and actors of the article.
    rules : Rules, optional
        Coding rules; the project's own by default.

    Returns
    -------
    tuple of Report
        The most salient first. A report keeps None where the text does not tell.

    Raises
    ------
    DataError, InputError
        The rules are missing or damaged.
    """
    rules = rules or load_rules()
    article = annotation.article
    story = contexts(annotation, rules)
    drafts = list(_drafts(story, rules))
    headline = _headline(article.title, rules)
    for draft in drafts:
        draft.bonus += 1.5 if draft.sub_event_type in headline else 0.0
    _complete(drafts, story)
    reports = {}
    for draft in sorted(drafts, key=lambda d: (-d.salience, d.context.sentence.start, d.sub_event_type)):
        report = finish(draft, article_id=article.id, published=article.published)
        reports.setdefault(report.id, report)
    return tuple(reports.values())


# ------------------------------------------------------------------------------------------------- one sentence alone


def _drafts(story: Sequence[Context], rules: Rules) -> Iterator[Draft]:
    previous: Draft | None = None
    for context in story:
        if not context.found:
            continue
        following = story[context.index + 1] if context.index + 1 < len(story) else None
        scores = score(context.found, _continued(following), context.actors, rules)
        chosen = _chosen(context, scores, rules.threshold)
        for sub, weight in chosen:
            draft = _draft(context, sub, weight, scores, alone=len(chosen) == 1)
            if not _grounded(draft):
                continue
            if previous is not None and _echoes(draft, previous):
                draft.echo = True
                draft.event_type, draft.sub_event_type = previous.event_type, previous.sub_event_type
            elif draft.event_type in _ECHOED:
                previous = draft
            yield draft


def _continued(following: Context | None) -> dict[str, list[Span]]:
    """Give the words of the next sentence, unless it begins another story."""
    if following is None or _OTHER_STORY.match(following.text, following.sentence.start):
        return {}
    return following.found


def _chosen(context: Context, scores: Scores, threshold: float) -> list[tuple[str, float]]:
    """Pick the main event of a sentence, and a second of another type that has its own words."""
    ranked = [item for item in scores.ranked() if item[1] >= threshold]
    chosen: list[tuple[str, float]] = ranked[:1]
    for sub, weight in ranked[1:]:
        if weight >= _SECOND and _own_event(context, sub, scores.trigger[sub], chosen[0][0], scores.trigger[chosen[0][0]]):
            chosen.append((sub, weight))
            break
    return chosen


def _own_event(context: Context, sub: str, span: Span, main: str, main_span: Span) -> bool:
    """Tell whether words of another type tell of another event, and not of the same deed once more ("a bomb ..., killing nine")."""
    start, end = context.clause(main_span)
    if start <= span[0] < end or max(span[0] - main_span[1], main_span[0] - span[1]) < _APART:
        return False
    both = EVENT_TYPE_OF[sub] in _ECHOED and EVENT_TYPE_OF[main] in _ECHOED
    meant = any(cue[1] <= span[0] <= cue[1] + _INTENT for cue in context.found.get("planned", ()))
    return meant or not (both and {sub, main} & _PLAIN)


def _draft(context: Context, sub: str, weight: float, scores: Scores, *, alone: bool) -> Draft:
    kind, trigger = EVENT_TYPE_OF[sub], scores.trigger[sub]
    status, count = status_of(context, trigger, kind)
    told = speakers(context)
    talk = kind is EventType.DIPLOMACY
    planned = status is Status.PLANNED
    return Draft(
        context=context,
        event_type=kind,
        sub_event_type=sub,
        trigger=trigger,
        weight=weight,
        because="; ".join(scores.because[sub]),
        status=status,
        count=count,
        sides=sides(context, trigger, event_type=kind, sub_event_type=sub),
        spot=where_said(context, trigger) if talk else where(context, trigger, strict=planned or not alone),
        day=when(context, trigger, speech=talk, strict=planned),
        deaths=None if talk or planned else deaths(context.text, context.sentence.start, context.sentence.end),
        speaker=asserted_by(context, told),
        speaking=told[0].actor if told else None,
    )


def _grounded(draft: Draft) -> bool:
    """Tell whether a weakly worded deed is held by anything: talk of war in general names no place, day or dead."""
    held = draft.deaths is not None or draft.count is not None or draft.status is Status.PLANNED
    if draft.event_type is EventType.BATTLES and not held and _soft(draft):
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
    exact = draft.spot is not None and rank(draft.spot.place) >= _FINE
    said = draft.day is None and not _TALK.isdisjoint(draft.context.found)
    return first is None or first.actor.startswith("Government of") or draft.context.sentence.quoted or said or not (exact or draft.sides.second)


def _echoes(draft: Draft, previous: Draft) -> bool:
    """Tell whether a sentence only goes on about the event just told."""
    if (
        draft.event_type not in _ECHOED
        or draft.context.index - previous.context.index > _REACH
        or draft.context is previous.context
    ):
        return False
    if draft.weight >= _STRONG and draft.sub_event_type != previous.sub_event_type:
        return False
    return _ECHO.search(draft.context.quote) is not None and not _OTHER_STORY.match(draft.context.quote)


def _headline(title: str | None, rules: Rules) -> set[str]:
    """Give the sub-event types that the headline speaks for."""
    if not title:
        return set()
    found: dict[str, list[Span]] = {}
    for start, end, classes in rules.find(title):
        for name in classes:
            found.setdefault(name, []).append((start, end))
    return {sub for sub, weight in score(found, {}, (), rules).ranked()[:2] if weight >= rules.threshold}


# ------------------------------------------------------------------------------------------ sentences of one story


def _complete(drafts: Sequence[Draft], story: Sequence[Context]) -> None:
    """Fill what a draft's own sentence does not tell from the sentences around it."""
    main_place = focus(story) if len(story) <= _SHORT else None
    told = {draft.context.index: draft for draft in reversed(drafts)}
    for draft in drafts:
        around = [context for context in _around(draft.context, story) if _same_story(draft, told.get(context.index))]
        _complete_place(draft, around)
        _complete_day(draft, around)
        _complete_doer(draft, around, told)
        if draft.spot is None and draft.event_type in _ECHOED:
            draft.spot = main_place


def _same_story(draft: Draft, other: Draft | None) -> bool:
    """Tell whether a neighbouring sentence may go on about the draft's event: it tells none, or one that fits."""
    if other is None or other.event_type is draft.event_type or other.echo or draft.echo:
        return True
    both = other.event_type in _ECHOED and draft.event_type in _ECHOED
    return both and any(_ECHO.search(d.context.quote) is not None for d in (draft, other))


def _around(context: Context, story: Sequence[Context]) -> list[Context]:
    """Give the neighbouring sentences of the same story: next, last, next but one, last but one."""
    near = []
    forward = backward = True
    for step in range(1, _REACH + 1):
        after, before = context.index + step, context.index - step
        if forward and after < len(story):
            forward = not _OTHER_STORY.match(story[after].text, story[after].sentence.start)
            if forward:
                near.append(story[after])
        backward = (
            backward and not _OTHER_STORY.match(context.text, story[before + 1].sentence.start)
            if before >= 0
            else False
        )
        if backward:
            near.append(story[before])
    return near


def _complete_place(draft: Draft, around: Sequence[Context]) -> None:
    place = draft.spot.place if draft.spot else None
    if draft.event_type is EventType.DIPLOMACY or (place is not None and rank(place) >= _FINE):
        return
    spot = finer(place, around, reach="neighbouring sentence")
    if spot is not None:
        draft.spot = spot


def _complete_day(draft: Draft, around: Sequence[Context]) -> None:
    if draft.day is not None and not draft.day.told:
        return
    day = nearby(around, where="neighbouring sentence")
    if day is not None and (draft.day is None or abs((day.start - draft.day.start).days) <= 3):
        draft.day = day


def _complete_doer(draft: Draft, around: Sequence[Context], told: Mapping[int, Draft]) -> None:
    """Name who did it from a claim or blame in the story, where the sentence itself names nobody."""
    known = draft.sides.first
    if draft.event_type not in _ECHOED or (known is not None and is_named(known.actor)):
        return
    vague = known is None or known.confidence < _DESCRIBED
    for context in (draft.context, *around):
        mention = claimant(context)
        if mention is not None and not _is(mention, draft.sides.second) and (is_named(mention.actor) or vague):
            draft.sides = Sides(mention, draft.sides.second, f"{mention.text!r} claims it or is named for it", 0.6)
            return
    for context in around:
        other = told.get(context.index)
        doer = other.sides.first if other is not None and other.event_type in _ECHOED else None
        kin = other is not None and other.sub_event_type == draft.sub_event_type and other.status not in _UNREAL
        if doer is not None and kin and not _is(doer, draft.sides.second) and doer.type not in _UNARMED and (known is None or _fuller(doer, known)):
            draft.sides = Sides(
                doer, draft.sides.second, f"{doer.text!r} is named for it in a neighbouring sentence", 0.5
            )
            return


def _is(mention: ActorMention, other: ActorMention | None) -> bool:
    return other is not None and mention.actor == other.actor


def _fuller(doer: ActorMention, known: ActorMention) -> bool:
    """Tell whether `doer` is the same unnamed group with more of its words: "Christian militiamen" for "militiamen"."""
    return (
        known.confidence < _DESCRIBED <= doer.confidence
        and known.actor.split()[-1].lower() == doer.actor.split()[-1].lower()
    )
