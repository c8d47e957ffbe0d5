"""Somebody's table of events: say what it is, look at what would become of it, import it, take it back."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import GeoError
from geo.importers import IMPORTERS, plan, preview, run, segments, withdraw
from geo.importers.mapping import path_of, save, saved
from geo.importers.opening import OPENERS
from geo.store import Store
from geo.ui.graphic import cell
from geo.ui.import_mapping import WORDS, mapping_form
from geo.ui.page import show_error
from geo.ui.permission import demand, may_write, why_not
from geo.ui.plain import plain_markdown
from geo.ui.review_actions import reviewer
from geo.ui.roles import Role

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from geo.importers import Plan, Segment
    from geo.ui.page import Page

MOST_MEGABYTES: Final = 50
"""Largest table that is taken in the browser; more the server refuses, see ``.streamlit/config.toml``."""
SHOWN_ROWS, SHOWN_SKIPPED = 50, 100
_ROUND, _DONE, _FILE = "import_round", "import_done", "import_file"
_SHOWN: Final = (
    "event_type", "sub_event_type", "day_start", "day_end", "place", "lon", "lat", "radius_km", "actor1", "actor2",
    "fatalities_low", "fatalities_high", "injured_low", "injured_high", "status", "title", "source", "quote",
)  # fmt: skip


def import_table(page: Page) -> None:
    """Take a table in, show what would be kept, and keep it.

    Parameters
    ----------
    page : Page
    """
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check:")
    if page.data.is_sample:
        st.info(
            "This is the sample corpus, which stays as it is: here you can try how a table is read. To keep it, make a "
            "store of your own: `python -m geo import FILE`, then `python -m geo dashboard`.",
            icon=":material/info:",
        )
    elif (reason := why_not(page.data.folder, Role.ADMIN)) is not None:
        st.info(reason, icon=":material/lock:")
    file = st.file_uploader(
        "ACLED, UCDP, GDELT, or any table of events: " + ", ".join(OPENERS),
        type=list(OPENERS),
        max_upload_size=MOST_MEGABYTES,
        key=f"import_{st.session_state.get(_ROUND, 0)}",
    )
    st.caption(
        f"At most {MOST_MEGABYTES} MB here; larger files with `python -m geo import FILE`. "
        "Its rows stay apart from what your articles tell, and can be taken off the map again."
    )
    if file is not None:
        try:
            _offer(page, file)
        except GeoError as error:
            show_error(error)
    _list(page)


def _offer(page: Page, file: UploadedFile) -> None:
    path = _kept(file)
    guessed = plan(path, name=file.name)
    kinds = list(IMPORTERS)
    kind = st.selectbox(
        "It is",
        kinds,
        index=kinds.index(guessed.kind),
        format_func=lambda key: IMPORTERS[key].label,
        key=f"import_kind_{file.file_id}",
    )
    planned = guessed if kind == guessed.kind else plan(path, name=file.name, kind=kind)
    if kind == "table":
        if known := saved(page.data.folder, planned.table):
            st.caption(f"Its columns are those of the mapping “{plain_markdown(known[0])}”, which is used again.")
            planned = replace(planned, how=known[1])
        planned = replace(planned, how=mapping_form(planned))
    rows, skipped = preview(planned, SHOWN_ROWS)
    told = f"{len(rows)} of the first {len(rows) + len(skipped)} rows would be taken"
    st.markdown(f"**{told}**" + (f", {len(skipped)} skipped:" if skipped else ""))
    for one in skipped[:SHOWN_SKIPPED]:
        st.caption(plain_markdown(f"line {one.line}: {one.reason}"))
    names = [name for name in _SHOWN if rows[name].notna().any()]
    read = {name: rows[name].map(cell, na_action="ignore") for name in ("title", "quote") if name in names}
    shown = rows[names].assign(**read).rename(columns=WORDS)
    days = {WORDS[name]: st.column_config.DateColumn(format="YYYY-MM-DD") for name in ("day_start", "day_end")}
    st.dataframe(shown, hide_index=True, height=min(330, 38 + 35 * len(rows)), column_config=days)
    ready = not page.data.is_sample and may_write(page.data.folder, Role.ADMIN) and len(rows) > 0
    if st.button("Import it", type="primary", disabled=not ready):
        _import(page, planned)


def _kept(file: UploadedFile) -> Path:
    """Write the upload to a folder of this session's; its name is never a path."""
    known = st.session_state.get(_FILE)
    if known is None or known[0] != file.file_id:
        st.session_state[_FILE] = known = (file.file_id, _Upload(file.getvalue()))
    return Path(known[1].path)


class _Upload:
    """A file that goes when its session does."""

    def __init__(self, content: bytes) -> None:
        folder = tempfile.mkdtemp(prefix="borderlines-import-")
        self.path = Path(folder) / "table"
        self.path.write_bytes(content)
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)


def _import(page: Page, planned: Plan) -> None:
    bar = st.progress(0.0, text="Importing …")

    def shown(share: float) -> None:
        bar.progress(min(share, 1.0), text="Importing …")

    try:
        demand(page.data.folder, Role.ADMIN)
        with Store(page.data.folder) as store:
            segment = run(store, planned, progress=shown)
        if planned.kind == "table":
            save(planned.how, path_of(page.data.folder, planned.how.dataset))
    except GeoError as error:
        show_error(error)
        return
    st.session_state[_DONE] = (
        f"Imported {segment.rows:,} events, skipped {segment.skipped:,} rows. They are on the map now."
    )
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state.pop(_FILE, None)
    st.rerun()


def _list(page: Page) -> None:
    with Store(page.data.folder, readonly=True) as store:
        found = segments(store)
    if not found:
        return
    st.markdown("**What was imported**")
    for one in reversed(found):
        _one(page, one)


def _one(page: Page, one: Segment) -> None:
    with st.container(border=True):
        said, button = st.columns([4, 1], vertical_alignment="center")
        name = plain_markdown(one.name)
        said.markdown(
            f"**{name}** — {IMPORTERS[one.kind].label if one.kind in IMPORTERS else one.kind}, {one.rows:,} events, "
            f"{one.skipped:,} rows skipped, {one.at[:10]}  \n{plain_markdown(one.attribution)}"
        )
        button.button(
            "Withdraw", key=f"withdraw_{one.key}", on_click=_withdraw, args=(page, one.key), width="stretch",
            disabled=page.data.is_sample or not may_write(page.data.folder, Role.ADMIN),
            help="Takes its events off the map; importing the file again brings them back.",
        )  # fmt: skip
        if one.skipped:
            with st.expander(f"Skipped rows ({one.skipped:,})"):
                listed = one.reasons[:SHOWN_SKIPPED]
                st.text("\n".join(f"line {line}: {reason}" for line, reason in listed))
                if one.skipped > len(listed):
                    st.caption(f"The first {len(listed)} are shown; `python -m geo imports --json` lists more.")


def _withdraw(page: Page, key: str) -> None:
    try:
        demand(page.data.folder, Role.ADMIN)
        with Store(page.data.folder) as store:
            withdraw(store, key, who=reviewer() or "reader")
    except GeoError as error:
        show_error(error)
        return
    st.session_state[_DONE] = "Withdrawn: its events are off the map."
