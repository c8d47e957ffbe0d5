"""What happened inside a zone, and how sure that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.layers._base import safe_text
from geo.layers.words import range_words
from geo.query import certain, describe, people_told, select, tray
from geo.query.words import period_words
from geo.ui import state, zone_comparison, zone_window
from geo.ui.charts import border_profile, by_month, type_key
from geo.ui.data import zones
from geo.ui.open_event import open_event
from geo.ui.own_zones import own_zones
from geo.ui.page import heading
from geo.ui.plain import plain_markdown
from geo.ui.tables import event_table
from geo.ui.zone_card import zone_card
from geo.ui.zone_map import zone_map
from geo.ui.zone_sides import Side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

    from geo.query import Query
    from geo.query.people import People
    from geo.ui.page import Page
    from geo.zones import BuiltZone

PARAM = "zone_card"
"""Key of the link for the zone shown; `zone` is the filter's."""
_CHOSEN, _GROUP, _PICKED, _BEGINS = "zone_chosen", "zone_group", "zone_picked", "zone_begins"
_GROUPS = ("Zones", "Provinces")
_INSIDE = {"inside": st.column_config.TextColumn("In the zone")}


def zones_page(page: Page) -> None:
    """Show one zone: what it is, and its events under the filters.

    Parameters
    ----------
    page : Page
    """
    built = _choose(page)
    days = zone_window.window(built.zone.id)
    query = replace(page.query, zones=frozenset({built.zone.id}), possible=True, period=days or page.query.period)
    events = select(page.data.events, query)
    sure = certain(events, query)
    heading(replace(page, query=query))
    if page.query.zones and page.query.zones != query.zones:
        st.caption("On this page the zone chosen below stands in place of the zone filter.")
    _begins_note(built)
    _pickers(page)
    zone_comparison.pick(page, built)
    against = zone_comparison.chosen(built)
    if against is not None:
        name = zone_comparison.name_of(built, query.period, against)
        zone_comparison.compare(page, Side(name, built, query, events, sure))
        st.divider()
    figures, card = st.columns([1.25, 1], gap="medium")
    with figures:
        _figures(page, built, query, events, sure)
    with card:
        st.html(zone_card(built, page.zone_names))
    _rows(page, built, events, sure)
    own_zones(page)
    own = {zone_window.PARAM: zone_window.text_of(days), zone_comparison.PARAM: against}
    state.write_link(**{PARAM: built.zone.id}, **own)


def _choose(page: Page) -> BuiltZone:
    """Return the zone shown: chosen here, or in the link, or by the filter; else one to begin with."""
    every = zones()
    chosen = str(st.session_state.get(_CHOSEN) or st.query_params.get(PARAM))
    if chosen not in every and page.query.zones and len(page.query.zones) == 1:
        chosen = next(iter(page.query.zones))
    if chosen not in every:
        chosen = _to_begin_with(page, every)
        st.session_state[_BEGINS] = chosen
    st.session_state[_CHOSEN] = chosen
    return every[chosen]


def _to_begin_with(page: Page, every: Mapping[str, BuiltZone]) -> str:
    """Return the zone with most events of those that came into force in the days that the events tell of.

    A border or a region has the most events of all, but was there always: a zone with days of its own shows who comes
    to the page for the first time what it is for.
    """
    found = _counts(page)
    named = [key for key, built in every.items() if not built.zone.is_province]
    days = page.selected["day_start"].dropna()
    first, last = (days.min().date(), days.max().date()) if len(days) else (date.max, date.min)
    dated = [key for key in named if found[key][1] and first <= (every[key].zone.valid[0] or date.min) <= last]
    return max(dated or named, key=lambda key: found[key])


def _begins_note(built: BuiltZone) -> None:
    """Tell who has chosen nothing yet what is shown, and that there is more."""
    if st.session_state.get(_BEGINS) != built.zone.id:
        return
    others = sum(not other.zone.is_province for other in zones().values()) - 1
    st.caption(
        f"What happened inside a zone while it was in force. This is {plain_markdown(built.zone.name)}, which has many "
        f"of the events; choose one of {others:,} others, or a province, below."
    )


def _pickers(page: Page) -> None:
    every, found = zones(), _counts(page)
    chosen = st.session_state[_CHOSEN]
    group = _GROUPS[every[chosen].zone.is_province]
    st.session_state[_GROUP], st.session_state[_PICKED] = group, chosen
    kinds, names = st.columns([1, 2.6], gap="small", vertical_alignment="bottom")
    with kinds:
        st.segmented_control("Kind", _GROUPS, key=_GROUP, on_change=_take_group, args=(found,), width="stretch")
    with names:
        st.selectbox(
            "Zone",
            sorted(_members(every, group), key=lambda key: every[key].zone.name),
            key=_PICKED,
            format_func=lambda key: f"{every[key].zone.name} ({count_words(*found[key])})",
            on_change=_take_zone,
        )


def _take_zone() -> None:
    st.session_state[_CHOSEN] = st.session_state[_PICKED]


