"""From a sorted frame of events to the columns and lists of a payload: words become codes. See docs/payload.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.errors import DataError
from geo.layers import palette
from geo.model import EVENTS_OF_THE_DAY, SUB_EVENT_TYPES, ActorType, EventType, Status
from geo.timemap.columns import Table, smallest
from geo.timemap.shapes import compact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[Any]

UNKNOWN_DEATHS: Final = 65_535
"""What stands in the deaths columns where no figure is known. Higher figures than 65,534 are cut to it."""
CONFIDENCE_STEPS: Final = 200
"""Confidence is kept in steps of 0.005, rounded down, so that a limit which is such a step cuts exactly."""
SHAPES: Final = ("point", "line", "area")
TYPES: Final = tuple(EventType)
ACTOR_TYPES: Final = tuple(ActorType)
STATUSES: Final = tuple(Status)


def tables(events: pd.DataFrame, zone_names: Mapping[str, str]) -> tuple[dict[str, Table], dict[str, Any]]:
    """Turn events into columns and the lists that their codes point into.

    Parameters
    ----------
    events : DataFrame
        Dated and placed events in the order of the payload's rows, columns as in :mod:`geo.frame`.
    zone_names : mapping of str to str
        Name to show for each zone id.

    Returns
    -------
    dict of str to Table
        "events" and "places".
    dict
        The header's meta.

    Raises
    ------
    DataError
        An event type or status is not of our closed lists.
    """
    start, end = _days(events["day_start"]), _days(events["day_end"])
    epoch = int(start.min()) if len(events) else 0
    days = int(end.max()) - epoch + 1 if len(events) else 1
    kinds = _closed(events["event_type"], TYPES, "event type")
    subs, sub_codes = _sub_types(events, kinds)
    actors, actor1, actor2 = _actors(events)
    zones, zone_sets, zone_codes = _zones(events, zone_names)
    place_columns, place_lists, place_codes = _places(events)
    columns = {
        "start": smallest(start - epoch),
        # Nearly always 0, so it costs next to nothing after compression; a last day would cost as much as the first.
        "span": smallest(end - start),
        "precision": _small(events["time_precision"]),
        "type": kinds,
        "sub": sub_codes,
        "actor1": actor1,
        "actor2": actor2,
        "deaths_low": _deaths(events["fatalities_low"]),
        "deaths_high": _deaths(events["fatalities_high"]),
        "status": _closed(events["status"], STATUSES, "status"),
        "confidence": confidence_code(events["confidence"].fillna(0).to_numpy("float32")),
        "reports": _small(events["reports"]),
        "zone_set": zone_codes,
        "place": place_codes,
    }
    meta = {
        "epoch": str(np.datetime64(epoch, "D")),
        "days": days,
        "types": [[t.value, palette.EVENT_TYPE_COLOURS[t], palette.EVENT_TYPE_COLOURS_DARK[t]] for t in TYPES],
        "subs": subs,
        "actor_types": [t.value for t in ACTOR_TYPES],
        "actors": actors,
        "statuses": [s.value for s in STATUSES],
        "usual_statuses": [code for code, status in enumerate(STATUSES) if status in EVENTS_OF_THE_DAY],
        "zones": zones,
        "zone_sets": zone_sets,
        **place_lists,
    }
    places = Table(len(place_lists["places"]), place_columns)
    return {"events": Table(len(events), columns), "places": places}, meta


def _days(values: pd.Series) -> Array:
    return values.to_numpy(dtype="datetime64[D]").astype(np.int64)


def _small(values: pd.Series) -> Array:
    return values.fillna(0).to_numpy(dtype=np.int64).clip(0, 255).astype("u1")


def _deaths(values: pd.Series) -> Array:
    known = values.notna().to_numpy()
    return np.where(known, values.fillna(0).to_numpy(np.int64).clip(0, UNKNOWN_DEATHS - 1), UNKNOWN_DEATHS).astype(
        "<u2"
    )


def _closed(values: pd.Series, allowed: tuple[str, ...], what: str) -> Array:
    code = {str(name): k for k, name in enumerate(allowed)}
    # Each distinct value is looked up once, however many rows have it.
    which, distinct = pd.factorize(values.astype(object).astype(str))
    if wrong := [value for value in distinct if value not in code]:
        raise DataError(f"unknown {what} {wrong[0]!r}; there are {', '.join(code)}")
    codes = np.array([code[value] for value in distinct], dtype="u1")[which]
    return codes.astype("u1")


def _sub_types(events: pd.DataFrame, kinds: Array) -> tuple[list[list[Any]], Array]:
    pairs = [(sub, TYPES.index(kind)) for kind in TYPES for sub in SUB_EVENT_TYPES[kind]]
    named = list(zip(events["sub_event_type"].astype(object).fillna("").astype(str), kinds.tolist(), strict=True))
    # Other people's tables may know sub-types that we do not.
    pairs += sorted(set(named) - set(pairs))
    code = {pair: i for i, pair in enumerate(pairs)}
    return [list(pair) for pair in pairs], smallest(np.array([code[p] for p in named], dtype=np.int64))


def _actors(events: pd.DataFrame) -> tuple[list[list[Any] | None], Array, Array]:
    """Code 0 is nobody; the most frequent actors come first, so that the legend can take its names from the front."""
    kinds = {str(t): i for i, t in enumerate(ACTOR_TYPES)}
    sides = []
    for column in ("actor1", "actor2"):
        names = events[column].astype(object)
        types = events[f"{column}_type"].astype(object)
        pairs_of = ((n, kinds.get(str(t), -1)) for n, t in zip(names, types, strict=True))
        # An actor without a name may still be of a known type.
        sides.append([(("" if pd.isna(n) else str(n)), t) if t >= 0 or not pd.isna(n) else None for n, t in pairs_of])
    count: dict[tuple[str, int], int] = {}
    for pair in (*sides[0], *sides[1]):
        if pair is not None:
            count[pair] = count.get(pair, 0) + 1
    pairs = sorted(count, key=lambda pair: (-count[pair], pair))
    code: dict[tuple[str, int] | None, int] = {None: 0, **{pair: i for i, pair in enumerate(pairs, start=1)}}
    first, second = (smallest(np.array([code[pair] for pair in side], dtype=np.int64)) for side in sides)
    return [None, *([name, kind] for name, kind in pairs)], first, second


def _zones(events: pd.DataFrame, names: Mapping[str, str]) -> tuple[list[list[str]], list[list[list[int]]], Array]:
    """One code per distinct pair of (zones inside, zones possible): two bytes an event, however many zones."""
    pairs = [(tuple(i), tuple(p)) for i, p in zip(events["zones_inside"], events["zones_possible"], strict=True)]
    distinct: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {((), ()): 0}
    codes = np.array([distinct.setdefault(pair, len(distinct)) for pair in pairs], dtype=np.int64)
    ids = sorted({zone for pair in distinct for side in pair for zone in side} | set(names))
    index = {zone: i for i, zone in enumerate(ids)}
    sets = [[[index[z] for z in inside], [index[z] for z in possible]] for inside, possible in distinct]
    return [[zone, names.get(zone, zone)] for zone in ids], sets, smallest(codes)


def _places(events: pd.DataFrame) -> tuple[dict[str, Array], dict[str, Any], Array]:
    keys = pd.DataFrame(
        {
            "lon": events["lon"].astype("float32"),
            "lat": events["lat"].astype("float32"),
            "radius": radius_code(events["radius_km"].fillna(0).to_numpy(float)),
            "shape": pd.Categorical(events["shape"].astype(object).fillna("point"), categories=SHAPES).codes.clip(0),
            "label": _labels(events),
            "geometry": compact(events),
        }
    )
    codes = keys.groupby(list(keys.columns), sort=False, dropna=False).ngroup().to_numpy()
    places = keys.loc[~pd.Series(codes).duplicated().to_numpy()]
    columns = {
        "lon": places["lon"].to_numpy("<f4"),
        "lat": places["lat"].to_numpy("<f4"),
        "radius": places["radius"].to_numpy("u1"),
        "shape": places["shape"].to_numpy("u1"),
    }
    shapes = {i: geometry for i, geometry in enumerate(places["geometry"]) if isinstance(geometry, str)}
    return columns, {"places": places["label"].tolist(), "shapes": shapes}, smallest(codes.astype(np.int64))


def _labels(events: pd.DataFrame) -> list[str]:
    labels = []
    for place, admin1 in zip(events["place"].astype(object), events["admin1"].astype(object), strict=True):
        name = "" if pd.isna(place) else str(place)
        labels.append(
            name
            if pd.isna(admin1) or not admin1 or str(admin1) in name
            else f"{name}, {admin1}"
            if name
            else str(admin1)
        )
    return labels


def confidence_code(confidence: Array) -> Array:
    """Write confidences in one byte.

    Parameters
    ----------
    confidence : ndarray of float32
        From 0 to 1.

    Returns
    -------
    ndarray of u1
        The highest step of 1 / :data:`CONFIDENCE_STEPS` that is not above it, both taken as float32.
    """
    steps = np.arange(1, CONFIDENCE_STEPS + 1) / CONFIDENCE_STEPS
    code: Array = np.searchsorted(steps.astype("float32"), confidence, side="right").astype("u1")
    return code


def radius_code(km: Array) -> Array:
    """Write radii of uncertainty in one byte, to within 2.2 %.

    Parameters
    ----------
    km : ndarray of float
        Kilometres from 0.

    Returns
    -------
    ndarray of u1
        ``round(16 * log2(1 + km))``; the browser turns it back with ``2 ** (code / 16) - 1``.
    """
    code: Array = np.rint(16 * np.log2(1 + km.clip(0))).clip(0, 255).astype("u1")
    return code
