"""What happened: the sub-event types that a sentence's words speak for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.model import ActorType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.coding.lexicon import Found, Rule, Rules, Span
    from geo.model import ActorMention

CLASS_OF = {
    ActorType.STATE_FORCES: "STATE",
    ActorType.EXTERNAL_FORCES: "EXTERNAL",
    ActorType.REBEL_GROUP: "ARMED",
    ActorType.POLITICAL_MILITIA: "ARMED",
    ActorType.IDENTITY_MILITIA: "ARMED",
    ActorType.CIVILIANS: "CIVILIANS",
    ActorType.PROTESTERS: "PROTESTERS",
    ActorType.RIOTERS: "RIOTERS",
}
"""The class of words that an actor's mention belongs to."""

_SPILL = 0.5
"""Weight of a rule that needs the words of the next sentence as well."""


@dataclass(slots=True)
class Scores:
    """How strongly a sentence speaks for each sub-event type."""

    weight: dict[str, float] = field(default_factory=dict)
    trigger: dict[str, Span] = field(default_factory=dict)
    """The words that speak most strongly."""
    because: dict[str, list[str]] = field(default_factory=dict)
    """Classes of words that agreed, for the reviewer."""
    _best: dict[str, float] = field(default_factory=dict)

    def add(self, rule: Rule, span: Span, weight: float) -> None:
        """Count a rule that holds, with its trigger."""
        sub = rule.sub_event_type
        self.weight[sub] = self.weight.get(sub, 0.0) + weight
        self.because.setdefault(sub, []).append(" + ".join(rule.all))
        if weight > self._best.get(sub, 0.0):
            self._best[sub], self.trigger[sub] = weight, span

    def ranked(self) -> list[tuple[str, float]]:
        """Sub-event types, heaviest first."""
        return sorted(self.weight.items(), key=lambda item: -item[1])


def score(found: Found, following: Found, actors: Sequence[ActorMention], rules: Rules) -> Scores:
    """Weigh every sub-event type for one sentence.

    Parameters
    ----------
    found : Found
        The sentence's words by class, actors' classes among them.
    following : Found
        The next sentence's words; a rule that needs them counts half.
    actors : sequence of ActorMention
        The sentence's actors, in order.
    rules : Rules

    Returns
    -------
    Scores
        Empty when nothing speaks for an event.
    """
    scores = Scores()
    for name, spans in found.items():
        for rule in rules.rules.get(name, ()):
            if (span := _holds(rule, found, spans, actors)) is not None:
                scores.add(rule, span, rule.weight)
            elif following and rule.near is None and rule.subject is None and len(rule.all) > 1:
                both = all(other in found or other in following for other in rule.all)
                if both and not any(other in found or other in following for other in rule.none):
                    scores.add(rule, spans[0], rule.weight * _SPILL)
    return scores


def _holds(rule: Rule, found: Found, spans: list[Span], actors: Sequence[ActorMention]) -> Span | None:
    """Give the trigger for which the rule holds, or None."""
    for name in rule.all:
        if name not in found:
            return None
    for name in rule.none:
        if name in found:
            return None
    for span in spans:
        if rule.near is not None and not all(_near(span, found[name], rule.near) for name in rule.all[1:]):
            continue
        if rule.subject is not None and subject_class(span, actors) != rule.subject:
            continue
        return span
    return None


def _near(span: Span, others: list[Span], reach: int) -> bool:
    return any(start - span[1] <= reach and span[0] - end <= reach for start, end in others)


def subject_class(span: Span, actors: Sequence[ActorMention]) -> str | None:
    """Tell whether the doer is "state" or "armed": the last such actor before the words, else the first after."""
    chosen = None
    for mention in actors:
        if mention.type in {ActorType.CIVILIANS, ActorType.PROTESTERS, ActorType.RIOTERS}:
            continue
        if mention.start < span[0] or chosen is None:
            chosen = mention
    if chosen is None:
        return None
    return "state" if chosen.type is ActorType.STATE_FORCES else "armed"
