"""A query as the parameters of a link, and back. What a link holds is never trusted and never an error."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.errors import QueryError
from geo.model import EVENTS_OF_THE_DAY, KnownBy
from geo.query.query import Query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Params = dict[str, str | list[str]]

KEYS: Final = {
    "type": "event_types",
    "sub_type": "sub_event_types",
    "actor": "actors",
    "actor_type": "actor_types",
    "zone": "zones",
    "status": "statuses",
}
"""Parameter and the query's field, for those that may be given several times."""

ALL: Final = "all"
"""Value of ``status`` that turns its filter off."""

MAX_VALUES: Final = 200
"""Values of one parameter that are read; the rest is left out with a note."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def to_params(query: Query) -> Params:
    """Write a query as link parameters.

    Parameters
    ----------
    query : Query

    Returns
    -------
    dict of str to str or list of str
        Only what differs from ``Query()``; one value is a str, several are a sorted list.

    Examples
    --------
    >>> to_params(Query(period=(date(2019, 10, 9), None), actors={"Islamic State"}))
    {'from': '2019-10-09', 'actor': 'Islamic State'}
    """
    params: Params = {}
    first, last = query.period or (None, None)
    if first is not None:
        params["from"] = first.isoformat()
    if last is not None:
        params["to"] = last.isoformat()
    for key, field in KEYS.items():
        chosen = getattr(query, field)
        if field == "statuses":
            if chosen == EVENTS_OF_THE_DAY:
                continue
            chosen = chosen or {ALL}
        if chosen:
            values = sorted(map(str, chosen))
            params[key] = values[0] if len(values) == 1 else values
    if not query.possible:
        params["possible"] = "no"
    if query.min_confidence is not None:
        params["min_confidence"] = repr(query.min_confidence)
    if query.text is not None:
        params["text"] = query.text
    if query.known_on is not None:
        params["known_on"] = query.known_on.isoformat()
        if query.known_by is not KnownBy.PUBLISHED:
            params["known_by"] = str(query.known_by)
    return params


def from_params(params: Mapping[str, str | Sequence[str]]) -> tuple[Query, list[str]]:
    """Read a query from link parameters.

    Parameters
    ----------
    params : mapping of str to str or sequence of str
        As from :func:`to_params`, from Streamlit or from :func:`urllib.parse.parse_qs`. Unknown keys are left alone.

    Returns
    -------
    query : Query
    notes : list of str
        What could not be read, in words; the default stands in its place.
    """
    fields: dict[str, Any] = {}
    notes: list[str] = []
    _read_period(params, fields, notes)
    for key, field in KEYS.items():
        _read_set(key, field, params, fields, notes)
    possible = _single(params, "possible")
    if possible is not None:
        _take("possible", {"no": False, "yes": True}.get(possible, possible), fields, notes)
    for name in ("min_confidence", "text"):
        if (value := _single(params, name)) is not None:
            _take(name, value, fields, notes)
    if (day := _read_day("known_on", params, notes)) is not None:
        fields["known_on"] = day
        if (value := _single(params, "known_by")) is not None:
            _take("known_by", value, fields, notes)
    return Query(**fields), notes


def _take(field: str, value: Any, fields: dict[str, Any], notes: list[str]) -> bool:
    """Keep a value that a query would take; note another."""
    try:
        if field == "possible" and not isinstance(value, bool):
            raise QueryError(f"possible is {str(value)[:60]!r}, it must be yes or no")
        Query(**{**fields, field: value})
    except QueryError as error:
        notes.append(f"Left out of the link: {error}")
        return False
    fields[field] = value
    return True


def _read_period(params: Mapping[str, Any], fields: dict[str, Any], notes: list[str]) -> None:
    _take("period", tuple(_read_day(key, params, notes) for key in ("from", "to")), fields, notes)


def _read_day(key: str, params: Mapping[str, Any], notes: list[str]) -> date | None:
    text = _single(params, key)
    if text is None:
        return None
    try:
        if not _DAY.fullmatch(text):
            raise ValueError("not YYYY-MM-DD")
        return date.fromisoformat(text)
    except ValueError:
        notes.append(f"Left out of the link: {key}={text[:60]!r} is not a day like 2019-10-09")
        return None


def _read_set(key: str, field: str, params: Mapping[str, Any], fields: dict[str, Any], notes: list[str]) -> None:
    values = _all(params, key)
    if len(values) > MAX_VALUES:
        notes.append(f"The link has {len(values)} values of {key}; the first {MAX_VALUES} are used")
    if field == "statuses" and values == [ALL]:
        fields[field] = None
        return
    good = [value for value in values[:MAX_VALUES] if _take(field, [value], {}, notes)]
    if good:
        fields[field] = frozenset(good)


def _single(params: Mapping[str, Any], key: str) -> str | None:
    values = _all(params, key)
    # The last one wins, as in every other link.
    return values[-1] if values else None


def _all(params: Mapping[str, Any], key: str) -> list[str]:
    value = params.get(key)
    if value is None:
        return []
    return [value] if isinstance(value, str) else [item for item in value if isinstance(item, str)]
