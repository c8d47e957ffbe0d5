"""What a figure is to be: its kind, its looks, and what part of the map it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from geo.query import default_period
from geo.snapshot import BY, Motion
from geo.snapshot.film import STEPS
from geo.snapshot.options import SIZES, Options
from geo.snapshot.wish import Wish
from geo.ui import state
from geo.ui.figure import seen_bounds

if TYPE_CHECKING:
    from datetime import date

    from geo.query import Query
    from geo.query.query import Period
    from geo.snapshot.options import Bounds
    from geo.ui.page import Page

RESOLUTIONS = {
    0: "Usual for the size",
    150: "Screen, 150 dpi",
    200: "Office, 200 dpi",
    300: "Print, 300 dpi",
    600: "Fine print, 600 dpi",
}
ALL, SEEN, KEPT = "All events", "Same as the Map page", "As it was saved"
"""Parts of the map that the figure can show."""
MAP, PAIR, FILM = "One map", "Before and after", "Film"
KINDS = (MAP, *(f"Small maps by {by}" for by in BY), PAIR, FILM)
SWITCHES = {
    "zones": ("Zones in force", True),
    "graticule": ("Lines of latitude and longitude", False),
    "locator": ("Small overview map in a corner", True),
    "histogram": ("Bar chart of events over time", True),
}
"""Parts of the figure that can be left out: words, and what they are at first."""
_NAMES = ("kind", "title", "size", "dpi", "area", "bounds", "before", "after", "step", "cumulative", "fps", *SWITCHES)
KEY = {name: f"report_{name}" for name in _NAMES}
"""Widget of each setting."""


@dataclass(frozen=True)
class Figure:
    """What is to be drawn."""

    looks: Options = field(default_factory=Options)
    with_zones: bool = True
    wish: Wish = field(default_factory=Wish)


def settings(page: Page) -> Figure:
    """Ask what the figure is to be.

    Parameters
    ----------
    page : Page
    """
    kind = st.selectbox("Kind of figure", KINDS, key=KEY["kind"])
    wish = _wish(kind, page)
    title = st.text_input("Title", max_chars=200, placeholder="written for you from the period", key=KEY["title"])
    size = st.selectbox("Size", list(SIZES), format_func=lambda key: SIZES[key].words, key=KEY["size"])
    dpi = st.selectbox(
        "Sharpness of the PNG",
        sorted({*RESOLUTIONS, st.session_state.get(KEY["dpi"], 0)}),
        format_func=lambda dpi: RESOLUTIONS.get(dpi, f"{dpi} dpi"),
        key=KEY["dpi"],
    )
    looks = Options(
        title=title.strip() or None,
        size=size,
        dpi=dpi or None,
        bounds=_area(),
        graticule=_switch("graticule"),
        locator=_switch("locator"),
        histogram=_switch("histogram"),
    )
    return Figure(looks, _switch("zones"), wish)


def put(query: Query, figure: Figure) -> None:
    """Make page and filters show a view; widgets may only be set between two runs."""
    looks, wish = figure.looks, figure.wish
    state.set_query(query)
    values: dict[str, object] = {"title": (looks.title or "")[:200], "dpi": looks.dpi or 0, "zones": figure.with_zones}
    values |= {name: getattr(looks, name) for name in ("size", "graticule", "locator", "histogram", "bounds")}
    values |= {"area": KEPT if looks.bounds else ALL, "kind": MAP}
    if wish.by is not None:
        values["kind"] = f"Small maps by {wish.by}"
    elif wish.periods is not None:
        values |= {"kind": PAIR, "before": wish.periods[0], "after": wish.periods[1]}
    elif wish.motion is not None:
        motion = wish.motion
        values |= {"kind": FILM, "step": motion.step, "cumulative": motion.cumulative, "fps": motion.fps}
    for name, value in values.items():
        st.session_state[KEY[name]] = value


def _wish(kind: str, page: Page) -> Wish:
    if kind == PAIR:
        return _pair(page)
    if kind == FILM:
        step = st.selectbox("One picture for each", list(STEPS), index=None, placeholder="month", key=KEY["step"])
        st.session_state.setdefault(KEY["fps"], Motion().fps)
        fps = st.slider("Pictures per second", 1, 30, key=KEY["fps"])
        cumulative = st.toggle("Keep earlier events on the map", key=KEY["cumulative"])
        return Wish(motion=Motion(step=step or Motion().step, cumulative=cumulative, fps=fps))
    return Wish(by=kind.rpartition(" ")[2]) if kind != MAP else Wish()


def _pair(page: Page) -> Wish:
    whole = _days(page)
    if whole is None:
        st.caption("There is no day to split the events at.")
        return Wish()
    middle = whole[0] + (whole[1] - whole[0]) // 2
    found: list[Period] = []
    for name, words, first in (("before", "Before", (whole[0], middle)), ("after", "After", (middle, whole[1]))):
        st.session_state.setdefault(KEY[name], first)
        chosen = st.date_input(words, key=KEY[name], format="YYYY-MM-DD")
        if not isinstance(chosen, tuple) or len(chosen) != 2:
            # The reader has chosen the first day and not yet the last.
            return Wish()
        found.append(chosen)
    return Wish(periods=(found[0], found[1]))


def _days(page: Page) -> tuple[date, date] | None:
    whole = default_period(page.selected)
    first, last = page.query.period or (None, None)
    return whole and (first or whole[0], last or whole[1])


def _switch(name: str) -> bool:
    words, first = SWITCHES[name]
    # Not the widget's own default: a preset sets it, too, and Streamlit takes only one of the two.
    st.session_state.setdefault(KEY[name], first)
    return st.toggle(words, key=KEY[name])


def _area() -> Bounds | None:
    seen, kept = seen_bounds(), st.session_state.get(KEY["bounds"])
    offered = [ALL, *([SEEN] if seen else []), *([KEPT] if kept else [])]
    if st.session_state.get(KEY["area"]) not in offered:
        st.session_state[KEY["area"]] = offered[-1]
    area = st.radio(
        "Part of the map",
        offered,
        horizontal=True,
        key=KEY["area"],
        help=None if seen else "Move the map on the Map page to choose a part of it.",
    )
    return seen if area == SEEN else kept if area == KEPT else None
