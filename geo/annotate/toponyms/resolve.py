"""Which place of that name? All names of an article decide together.

Each candidate has a prior (how well known it is, what kind of thing it is). Then the names support one another:
candidates near to likely places of other names, in the country or province the article speaks of, or inside the place
that the text says contains them, gain; three rounds of this settle it. The arithmetic is one small matrix per article.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.annotate.toponyms.priors import prior
from geo.model import Candidate, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Place

MAX_CANDIDATES = 24
"""Places of one name that are weighed; the best known ones."""
MAX_BLOCK = 800
"""Candidates weighed against one another at once; a longer text is placed in stretches, so that time stays linear."""
ROUNDS = 3
REASONS = 6
"""Candidates of a name whose reasons are kept, the best known ones."""
NEAR_KM = 120.0
"""At this distance another place supports half as much as on the spot."""
EARTH_KM = 6371.0
SPEAKS = {PlaceKind.COUNTRY: 0.5, PlaceKind.CONTINENT: 0.0}
"""How much a place of this kind supports those near its point; a country does so mostly through its code."""
SUPPORT = 2.2
COUNTRY_SHARE = 4.0
PROVINCE_SHARE = 3.0
CONTAINED = 6.0
NOT_CONTAINED = -1.0


@dataclass(slots=True)
class Name:
    """One name of an article with all its mentions: one sense per article."""

    key: str
    places: tuple[Place, ...]
    spelling: str = ""
    """The name itself in lower case."""
    count: int = 0
    demonym: bool = False
    inside: list[str] = field(default_factory=list)
    """Keys of the names that are said to contain it."""
    government: bool = False
    """It stands for a government somewhere, so its capital is meant."""
    area: bool = False
    """The text says it is a province or another area."""
    weight: float = 1.0
    """How much it tells of the others; little if it is the "Russian" of "pro-Russian"."""
    town: bool = False
    """The text says it is a town: "the city of Jalalabad"."""
    capital: bool = False
    """It is the name of a capital."""
    chosen: int = -1
    share: list[float] | None = None
    logits: list[float] | None = None
    reasons: list[list[str]] = field(default_factory=list)
    runners_up: tuple[Candidate, ...] | None = None


def resolve(names: Sequence[Name]) -> None:
    """Choose a place for every name, in place.

    Parameters
    ----------
    names : sequence of Name
        All names of an article that have places, each with at least one.
    """
    block: list[Name] = []
    size = 0
    for name in names:
        name.places = name.places[:MAX_CANDIDATES]
        if size + len(name.places) > MAX_BLOCK:
            _resolve_block(block)
            block, size = [], 0
        block.append(name)
        size += len(name.places)
    if block:
        _resolve_block(block)


def _resolve_block(names: Sequence[Name]) -> None:
    flat = [place for name in names for place in name.places]
    sizes = [len(name.places) for name in names]
    starts = np.array([0, *accumulate(sizes[:-1])])
    priors = np.array([prior(place, name) for name in names for place in name.places])
    owner = np.repeat(np.arange(len(sizes)), sizes)
    weights = np.array([name.weight * (1.0 + 0.25 * min(4, name.count - 1)) for name in names])[owner]
    areas = _Areas.of(flat, owner)
    held = _containment(names, flat, starts)
    speaks = np.array([SPEAKS.get(place.kind, 1.0) for place in flat])
    # What does not change from round to round is worked out once; an article is small, so each call of numpy counts.
    near = _nearness(flat) * (speaks * weights)
    near[owner[:, None] == owner] = 0.0
    fixed = priors + held
    told = np.concatenate((weights, np.where(speaks < 1.0, 0.0, weights)))
    share = _softmax(fixed, starts, owner)
    # Where each name has one place only, nothing changes from round to round.
    for _ in range(ROUNDS if len(flat) > len(names) else 1):
        # The best-supported candidate of each other name speaks for it.
        pull = np.maximum.reduceat(near * share, starts, axis=1)
        support = np.log1p(np.add.reduce(pull, axis=1))
        by_country, by_province = areas.shares(np.concatenate((share, share)) * told)
        logits = fixed + SUPPORT * support + COUNTRY_SHARE * by_country + PROVINCE_SHARE * by_province
        share = _softmax(logits, starts, owner)
    known = zip(held.tolist(), support.tolist(), by_country.tolist(), by_province.tolist(), strict=True)
    scores, shares = iter(logits.tolist()), iter(share.tolist())
    for name, size in zip(names, sizes, strict=True):
        name.logits, name.share = list(islice(scores, size)), list(islice(shares, size))
        name.chosen = name.share.index(max(name.share))
        of_each = list(islice(known, size))
        name.reasons = [_reasons(place, *of) for place, of in zip(name.places[:REASONS], of_each, strict=False)]


def candidates(name: Name, *, most: int = 4) -> tuple[Candidate, ...]:
    """Give the runners-up of a name, best first.

    Parameters
    ----------
    name : Name
        A resolved name.
    most : int, optional
        How many to give, the chosen one not counted.

    Returns
    -------
    tuple of Candidate
        With scores comparable within the name.
    """
    logits = name.logits
    if logits is None or len(logits) == 1:
        return ()
    if name.runners_up is not None:
        return name.runners_up
    order = sorted((k for k in range(len(logits)) if k != name.chosen), key=lambda k: -logits[k])[:most]
    name.runners_up = tuple(Candidate(name.places[k], round(logits[k], 2), reason(name, k)) for k in order)
    return name.runners_up


def reason(name: Name, which: int) -> str:
    """Say in words why candidate number `which` of a name scored as it did."""
    place = name.places[which]
    known = f"{place.kind} of {place.population:,} people" if place.population else str(place.kind)
    return "; ".join([known, *(name.reasons[which] if which < len(name.reasons) else [])])


def _nearness(flat: Sequence[Place]) -> np.ndarray:
    lon, lat = np.radians([[place.lon for place in flat], [place.lat for place in flat]])
    level = np.cos(lat)
    points = np.empty((len(flat), 3))
    points[:, 0], points[:, 1], points[:, 2] = level * np.cos(lon), level * np.sin(lon), np.sin(lat)
    squared = np.maximum(2.0 - 2.0 * (points @ points.T), 0.0) * (EARTH_KM / NEAR_KM) ** 2
    result: np.ndarray = 1.0 / (1.0 + squared)
    return result


class _Areas(NamedTuple):
    """The countries and, after them, the provinces of all candidates: what does not change from round to round."""

    code: np.ndarray
    """Area of each candidate; the first of the countries and of the provinces is none."""
    cell: np.ndarray
    """Its place in the table of names by areas."""
    shape: tuple[int, int]
    """Of that table."""
    countries: int
    """Areas before the provinces."""

    @classmethod
    def of(cls, flat: Sequence[Place], owner: np.ndarray) -> _Areas:
        """Give each candidate the numbers of its areas; `owner` tells whose candidate it is."""
        known: dict[object, int] = {None: 0}
        code = [known.setdefault(place.country, len(known)) for place in flat]
        first = len(known)
        known = {None: first}
        for place in flat:
            province = (place.country, place.admin1) if place.admin1 else None
            code.append(known.setdefault(province, first + len(known)))
        areas, both = np.array(code), np.concatenate((owner, owner))
        width = first + len(known)
        return cls(areas, both * width + areas, (int(owner[-1]) + 1, width), first)

    def shares(self, share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How much of the rest of the article lies in each candidate's country, and in its province, 0 to 1."""
        flat = np.bincount(self.cell, share, self.shape[0] * self.shape[1])
        table = flat.reshape(self.shape)
        table[:, 0] = table[:, self.countries] = 0.0
        # The ufunc itself: each detour of `sum` through Python costs as much as the sum over an article's few names.
        total = np.add.reduce(table, axis=0)
        other = total[self.code] - flat[self.cell]
        half, first = len(share) // 2, self.countries
        other[:half] /= float(np.add.reduce(total[:first])) + 1.0
        other[half:] /= float(np.add.reduce(total[first:])) + 1.0
        return other[:half], other[half:]


