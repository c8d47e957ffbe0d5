"""Many small maps on one sheet, all of the same area, at the same scale, with the same signs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import pandas as pd

from geo.query import certain, on_map, select, to_params, tray
from geo.snapshot import legend as parts
from geo.snapshot import view as views
from geo.snapshot.cells import TIMES, Cell, cells_by, two_periods
from geo.snapshot.events import draw_places, draw_symbols
from geo.snapshot.figure import MARGIN, describe_events, frame_axes, list_zones
from geo.snapshot.furniture import Furniture
from geo.snapshot.graticule import draw_graticule
from geo.snapshot.grid import HEAD_IN, HEAD_PT, STEP_IN, fits, grid
from geo.snapshot.ground import Ground
from geo.snapshot.labels import Labels
from geo.snapshot.legend import Legend
from geo.snapshot.options import Options
from geo.snapshot.paper import Layout, Sheet
from geo.snapshot.record import code_of, make_record
from geo.snapshot.save import LOOKS
from geo.snapshot.sheet_text import Foot, draw_title, titles
from geo.snapshot.strip import draw_strip
from geo.snapshot.symbols import Symbol, counts, symbols
from geo.snapshot.text import INK, PLAIN, SOFT_INK, is_right_to_left, same_direction, width_pt, wrap
from geo.snapshot.zones import draw_zones, shape_in_force, zones_in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geopandas import GeoDataFrame

    from geo.model import EventType
    from geo.query import Query
    from geo.query.query import Period
    from geo.snapshot.paper import Box4
    from geo.snapshot.view import View
    from geo.snapshot.zones import DrawnZone
    from geo.zones import BuiltZone

LEAST_SHRUNK: Final = 0.6
"""Size of the symbols on the smallest maps, as a part of theirs on a large one."""
EACH_IN2: Final = 1.8
"""Room that a map of a series by name takes at least, square inches with its title."""
LEAST_MAPS: Final = 2
TITLE_IN: Final = 0.9
FOOT_IN: Final = 0.7
"""Of a sheet's title and credits, before they are known."""
SMALL_IN: Final = 2.6
"""Maps narrower than this have few names."""
SAME: Final = "same area, scale and signs on every map"


def series(
    frame: GeoDataFrame, query: Query, *, by: str, zones: Mapping[str, BuiltZone] | None = None,
    options: Options | None = None, step: Callable[[], None] | None = None,
) -> Sheet:  # fmt: skip
    """Draw small maps of the events under a query, one for each month, quarter, year, actor, type or zone.

    Parameters
    ----------
    frame : GeoDataFrame
        Every event, see :mod:`geo.frame`.
    query : Query
    by : {"month", "quarter", "year", "actor", "type", "zone"}
        Through time the period is split whole; of the others the twelve with most events are drawn, or as many as the
        paper has room for, and how many more there are is said.
    zones : mapping of str to BuiltZone, optional
        Zones that may be drawn.
    options : Options, optional
    step : callable, optional
        Called after each map.

    Returns
    -------
    Sheet

    Raises
    ------
    InputError
        No such series, or more steps than fit one sheet or can be read on it.
    """
    cells, left_out = cells_by(frame, query, by, zones or {})
    job = _Job(cells, f"Events by {by}", left_out, by in TIMES, {"kind": "series", "by": by})
    return _draw(
        frame, query, _fitting(job, options or Options()), zones or {}, options or Options(), step or (lambda: None)
    )


def pair(
    frame: GeoDataFrame, query: Query, *, periods: tuple[Period, Period],
    zones: Mapping[str, BuiltZone] | None = None, options: Options | None = None,
) -> Sheet:  # fmt: skip
    """Draw two maps beside each other, before and after, with the counts of both.

    Parameters
    ----------
    frame : GeoDataFrame
        Every event.
    query : Query
        Its period is not used.
    periods : tuple of two (date or None, date or None)
        Before and after, without a day in common.
    zones : mapping of str to BuiltZone, optional
        Zones that may be drawn; each map has those in force in its period.
    options : Options, optional

    Returns
    -------
    Sheet

    Raises
    ------
    InputError
        The periods overlap.
    """
    before, after = periods
    cells = two_periods(query, before, after)
    days = [[day and day.isoformat() for day in period] for period in periods]
    job = _Job(cells, "Before and after", 0, True, {"kind": "pair", "periods": days}, ("before", "after"))
    whole = replace(query, period=(before[0], after[1]))
    return _draw(frame, whole, job, zones or {}, options or Options(), lambda: None)


