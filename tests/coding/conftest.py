"""Annotations made by hand: the sentences of a text, its actors, and the places and days a test names."""

from collections.abc import Callable
from datetime import date

import pytest

from geo.annotate import actors
from geo.model import (
    Annotation,
    Article,
    Place,
    PlaceKind,
    Sentence,
    TimeExpression,
    TimePrecision,
    TimexType,
    Toponym,
    ToponymRole,
)

KINDS = {"country": PlaceKind.COUNTRY, "admin-1": PlaceKind.ADMIN1}


def sentences(text: str) -> tuple[Sentence, ...]:
    """Cut at full stops followed by a space; tests write no abbreviations."""
    found, start = [], 0
    for part in text.split(". "):
        end = min(len(text), start + len(part) + 1)
        found.append(Sentence(start, end, paragraph=0))
        start = end + 1
    return tuple(found)


def place(
    name: str, *, lon: float = 38.0, lat: float = 36.5, country: str = "SYR", kind: str = "town", radius_km: float = 5.0
) -> Place:
    return Place(f"test:{name}", name, lon, lat, PlaceKind(kind), radius_km, country=country)


def _toponyms(text: str, places: dict[str, Place], roles: dict[str, ToponymRole]) -> tuple[Toponym, ...]:
    found = []
    for name, where in places.items():
        start = text.index(name)
        role = roles.get(name, ToponymRole.LITERAL)
        found.append(Toponym(start, start + len(name), name, role, where, 0.9, "named by the test"))
    return tuple(sorted(found, key=lambda t: t.start))


def _times(text: str, days: dict[str, date]) -> tuple[TimeExpression, ...]:
    found = []
    for words, day in days.items():
        start = text.index(words)
        found.append(
            TimeExpression(
                start, start + len(words), words, TimexType.DATE, day.isoformat(), day, day, TimePrecision.DAY
            )
        )
    return tuple(sorted(found, key=lambda t: t.start))


def make(text, *, places=None, days=None, roles=None, published=None, title=None, article="a") -> Annotation:
    return Annotation(
        article=Article(id=article, text=text, published=published, title=title),
        sentences=(split := sentences(text)),
        toponyms=_toponyms(text, places or {}, roles or {}),
        dates=_times(text, days or {}),
        actors=actors.find(text, sentences=split),
    )


@pytest.fixture
def annotate() -> Callable[..., Annotation]:
    return make


@pytest.fixture
def town() -> Callable[..., Place]:
    return place
