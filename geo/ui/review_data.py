"""What the review page reads beside the events: decisions, what was rejected, where the reader now differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo import protection
from geo.review import apply, drift
from geo.store import Store, decisions

if TYPE_CHECKING:
    from pathlib import Path

    from geo.model import Decision, Report
    from geo.review import Drift


@st.cache_resource(max_entries=2, show_spinner=False)
def made(folder: Path, generation: str) -> tuple[Decision, ...]:  # noqa: ARG001 - the generation is the cache's key
    """Read every decision, in the order of the log."""
    with Store(folder, readonly=True) as store:
        return decisions(store)


@st.cache_resource(max_entries=2, show_spinner=False)
def rejected(folder: Path, generation: str) -> tuple[Report, ...]:
    """Read the reports that reviewers rejected."""
    rows = made(folder, generation)
    if not rows:
        return ()
    with Store(folder, readonly=True) as store:
        articles, rules = store.articles(), protection.rules_of(folder)
        return protection.open_reports(apply(store.reports(), rows).rejected, articles, rules)


@st.cache_resource(max_entries=2, show_spinner=False)
def drifted(folder: Path, generation: str) -> tuple[Drift, ...]:
    """Tell where today's reading differs from the one that people decided about."""
    rows = made(folder, generation)
    if not rows:
        return ()
    with Store(folder, readonly=True) as store:
        rules = protection.rules_of(folder)
        found, articles = drift(rows, store.reports()), store.articles()
        open_ones = {report.id for report in protection.open_reports([one.then for one in found], articles, rules)}
        return tuple(one for one in found if one.then.id in open_ones)