@dataclass(frozen=True, slots=True)
class _Job:
    """What a sheet shows."""

    cells: list[Cell]
    title: str
    left_out: int
    """Names with events that have no map."""
    in_time: bool
    record: dict[str, Any]
    heads: tuple[str, ...] = ()
    """Heads of the legend's columns, one for each map; none for one column of all."""

    @property
    def more(self) -> str:
        """Say how many names have no map."""
        more = "s have events and are" if self.left_out > 1 else " has events and is"
        return f"; {self.left_out:,} more {self.record.get('by')}{more} not drawn" if self.left_out else ""


@dataclass(slots=True)
class _Map:
    """One small map's events."""

    cell: Cell
    placed: GeoDataFrame
    sure: pd.Series[bool]
    found: list[Symbol]


def _draw(
    frame: GeoDataFrame, query: Query, job: _Job, zones: Mapping[str, BuiltZone], look: Options,
    step: Callable[[], None],
) -> Sheet:  # fmt: skip
    with mpl.rc_context(LOOKS):
        sheet = Sheet(look)
        selected = [select(frame, cell.query) for cell in job.cells]
        placed = on_map(frame[_in_any(frame, selected)])
        hidden = frame.index.isin(pd.Index([]).append([tray(events).index for events in selected])).sum()
        title, subtitle = titles(query, look, zones, what=job.title)
        top = draw_title(sheet, title, f"{subtitle}; {SAME}", margin=look.paper.margin_in)
        code = code_of(to_params(query), look.fingerprint)
        each = [len(on_map(events)) for events in selected]
        foot = Foot(placed, _words(len(placed), each, int(hidden), len(placed), job.more), look, code)
        layout = Layout(look.paper, top, look.histogram, foot.height)
        boxes, lines = grid([cell.title for cell in job.cells], layout.map_box)
        view = views.make(
            look.bounds or views.bounds_of(placed), width_in=boxes[0][2], height_in=boxes[0][3],
            margin=0.0 if look.bounds else MARGIN,
        )  # fmt: skip
        shrink = min(1.0, max(LEAST_SHRUNK, boxes[0][2] / SMALL_IN))
        maps = [_events_of(cell, events, view, shrink) for cell, events in zip(job.cells, selected, strict=True)]
        seen = view.holds(*view.xy(placed["lon"], placed["lat"]))
        legend = Legend(sheet, layout.panel_boxes)
        columns: dict[str, Mapping[EventType, int]] = {
            head: counts(one.found) for head, one in zip(job.heads, maps, strict=False)
        }
        # An event that is on two maps is one event: the counts are of events, not of symbols.
        columns = columns or {"events": parts.count_types(placed["event_type"][seen])}
        every = [symbol for one in maps for symbol in one.found]
        describe_events(legend, columns, [one.placed for one in maps], every, shrink=shrink)
        drawn = _zones(legend, zones, query, job, view)
        ground = Ground(view)
        for number, (one, box) in enumerate(zip(maps, boxes, strict=True)):
            _draw_cell(
                sheet, box, one, view, ground, _held(drawn, zones, one, view), look, (shrink, lines), first=number == 0
            )
            step()
        if look.histogram:
            periods = [cell.query.period for cell in job.cells] if job.in_time else [query.period]
            draw_strip(sheet.place(layout.strip_box), on_map(select(frame, replace(query, period=None))), periods)
        words = _words(len(placed), each, int(hidden), int((~seen).sum()), job.more)
        Foot(placed, words, look, code).draw(sheet.place(layout.foot_box, inches=True))
        counted = {"on the map": len(placed), "not on the map": int(hidden)}
        sheet.record = make_record(query, look, zones=drawn, counted=counted, **job.record)
    return sheet


def _in_any(frame: GeoDataFrame, selected: list[GeoDataFrame]) -> Any:
    rows = selected[0].index
    for events in selected[1:]:
        rows = rows.union(events.index)
    return frame.index.isin(rows)


def _events_of(cell: Cell, selected: GeoDataFrame, view: View, shrink: float) -> _Map:
    placed = on_map(selected)
    sure = certain(placed, cell.query)
    return _Map(cell, placed, sure, symbols(placed, sure, view, shrink=shrink))


