"""The sentence behind a dot, with its what, who, where and when marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.layers._base import safe_text

if TYPE_CHECKING:
    from geo.model import Article, Report

CONTEXT = 160
"""Characters of the article shown before and after the sentence."""


def marked_sentence(report: Report, article: Article) -> str:
    """Make the HTML of a report's sentence in its surroundings.

    Parameters
    ----------
    report : Report
    article : Article
        The article of the report; the offsets point into its text.

    Returns
    -------
    str
        HTML in which every word of the article is escaped; the only tags are ``span`` and ``mark`` with our classes.
    """
    before = article.text[max(0, report.start - CONTEXT) : report.start]
    after = article.text[report.end : report.end + CONTEXT]
    return (
        f'<span class="bl-context">{safe_text(_from_word(before))}</span>'
        f"{_marked(article.text, report)}"
        f'<span class="bl-context">{safe_text(_to_word(after))}</span>'
    )


def _marked(text: str, report: Report) -> str:
    spans = _spans(report)
    parts, at = [], report.start
    for start, end, role in spans:
        if start < at:
            # Two roles share these words ("Turkish troops in Syria"): the first one keeps them.
            continue
        parts.append(safe_text(text[at:start]))
        parts.append(f'<mark class="bl-{role}" title="{role}">{safe_text(text[start:end])}</mark>')
        at = end
    return "".join(parts) + safe_text(text[at : report.end])


def _spans(report: Report) -> list[tuple[int, int, str]]:
    """Spans of the sentence by role, in text order. A place or day told elsewhere in the article has none here."""
    found = [(report.trigger, "what"), (report.place_span, "where"), (report.time_span, "when")]
    found += [(span, "who") for span in report.actor_spans]
    inside = [(s[0], s[1], role) for s, role in found if s is not None and report.start <= s[0] and s[1] <= report.end]
    return sorted(inside)


def _from_word(text: str) -> str:
    cut = text.find(" ") if len(text) == CONTEXT else -1
    return f"… {text[cut + 1 :]}" if cut >= 0 else text


def _to_word(text: str) -> str:
    cut = text.rfind(" ") if len(text) == CONTEXT else -1
    return f"{text[:cut]} …" if cut >= 0 else text