def _take_group(found: Mapping[str, tuple[int, int]]) -> None:
    group = st.session_state[_GROUP]
    if group is not None and st.session_state[_CHOSEN] not in _members(zones(), group):
        st.session_state[_CHOSEN] = max(_members(zones(), group), key=lambda key: found[key])


def _members(every: Mapping[str, BuiltZone], group: str) -> list[str]:
    return [key for key, built in every.items() if built.zone.is_province == (group == _GROUPS[1])]


def _counts(page: Page) -> dict[str, tuple[int, int]]:
    """Certain and possible events of each zone under the other filters."""
    query = replace(page.query, zones=None)
    events = page.selected if page.query.zones is None else select(page.data.events, query)
    in_period = certain(events, query)
    sure, most = Counter[str](), Counter[str]()
    for inside, n in Counter(events.loc[in_period, "zones_inside"]).items():
        sure.update(dict.fromkeys(inside, n))
    for column in ("zones_inside", "zones_possible"):
        for among, n in Counter(events[column]).items():
            most.update(dict.fromkeys(among, n))
    return {key: (sure[key], most[key]) for key in zones()}


def count_words(sure: int, most: int) -> str:
    """Say how many events are certain, and how many there may be.

    Examples
    --------
    >>> count_words(14, 19), count_words(3, 3), count_words(0, 2)
    ('14 certain, up to 19', '3', '0 certain, up to 2')
    """
    return f"{sure:,}" if sure == most else f"{sure:,} certain, up to {most:,}"


def _told(events: GeoDataFrame, sure: pd.Series[bool], people: People) -> str:
    """Say how many are told of: at least by what is certainly in the zone, at most by all of it."""
    every, certainly = people_told(events, people), people_told(events[sure], people)
    return range_words(certainly[0] if certainly else 0, every[1]) if every and every[1] else ""


def _figures(page: Page, built: BuiltZone, query: Query, events: GeoDataFrame, sure: pd.Series[bool]) -> None:
    number, most = int(sure.sum()), len(events)
    dead, injured = (_told(events, sure, people) for people in ("fatalities", "injured"))
    told = f"deaths told: {dead}" if dead else "no deaths told"
    told += f"; injured told: {injured}" if injured else ""
    st.html(
        f'<div class="bl-figure"><b>{number:,}</b> certain'
        + (f", up to <b>{most:,}</b>" if most > number else "")
        + f' event{"s" * (most != 1)} <span class="bl-note">{safe_text(told)}</span></div>'
    )
    if events.empty:
        st.info(
            f"No event here: {plain_markdown(describe(query, page.zone_names))}. "
            "Take a filter away, or widen the period on the map.",
            icon=":material/filter_alt_off:",
        )
    chart = by_month(events, sure, dark=page.dark)
    if chart is not None:
        st.altair_chart(chart, width="stretch")
        st.html(type_key(events, dark=page.dark))
        st.caption(_chart_words(events, sure))
    zone_map(page, built, query)
    _window_note(page, built, query)
    if hidden := len(tray(events)):
        st.caption(f"{hidden:,} of these events not on the map: no day, or only a country or wide region.")


def _window_note(page: Page, built: BuiltZone, query: Query) -> None:
    """Say that the counts follow this map's timeline, and offer the way back."""
    if zone_window.window(built.zone.id) is None:
        return
    words, back = st.columns([2, 1], gap="small", vertical_alignment="center")
    words.caption(f"Counts follow this map's timeline: {period_words(query.period)}.")
    back.button(
        f"Back to {period_words(page.query.period)}",
        key="zone_window_back",
        on_click=zone_window.set_window,
        args=(built.zone.id, None),
        width="stretch",
    )


def _chart_words(events: GeoDataFrame, sure: pd.Series[bool]) -> str:
    words = []
    if not sure.all() or (events["day_start"] != events["day_end"]).any():
        words.append("Paler: possibly inside, or possibly in another month.")
    if without := int(events["day_start"].isna().sum()):
        words.append(f"{without:,} without a day {'is' if without == 1 else 'are'} not in the chart.")
    return " ".join(words)


def _rows(page: Page, built: BuiltZone, events: GeoDataFrame, sure: pd.Series[bool]) -> None:
    table, evidence = st.columns([2.2, 1], gap="medium")
    with table:
        rows, profile = st.tabs([f"Events ({len(events):,})", "Distance from the border"])
        with rows:
            inside = [built.zone.id in among for among in events["zones_inside"]]
            words = pd.Series(["inside" if yes else "possible" for yes in inside], index=events.index, dtype="str")
            event_table(events.assign(inside=words), key=f"zone_table_{built.zone.id}", first=_INSIDE)
        with profile:
            chart = border_profile(built, events, sure, dark=page.dark)
            if chart is None:
                st.caption(
                    "This zone is not drawn along one line." if built.line is None else "No event at a point here."
                )
            else:
                st.altair_chart(chart, width="stretch")
                st.caption("Bars show how far the place may be off. Stretches and areas are left out.")
    with evidence:
        open_event(page, set(events["event_id"]))
