"""The words around the map: title, subtitle, counts, sources, credits and the figure's code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.attribution import imported_from
from geo.layers.words import listed
from geo.protection_rows import said
from geo.query import describe
from geo.query.words import filter_words, period_words
from geo.snapshot.record import SOFTWARE
from geo.snapshot.text import INK, PLAIN, SOFT_INK, is_right_to_left, same_direction, width_pt, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

    from geo.query import Query
    from geo.snapshot.options import Options
    from geo.snapshot.paper import Sheet
    from geo.zones import BuiltZone

ATTRIBUTION: Final = "Basemap: Natural Earth (public domain). Places: GeoNames (CC BY 4.0)."
TITLE_PT: Final = 15.0
SUBTITLE_PT: Final = 9.0
NARROW_IN: Final = 5.5
"""On sheets narrower than this title and credits are smaller."""
COUNT_PT: Final = 7.6
SMALL_PT: Final = 6.4
NO_FILTER: Final = "all reported, claimed and ongoing events"


def titles(query: Query, look: Options, zones: Mapping[str, BuiltZone], *, what: str = "Events") -> tuple[str, str]:
    """Make title and subtitle: the period and the filters in words.

    Parameters
    ----------
    query : Query
    look : Options
        Its title, where it has one, takes the place of the period, which then begins the subtitle.
    zones : mapping of str to BuiltZone
        For their names.
    what : str, optional
        What a title made from the period begins with.
    """
    names = {zone_id: built.zone.name for zone_id, built in zones.items()}
    if look.title and look.title.strip():
        return look.title, describe(query, names)
    return f"{what}, {period_words(query.period)}", filter_words(query, names) or NO_FILTER


def draw_title(sheet: Sheet, title: str, subtitle: str, *, margin: float) -> float:
    """Write title and subtitle, from the right where they are read from there.

    Parameters
    ----------
    sheet : Sheet
    title, subtitle : str
    margin : float
        Inches.

    Returns
    -------
    float
        Where they end, inches from below.
    """
    width, height = (float(v) for v in sheet.get_size_inches())
    room = (width - 2 * margin) * 72
    y = height - margin
    title_pt = TITLE_PT if width >= NARROW_IN else 11.0
    for text, size, weight, lines, colour in (
        (title, title_pt, "bold", 2, INK),
        (subtitle, SUBTITLE_PT if width >= NARROW_IN else 7.6, "normal", 3, SOFT_INK),
    ):
        right = is_right_to_left(text)
        x = (width - margin if right else margin) / width
        looks: dict[str, Any] = {"weight": weight, "va": "top", "ha": "right" if right else "left", **PLAIN}
        for line in wrap(text, room, size, lines=lines, bold=weight == "bold"):
            sheet.text(x, y / height, same_direction(line, right_to_left=right), size=size, color=colour, **looks)
            y -= size * 1.35 / 72
    return y - 0.1


def count_words(placed: int, sure: int, hidden: int, outside: int) -> str:
    """Say how many events the map shows, how many of them are certain, and how many it cannot show."""
    words = f"{placed:,} event{'' if placed == 1 else 's'}"
    if sure < placed:
        words += f" ({sure:,} certain, {placed - sure:,} possible)"
    if outside:
        words += f", {outside:,} of them outside this map"
    if not hidden:
        return words + "."
    more = " more" if placed else ""
    return f"{words}; {hidden:,}{more} not on the map: no day, no place, or only a country."


class Foot:
    """The words under the figure, wrapped before it is known where they will stand.

    Parameters
    ----------
    placed : GeoDataFrame
        Events on the map.
    counted : str
        From :func:`count_words`.
    look : Options
    code : str
        See :func:`geo.snapshot.record.code_of`.
    """

    def __init__(self, placed: GeoDataFrame, counted: str, look: Options, code: str) -> None:
        width = look.paper.drawn_in[0] - 2 * look.paper.margin_in
        self.width, room = width, width * 72
        small = SMALL_PT if width >= NARROW_IN else 5.4
        bold = COUNT_PT if width >= NARROW_IN else 6.8
        mark = _mark(look, code)
        self._lines = [(line, bold, True) for line in wrap(counted, room, bold, lines=3, bold=True)]
        self._lines.append((wrap(_sources(placed), room, small, lines=1)[0], small, False))
        if imported := imported_from(placed):
            told = f"Imported: {listed(imported)}."
            self._lines += [(line, small, False) for line in wrap(told, room, small, lines=2)]
        if ruled := said(placed):
            self._lines += [(line, small, False) for line in wrap(ruled, room, small, lines=2)]
        self._lines.append((ATTRIBUTION, small, False))
        self._right = ""
        if width_pt(ATTRIBUTION, small) + width_pt(mark, small) + 14 <= room:
            self._right = mark
        else:
            self._lines.append((wrap(mark, room, small, lines=1)[0], small, False))
        self.height = sum(_step(size) for _, size, _ in self._lines) + 0.04

    def draw(self, axes: Axes) -> None:
        """Write; axes in inches, y downwards."""
        y = 0.0
        for text, size, bold in self._lines:
            looks: dict[str, Any] = {"size": size, "va": "top", **PLAIN}
            axes.text(0, y, text, color=INK if bold else SOFT_INK, weight="bold" if bold else "normal", **looks)
            if text == ATTRIBUTION and self._right:
                axes.text(self.width, y, self._right, color=SOFT_INK, ha="right", **looks)
            y += _step(size) + (0.04 if bold else 0.0)


def _step(size: float) -> float:
    return size * 1.32 / 72


def _sources(placed: GeoDataFrame) -> str:
    """Name the sources, those with most events first."""
    names = placed["source"].value_counts()
    names = names[names > 0]
    ordered = sorted(map(str, names.index), key=lambda name: (-int(names[name]), name))
    if not ordered:
        return "No sources."
    return f"{len(ordered):,} source{'' if len(ordered) == 1 else 's'}: {listed(ordered)}."


def _mark(look: Options, code: str) -> str:
    mark = f"{SOFTWARE} · figure {code}"
    mark += f" · data {look.fingerprint[:8]}" if look.fingerprint else ""
    return mark + (f" · exported {look.exported.isoformat()}" if look.exported else "")