def _words(total: int, each: list[int], hidden: int, outside: int, more: str) -> str:
    words = f"{total:,} event{'' if total == 1 else 's'} on {len(each)} map{'' if len(each) == 1 else 's'}"
    if sum(each) > total:
        words += ", some on more than one"
    if outside:
        words += f", {outside:,} of them outside the area"
    if hidden:
        words += f"; {hidden:,} not on any map: no day, no place, or only a country"
    return words + more + "."


def _fitting(job: _Job, look: Options) -> _Job:
    """Leave out the last maps of a series by name where the sheet is too small for all, and say so."""
    if job.in_time or not job.record.get("by"):
        return job
    area = Layout(look.paper, look.paper.drawn_in[1] - TITLE_IN, look.histogram, FOOT_IN).map_box
    most = min(len(job.cells), max(LEAST_MAPS, int(area[2] * area[3] / EACH_IN2)))
    names = [cell.title for cell in job.cells]
    while most > LEAST_MAPS and not fits(names[:most], area):
        most -= 1
    return replace(job, cells=job.cells[:most], left_out=job.left_out + len(job.cells) - most)


def _zones(
    legend: Legend, zones: Mapping[str, BuiltZone], query: Query, job: _Job, view: View
) -> list[DrawnZone]:  # fmt: skip
    """Choose and list the zones to draw; maps by zone have each its own, which its title names."""
    if job.record.get("by") != "zone":
        return list_zones(legend, *zones_in_force(zones, query, view))
    shown = [zone for cell in job.cells for zone in cell.query.zones or () if zone in zones]
    in_force, _ = zones_in_force({zone: zones[zone] for zone in shown}, query, view)
    if in_force:
        legend.put(2, parts.zone_of_each(width=legend.width, scale=legend.scale))
    return [replace(zone, key="A") for zone in in_force]


def _held(drawn: list[DrawnZone], zones: Mapping[str, BuiltZone], one: _Map, view: View) -> list[DrawnZone]:
    """Zones in force in a map's own period, each with the ground it had then."""
    held = []
    for zone in drawn:
        if one.cell.query.zones is None or zone.id in one.cell.query.zones:
            shape = shape_in_force(zones[zone.id], one.cell.query.period or (None, None), view)
            if shape is not None:
                held.append(replace(zone, shape=shape))
    return held


def _draw_cell(
    sheet: Sheet, box: Box4, one: _Map, view: View, ground: Ground, held: list[DrawnZone], look: Options,
    small: tuple[float, int], *, first: bool,
) -> None:  # fmt: skip
    axes = sheet.place(box, framed=True)
    axes.set_label("map")
    frame_axes(axes, view)
    shrink, lines = small
    ground.draw(axes, thin=shrink)
    draw_zones(axes, held, view.metres_per_point)
    draw_places(axes, one.placed, view)
    draw_symbols(axes, one.found, view.metres_per_point, shrink=shrink)
    labels = Labels(axes, view)
    labels.most_places, labels.most_towns, labels.country_pt = (5, 0, 6.5) if shrink < 1 else (14, 8, 8.0)
    labels.take_symbols(one.found)
    if first:
        furniture = Furniture(axes, view, labels.room)
        furniture.scale()
        furniture.north()
    if look.graticule:
        draw_graticule(labels)
    if shrink == 1:
        # On a small map the letters would hide the events; the colours and the hatching tell the zones.
        labels.zones(held)
    written = labels.places(one.found)
    labels.countries()
    labels.towns(written)
    _head(sheet, box, one, lines)


def _head(sheet: Sheet, box: Box4, one: _Map, lines: int) -> None:
    """Write a map's title above it, and its counts at the right."""
    axes = sheet.place((box[0], box[1] + box[3], box[2], HEAD_IN + (lines - 1) * STEP_IN), inches=True)
    n, sure = len(one.placed), int(one.sure.sum())
    counted = f"{n:,}" + (f" ({n - sure:,} possible)" if sure < n else "")
    looks: dict[str, Any] = {"va": "center", **PLAIN}
    bottom = 0.11 + (lines - 1) * STEP_IN
    axes.text(box[2], bottom, counted, size=6.4, color=SOFT_INK, ha="right", gid="count-map", **looks)
    title = wrap(one.cell.title, box[2] * 72 - width_pt(counted, 6.4) - 6, HEAD_PT, lines=lines, bold=True)
    right = is_right_to_left(one.cell.title)
    for i, line in enumerate(reversed(title)):
        words = same_direction(line, right_to_left=right)
        axes.text(0, bottom - i * STEP_IN, words, size=HEAD_PT, weight="bold", color=INK, **looks)
