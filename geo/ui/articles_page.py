"""What was read, what could not be, and one's own articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.frame import drawn
from geo.model import EVENTS_OF_THE_DAY
from geo.query.text import fold
from geo.ui import state
from geo.ui.article_view import article_card, problem_card, report_card
from geo.ui.bring_in import bring_in
from geo.ui.data import articles_and_problems, earlier_articles, reports_by_article
from geo.ui.graphic import cell
from geo.ui.page import heading
from geo.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.errors import InputError
    from geo.model import Article, Report
    from geo.ui.page import Page

PARAM = "article"
"""Key of the link for the open article."""
SHOWN_ROWS = 2_000
SHOWN_REPORTS = 100
SHOWN_PROBLEMS = 200
_CHOSEN = "article_chosen"
_COLUMNS = {
    "title": st.column_config.TextColumn("Article", width="large"),
    "source": st.column_config.TextColumn("Source", width="medium"),
    "published": st.column_config.DateColumn("Published", format="YYYY-MM-DD"),
    "basis": st.column_config.TextColumn("Day known from"),
    "language": st.column_config.TextColumn("Language"),
    "reports": st.column_config.NumberColumn(
        "Reports", help="Events it tells of, those of the past and denied ones too"
    ),
    "on_map": st.column_config.NumberColumn("On the map", help="Reports of events with a day and a place"),
}


def articles_page(page: Page) -> None:
    """Show the articles of the store, and take new ones.

    Parameters
    ----------
    page : Page
    """
    articles, problems = articles_and_problems(page.data.folder, page.data.generation)
    reports = reports_by_article(page.data.folder, page.data.generation)
    heading(page, f"{many(len(articles), 'article')}, whatever the filters")
    listed, unread, own = st.tabs(["Read", f"Could not be read ({len(problems):,})", "Bring in your own"])
    with listed:
        _listed(page, {article.id: article for article in articles}, reports)
    with unread:
        _problems(problems)
    with own:
        bring_in(page)
    state.write_link(**{PARAM: st.session_state.get(_CHOSEN)})


def _listed(page: Page, articles: Mapping[str, Article], reports: Mapping[str, tuple[Report, ...]]) -> None:
    if not articles:
        st.info("No article has been read yet. Bring in your own on the last tab.", icon=":material/article:")
        return
    if _CHOSEN not in st.session_state:
        asked = st.query_params.get(PARAM)
        st.session_state[_CHOSEN] = asked if asked in articles else None
    sought = st.text_input("Search articles", placeholder="words of the title, the source or the text", max_chars=200)
    found = [article for article in articles.values() if _matches(article, sought)]
    if not found:
        st.caption("No article has all of these words.")
    else:
        _table(found, reports)
    chosen = articles.get(st.session_state[_CHOSEN] or "")
    if chosen is None:
        st.caption("Choose a row to read the article and what was made of it.")
        return
    text, made = st.columns([1.5, 1], gap="medium")
    own = reports.get(chosen.id, ())
    with text:
        st.html(article_card(chosen, own))
        for before in earlier_articles(page.data.folder, page.data.generation, chosen.id):
            with st.expander("An earlier wording of the same file, kept in the history"):
                st.html(article_card(before, ()))
    with made:
        st.html(f'<div class="bl-note">{many(len(own), "report")} made of it</div>')
        if not own:
            st.caption("No sentence of it tells of an event that could be coded.")
        st.html("".join(report_card(report, chosen, dark=page.dark) for report in own[:SHOWN_REPORTS]) or "&nbsp;")
        if len(own) > SHOWN_REPORTS:
            st.caption(f"The first {SHOWN_REPORTS} are shown.")


def _table(found: list[Article], reports: Mapping[str, tuple[Report, ...]]) -> None:
    found = sorted(found, key=lambda article: (str(article.published or "9999"), article.title or ""))[:SHOWN_ROWS]
    rows = [
        {
            "title": cell(article.title or "untitled"),
            "source": article.source or "not named",
            "published": article.published,
            "basis": article.published_basis or "not known",
            "language": article.language or "not known",
            "reports": len(own := reports.get(article.id, ())),
            "on_map": sum(map(_on_map, own)),
        }
        for article in found
    ]
    choice = st.dataframe(
        pd.DataFrame(rows),
        column_config=_COLUMNS,
        hide_index=True,
        height=min(330, 38 + 35 * len(rows)),
        on_select="rerun",
        selection_mode="single-row",
        key="articles",
    )
    picked = choice["selection"]["rows"]
    article_id = found[picked[0]].id if picked and picked[0] < len(found) else None
    # The table keeps its choice from run to run; only a new one opens an article.
    if article_id != st.session_state.get("articles_picked"):
        st.session_state["articles_picked"] = article_id
        if article_id is not None:
            st.session_state[_CHOSEN] = article_id


def _matches(article: Article, sought: str) -> bool:
    words = fold(sought).split()
    if not words:
        return True
    text = fold(f"{article.title or ''}\n{article.source or ''}\n{article.text}")
    return all(word in text for word in words)


def _on_map(report: Report) -> bool:
    return report.day_start is not None and report.status in EVENTS_OF_THE_DAY and drawn(report.place)[0] is not None


def _problems(problems: Iterable[InputError]) -> None:
    problems = tuple(problems)
    if not problems:
        st.caption("Everything that was given could be read.")
        return
    st.html("".join(problem_card(problem) for problem in problems[:SHOWN_PROBLEMS]))
    if len(problems) > SHOWN_PROBLEMS:
        st.caption(f"The first {SHOWN_PROBLEMS} of {len(problems):,}.")
