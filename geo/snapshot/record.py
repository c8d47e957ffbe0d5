"""The record a figure carries: its query, the data, the zones' versions, the software, and a short code of it."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from geo import theatre
from geo.errors import InputError
from geo.query import Query, from_params, to_params
from geo.snapshot.options import Options, options_of
from geo.snapshot.reading import text_of
from geo.snapshot.zones import version_of
from geo.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.snapshot.zones import DrawnZone
    from geo.zones import BuiltZone

SOFTWARE: Final = f"Borderlines {VERSION}"
KINDS: Final = ("map", "series", "pair", "film")
MAX_ID: Final = 60


def make_record(
    query: Query, look: Options, *, zones: Iterable[DrawnZone] = (), counted: Mapping[str, int] | None = None,
    **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """Make the record of a figure.

    Parameters
    ----------
    query : Query
    look : Options
    zones : iterable of DrawnZone
        Those that are drawn.
    counted : mapping of str to int, optional
        Events on the map, and not on it.
    **more
        ``kind``, one of :data:`KINDS`, and what that kind needs to be drawn again.

    Returns
    -------
    dict
        Fit for JSON.
    """
    params = to_params(query)
    drawn = list(zones)
    return {
        "kind": "map",
        "theatre": theatre.current().id,
        "query": params,
        "data": look.fingerprint,
        "code": code_of(params, look.fingerprint),
        "zones": [zone.id for zone in drawn],
        "zone_versions": {zone.id: zone.version for zone in drawn},
        "options": look.to_record(),
        "counted": dict(counted or {}),
        "exported": look.exported and look.exported.isoformat(),
        "software": SOFTWARE,
        **more,
    }


def code_of(params: Mapping[str, Any], fingerprint: str) -> str:
    """Make the short code in a figure's margin: equal for equal queries of equal data.

    Parameters
    ----------
    params : mapping
        The query as link parameters.
    fingerprint : str
        Hash of the data.

    Returns
    -------
    str
        Eight letters and digits in two groups, such as "K3QX-7M2A".
    """
    told = json.dumps([params, fingerprint], sort_keys=True).encode()
    letters = base64.b32encode(hashlib.blake2b(told, digest_size=5).digest()).decode()
    return f"{letters[:4]}-{letters[4:]}"


def record_of(content: bytes) -> dict[str, Any] | None:
    """Read the record back from a figure.

    Parameters
    ----------
    content : bytes
        A PNG, SVG, PDF, GIF or MP4 of ours; or any other file.

    Returns
    -------
    dict or None
        Keys ``query`` (link parameters), ``data`` (fingerprint), ``code``, ``zones`` (ids), ``zone_versions``,
        ``options``, ``exported``, ``software``, ``kind``; None for a file without a record of ours.
    """
    text = text_of(content)
    try:
        found = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("query"), dict) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """A figure read back."""

    record: dict[str, Any]
    query: Query
    options: Options
    """Its looks; with no credits, which belong to a new figure."""
    code: str
    """Of the query and data in the record."""
    genuine: bool
    """The code in the record is that of its query and data; not so where somebody changed one of them."""
    changed: bool | None
    """Whether the data are others than the figure was made from; None where either is not known."""
    zones_changed: tuple[str, ...] = ()
    """Ids of zones that are drawn and are others now, or are gone."""
    notes: tuple[str, ...] = field(default=())
    """What of the query could not be read."""

    @property
    def kind(self) -> str:
        """One of :data:`KINDS`."""
        kind = self.record.get("kind", "map")
        return kind if kind in KINDS else "map"

    @property
    def theatre(self) -> str | None:
        """Id of the theatre it was drawn in; None where the record has none."""
        named = self.record.get("theatre")
        return named if isinstance(named, str) and 0 < len(named) <= MAX_ID else None

    @property
    def link(self) -> str:
        """The dashboard's address of this view, without its host: "/?from=2019-10-09"."""
        named = self.theatre
        params = {**to_params(self.query), **({"theatre": named} if named not in (None, theatre.default().id) else {})}
        return "/?" + urlencode(params, doseq=True)


def reopen(content: bytes, *, fingerprint: str | None = None, zones: Mapping[str, BuiltZone] | None = None) -> Reopened:
    """Bring back the view behind a figure, and tell whether the data have changed since.

    Parameters
    ----------
    content : bytes
        The file.
    fingerprint : str, optional
        Of the data there are now.
    zones : mapping of str to BuiltZone, optional
        Zones there are now.

    Returns
    -------
    Reopened

    Raises
    ------
    InputError
        The file is none of ours, or its record cannot be read.
    """
    record = record_of(content)
    if record is None:
        raise InputError(
            "this file carries no record of Borderlines",
            remedy="Give a figure, film, report, bundle, web page or table as it was saved; a screenshot, or a picture "
            "that was edited or sent through a messenger, has lost it",
        )
    query, notes = from_params(record["query"])
    made_from = record.get("data") if isinstance(record.get("data"), str) else ""
    looks = record.get("options") if isinstance(record.get("options"), dict) else {}
    code = code_of(record["query"], made_from or "")
    return Reopened(
        record=record,
        query=query,
        options=options_of(looks or {}),
        code=code,
        genuine=record.get("code", code) == code,
        changed=made_from != fingerprint if made_from and fingerprint else None,
        zones_changed=() if zones is None else _changed(record.get("zone_versions"), zones),
        notes=tuple(notes),
    )


def _changed(versions: Any, zones: Mapping[str, BuiltZone]) -> tuple[str, ...]:
    if not isinstance(versions, dict):
        return ()
    now = {key: version_of(zones[key]) for key in versions if key in zones}
    return tuple(str(key) for key, version in versions.items() if now.get(key) != version)
