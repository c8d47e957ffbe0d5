"""The nouns: what a reader gives, what a place is, what a report says, what an event is.

Longitude comes before latitude everywhere; degrees are EPSG:4326. A day is a :class:`datetime.date` and never passes
through a time zone. An unknown is ``None``: never 0, never the publication day, never the capital.
Offsets are code points into ``Article.text``, end exclusive, so ``article.text[start:end]`` is the words themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


# ---------------------------------------------------------------------------------------------------- closed lists


class EventType(StrEnum):
    """ACLED's six event types (names as in its codebook) and our own Diplomacy, which is never violence."""

    BATTLES = "Battles"
    EXPLOSIONS = "Explosions/Remote violence"
    VIOLENCE_AGAINST_CIVILIANS = "Violence against civilians"
    PROTESTS = "Protests"
    RIOTS = "Riots"
    STRATEGIC = "Strategic developments"
    DIPLOMACY = "Diplomacy"


SUB_EVENT_TYPES: dict[EventType, tuple[str, ...]] = {
    EventType.BATTLES: (
        "Government regains territory",
        "Non-state actor overtakes territory",
        "Armed clash",
    ),
    EventType.PROTESTS: (
        "Excessive force against protesters",
        "Protest with intervention",
        "Peaceful protest",
    ),
    EventType.RIOTS: ("Violent demonstration", "Mob violence"),
    EventType.EXPLOSIONS: (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    EventType.VIOLENCE_AGAINST_CIVILIANS: ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    EventType.STRATEGIC: (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
    EventType.DIPLOMACY: (
        "Meeting or visit",
        "Call or letter",
        "Statement",
        "Accusation",
        "Demand or request",
        "Threat or ultimatum",
        "Sanction or expulsion",
        "Offer or mediation",
    ),
}
"""Sub-event types of each event type. ACLED's 25 in the codebook's order, then ours."""

EVENT_TYPE_OF: dict[str, EventType] = {sub: kind for kind, subs in SUB_EVENT_TYPES.items() for sub in subs}
"""The event type of each sub-event type."""


class ActorType(StrEnum):
    """ACLED's actor types ("Inter"), by their text."""

    STATE_FORCES = "State forces"
    REBEL_GROUP = "Rebel group"
    POLITICAL_MILITIA = "Political militia"
    IDENTITY_MILITIA = "Identity militia"
    RIOTERS = "Rioters"
    PROTESTERS = "Protesters"
    CIVILIANS = "Civilians"
    EXTERNAL_FORCES = "External/Other forces"


class Status(StrEnum):
    """What the text says of the event's standing. Only the first three are events of their day."""

    REPORTED = "reported"
    """Told as a fact by the article or a named observer."""
    CLAIMED = "claimed"
    """Told only by a party to it ("ISIS claimed to have killed six")."""
    ONGOING = "ongoing"
    """A state of things that lasts over the span ("a barrage of airstrikes since ...")."""
    PLANNED = "planned"
    """Threatened, vowed, expected."""
    DENIED = "denied"
    """Named only to be denied."""
    AGGREGATE = "aggregate"
    """A count of many ("344 patrols"); one report, never that many dots."""
    BACKGROUND = "background"
    """History told to explain the news."""


EVENTS_OF_THE_DAY: frozenset[Status] = frozenset({Status.REPORTED, Status.CLAIMED, Status.ONGOING})
"""The statuses a map shows unless asked for more."""


class TimePrecision(IntEnum):
    """How well the day is known. 1-3 are ACLED's codes; 4 and 5 follow UCDP GED's ``date_prec``."""

    DAY = 1
    WEEK = 2
    MONTH = 3
    YEAR = 4
    LONGER = 5


class GeoPrecision(IntEnum):
    """How well the place is known (ACLED's ``geo_precision``)."""

    PLACE = 1
    """A named town, village or site."""
    AREA = 2
    """Near a town, or a small part of a region."""
    REGION = 3
    """A province, a border, a stretch, a larger region."""


class PlaceKind(StrEnum):
    """What sort of thing a place is; decides whether it is drawn as a point, a line or an area."""

    COUNTRY = "country"
    ADMIN1 = "admin-1"
    ADMIN2 = "admin-2"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    DISTRICT = "district"
    BASE = "base"
    CAMP = "camp"
    PRISON = "prison"
    DAM = "dam"
    BRIDGE = "bridge"
    CROSSING = "crossing"
    FACILITY = "facility"
    MOUNTAIN = "mountain"
    RIVER = "river"
    WATER = "water"
    BORDER = "border"
    ROAD = "road"
    REGION = "region"
    CONTINENT = "continent"
    ZONE = "zone"


POINT_KINDS: frozenset[PlaceKind] = frozenset(
    {
        PlaceKind.CITY,
        PlaceKind.TOWN,
        PlaceKind.VILLAGE,
        PlaceKind.DISTRICT,
        PlaceKind.BASE,
        PlaceKind.CAMP,
        PlaceKind.PRISON,
        PlaceKind.DAM,
        PlaceKind.BRIDGE,
        PlaceKind.CROSSING,
        PlaceKind.FACILITY,
    }
)
"""Kinds that are a dot with a radius. Every other kind is a line or an area, or stays in the tray."""


# --------------------------------------------------------------------------------------------------------- articles


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


# ------------------------------------------------------------------------------------------------------------ places


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name could mean, with the score it got."""

    place: Place
    score: float
    """Higher is better; comparable within one mention only."""
    reason: str
    """Why it scored so, in words for the reviewer."""


# ------------------------------------------------------------------------------------------------------- annotation


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


# --------------------------------------------------------------------------------------------------- reports, events


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of one event."""

    id: str
    """Hash of article id, sentence offsets, sub-event type, actors and place."""
    article_id: str
    start: int
    """Offsets of the sentence in the article's text."""
    end: int
    quote: str
    """The sentence."""
    event_type: EventType
    sub_event_type: str
    trigger: tuple[int, int] | None
    """Offsets in the article's text of the words that gave the type."""
    status: Status
    asserted_by: str | None
    """Who says so, where the text names them."""
    day_start: date | None
    day_end: date | None
    time_precision: TimePrecision | None
    time_span: tuple[int, int] | None
    """Offsets of the time expression the days come from."""
    place: Place | None
    place_span: tuple[int, int] | None
    """Offsets of the toponym the place comes from."""
    geo_precision: GeoPrecision | None
    actor1: str | None
    actor1_type: ActorType | None
    actor2: str | None
    actor2_type: ActorType | None
    actor_spans: tuple[tuple[int, int], ...] = ()
    """Offsets of the mentions behind the two actors."""
    fatalities_low: int | None = None
    fatalities_high: int | None = None
    fatalities_text: str | None = None
    """The words the figures come from."""
    count: int | None = None
    """How many incidents an aggregate report speaks of."""
    tags: tuple[str, ...] = ()
    confidence: float = 0.0
    """0 to 1: the weakest of what, who, where and when."""
    why: str = ""
    """Reasons for type, place and day, in words for the reviewer."""
    candidates: tuple[Candidate, ...] = ()
    """Runner-up places, best first."""


@dataclass(frozen=True, slots=True)
class ZoneMembership:
    """One event against one zone in force on its day."""

    zone_id: str
    answer: str
    """"inside" or "possible"; an event outside has no membership."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event, with every report of it."""

    id: str
    """Hash of the ids of its reports' first."""
    reports: tuple[Report, ...]
    """Best first; its place, day and type are the event's own."""
    zones: tuple[ZoneMembership, ...] = ()
    independent_sources: int = 1
    """Outlets that do not quote each other, as far as the texts show."""
    merge_reason: str = ""
    """Why these reports are one event."""

    @property
    def best(self) -> Report:
        """The report whose place, day, type and actors stand for the event."""
        return self.reports[0]
