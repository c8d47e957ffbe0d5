"""The figure: title, map, legend, histogram, credits."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from matplotlib.figure import Figure
from matplotlib_scalebar.scalebar import ScaleBar

from geo.layers.palette import OTHER
from geo.query import certain, describe, on_map, select, to_params, tray
from geo.query.words import filter_words, period_words
from geo.snapshot import events as drawing
from geo.snapshot import view as views
from geo.snapshot.ground import draw_ground, draw_zones, zones_in_force
from geo.snapshot.labels import Labels
from geo.snapshot.options import SIZES, Options
from geo.snapshot.panel import Panel, soft
from geo.snapshot.save import SOFTWARE
from geo.snapshot.strip import draw_strip
from geo.snapshot.text import INK, PLAIN, SOFT_INK, width_pt, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

    from geo.query import Query
    from geo.snapshot.events import Symbol
    from geo.snapshot.ground import DrawnZone
    from geo.snapshot.view import View
    from geo.zones import BuiltZone

ATTRIBUTION: Final = "Basemap: Natural Earth (public domain). Places: GeoNames (CC BY 4.0)."
MARGIN_IN: Final = 0.38
PANEL_IN: Final = 2.45
GAP_IN: Final = 0.2
STRIP_IN: Final = 0.72
FOOT_IN: Final = 0.62
TITLE_PT: Final = 15
SUBTITLE_PT: Final = 9


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand on the paper, inches from its lower left corner."""

    width: float
    height: float
    top: float
    """Lower edge of the title block."""

    @property
    def map_box(self) -> tuple[float, float, float, float]:
        """Left, bottom, width, height of the map."""
        bottom = MARGIN_IN + FOOT_IN + STRIP_IN + 0.32
        return (MARGIN_IN, bottom, self.width - 2 * MARGIN_IN - PANEL_IN - GAP_IN, self.top - bottom)

    @property
    def panel_box(self) -> tuple[float, float, float, float]:
        """Left, bottom, width, height of the legend."""
        bottom = MARGIN_IN + FOOT_IN
        return (self.width - MARGIN_IN - PANEL_IN, bottom, PANEL_IN, self.top - bottom)

    @property
    def strip_box(self) -> tuple[float, float, float, float]:
        """Left, bottom, width, height of the histogram."""
        left, _, width, _ = self.map_box
        return (left + 0.38, MARGIN_IN + FOOT_IN + 0.08, width - 0.38, STRIP_IN)

    @property
    def foot_box(self) -> tuple[float, float, float, float]:
        """Left, bottom, width, height of the credits."""
        return (MARGIN_IN, MARGIN_IN, self.width - 2 * MARGIN_IN, FOOT_IN - 0.22)


