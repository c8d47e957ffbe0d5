"""An article with what was read in it marked, and the reports that were made of it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from geo.layers._base import safe_text
from geo.layers.palette import EVENT_TYPE_COLOURS, EVENT_TYPE_COLOURS_DARK
from geo.layers.words import actors_words, day_words, place_words, sure_words
from geo.ui.event_card import ROLE_KEY, people_words
from geo.ui.evidence import CONTEXT, marked_sentence
from geo.ui.graphic import cell, folded
from geo.ui.links import linked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.errors import InputError
    from geo.model import Article, Report


def article_card(article: Article, reports: Iterable[Report]) -> str:
    """Make the HTML of an article: where it comes from, and its text with what its reports rest on marked.

    Parameters
    ----------
    article : Article
    reports : iterable of Report
        Its own reports, whose offsets point into its text.

    Returns
    -------
    str
        HTML in which every word of the article is escaped.
    """
    told = [article.source or "source not named", published_words(article)]
    if article.language:
        told.append(f"language: {article.language}")
    if article.path:
        told.append(f"{article.path}:{article.line}" if article.line else article.path)
    return (
        f'<div class="bl-card"><h2 dir="auto">{linked(cell(article.title or "untitled"), article.url)}</h2>'
        f'<p class="bl-source">{safe_text(" · ".join(told))}</p><div class="bl-key">{ROLE_KEY}</div>'
        f'<div class="bl-text" dir="auto">{marked_text(article, reports)}</div></div>'
    )


def marked_text(article: Article, reports: Iterable[Report]) -> str:
    """Make the HTML of an article's text with the what, who, where and when of its reports marked.

    A paragraph with graphic text is folded.
    """
    spans, at, parts = _spans(reports, len(article.text)), 0, []
    for paragraph in article.text.splitlines(keepends=True):
        end = at + len(paragraph)
        while spans and spans[0][1] <= at:
            spans.popleft()
        parts.append(folded(_marked(article.text, spans, at, end), paragraph))
        at = end
    return "".join(parts)


def _marked(text: str, spans: Iterable[tuple[int, int, str]], begin: int, to: int) -> str:
    """Mark the part of a text between two offsets."""
    parts, at = [], begin
    for span_start, span_end, role in spans:
        if span_start >= to:
            break
        start, end = max(span_start, begin), min(span_end, to)
        if start < at or start >= end:
            # Two reports share these words: the first one keeps them.
            continue
        parts.append(safe_text(text[at:start]))
        parts.append(f'<mark class="bl-{role}" title="{role}">{safe_text(text[start:end])}</mark>')
        at = end
    return "".join(parts) + safe_text(text[at:to])


def report_card(report: Report, article: Article, *, dark: bool) -> str:
    """Make the HTML of one report: what was coded, its sentence, and why."""
    colour = (EVENT_TYPE_COLOURS_DARK if dark else EVENT_TYPE_COLOURS)[report.event_type]
    rows = {
        "When": day_words(report.day_start, report.day_end, report.time_precision),
        "Where": place_words(report.place, report.geo_precision),
        "Who": actors_words(report),
        "Deaths": people_words([report], "fatalities"),
        "Injured": people_words([report], "injured"),
        "Status": report.status + (f", says {report.asserted_by}" if report.asserted_by else ""),
        "Confidence": sure_words(report.confidence),
    }
    told = "".join(f"<dt>{label}</dt><dd>{safe_text(value)}</dd>" for label, value in rows.items())
    around = article.text[max(0, report.start - CONTEXT) : report.end + CONTEXT]
    return (
        f'<div class="bl-card bl-report"><h2><span class="bl-swatch" style="background:{colour}"></span>'
        f"{safe_text(report.sub_event_type)}</h2><dl>{told}</dl>"
        f'<div class="bl-quote" dir="auto">{folded(marked_sentence(report, article), around)}</div>'
        f'<p class="bl-note">{safe_text(report.why)}</p></div>'
    )


def problem_card(problem: InputError) -> str:
    """Make the HTML of what could not be read: file and line, what is wrong, what to do."""
    where = (
        "" if problem.path is None else f"{problem.path}, line {problem.line}" if problem.line else str(problem.path)
    )
    remedy = f'<p class="bl-note">{safe_text(problem.remedy)}.</p>' if problem.remedy else ""
    return f'<div class="bl-card bl-report"><b>{safe_text(where)}</b><p>{safe_text(problem.problem)}</p>{remedy}</div>'


def published_words(article: Article) -> str:
    """Say an article's publication day and where it is known from."""
    if article.published is None:
        return "no publication day"
    day = f"published {day_words(article.published, article.published)}"
    return day if article.published_basis in (None, "given") else f"{day} (from its {article.published_basis})"


def _spans(reports: Iterable[Report], length: int) -> deque[tuple[int, int, str]]:
    found = set()
    for report in reports:
        named = [(report.trigger, "what"), (report.place_span, "where"), (report.time_span, "when")]
        named += [(span, "who") for span in report.actor_spans]
        found |= {(*span, role) for span, role in named if span is not None and 0 <= span[0] < span[1] <= length}
    return deque(sorted(found, key=lambda item: (item[0], -item[1], item[2])))
