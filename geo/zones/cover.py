"""What is worked out once for a set of zones so that a join can ask it: their cells, and their days as bits.

Every zone, or every version of one that has several, is a bit. A cell of the grid holds the zones that it is inside of,
those whose edge it has, and those within reach; a day holds the zones in force. What a point may be in is then the bits
that its cell and its days have in common.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.zones.cells import CELLS, EDGE, FAR_KM, WITHIN, Grid, ZoneCells, cells_of
from geo.zones.model import BORDER_TOLERANCE_KM, BuiltZone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray

    Bits = NDArray[np.uint64]

EVER = 2**40
"""A day number before and after all others."""
MAX_RADIUS_KM = FAR_KM - BORDER_TOLERANCE_KM
"""The cells know of no larger radius of uncertainty."""
_WORD = 64
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A zone, or one version of it."""

    built: BuiltZone
    zone: int
    """Index of the zone in the order of the mapping it came in."""
    start: int
    """First day in force, as a day number."""
    end: int
    alone: bool
    """The zone has no other version."""


@dataclass(frozen=True)
class Cover:
    """A set of zones, ready to be joined; shared between threads, and never changed."""

    parts: tuple[Part, ...]

    @property
    def words(self) -> int:
        """How many 64-bit words the bits fill."""
        return -(-len(self.parts) // _WORD)

    def bits(self, word: int) -> Iterator[tuple[int, int]]:
        """Give (bit, index of the part) of a word."""
        for index in range(word * _WORD, min(len(self.parts), (word + 1) * _WORD)):
            yield index - word * _WORD, index

    @cached_property
    def grid(self) -> Grid:
        """The cells."""
        # More zones make larger cells, so that memory stays the same.
        return Grid.over([part.built.geometry for part in self.parts], cells=CELLS // self.words)

    @cached_property
    def cells(self) -> tuple[ZoneCells, ...]:
        """The cells of each part, as far as a radius may reach."""
        return tuple(cells_of(part.built.geometry, self.grid, with_reach=True) for part in self.parts)

    @cached_property
    def inside(self) -> Bits:
        """By word and cell: the parts that hold all of the cell."""
        return self._gathered((item, item.kinds == WITHIN) for item in self._plain)

    @cached_property
    def edge(self) -> Bits:
        """By word and cell: the parts whose outline may run through the cell."""
        return self._gathered((item, item.kinds == EDGE) for item in self._plain)

    @cached_property
    def near(self) -> Bits:
        """By word and cell: the parts that a point in the cell with a radius may be in."""
        return self._gathered((item, (item.kinds == WITHIN) | (item.edge_km[0] <= FAR_KM)) for item in self.cells)

    @cached_property
    def calendar(self) -> tuple[NDArray[np.int64], Bits, Bits]:
        """Days on which something changes; by word and stretch between them: parts begun, and parts not yet ended."""
        breaks = np.unique([day for part in self.parts for day in (part.start, part.end + 1)])
        begun = np.zeros((self.words, len(breaks) + 1), dtype=np.uint64)
        lasting = np.zeros_like(begun)
        for index, part in enumerate(self.parts):
            word, bit = index // _WORD, np.uint64(1 << (index % _WORD))
            begun[word, np.searchsorted(breaks, part.start, side="right") :] |= bit
            lasting[word, : np.searchsorted(breaks, part.end + 1, side="right")] |= bit
        return breaks, begun, lasting

    def stretch_of(self, days: NDArray[np.int64]) -> NDArray[np.intp]:
        """Tell in which stretch of the calendar each day lies; days beyond "ever" count as "ever"."""
        first, stretches = self._stretches
        return stretches[np.clip(days - first, 0, len(stretches) - 1)]

    @cached_property
    def _stretches(self) -> tuple[int, NDArray[np.intp]]:
        """Stretch of every day from the first change to the last: looking up costs a tenth of searching."""
        breaks = self.calendar[0]
        known = breaks[np.abs(breaks) < EVER]
        first, last = (int(known[0]) - 1, int(known[-1])) if len(known) else (0, 0)
        return first, np.searchsorted(breaks, np.arange(first, last + 1), side="right")

    @cached_property
    def _plain(self) -> tuple[ZoneCells, ...]:
        return tuple(cells_of(part.built.geometry, self.grid) for part in self.parts)

    def _gathered(self, marked: Iterable[tuple[ZoneCells, NDArray[np.bool_]]]) -> Bits:
        found = np.zeros((self.words, self.grid.rows, self.grid.columns), dtype=np.uint64)
        for index, (item, cells) in enumerate(marked):
            bit = np.uint64(1 << (index % _WORD))
            found[(index // _WORD, *item.window)] |= np.where(cells, bit, np.uint64(0))
        return found.reshape(self.words, -1)


_covers: OrderedDict[tuple[int, ...], Cover] = OrderedDict()
_lock = threading.Lock()


def cover(built: Mapping[str, BuiltZone], *, with_radius: bool) -> Cover:
    """Give the cover of a set of zones, made once as long as it is among the last few asked for.

    Parameters
    ----------
    built : mapping of str to BuiltZone
        The zones; at least one.
    with_radius : bool
        Points with a radius of uncertainty will be asked for.

    Returns
    -------
    Cover
    """
    # By identity: comparing the shapes would cost more than it saves. The cover holds the zones, so no id is used anew.
    key = tuple(map(id, built.values()))
    with _lock:
        found = _covers.get(key)
        if found is None:
            found = _covers[key] = Cover(tuple(_parts(built)))
            while len(_covers) > _KEPT:
                _covers.popitem(last=False)
        _covers.move_to_end(key)
        # Made here, once, and not by each of the threads that share it.
        _ = (found.inside, found.edge, found.calendar, found._stretches, found.near if with_radius else None)
        return found


def _parts(built: Mapping[str, BuiltZone]) -> Iterator[Part]:
    for number, item in enumerate(built.values()):
        for part in item.parts:
            first, last = part.zone.valid
            yield Part(part, number, day_number(first, -EVER), day_number(last, EVER), len(item.parts) == 1)


def day_number(day: date | None, otherwise: int) -> int:
    """Count the days since 1970-01-01."""
    return otherwise if day is None else int(np.datetime64(day, "D").astype(np.int64))
