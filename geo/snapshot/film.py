"""The timeline as a film: one map, redrawn for each day, week, month, quarter or year; GIF or MP4."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg

from geo.errors import InputError
from geo.query import Query, certain, on_map, select
from geo.query.words import period_words
from geo.snapshot.cells import days_of
from geo.snapshot.events import draw_places, draw_symbols
from geo.snapshot.figure import draw_parts
from geo.snapshot.ground import Z_LABEL
from geo.snapshot.options import Options
from geo.snapshot.pictures import encode
from geo.snapshot.save import FILMS, LOOKS, record_text
from geo.snapshot.strip import day_number
from geo.snapshot.symbols import symbols
from geo.snapshot.text import INK, PLAIN
from geo.snapshot.zones import draw_zones, shape_in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geopandas import GeoDataFrame
    from matplotlib.artist import Artist
    from numpy.typing import NDArray

    from geo.query.query import Period
    from geo.snapshot.figure import Parts
    from geo.zones import BuiltZone

STEPS: Final = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}
"""Step and its code in pandas; weeks begin on Monday."""
MOST_FRAMES: Final = 400
"""Pictures of one film at most."""
SCREEN_DPI: Final = 96
"""Of a film that was not asked for another size: a slide of 1280 × 720."""
MAX_PIXELS: Final = 2_100_000
"""Pixels of a film's picture at most: 1920 × 1080 and a little."""
FPS_RANGE: Final = (1, 30)
Z_MOVING: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """How a film moves.

    Raises
    ------
    InputError
        No such step, or a speed no player has.
    """

    step: str = "month"
    """One of :data:`STEPS`."""
    cumulative: bool = False
    """Each picture has all events up to its days; else those of its days only."""
    fps: int = 3
    """Pictures a second, 1 to 30."""

    def __post_init__(self) -> None:
        if self.step not in STEPS:
            raise InputError(f"no film step {self.step!r}", remedy=f"Choose one of {', '.join(STEPS)}")
        if not FPS_RANGE[0] <= self.fps <= FPS_RANGE[1]:
            raise InputError(f"a film has {FPS_RANGE[0]} to {FPS_RANGE[1]} pictures a second, not {self.fps}")


def film(
    frame: GeoDataFrame, query: Query, *, form: str = "gif", motion: Motion | None = None,
    zones: Mapping[str, BuiltZone] | None = None, options: Options | None = None,
    step: Callable[[], None] | None = None,
) -> bytes:  # fmt: skip
    """Draw the events under a query as they happened.

    Parameters
    ----------
    frame : GeoDataFrame
        Every event, see :mod:`geo.frame`.
    query : Query
        Its period is the film's; the days of its events where it has none.
    form : {"gif", "mp4"}
    motion : Motion, optional
    zones : mapping of str to BuiltZone, optional
        Each picture has those in force in its days.
    options : Options, optional
        A film's picture is at most as large as a 1920 × 1080 screen.
    step : callable, optional
        Called after each picture.

    Returns
    -------
    bytes
        The same for the same data, query and options. The file carries the record of the whole film.

    Raises
    ------
    InputError
        No such format, more than 400 pictures, or pictures too large.
    """
    motion, look = motion or Motion(), options or Options(size="slide", dpi=SCREEN_DPI)
    if form not in FILMS:
        raise InputError(f"no film format {form!r}", remedy=f"Choose one of {', '.join(FILMS)}")
    width, height = look.paper.pixels(look.resolution)
    if width * height > MAX_PIXELS:
        raise InputError(
            f"a picture of {width} × {height} is too large for a film", remedy="Choose a smaller size, or fewer dpi"
        )
    windows = windows_of(frame, query, motion)
    record = {"kind": "film", "step": motion.step, "cumulative": motion.cumulative, "fps": motion.fps}
    with mpl.rc_context(LOOKS):
        parts = draw_parts(frame, query, zones or {}, look, film=True)
        parts.sheet.record |= record
        pictures = _Film(parts, frame, query, zones or {}).pictures(windows, step or (lambda: None))
        return encode(pictures, form=form, fps=motion.fps, record=record_text(parts.sheet.record))


def count_frames(frame: GeoDataFrame, query: Query, motion: Motion) -> int:
    """Count the pictures a film would have, for a progress bar."""
    return len(windows_of(frame, query, motion))


