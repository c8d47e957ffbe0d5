"""Names as people write them, for the ids and canonical names that a query holds."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from geo.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from geo.errors import ZoneError
    from geo.zones import BuiltZone


def zone_ids(names: Iterable[str], store: Path | None) -> frozenset[str]:
    """Find zones by id, name or alias, in any case.

    Parameters
    ----------
    names : iterable of str
    store : Path or None
        Folder whose own zones count too.

    Raises
    ------
    QueryError
        There is no such zone, or several have the name.
    ZoneError
        There is one that cannot be built.
    """
    from geo.zones.own import load_all

    broken: list[ZoneError] = []
    built = load_all(store, errors=broken)
    called: dict[str, set[str]] = {}
    for key, one in built.items():
        for name in (key, one.zone.name, *(alias for _, alias in one.zone.aliases)):
            called.setdefault(name.casefold(), set()).add(key)
    names = tuple(names)
    for error in broken:
        if error.zone in names:
            raise error
    return frozenset(name if name in built else _only(name, called, built) for name in names)


def zone_names(ids: Iterable[str], store: Path | None) -> dict[str, str]:
    """Give the names of zones by their ids, for people to read.

    Parameters
    ----------
    ids : iterable of str
        Ids that exist.
    store : Path or None
        Folder whose own zones count too.
    """
    from geo.zones.own import load_all

    built = load_all(store, errors=[]) if ids else {}
    return {key: built[key].zone.name for key in ids}


def _only(name: str, called: dict[str, set[str]], built: Mapping[str, BuiltZone]) -> str:
    found = called.get(name.casefold(), set())
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise QueryError(f"several zones are called {name!r}: take one of the ids {', '.join(sorted(found))}")
    near = difflib.get_close_matches(name.casefold(), called, 3, 0.6)
    near += [one for one in called if name.casefold() in one]
    ids = list(dict.fromkeys(key for one in near for key in sorted(called[one])))[:3]
    meant = f"did you mean {', '.join(f'{key} ({built[key].zone.name})' for key in ids)}? " if ids else ""
    raise QueryError(f"no zone {name!r}; {meant}`python -m geo zones list --all` names them")


def actor_names(names: Iterable[str]) -> frozenset[str]:
    """Give all names that the actors bore through time, as events hold them; a dated name written out stays alone.

    Parameters
    ----------
    names : iterable of str
        Canonical names, aliases, or names that no list knows, which stay as they are.

    Examples
    --------
    >>> sorted(actor_names(["Turkish army"]))[1:]
    ['Military Forces of Turkey (2002-2016)', 'Military Forces of Turkey (2016-)']
    >>> sorted(actor_names(["Jabhat al-Nusra"]))
    ['Jabhat al-Nusra']
    """
    return frozenset(name for written in names for name in _names_of(written))


def _names_of(written: str) -> Iterator[str]:
    from geo.annotate.actors import find, lexicon

    dated = {period.name for periods in lexicon().periods.values() for period in periods}
    if written in dated and written not in lexicon().periods:
        yield written
        return
    actor = next((one.actor for one in find(written) if one.end - one.start == len(written)), written)
    yield actor
    yield from (period.name for period in lexicon().periods.get(actor, ()))
