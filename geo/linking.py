"""Events of different sources that may be one: found on demand, confirmed by a person, never merged.

A link is a row of the store's log; taking it back is another. Linked events stay apart, with all that each source says.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from geo.errors import InputError
from geo.importers.how import lists
from geo.importers.segments import FOLDER, segments
from geo.store import canonical, log

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.store import Store

OP: Final = "link"
OP_UNLINKED: Final = "link withdrawn"
OWN: Final = "own"
"""Origin of an event that the articles tell."""
LONGEST_NAME, LONGEST_REASON = 80, 2000
_EARTH_KM: Final = 6371.0
_STEM: Final = 4


class Link(NamedTuple):
    """Two events that a person said are one."""

    one: str
    other: str
    who: str
    at: str
    why: str | None


class Candidate(NamedTuple):
    """An event that may be the same as another."""

    event_id: str
    km: float
    """Between the two places."""
    origin: str
    """Whose it is: :data:`OWN`, or the attribution of its import."""


def links(store: Store) -> tuple[Link, ...]:
    """Read the links that stand, in the order in which they were made."""
    found: dict[str, Link] = {}
    with store.database.reading() as db:
        rows = sorted([*log.entries(db, op=OP), *log.entries(db, op=OP_UNLINKED)])
    for entry in rows:
        if entry.op == OP:
            body = json.loads(entry.body)
            found[entry.entity] = Link(body["one"], body["other"], entry.who, entry.at, entry.reason)
        else:
            found.pop(entry.entity, None)
    return tuple(found.values())


def link(store: Store, one: str, other: str, *, who: str, why: str | None = None) -> bool:
    """Say that two events are one.

    Parameters
    ----------
    store : Store
        Opened for writing.
    one, other : str
        Ids of the events.
    who : str
        The person.
    why : str, optional

    Returns
    -------
    bool
        False when they were linked before; then nothing is written.

    Raises
    ------
    InputError
        No name, too long a reason, or an event with itself.
    StoreError, StoreBusyError
        It cannot be written.
    """
    return _write(store, OP, one, other, who, why)


def unlink(store: Store, one: str, other: str, *, who: str, why: str | None = None) -> bool:
    """Take a link back; parameters and errors are those of :func:`link`."""
    return _write(store, OP_UNLINKED, one, other, who, why)


def linked_to(event_id: str, made: Iterable[Link]) -> tuple[Link, ...]:
    """Give the links of an event."""
    return tuple(one for one in made if event_id in (one.one, one.other))


def told_again(ids: Collection[str], made: Iterable[Link]) -> int:
    """Count the events among some that only tell again what another among them tells."""
    home: dict[str, str] = {}

    def root(key: str) -> str:
        while home.get(key, key) != key:
            key = home[key]
        return key

    again = 0
    for one in made:
        if one.one in ids and one.other in ids and (a := root(one.one)) != (b := root(one.other)):
            home[a] = b
            again += 1
    return again


def candidates(store: Store, events: GeoDataFrame, event_id: str) -> tuple[Candidate, ...]:
    """Find the events of other sources that may be the same as one.

    Parameters
    ----------
    store : Store
    events : GeoDataFrame
        As from :func:`geo.known.load`.
    event_id : str

    Returns
    -------
    tuple of Candidate
        The likeliest first. Their days overlap, they lie within the larger radius or 10 km, their types are of one
        family, and no actor that both name speaks against it.
    """
    rule = lists()["links"]
    mine = events[events["event_id"] == event_id]
    if mine.empty or pd.isna(mine["lon"].iloc[0]) or pd.isna(mine["day_start"].iloc[0]):
        return ()
    row = mine.iloc[0]
    near = _near(events, row, rule)
    agree = np.array([_actors_agree(row, other) for other in near.to_dict("records")], dtype=bool)
    near = near[(near["event_id"] != event_id).to_numpy() & agree]
    if near.empty:
        return ()
    from_where = origins(store, [event_id, *near["event_id"]])
    near = near[np.array([from_where[key] != from_where[event_id] for key in near["event_id"]], dtype=bool)]
    near = near.assign(same=near["event_type"].astype(str) == str(row["event_type"]))
    near = near.sort_values(["same", "km", "event_id"], ascending=[False, True, True]).head(int(rule["most"]))
    return tuple(
        Candidate(str(key), float(km), from_where[key]) for key, km in zip(near["event_id"], near["km"], strict=True)
    )


def origins(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Tell whose each event is: :data:`OWN`, or the attribution of the last import that tells it."""
    found = dict.fromkeys(ids, OWN)
    for segment in segments(store):
        path = store.folder / FOLDER / f"{segment.digest}.parquet"
        told = pq.read_table(path, columns=["event_id"], filters=[("event_id", "in", list(found))])
        found |= dict.fromkeys(told["event_id"].to_pylist(), segment.attribution)
    return found


