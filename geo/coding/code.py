"""Annotation to reports: each sentence is coded by itself, then sentences of one story complete each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import theatre
from geo.coding.armies import name_armies
from geo.coding.context import contexts
from geo.coding.denials import denials
from geo.coding.draft import finish
from geo.coding.drafting import drafts
from geo.coding.injuries import complete_injured
from geo.coding.lexicon import load_rules
from geo.coding.places import further_places
from geo.coding.retold import copy_retold, find_retold
from geo.coding.story import complete
from geo.coding.what import score

if TYPE_CHECKING:
    from geo.coding.lexicon import Rules, Span
    from geo.model import Annotation, Report


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
    with theatre.use(theatre.current()):  # settled once: names of actors ask for it over and over
        return _code(annotation, rules or load_rules())


def _code(annotation: Annotation, rules: Rules) -> tuple[Report, ...]:
    article = annotation.article
    story = contexts(annotation, rules)
    made = list(drafts(story, rules))
    headline = _headline(article.title, rules)
    for draft in made:
        draft.bonus += 1.5 if draft.sub_event_type in headline else 0.0
    find_retold(made)
    complete([draft for draft in made if draft.again is None], story, published=article.published)
    name_armies(made, annotation.actors)
    copy_retold(made)
    complete_injured(made, story)
    made += [*further_places(tuple(made), story), *denials(tuple(made), story)]
    reports: dict[str, Report] = {}
    for draft in sorted(made, key=lambda d: (-d.salience, d.context.sentence.start, d.sub_event_type)):
        report = finish(draft, article_id=article.id, published=article.published)
        reports.setdefault(report.id, report)
    return tuple(reports.values())


def _headline(title: str | None, rules: Rules) -> set[str]:
    """Give the sub-event types that the headline speaks for."""
    if not title:
        return set()
    found: dict[str, list[Span]] = {}
    for start, end, classes in rules.find(title):
        for name in classes:
            found.setdefault(name, []).append((start, end))
    return {sub for sub, weight in score(found, {}, (), rules).ranked()[:2] if weight >= rules.threshold}