def draw(
    frame: GeoDataFrame, query: Query, *, zones: Mapping[str, BuiltZone] | None = None, options: Options | None = None
) -> Figure:
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
    Figure
        Its label is its record as JSON: query, data, zones, options. No events make a figure that says so.

    Raises
    ------
    DataError
        The basemap is missing.
    """
    look = options or Options()
    zones = zones or {}
    selected = select(frame, query)
    placed, hidden = on_map(selected), tray(selected)
    width, height = SIZES[look.size]
    figure = Figure(figsize=(width, height), dpi=look.dpi, facecolor="white")
    layout = Layout(width, height, _draw_title(figure, *_titles(query, look, zones)))
    _, _, map_width, map_height = layout.map_box
    bounds = look.bounds or views.bounds_of(placed)
    view = views.make(bounds, width_in=map_width, height_in=map_height, margin=0.0 if look.bounds else 0.09)
    sure = certain(placed, query)
    symbols = drawing.symbols(placed, sure, view)
    panel = Panel(_axes(figure, layout.panel_box, inches=True), width=PANEL_IN, height=layout.panel_box[3])
    panel.event_types(drawing.counts(symbols))
    if len(placed):
        shapes = set(placed["shape"].astype("str"))
        panel.signs(
            lines="line" in shapes, areas="area" in shapes, rings=bool((placed["radius_km"] > 0).any()),
            possible=not sure.all(), several=any(s.n > 1 for s in symbols) and len(symbols) <= drawing.CROWD,
            sliced=any(s.parts for s in symbols),
        )  # fmt: skip
    in_force, too_small = zones_in_force(zones, query, view)
    drawn = panel.zones_that_fit(in_force)
    panel.zones(drawn, len(in_force) - len(drawn) + too_small)
    _draw_map(_axes(figure, layout.map_box, framed=True), placed, symbols, view, drawn)
    draw_strip(_axes(figure, layout.strip_box), _all_days(frame, query), query.period)
    outside = len(placed) - sum(s.n for s in symbols)
    _draw_foot(
        _axes(figure, layout.foot_box, inches=True),
        placed,
        _count_words(len(placed), int(sure.sum()), len(hidden), outside),
        look,
    )
    figure.set_label(_record(query, look, drawn))
    return figure


def _titles(query: Query, look: Options, zones: Mapping[str, BuiltZone]) -> tuple[str, str]:
    names = {zone_id: built.zone.name for zone_id, built in zones.items()}
    if look.title:
        return look.title, describe(query, names)
    return f"Events, {period_words(query.period)}", filter_words(
        query, names
    ) or "all reported, claimed and ongoing events"


def _axes(
    figure: Figure, box: tuple[float, float, float, float], *, framed: bool = False, inches: bool = False
) -> Axes:
    width, height = figure.get_size_inches()
    left, bottom, wide, high = box
    axes = figure.add_axes((left / width, bottom / height, wide / width, high / height))
    if inches:
        axes.set(xlim=(0, wide), ylim=(high, 0))
        axes.axis("off")
    elif framed:
        axes.set(xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set(color="#555555", linewidth=0.8)
    return axes


def _draw_title(figure: Figure, title: str, subtitle: str) -> float:
    """Write title and subtitle; returns where they end, inches from below."""
    width, height = (float(v) for v in figure.get_size_inches())
    room = (width - 2 * MARGIN_IN) * 72
    y = height - MARGIN_IN
    for text, size, bold, lines, colour in (
        (title, TITLE_PT, True, 2, INK),
        (subtitle, SUBTITLE_PT, False, 3, SOFT_INK),
    ):
        for line in wrap(text, room, size, lines=lines, bold=bold):
            figure.text(
                MARGIN_IN / width,
                y / height,
                line,
                size=size,
                weight="bold" if bold else "normal",
                color=colour,
                va="top",
                **PLAIN,
            )
            y -= size * 1.35 / 72
    return y - 0.1


def _draw_map(axes: Axes, placed: GeoDataFrame, symbols: list[Symbol], view: View, drawn: list[DrawnZone]) -> None:
    x0, x1, y0, y1 = view.extent
    axes.set(xlim=(x0, x1), ylim=(y0, y1), aspect="equal", autoscale_on=False)
    draw_ground(axes, view)
    draw_zones(axes, drawn)
    drawing.draw_places(axes, placed, view)
    drawing.draw_symbols(axes, symbols, view.metres_per_point)
    labels = Labels(axes, view)
    labels.take_corner(width=130, height=34, right=False, top=False)
    labels.take_corner(width=34, height=44, right=True, top=True)
    labels.take_symbols(symbols)
    labels.zones(drawn)
    written = labels.places(symbols)
    labels.countries()
    labels.towns(written)
    if placed.empty:
        box = {"facecolor": "white", "edgecolor": OTHER, "boxstyle": "round,pad=0.6"}
        words = "No events under these filters have a day and a place."
        axes.text(
            0.5, 0.5, words, transform=axes.transAxes, ha="center", size=12, color=INK, zorder=20, bbox=box, **PLAIN
        )
    _draw_scale(axes)
    _draw_north(axes, (labels.room.width, labels.room.height))


def _draw_scale(axes: Axes) -> None:
    # One unit of the axes is a metre on the ground at the centre of the view, where the projection is true.
    bar = ScaleBar(
        0.001, "km", fixed_units="km", location="lower left", length_fraction=0.22, width_fraction=0.008, pad=0.5,
        border_pad=0.6, box_alpha=0.75, color=INK, font_properties={"size": 7}, scale_loc="top",
    )  # fmt: skip
    bar.set_zorder(15)
    axes.add_artist(bar)


def _draw_north(axes: Axes, size_pt: tuple[float, float]) -> None:
    place: dict[str, Any] = {
        "xycoords": "axes points",
        "textcoords": "axes points",
        "annotation_clip": False,
        "zorder": 15,
    }
    x, y = size_pt[0] - 17, size_pt[1] - 36
    arrow: dict[str, Any] = {
        "arrowstyle": "-|>,head_width=0.28,head_length=0.55",
        "color": INK,
        "linewidth": 1.1,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    axes.annotate("", xy=(x, y + 20), xytext=(x, y), arrowprops=arrow, **place)
    axes.annotate(
        "N", xy=(x, y + 27), xytext=(x, y + 27), size=8, weight="bold", ha="center", va="center", color=INK, **place
    )


def _all_days(frame: GeoDataFrame, query: Query) -> GeoDataFrame:
    return select(frame, replace(query, period=None))


def _count_words(placed: int, sure: int, hidden: int, outside: int) -> str:
    words = f"{placed:,} event{'' if placed == 1 else 's'}"
    if sure < placed:
        words += f" ({sure:,} certain, {placed - sure:,} possible)"
    if outside:
        words += f", {outside:,} of them outside this map"
    return words + (f"; {hidden:,} more not on the map: no day, no place, or only a country." if hidden else ".")


def _draw_foot(axes: Axes, placed: GeoDataFrame, counted: str, look: Options) -> None:
    width = axes.get_xlim()[1]
    soft(axes, 0, 0.02, counted, size=7.6, color=INK, weight="bold")
    names = placed["source"].astype("str").value_counts()
    ordered = sorted(names.index, key=lambda name: (-names[name], name))
    told = ", ".join(ordered)
    mark = SOFTWARE + (f" · data {look.fingerprint[:8]}" if look.fingerprint else "")
    mark += f" · exported {look.exported.isoformat()}" if look.exported else ""
    right = width_pt(mark, 6.6) / 72
    for i, line in enumerate(
        wrap(f"{len(ordered):,} sources: {told}." if told else "No sources.", width * 72, 6.6, lines=1)
    ):
        soft(axes, 0, 0.17 + 0.13 * i, line)
    soft(axes, 0, 0.30, wrap(ATTRIBUTION, (width - right - 0.2) * 72, 6.6, lines=1)[0])
    soft(axes, width, 0.30, mark, ha="right")


def _record(query: Query, look: Options, drawn: list[DrawnZone]) -> str:
    record = {
        "query": to_params(query),
        "data": look.fingerprint,
        "zones": [zone.id for zone in drawn],
        "options": {"size": look.size, "title": look.title, "bounds": look.bounds, "dpi": look.dpi},
        "exported": look.exported and look.exported.isoformat(),
        "software": SOFTWARE,
    }
    return json.dumps(record, ensure_ascii=True, sort_keys=True)
