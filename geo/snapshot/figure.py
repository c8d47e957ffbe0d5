"""The figure: title, map, legend, histogram, credits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl

from geo.layers.palette import OTHER
from geo.query import certain, on_map, select, to_params, tray
from geo.snapshot import legend as parts
from geo.snapshot import view as views
from geo.snapshot.events import draw_places, draw_symbols
from geo.snapshot.furniture import Furniture
from geo.snapshot.graticule import draw_graticule
from geo.snapshot.ground import Ground
from geo.snapshot.labels import Labels
from geo.snapshot.legend import Legend
from geo.snapshot.options import Options
from geo.snapshot.paper import Layout, Sheet
from geo.snapshot.record import code_of, make_record
from geo.snapshot.save import LOOKS
from geo.snapshot.sheet_text import Foot, count_words, draw_title, titles
from geo.snapshot.strip import draw_strip
from geo.snapshot.symbols import CROWD, counts, symbols
from geo.snapshot.text import INK, PLAIN, Box
from geo.snapshot.zones import draw_zones, zones_in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from geo.model import EventType
    from geo.query import Query
    from geo.snapshot.symbols import Symbol
    from geo.snapshot.text import Room
    from geo.snapshot.view import View
    from geo.snapshot.zones import DrawnZone
    from geo.zones import BuiltZone

DAYS_PT: Final = (240.0, 24.0)
"""Room at the top or the bottom of a film's map for the days of the picture, points."""
MARGIN: Final = 0.09
"""Ground around the events, as a part of the map's size."""
NOTHING: Final = "No events under these filters have a day and a place."


@dataclass(slots=True)
class Parts:
    """A figure with what a film moves in it."""

    sheet: Sheet
    view: View
    map_axes: Axes
    strip_axes: Axes | None
    layout: Layout
    drawn: list[DrawnZone]
    moving: list[Artist] = field(default_factory=list)
    """Symbols, lines and areas, zones: what a film draws anew in each of its pictures."""
    letters: dict[str, list[Artist]] = field(default_factory=dict)
    """Letters of the zones, by id."""
    days_at: tuple[float, float] = (0.5, 1.0)
    """Where the days of a film's picture stand, see :func:`keep_for_days`."""


def draw(
    frame: GeoDataFrame, query: Query, *, zones: Mapping[str, BuiltZone] | None = None, options: Options | None = None
) -> Sheet:
    """Draw the events under a query.

    Parameters
    ----------
    frame : GeoDataFrame
        Every event, see :mod:`geo.frame`: the histogram shows those outside the period too.
    query : Query
    zones : mapping of str to BuiltZone, optional
        Zones that may be drawn, most important first.
    options : Options, optional
        Looks and credits.

    Returns
    -------
    Sheet
        A matplotlib figure; its `record` is what :func:`geo.snapshot.save` writes into the file. No events make a
        figure that says so.

    Raises
    ------
    DataError
        The basemap is missing.
    """
    with mpl.rc_context(LOOKS):
        return draw_parts(frame, query, zones or {}, options or Options()).sheet


def draw_parts(
    frame: GeoDataFrame, query: Query, zones: Mapping[str, BuiltZone], look: Options, *, film: bool = False
) -> Parts:
    """Draw the events under a query, and keep the parts; for a film without the names of the events' places."""
    selected = select(frame, query)
    placed, hidden = on_map(selected), tray(selected)
    sheet = Sheet(look)
    top = draw_title(sheet, *titles(query, look, zones), margin=look.paper.margin_in)
    sure = certain(placed, query)
    counted = {"on the map": len(placed), "not on the map": len(hidden)}
    code = code_of(to_params(query), look.fingerprint)
    # How high the credits are is known before how many events the map leaves out, so the longest words are tried.
    foot = Foot(placed, count_words(len(placed), int(sure.sum()), len(hidden), len(placed)), look, code)
    layout = Layout(look.paper, top, look.histogram, foot.height)
    map_box = layout.map_box
    view = views.make(
        look.bounds or views.bounds_of(placed), width_in=map_box[2], height_in=map_box[3],
        margin=0.0 if look.bounds else MARGIN,
    )  # fmt: skip
    found = symbols(placed, sure, view)
    legend = Legend(sheet, layout.panel_boxes)
    columns = {"events": counts(found)}
    if not sure.all():
        columns = {"certain": counts(found, sure=True), "possible": counts(found, sure=False)}
    head = "Events in the film" if film else parts.HEAD
    describe_events(legend, columns, [placed], found, head=head)
    drawn = list_zones(legend, *zones_in_force(zones, query, view))
    scene = Parts(sheet, view, sheet.place(map_box, framed=True), None, layout, drawn)
    _draw_map(scene, placed, found, look, film=film)
    if look.histogram:
        scene.strip_axes = sheet.place(layout.strip_box)
        draw_strip(scene.strip_axes, on_map(select(frame, replace(query, period=None))), [query.period])
    outside = len(placed) - sum(symbol.n for symbol in found)
    sheet.record = make_record(query, look, zones=drawn, counted=counted)
    words = count_words(len(placed), int(sure.sum()), len(hidden), outside)
    Foot(placed, words, look, code).draw(sheet.place(layout.foot_box, inches=True))
    return scene


