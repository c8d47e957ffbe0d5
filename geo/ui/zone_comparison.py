"""Two zones, or one zone over two periods, side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.layers._base import safe_text
from geo.query import describe
from geo.query.words import period_words
from geo.ui import zone_window
from geo.ui.charts import by_month, months_between, months_of, most_in_a_month, type_key
from geo.ui.data import zones
from geo.ui.plain import plain_markdown
from geo.ui.side_map import side_map
from geo.ui.zone_sides import Side, by_actor, by_type, difference_words, pair_words, rate_words, shared, side
from geo.wording import many

if TYPE_CHECKING:
    from datetime import date

    from geo.ui.page import Page
    from geo.ui.zone_window import Days
    from geo.zones import BuiltZone

PARAM = "compare"
"""Key of the link: "zone:ops" or "days:2019-10-09..2019-12-31"."""
NOTHING, ZONE, PERIOD = "Nothing", "Another zone", "Another period"
_WITH, _MODE, _OTHER, _DAYS = "zone_compare", "zone_compare_mode", "zone_compare_other", "zone_compare_days"


def chosen(built: BuiltZone) -> str | None:
    """Give what the zone is compared with, as the link has it; None for nothing."""
    if _WITH not in st.session_state:
        st.session_state[_WITH] = st.query_params.get(PARAM)
    kind, _, what = str(st.session_state[_WITH] or "").partition(":")
    other_zone = kind == "zone" and what in zones() and what != built.zone.id
    good = other_zone or (kind == "days" and zone_window.days_of(what) is not None)
    return f"{kind}:{what}" if good else None


def pick(page: Page, built: BuiltZone) -> None:
    """Draw what chooses the other side.

    Parameters
    ----------
    page : Page
    built : BuiltZone
        The zone shown.
    """
    kind, _, what = (chosen(built) or "").partition(":")
    st.session_state[_MODE] = {"zone": ZONE, "days": PERIOD}.get(kind, NOTHING)
    mode, other = st.columns([1, 1.6], gap="small", vertical_alignment="bottom")
    with mode:
        st.segmented_control(
            "Compare with",
            (NOTHING, ZONE, PERIOD),
            key=_MODE,
            on_change=_take_mode,
            args=(page, built),
            width="stretch",
        )
    with other:
        if kind == "zone":
            st.session_state[_OTHER] = what
            every = zones()
            alike = [key for key, zone in every.items() if zone.zone.is_province == every[what].zone.is_province]
            st.selectbox(
                "Other zone",
                sorted((key for key in alike if key != built.zone.id), key=lambda key: every[key].zone.name),
                key=_OTHER,
                format_func=lambda key: every[key].zone.name,
                on_change=_take_zone,
            )
        elif kind == "days":
            first, last = _told(page)
            days = zone_window.days_of(what)
            st.session_state[_DAYS] = days
            if days is not None:
                first, last = min(first, days[0]), max(last, days[1])
            st.date_input("Other period", key=_DAYS, min_value=first, max_value=last, on_change=_take_days)


def compare(page: Page, here: Side) -> None:
    """Show both sides.

    Parameters
    ----------
    page : Page
    here : Side
        The zone and the period shown.
    """
    there = _other_side(page, here)
    if there is None:
        return
    _headline(page, here, there)
    # Two zones share one axis of time; two periods have each their own, and one scale of counts.
    common = months_of(here.events, there.events) if here.built is not there.built else []
    top = max(most_in_a_month(here.events), most_in_a_month(there.events))
    for each, column in zip((here, there), st.columns(2, gap="medium"), strict=True):
        with column:
            _one_side(page, each, common or _months(each), top)
    st.html(type_key(pd.concat([here.events, there.events]), dark=page.dark))
    st.caption("Paler: possibly inside, or possibly in another month.")
    _tables(here, there)


def _headline(page: Page, here: Side, there: Side) -> None:
    words = difference_words(here.pair, there.pair)
    both = shared(here, there)
    told = _told(page)
    days = [each.days(told) for each in (here, there)]
    notes = []
    if both:
        notes.append(f"{many(both, 'event')} may count on both sides.")
    if days[0] != days[1]:
        notes.append(
            f"The zone was in force on {days[0]:,} days on the left and {days[1]:,} on the right: see the rate."
        )
    st.html(
        f'<div class="bl-figure">{safe_text(here.name)} against {safe_text(there.name)}: '
        f'<b>{safe_text(words)}</b> <span class="bl-note">{safe_text(" ".join(notes))}</span></div>'
    )


def _months(each: Side) -> list[str]:
    """Every month of a side's period, those without an event too."""
    first, last = each.query.period or (None, None)
    return months_of(each.events) if first is None or last is None else months_between(first, last)


