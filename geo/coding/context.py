"""A sentence with everything that was found in it, and its clauses."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.annotate.actors import home_country
from geo.annotate.actors.lexicon import lower_article
from geo.coding.patterns import pattern
from geo.coding.roles import NAMED
from geo.coding.what import CLASS_OF
from geo.model import ToponymRole

if TYPE_CHECKING:
    from geo.coding.lexicon import Found, Rules, Span
    from geo.model import ActorMention, Annotation, Sentence, TimeExpression, Toponym

_CLAUSE = pattern("context_clause")
_PLACED = pattern("context_placed")
_HELD = pattern("context_held")
_TALLY = pattern("deaths_tally")
_GOVERNMENT = "Government of "


@dataclass(slots=True)
class Context:
    """One sentence of an article, as coding sees it."""

    text: str
    """The whole article; every offset points into it."""
    lower: str
    """The same in lower case, at the same offsets."""
    sentence: Sentence
    index: int
    found: Found = field(default_factory=dict)
    """Words of the lists and actors in the sentence, by class."""
    actors: list[ActorMention] = field(default_factory=list)
    toponyms: list[Toponym] = field(default_factory=list)
    dates: list[TimeExpression] = field(default_factory=list)
    _clauses: dict[Span, Span] = field(default_factory=dict)

    @property
    def quote(self) -> str:
        """The sentence itself."""
        return self.text[self.sentence.start : self.sentence.end]

    @property
    def tally(self) -> bool:
        """Tell whether it counts the dead of a while: "90 civilians had been killed since Saturday"."""
        return _TALLY.lower.search(self.lower, self.sentence.start, self.sentence.end) is not None

    def clause(self, span: Span) -> Span:
        """Give the bounds of the clause around `span`."""
        if span not in self._clauses:
            self._clauses[span] = self._clause(span)
        return self._clauses[span]

    def _clause(self, span: Span) -> Span:
        start, end = self.sentence.start, self.sentence.end
        for cut in _CLAUSE.lower.finditer(self.lower, start, end):
            if cut.end() <= span[0]:
                start = cut.start()
            elif cut.start() >= span[1]:
                end = cut.start()
                break
        return start, end


def contexts(annotation: Annotation, rules: Rules) -> list[Context]:
    """Sort everything the annotation holds into its sentences, with the words that the rules know."""
    text = annotation.article.text
    lowered = lower_article(text)
    made = [Context(text, lowered, sentence, index) for index, sentence in enumerate(annotation.sentences)]
    starts = [sentence.start for sentence in annotation.sentences]

    def home(start: int, end: int) -> Context | None:
        index = bisect_right(starts, start) - 1
        return made[index] if index >= 0 and end <= made[index].sentence.end else None

    for start, end, classes in rules.find(text):
        if (context := home(start, end)) is not None:
            for name in classes:
                context.found.setdefault(name, []).append((start, end))
    named = {(t.start, t.end) for t in annotation.toponyms if t.role is ToponymRole.LITERAL}
    for mention in annotation.actors:
        if _HELD.match(text, mention.end):
            continue  # "the rebel-held town" tells who is there, not who did it
        before = text[max(0, mention.start - 20) : mention.start]
        if (mention.start, mention.end) in named and mention.actor.startswith(_GOVERNMENT) and _PLACED.search(before):
            continue  # "a bomb in southern Baghdad" speaks of a place
        if (context := home(mention.start, mention.end)) is not None:
            context.actors.append(mention)
            context.found.setdefault(CLASS_OF[mention.type], []).append((mention.start, mention.end))
    for context in made:
        _add_sides(context)
    seats = {(m.start, m.end) for m in annotation.actors if m.actor.startswith(_GOVERNMENT)}
    held = [(m.start, m.end) for m in annotation.actors if home_country(m.actor) is not None]
    for toponym in annotation.toponyms:
        if _within(held, toponym):
            continue  # "Iraq's interior ministry said" tells who, not where
        if (toponym.start, toponym.end) in seats and toponym.start in starts:
            continue  # "Baghdad asked for help" speaks of a government, wherever the place name is taken to be
        if (context := home(toponym.start, toponym.end)) is not None:
            context.toponyms.append(toponym)
    for time in annotation.dates:
        if (context := home(time.start, time.end)) is not None:
            context.dates.append(time)
    return made


def _add_sides(context: Context) -> None:
    """Note armed groups that may be at odds, which is what two of them in one sentence are in the words of war."""
    groups = [m for m in context.actors if CLASS_OF[m.type] == "ARMED"]
    if len({m.actor for m in groups}) > 1 and any(m.confidence >= NAMED for m in groups):
        context.found["SIDES"] = [(m.start, m.end) for m in groups]


def _within(spans: list[Span], toponym: Toponym) -> bool:
    """Tell whether the name is only a part of one of the spans, which are in text order."""
    index = bisect_right(spans, (toponym.start + 1, 0)) - 1
    return any(start <= toponym.start and toponym.end < end for start, end in spans[max(0, index - 1) : index + 1])
