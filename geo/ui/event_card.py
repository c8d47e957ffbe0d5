"""The evidence behind one event: what was coded, and every sentence it was coded from."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Final

from geo.duplicates import wire_copies
from geo.layers._base import safe_text
from geo.layers.meanings import meanings
from geo.layers.palette import EVENT_TYPE_COLOURS, EVENT_TYPE_COLOURS_DARK
from geo.layers.words import NOT_TOLD, actors_words, day_words, place_words, range_words, sure_words
from geo.model import ReviewState
from geo.ui.evidence import CONTEXT, marked_sentence
from geo.ui.graphic import cell, folded
from geo.ui.links import linked
from geo.wording import many

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from geo.model import Article, Event, Report, Review
    from geo.query.people import People

ROLE_KEY = "".join(f'<mark class="bl-{role}">{role}</mark>' for role in ("what", "who", "where", "when"))

_LONGEST_WORDS: Final = 70


def event_card(event: Event, articles: Mapping[str, Article], zone_names: Mapping[str, str], *, dark: bool) -> str:
    """Make the HTML of an event's card.

    Parameters
    ----------
    event : Event
    articles : mapping of str to Article
        The articles of its reports, by id.
    zone_names : mapping of str to str
        Name of each zone by its id.
    dark : bool
        The page is dark.

    Returns
    -------
    str
        HTML in which every word from an article is escaped.
    """
    best = event.best
    kind = " · ".join(filter(None, (str(best.event_type), meanings().get(best.sub_event_type))))
    colour = (EVENT_TYPE_COLOURS_DARK if dark else EVENT_TYPE_COLOURS)[best.event_type]
    rows = {
        "When": day_words(best.day_start, best.day_end, best.time_precision),
        "Where": place_words(best.place, best.geo_precision),
        "Who": actors_words(best),
        "Deaths": people_words(event.reports, "fatalities", event.review.corrected),
        "Injured": people_words(event.reports, "injured", event.review.corrected),
        "Status": best.status + (f", says {best.asserted_by}" if best.asserted_by else ""),
        "Confidence": sure_words(best.confidence),
    }
    if event.review.state is not ReviewState.UNREVIEWED:
        rows["Review"] = _review(event.review)
    if best.count is not None:
        rows["Speaks of"] = f"{best.count:,} incidents"
    told = "".join(f"<dt>{label}</dt><dd>{safe_text(value)}</dd>" for label, value in rows.items() if value)
    sources = many(event.independent_sources, "independent source")
    told_in = len({report.article_id for report in event.reports})
    number = f"{many(len(event.reports), 'report')} in {many(told_in, 'article')}, {sources}"
    if best.article_id.startswith("import-"):
        number = "An imported row"
    copies = wire_copies(
        {r.article_id: articles[r.article_id] for r in event.reports if r.article_id in articles}.values()
    )
    reports = "".join(
        _report(r, articles[r.article_id], copy_of=articles.get(copies.get(r.article_id, "")))
        for r in event.reports
        if r.article_id in articles
    )
    why = f'<p class="bl-note">One event because {safe_text(event.merge_reason)}</p>' if event.merge_reason else ""
    return (
        f'<div class="bl-card bl-panel"><h2><span class="bl-swatch" style="background:{colour}"></span>'
        f"{safe_text(best.sub_event_type)}</h2><div class='bl-note'>{safe_text(kind)}</div>"
        f"<dl>{told}</dl>{_zones(event, zone_names)}"
        f"<div class='bl-note'>{number}</div><div class='bl-key'>{ROLE_KEY}</div>{reports}{why}</div>"
    )


def _review(review: Review) -> str:
    fields = ", ".join(name.replace("_", " ") for name in review.corrected)
    return f"{review.state} by {review.who}, {str(review.at)[:10]}" + (f" ({fields})" if fields else "")


def people_words(reports: Iterable[Report], people: People, corrected: Collection[str] = ()) -> str:
    """Say how many, as each report tells it where they differ, with the words of the article.

    Parameters
    ----------
    reports : iterable of Report
    people : {"fatalities", "injured"}
    corrected : collection of str, optional
        Fields that a reviewer set: what the words of the article say is then not what stands there.
    """
    ends = f"{people}_low", f"{people}_high"
    said: dict[str, str | None] = {}
    for report in reports:
        said.setdefault(range_words(*(getattr(report, end) for end in ends)), getattr(report, f"{people}_text"))
    said.pop(NOT_TOLD, None)
    quoted = not set(ends) & set(corrected)
    known = [f"{words} (“{_short(text)}”)" if text and quoted else words for words, text in said.items()]
    return " / ".join(known) + (" (reports differ)" if len(known) > 1 else "") if known else NOT_TOLD


def _short(text: str) -> str:
    """One line of an article's words, for the side of a figure."""
    return cell(shorten(text, _LONGEST_WORDS, placeholder=" …"))


def _zones(event: Event, names: Mapping[str, str]) -> str:
    """Zones of the event; those it only may lie in are folded away, for a vague place touches many."""
    inside = [names.get(z.zone_id, z.zone_id) for z in event.zones if z.answer == "inside"]
    possible = [names.get(z.zone_id, z.zone_id) for z in event.zones if z.answer == "possible"]
    parts = ""
    if inside:
        parts += f"<div class='bl-zones'>Inside {safe_text('; '.join(inside))}</div>"
    if possible:
        listed = "".join(f"<li>{safe_text(name)}</li>" for name in possible)
        label = f"Possibly inside {many(len(possible), 'more zone' if inside else 'zone')}"
        parts += f"<details class='bl-zones'><summary>{label}</summary><ul>{listed}</ul></details>"
    return parts


def _sentence(report: Report, article: Article) -> str:
    around = article.text[max(0, report.start - CONTEXT) : report.end + CONTEXT]
    # A withheld article has no text of its own; what stands for the sentence is shown.
    return folded(marked_sentence(report, article) if around else safe_text(report.quote), around or report.quote)


def _report(report: Report, article: Article, *, copy_of: Article | None) -> str:
    published = (
        f"published {day_words(article.published, article.published)}" if article.published else "no publication day"
    )
    if article.published and article.published_basis not in (None, "given"):
        published += f" (from its {article.published_basis})"
    outlet = safe_text(article.source or "source not named")
    named = linked(cell(article.title or "untitled"), article.url)
    wire = f"; same wire text as {copy_of.source or cell(copy_of.title or 'another article')}" if copy_of else ""
    return (
        f'<div class="bl-quote">{_sentence(report, article)}</div>'
        f'<p class="bl-source">{named} — {outlet}, {safe_text(published + wire)}</p>'
        f'<p class="bl-note">{safe_text(report.why)}</p>'
    )