def attributions(store: Store, events: GeoDataFrame) -> tuple[str, ...]:
    """Give what has to be said where these events are shown: one text for each source of imported ones.

    Parameters
    ----------
    store : Store
    events : GeoDataFrame
        Those that are shown.

    Returns
    -------
    tuple of str
        Sorted; empty where none is imported.
    """
    imported = events.loc[events["reports"] == 0, "event_id"]
    if imported.empty:
        return ()
    return tuple(sorted({whose for whose in origins(store, list(imported)).values() if whose != OWN}))


def _write(store: Store, op: str, one: str, other: str, who: str, why: str | None) -> bool:
    first, second = sorted((one, other))
    if not who.strip() or len(who) > LONGEST_NAME:
        raise InputError(f"a link needs the name of who makes it, at most {LONGEST_NAME} letters")
    if why is not None and len(why) > LONGEST_REASON:
        raise InputError(f"the reason has {len(why):,} letters, at most {LONGEST_REASON:,} are kept")
    if first == second:
        raise InputError("an event is the same as itself already")
    stands = any((made.one, made.other) == (first, second) for made in links(store))
    if stands == (op == OP):
        return False
    body = canonical({"one": first, "other": second})
    with store.database.writing() as db:
        log.append(db, op=op, entity=f"{first} {second}", body=body, who=who.strip(), reason=why)
    return True


def _near(events: GeoDataFrame, row: pd.Series[Any], rule: dict[str, Any]) -> GeoDataFrame:
    """Events of the same days, place and family, with their distance."""
    longest = pd.Timedelta(days=rule["longest_days"])
    if row["day_end"] - row["day_start"] > longest:
        return events.iloc[:0].assign(km=0.0)
    kind = str(row["event_type"])
    family = next((names for names in rule["families"] if kind in names), [kind])
    days = (events["day_start"] <= row["day_end"]) & (events["day_end"] >= row["day_start"])
    found = events[days & (events["day_end"] - events["day_start"] <= longest) & events["event_type"].isin(family)]
    km = _km(found["lon"].to_numpy(), found["lat"].to_numpy(), row["lon"], row["lat"])
    radius = np.fmax(found["radius_km"].to_numpy(), np.nan_to_num(row["radius_km"]))
    allowed = np.fmax(np.fmin(radius, rule["largest_radius_km"]), rule["km"])
    return found.assign(km=km)[km <= allowed]


def _km(lon: NDArray[np.float64], lat: NDArray[np.float64], at_lon: float, at_lat: float) -> NDArray[np.float64]:
    one, other, across = np.radians(lat), np.radians(at_lat), np.radians(lon - at_lon)
    half = np.sin((one - other) / 2) ** 2 + np.cos(one) * np.cos(other) * np.sin(across / 2) ** 2
    found: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(half))
    return found


def _actors_agree(one: Any, other: Any) -> bool:
    """Tell whether some actor may be the same; sources write names so differently that a shared stem is enough."""
    mine, theirs = (_stems(row["actor1"]) | _stems(row["actor2"]) for row in (one, other))
    return not mine or not theirs or bool(mine & theirs)


def _stems(name: Any) -> frozenset[str]:
    """Beginnings of the words that tell an actor apart, and its initials."""
    if not isinstance(name, str):
        return frozenset()
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub(r"\([^()]*\)", " ", plain))
    general = set(lists()["links"]["general"])
    telling = [word for word in words if word.casefold() not in general and not word.isdigit()]
    initials = "".join(word[0] for word in words if word[0].isupper()).casefold()
    stems = {word.casefold()[:_STEM] for word in telling if len(word) >= _STEM}
    short = {word.casefold() for word in telling if word.isupper() and len(word) > 1}
    return frozenset(stems | short | ({initials} if len(initials) > 1 and stems else set()))
