"""What is read and what its words say: articles, places, mentions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from geo.model.lists import ActorType, PlaceKind, TimePrecision


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned of everything that is not its own text."""

    id: str
    """Hash of title, text and URL: the same article read twice has the same id."""
    text: str
    """The body, boilerplate gone. All offsets point into it."""
    title: str | None = None
    published: date | None = None
    """Publication day."""
    published_basis: str | None = None
    """Where `published` comes from: "given" (metadata, front matter), "text" or "caption" (inferred), or None."""
    source: str | None = None
    """Outlet, as it names itself."""
    url: str | None = None
    language: str | None = None
    """ISO 639-1 code; None when not told and not detected."""
    path: str | None = None
    """File it was read from."""
    line: int | None = None
    """Line of that file where it begins, from 1."""
    captions: tuple[str, ...] = ()
    """Picture captions taken out of the text; they may carry a day, never an event."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, or an area or line described by one."""

    id: str
    """Gazetteer id: "gn:172955", "own:ain_al_asad", "ne:SYR", "zone:ops"."""
    name: str
    """Name to show, in English spelling."""
    lon: float
    """Degrees east of the point or of the label point."""
    lat: float
    """Degrees north."""
    kind: PlaceKind
    radius_km: float
    """Radius of uncertainty: the true place lies this near to the point, or within the geometry."""
    country: str | None = None
    """ISO 3166-1 alpha-3, from the gazetteer, never from point-in-polygon."""
    admin1: str | None = None
    """Name of the first-order division."""
    population: int = 0
    """As GeoNames tells; 0 where it does not."""
    geometry: BaseGeometry | None = None
    """Line or area in EPSG:4326, where the place is not a point."""
    note: str | None = None
    """How a derived place was made: "25 km north of Raqqa"."""

    def __hash__(self) -> int:
        # Places are looked up all the time; to hash an outline takes as long as to read a sentence.
        return hash((self.id, self.lon, self.lat))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name could mean, with the score it got."""

    place: Place
    score: float
    """Higher is better; comparable within one mention only."""
    reason: str
    """Why it scored so, in words for the reviewer."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article."""

    start: int
    end: int
    paragraph: int
    """Number of its paragraph, from 0."""
    quoted: bool = False
    """It is wholly inside quotation marks."""


class ToponymRole(StrEnum):
    """How a place name is used in its sentence."""

    LITERAL = "literal"
    """The place itself: "shells hit Kobani"."""
    METONYM = "metonym"
    """A government or team under the place's name: "Ankara said"."""
    DEMONYM = "demonym"
    """An adjective or people: "Turkish", "Syrians"."""
    DATELINE = "dateline"
    """Where the article was filed: "ERBIL, Kurdistan Region -"."""
    CONTAINER = "container"
    """Only says where another name lies: the "Aleppo province" of "Tal Rifaat, in Aleppo province"."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name found in the text."""

    start: int
    end: int
    text: str
    role: ToponymRole
    place: Place | None
    """The chosen place; None when no candidate is good enough."""
    confidence: float
    """0 to 1."""
    reason: str
    """Why this place."""
    candidates: tuple[Candidate, ...] = ()
    """Runners-up, best first."""


class TimexType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression in TIMEX3 terms, with the days it covers."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    """TIMEX3 value: "2019-10-17", "2019-10", "P3D", "PAST_REF", "XXXX-11-13"."""
    day_start: date | None = None
    """First day covered; None when it cannot be placed."""
    day_end: date | None = None
    """Last day covered."""
    precision: TimePrecision | None = None


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor named in the text."""

    start: int
    end: int
    text: str
    actor: str
    """Canonical name."""
    type: ActorType
    confidence: float


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the text of one article says, before anything is coded. Every tuple is in text order."""

    article: Article
    sentences: tuple[Sentence, ...]
    toponyms: tuple[Toponym, ...]
    dates: tuple[TimeExpression, ...]
    actors: tuple[ActorMention, ...]
