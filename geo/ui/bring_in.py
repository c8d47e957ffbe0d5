"""One's own articles: paste or upload, look at what would be read, then keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.errors import GeoError, InputError
from geo.layers.words import actors_words, day_words, place_words
from geo.store import Store
from geo.ui.article_view import article_card, problem_card
from geo.ui.bring_in_address import address_field
from geo.ui.page import show_error
from geo.ui.permission import demand, may_write, why_not
from geo.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.model import Article, Event
    from geo.pipeline import Reading
    from geo.ui.page import Page

    Item = tuple[Article, Reading] | InputError

MOST_CHARACTERS = 200_000
"""Longest pasted text."""
MOST_BYTES = 32 * 2**20
"""Largest file."""
MOST_ARTICLES = 200
"""Articles at once; for more there is the command line."""
SHOWN_ARTICLES = 30
FORMATS = ["txt", "md", "html", "htm", "jsonl", "pdf", "docx", "eml", "mbox", "rss", "atom", "xml"]
_ARTICLES, _TABLE = "Articles", "A table of events"
_BROUGHT, _KEPT, _FILES = "brought", "brought_kept", "brought_files"


def bring_in(page: Page) -> None:
    """Take articles in, show what would be read, and keep it where the store is the reader's own.

    Parameters
    ----------
    page : Page
    """
    if st.segmented_control("Bring in", [_ARTICLES, _TABLE], default=_ARTICLES, key="bring_what") == _TABLE:
        # A table needs the data-frame half of the readers; most never bring one.
        from geo.ui.import_table import import_table

        import_table(page)
        return
    if kept := st.session_state.pop(_KEPT, None):
        st.success(kept, icon=":material/check:")
    if page.data.is_sample:
        st.info(
            "This is the sample corpus, which stays as it is: here you can try how your text is read. To keep "
            "articles, make a store of your own: `python -m geo build MY_ARTICLES/`, then `python -m geo dashboard`.",
            icon=":material/info:",
        )
    elif (reason := why_not(page.data.folder)) is not None:
        st.info(reason, icon=":material/lock:")
        return
    pasted, uploaded = st.columns(2, gap="large")
    with pasted:
        _paste()
    with uploaded:
        _upload()
        if (fetched := address_field()) is not None:
            _read(fetched)
    items: list[Item] | None = st.session_state.get(_BROUGHT)
    if items is not None:
        _preview(page, items)


def _paste() -> None:
    with st.form("paste", border=True):
        st.markdown("**Paste an article**")
        text = st.text_area(
            "Text", height=180, max_chars=MOST_CHARACTERS, placeholder="The whole article, as published"
        )
        title = st.text_input("Title", max_chars=300)
        day, source = st.columns(2)
        published = day.date_input("Published", value=None, format="YYYY-MM-DD", min_value="1900-01-01")
        outlet = source.text_input("Source", max_chars=200, placeholder="name of the outlet")
        url = st.text_input("Web address (optional)", max_chars=2_000)
        if st.form_submit_button("Read it", type="primary"):
            if not text.strip():
                st.session_state[_BROUGHT] = None
                st.warning("There is no text to read yet.", icon=":material/edit:")
                return
            from geo.pipeline import read_pasted

            _read(read_pasted(text, title=title, published=published, source=outlet, url=url))


def _upload() -> None:
    with st.container(border=True):
        st.markdown("**Upload files**")
        files = st.file_uploader(
            "Text, Markdown, saved web pages, PDF, Word, mail, saved feeds or lines of JSON",
            type=FORMATS,
            accept_multiple_files=True,
            max_upload_size=MOST_BYTES // 2**20,
        )
        st.caption(
            "A Markdown file may begin with its title, published, source and url between two lines of three dashes."
        )
    names = [file.file_id for file in files]
    if names == st.session_state.get(_FILES, []):
        return
    st.session_state[_FILES] = names
    if not files:
        st.session_state[_BROUGHT] = None
        return
    from geo.pipeline import read_bytes

    found: list[Article | InputError] = []
    for file in files:
        if file.size > MOST_BYTES:
            found.append(InputError(f"{file.size:,} bytes, more than the {MOST_BYTES:,} that are read", path=file.name))
        else:
            found.extend(read_bytes(file.name, file.getvalue()))
    _read(found)


def _read(found: Iterable[Article | InputError]) -> None:
    """Read the articles as a build would, and remember them for the preview."""
    from geo.pipeline import open_resources, read_article

    items: list[Item] = []
    try:
        with st.spinner("Reading …"):
            resources = open_resources()
            for number, item in enumerate(found):
                if number >= MOST_ARTICLES:
                    problem = f"more than {MOST_ARTICLES} articles at once; the rest is left out"
                    items.append(InputError(problem, remedy="Put the files into a folder and use python -m geo build"))
                    break
                items.append(item if isinstance(item, InputError) else (item, read_article(item, resources)))
    except GeoError as error:
        show_error(error)
        return
    st.session_state[_BROUGHT] = items


def _preview(page: Page, items: list[Item]) -> None:
    readings = [item for item in items if not isinstance(item, InputError)]
    st.html("".join(problem_card(item) for item in items if isinstance(item, InputError)) or "&nbsp;")
    if not readings:
        return
    events = sum(len(reading.events) for _, reading in readings)
    st.markdown(f"**What would be read:** {many(len(readings), 'article')}, {many(events, 'event')}")
    if not page.data.is_sample and may_write(page.data.folder):
        st.button(
            "Keep in the store", type="primary", on_click=_keep, args=(page, [article for article, _ in readings])
        )
    for _, reading in readings[:SHOWN_ARTICLES]:
        _one(reading)
    if len(readings) > SHOWN_ARTICLES:
        st.caption(f"The first {SHOWN_ARTICLES} are shown.")


def _one(reading: Reading) -> None:
    article = reading.annotation.article
    with st.container():
        st.html(article_card(article, reading.reports))
        if not reading.events:
            st.caption("No event was found in this text.")
            return
        if article.published is None:
            st.caption("Without a publication day, words like “on Monday” have no day.")
        st.dataframe(pd.DataFrame(map(_row, reading.events)), hide_index=True, key=f"brought_{article.id}")


def _row(event: Event) -> dict[str, str]:
    best = event.best
    return {
        "What": best.sub_event_type,
        "When": day_words(best.day_start, best.day_end, best.time_precision),
        "Where": place_words(best.place, best.geo_precision),
        "Who": actors_words(best),
        "Status": str(best.status),
        "Confidence": f"{best.confidence:.0%}",
    }


def _keep(page: Page, articles: list[Article]) -> None:
    """Write the articles; the next run of the page reads the store again."""
    from geo.pipeline import keep

    try:
        demand(page.data.folder)
        with Store(page.data.folder) as store:
            result = keep(articles, store)
    except GeoError as error:
        show_error(error)
        return
    st.session_state[_BROUGHT] = None
    known = result.read - result.new
    told = f"Kept {many(result.new, 'new article')}" if result.new else "Nothing new"
    if known:
        told += f"; {known} {'was' if known == 1 else 'were'} in the store already"
    st.session_state[_KEPT] = f"{told}. The store now has {result.events:,} events."
