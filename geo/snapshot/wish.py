"""Which kind of figure is wanted, and its file: for the command line, and for drawing a figure again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.snapshot.cells import BY, cells_by
from geo.snapshot.figure import draw
from geo.snapshot.film import Motion, count_frames, film
from geo.snapshot.multiples import pair, series
from geo.snapshot.options import Options
from geo.snapshot.save import FILMS, FORMATS, to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geopandas import GeoDataFrame

    from geo.query import Query
    from geo.query.query import Period
    from geo.zones import BuiltZone


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One map, or more.

    Raises
    ------
    InputError
        More than one kind is wanted, or one that there is not.
    """

    by: str | None = None
    """Small maps by this, one of :data:`geo.snapshot.BY`."""
    periods: tuple[Period, Period] | None = None
    """Before and after."""
    motion: Motion | None = None
    """A film."""

    def __post_init__(self) -> None:
        if sum(part is not None for part in (self.by, self.periods, self.motion)) > 1:
            raise InputError("a figure is a series, or before and after, or a film", remedy="Ask for one of them")
        if self.by is not None and self.by not in BY:
            raise InputError(f"no series by {self.by[:60]!r}", remedy=f"Choose one of {', '.join(BY)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What figures are drawn from."""

    frame: GeoDataFrame
    query: Query
    zones: Mapping[str, BuiltZone] = field(default_factory=dict)
    options: Options = field(default_factory=Options)


def wish_of(record: Mapping[str, Any]) -> Wish:
    """Read the kind of a figure from its record, which is never trusted.

    Parameters
    ----------
    record : mapping
        See :func:`geo.snapshot.record_of`.

    Raises
    ------
    InputError
        It is none.
    """
    kind = record.get("kind", "map")
    try:
        if kind == "series":
            return Wish(by=str(record["by"]))
        if kind == "pair":
            before, after = ((_day(first), _day(last)) for first, last in record["periods"])
            return Wish(periods=(before, after))
        if kind == "film":
            fps = int(record["fps"])
            return Wish(motion=Motion(step=str(record["step"]), cumulative=record["cumulative"] is True, fps=fps))
    except InputError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the figure's record does not say which {str(kind)[:20]} it is") from error
    return Wish()


def _day(text: Any) -> date | None:
    return None if text is None else date.fromisoformat(text)


def count_steps(source: Source, wish: Wish) -> int | None:
    """Count the steps of drawing, for a progress bar; None for one map."""
    if wish.motion is not None:
        return count_frames(source.frame, source.query, wish.motion)
    if wish.by is not None:
        return len(cells_by(source.frame, source.query, wish.by, source.zones)[0])
    return None


def render(source: Source, wish: Wish, *, form: str, step: Callable[[], None] | None = None) -> bytes:
    """Draw what is wanted.

    Parameters
    ----------
    source : Source
    wish : Wish
    form : str
        One of :data:`geo.snapshot.FORMATS`; one of :data:`geo.snapshot.FILMS` for a film.
    step : callable, optional
        Called after each map or picture.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InputError
        Another format, or what cannot be drawn.
    """
    frame, query, zones, look = source.frame, source.query, source.zones, source.options
    if wish.motion is not None:
        return film(frame, query, form=form, motion=wish.motion, zones=zones, options=look, step=step)
    if form not in FORMATS:
        made_for = " A film is a .gif or .mp4" if form in FILMS else ""
        raise InputError(f"no figure format {form!r}", remedy=f"Choose one of {', '.join(FORMATS)}.{made_for}")
    if wish.by is not None:
        sheet = series(frame, query, by=wish.by, zones=zones, options=look, step=step)
    elif wish.periods is not None:
        sheet = pair(frame, query, periods=wish.periods, zones=zones, options=look)
    else:
        sheet = draw(frame, query, zones=zones, options=look)
    return to_bytes(sheet, form=form)