def _containment(names: Sequence[Name], flat: Sequence[Place], starts: np.ndarray) -> np.ndarray:
    held = np.zeros(len(flat))
    index = {name.key: position for position, name in enumerate(names)}
    for position, name in enumerate(names):
        for key in name.inside:
            outer = names[index[key]] if key in index else None
            if outer is None:
                continue
            fits = [any(_holds(area, place) for area in outer.places) for place in name.places]
            if any(fits):
                for k, fit in enumerate(fits):
                    held[starts[position] + k] += CONTAINED if fit else NOT_CONTAINED
            low = starts[index[key]]
            for k, area in enumerate(outer.places):
                if any(_holds(area, place) for place in name.places):
                    held[low + k] += 0.5 * CONTAINED
    return held


def _holds(area: Place, place: Place) -> bool:
    if area.id == place.id or area.country is None or area.country != place.country:
        return False
    if area.kind in (PlaceKind.COUNTRY, PlaceKind.REGION):
        return True
    return area.kind is PlaceKind.ADMIN1 and area.admin1 is not None and area.admin1 == place.admin1


def _softmax(logits: np.ndarray, starts: np.ndarray, owner: np.ndarray) -> np.ndarray:
    top = np.maximum.reduceat(logits, starts)
    raised = np.exp(logits - top[owner])
    result: np.ndarray = raised / np.add.reduceat(raised, starts)[owner]
    return result


def _reasons(place: Place, held: float, support: float, country: float, province: float) -> list[str]:
    told = []
    if held >= CONTAINED:
        told.append("the text says where it lies")
    if support > 0.4:
        told.append("near other places named")
    if province > 0.2 and place.admin1:
        told.append(f"the article is about {place.admin1}")
    elif country > 0.3 and place.country:
        told.append(f"the article is about {place.country}")
    return told