def windows_of(frame: GeoDataFrame, query: Query, motion: Motion) -> list[Period]:
    """Split a film into the days of its pictures.

    Parameters
    ----------
    frame : GeoDataFrame
    query : Query
    motion : Motion

    Returns
    -------
    list of (date, date)
        One after the other without a gap; a film of nothing has one picture.

    Raises
    ------
    InputError
        There are more than :data:`MOST_FRAMES`.
    """
    days = days_of(frame, query)
    if days is None:
        return [query.period or (None, None)]
    first, last = query.period or (None, None)
    start, end = first or days[0], last or days[1]
    code = STEPS[motion.step]
    steps = pd.period_range(pd.Period(start, code), pd.Period(end, code), freq=code)
    if len(steps) > MOST_FRAMES:
        raise InputError(
            f"a film by {motion.step} from {start} to {end} has {len(steps):,} pictures, more than {MOST_FRAMES}",
            remedy="Choose a longer step or a shorter period",
        )
    cut = [(max(s.start_time.date(), start), min(s.end_time.date(), end)) for s in steps]
    return [(start, day) for _, day in cut] if motion.cumulative else list(cut)


class _Film:
    """Draws what stays once, and what moves for each picture."""

    def __init__(self, parts: Parts, frame: GeoDataFrame, query: Query, zones: Mapping[str, BuiltZone]) -> None:
        self.parts, self.query, self.zones = parts, query, zones
        self.events = select(frame, query)
        for artist in parts.moving:
            artist.remove()
        letters = {artist for made in parts.letters.values() for artist in made}
        for letter in letters:
            # The still picture must not have them; each picture draws its own all the same.
            letter.set_animated(True)
        self.names = [text for text in parts.map_axes.texts if text not in letters and text.get_zorder() == Z_LABEL]
        self.kept = {*letters, *self.names}
        self.canvas = FigureCanvasAgg(parts.sheet)

    def pictures(self, windows: list[Period], step: Callable[[], None]) -> Iterator[NDArray[np.uint8]]:
        """Give each picture as rows of red, green and blue."""
        self.canvas.draw()  # type: ignore[no-untyped-call]
        still = self.canvas.copy_from_bbox(self.parts.sheet.bbox)  # type: ignore[no-untyped-call]
        for window in windows:
            self.canvas.restore_region(still)  # type: ignore[no-untyped-call]
            made = [*self._on_map(window), *self._on_strip(window)]
            for artist in made:
                _draw(artist)
            yield np.array(np.asarray(self.canvas.buffer_rgba())[..., :3])  # type: ignore[no-untyped-call]
            for artist in made:
                if artist not in self.kept:
                    artist.remove()
            step()

    def _on_map(self, window: Period) -> list[Artist]:
        """Make what moves on the map, lowest first; the names that stay stand over the zones again."""
        axes, view = self.parts.map_axes, self.parts.view
        query = replace(self.query, period=None if window == (None, None) else window)
        placed = on_map(select(self.events, query))
        found = symbols(placed, certain(placed, query), view)
        held = []
        for zone in self.parts.drawn:
            shape = shape_in_force(self.zones[zone.id], window, view)
            if shape is not None:
                held.append(replace(zone, shape=shape))
        made = [*draw_zones(axes, held, view.metres_per_point), *self.names, *draw_places(axes, placed, view)]
        made += draw_symbols(axes, found, view.metres_per_point)
        made += [letter for zone in held for letter in self.parts.letters.get(zone.id, ())]
        return [*made, self._day(window, len(placed))]

    def _day(self, window: Period, number: int) -> Artist:
        """Write the picture's days, and how many events they have, at the top of the map."""
        words = f"{period_words(window)}  ·  {number:,} event{'' if number == 1 else 's'}"
        box = {
            "boxstyle": "round,pad=0.35",
            "facecolor": "white",
            "edgecolor": "#555555",
            "linewidth": 0.6,
            "alpha": 0.92,
        }
        x, y = self.parts.days_at
        side = {0.0: "left", 0.5: "center", 1.0: "right"}[x]
        looks: dict[str, Any] = {"ha": side, "va": "top" if y else "bottom", "weight": "bold", "color": INK}
        looks |= {"bbox": box, **PLAIN}
        axes = self.parts.map_axes
        return axes.text(
            0.02 + 0.96 * x, 0.028 + 0.944 * y, words, transform=axes.transAxes, size=9.5, zorder=Z_MOVING, **looks
        )

    def _on_strip(self, window: Period) -> list[Artist]:
        axes = self.parts.strip_axes
        if axes is None or (not axes.has_data() and not axes.collections):
            return []
        left, right = axes.get_xlim()
        first = left if window[0] is None else max(day_number(window[0]), left)
        last = right if window[1] is None else min(day_number(window[1]) + 1, right)
        if last <= first:
            return []
        # A day among years would be thinner than a line.
        span = max(last - first, (right - left) / 250)
        limits = axes.axis()
        band = axes.axvspan(first, first + span, facecolor="#222222", alpha=0.16, edgecolor="#222222", linewidth=0.8)
        axes.axis(limits)
        return [band]


def _draw(artist: Artist) -> None:
    if artist.axes is not None:
        artist.axes.draw_artist(artist)
