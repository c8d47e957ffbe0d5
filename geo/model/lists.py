"""The closed lists: event types, actor types, standings, precisions, kinds of place."""

from __future__ import annotations

from enum import IntEnum, StrEnum


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


class KnownBy(StrEnum):
    """What "known on a day" means."""

    PUBLISHED = "published"
    """What the articles published up to that day tell, as they are read and reviewed today."""
    RECORDED = "recorded"
    """What the store itself held at the end of that day (UTC)."""


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