def _one_side(page: Page, each: Side, months: list[str], top: int) -> None:
    days = each.days(_told(page))
    st.html(
        f'<div class="bl-card"><h2>{safe_text(each.name)}</h2>'
        f"<dl><dt>Events</dt><dd>{safe_text(pair_words(each.pair))}</dd>"
        f"<dt>Days in force</dt><dd>{days:,}</dd>"
        f"<dt>Per 30 days</dt><dd>{safe_text(rate_words(each.pair, days))}</dd></dl></div>"
    )
    chart = by_month(each.events, each.sure, dark=page.dark, months=months, top=top)
    if chart is None:
        words = plain_markdown(describe(each.query, page.zone_names))
        st.info(f"No event with a day: {words}.", icon=":material/filter_alt_off:")
    else:
        st.altair_chart(chart, width="stretch")
    st.altair_chart(side_map(each, dark=page.dark), width="stretch")


def _tables(here: Side, there: Side) -> None:
    types, actors = st.columns(2, gap="medium")
    for column, title, table in ((types, "Event type", by_type(here, there)), (actors, "Actor", by_actor(here, there))):
        with column:
            if table.empty:
                st.caption("No actor is named on either side.")
                continue
            st.dataframe(
                table,
                hide_index=True,
                width="stretch",
                column_config={
                    "what": title,
                    "one": st.column_config.TextColumn("Left", help=here.name),
                    "other": st.column_config.TextColumn("Right", help=there.name),
                    "difference": st.column_config.TextColumn(
                        "Left against right", help="What is only possible may or may not be there, on each side."
                    ),
                },
            )


def _other_side(page: Page, here: Side) -> Side | None:
    kind, _, what = (chosen(here.built) or "").partition(":")
    if kind == "zone":
        built = zones()[what]
        query = replace(here.query, zones=frozenset({what}))
        return side(built.zone.name, built, page.data.events, query)
    days = zone_window.days_of(what)
    if days is None:
        return None
    return side(period_words(days), here.built, page.data.events, replace(here.query, period=days))


def name_of(built: BuiltZone, query_period: Days | tuple[date | None, date | None] | None, mode: str) -> str:
    """Name the left side: the zone where two zones are compared, its period where two periods are."""
    return built.zone.name if mode.startswith("zone") else period_words(query_period)


def _told(page: Page) -> Days:
    """First and last day of all events."""
    dated = page.data.events[page.data.events["day_start"].notna()]
    if dated.empty:
        today = datetime.now(UTC).date()
        return today, today
    return dated["day_start"].min().date(), dated["day_end"].max().date()


def _take_mode(page: Page, built: BuiltZone) -> None:
    mode = st.session_state[_MODE]
    if mode == ZONE:
        every = zones()
        alike = [key for key, zone in every.items() if zone.zone.is_province == built.zone.is_province]
        found = {key: 0 for key in alike if key != built.zone.id}
        for among in page.data.events["zones_inside"]:
            for key in among:
                if key in found:
                    found[key] += 1
        st.session_state[_WITH] = f"zone:{max(found, key=lambda key: found[key])}" if found else None
    elif mode == PERIOD:
        st.session_state[_WITH] = f"days:{zone_window.text_of(_before(page, zone_window.window(built.zone.id)))}"
    else:
        st.session_state[_WITH] = None


def _before(page: Page, days: Days | None) -> Days:
    """Offer the period as long as the one shown and right before it; the first half of all days where all are shown."""
    first, last = _told(page)
    if days is None:
        return first, first + (last - first) // 2
    end = days[0] - timedelta(days=1)
    return end - (days[1] - days[0]), end


def _take_zone() -> None:
    st.session_state[_WITH] = f"zone:{st.session_state[_OTHER]}"


def _take_days() -> None:
    days = st.session_state[_DAYS]
    # Between the two clicks there is only a first day.
    if isinstance(days, tuple) and len(days) == 2:
        st.session_state[_WITH] = f"days:{zone_window.text_of(days)}"