def describe_events(
    legend: Legend, columns: Mapping[str, Mapping[EventType, int]], placed: list[GeoDataFrame], found: list[Symbol], *,
    head: str = parts.HEAD, shrink: float = 1.0,
) -> None:  # fmt: skip
    """Write into the legend the counts of the event types, and the signs that occur on one map or more."""
    shapes = {shape for events in placed for shape in events["shape"].astype("str").unique()}
    there: dict[str, Any] = {
        "lines": "line" in shapes, "areas": "area" in shapes,
        "rings": any((events["radius_km"] > 0).any() for events in placed),
        "possible": any(not sure for s in found for _, sure, _ in s.parts or ((s.kind, s.sure, s.n),)),
        "several": any(s.n > 1 for s in found) and len(found) <= CROWD * len(placed),
        "sliced": any(s.parts for s in found), "width": legend.width, "shrink": shrink,
    }  # fmt: skip
    makers = [partial(parts.event_types, columns, width=legend.width, head=head)]
    if sum(map(len, placed)):
        makers.append(partial(parts.signs, **there))
    legend.put_all(makers)


def list_zones(legend: Legend, in_force: list[DrawnZone], too_small: int) -> list[DrawnZone]:
    """Write into the legend the zones that fit, and how many more are in force; returns those that fit."""
    drawn = parts.zones_that_fit(in_force, width=legend.width, room=legend.room(2), scale=legend.scale)
    left_out = len(in_force) - len(drawn) + too_small
    if drawn or left_out:
        legend.put(2, parts.zones(drawn, left_out, width=legend.width, scale=legend.scale))
    return drawn


def _draw_map(scene: Parts, placed: GeoDataFrame, found: list[Symbol], look: Options, *, film: bool) -> None:
    axes, view = scene.map_axes, scene.view
    frame_axes(axes, view)
    Ground(view).draw(axes)
    scene.moving += draw_zones(axes, scene.drawn, view.metres_per_point)
    scene.moving += draw_places(axes, placed, view)
    scene.moving += draw_symbols(axes, found, view.metres_per_point)
    labels = Labels(axes, view)
    labels.take_symbols(found)
    if film:
        scene.days_at = keep_for_days(labels.room)
    furniture = Furniture(axes, view, labels.room)
    furniture.scale()
    furniture.north()
    if look.locator:
        furniture.locator(scene.sheet, scene.layout.map_box)
    if look.graticule:
        draw_graticule(labels)
    scene.letters = labels.zones(scene.drawn)
    written = set() if film else labels.places(found)
    labels.countries()
    labels.towns(written)
    if placed.empty:
        say_nothing(axes)


def keep_for_days(room: Room) -> tuple[float, float]:
    """Keep room for the days of a film's picture, where they hide the fewest events.

    Parameters
    ----------
    room : Room
        With the events' symbols taken.

    Returns
    -------
    tuple of float
        Where they stand, from left and from below, as a part of the map's size: 0, 0.5 or 1.
    """
    spots = [(x, y) for y in (1.0, 0.0) for x in (0.5, 0.0, 1.0)]
    lefts = [x * (room.width - DAYS_PT[0]) for x, _ in spots]
    bottoms = [y * (room.height - DAYS_PT[1]) for _, y in spots]
    boxes = [Box(x, y, x + DAYS_PT[0], y + DAYS_PT[1]) for x, y in zip(lefts, bottoms, strict=True)]
    best = min(range(len(spots)), key=lambda n: room.covered(boxes[n]))
    room.take(boxes[best])
    return spots[best]


def frame_axes(axes: Axes, view: View) -> None:
    """Make axes show a view."""
    x0, x1, y0, y1 = view.extent
    axes.set(xlim=(x0, x1), ylim=(y0, y1), aspect="equal", autoscale_on=False)


def say_nothing(axes: Axes) -> None:
    """Say on a map that it has no events."""
    box = {"facecolor": "white", "edgecolor": OTHER, "boxstyle": "round,pad=0.6"}
    looks: dict[str, Any] = {"ha": "center", "color": INK, "zorder": 20, "bbox": box, "wrap": True, **PLAIN}
    inches = axes.get_window_extent().width / axes.get_figure(root=True).dpi  # type: ignore[union-attr]
    axes.text(0.5, 0.5, NOTHING, transform=axes.transAxes, size=min(12.0, inches * 2.1), **looks)
