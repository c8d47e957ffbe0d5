"""Events meet zones of the user's own: tried again where such a zone was added, changed or taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.store.own_zones import note_zones, zones_joined
from geo.zones import Memberships
from geo.zones.own import load_all, mark_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.store import Store
    from geo.zones import BuiltZone


def rejoin(store: Store) -> int:
    """Try the events against the zones of the user's own that are not as they were.

    Parameters
    ----------
    store : Store
        Opened for writing. One whose events are not up to date is left alone: the next build tries them all.

    Returns
    -------
    int
        Events that have other zones now.
    """
    every = load_all(store.folder, errors=[])
    now, before = marks(every), zones_joined(store)
    changed = {key for key in {*now, *before} if now.get(key) != before.get(key)}
    if not changed or not store.events_are_current():
        return 0
    memberships = Memberships({key: zone for key, zone in every.items() if key in changed})
    order = {key: number for number, key in enumerate(every)}
    events, moved = [], 0
    for event in store.events():
        best = event.best
        found = [zone for zone in event.zones if zone.zone_id not in changed]
        found += memberships(best.place, best.day_start, best.day_end)
        zones = tuple(sorted(found, key=lambda zone: order.get(zone.zone_id, len(order))))
        moved += zones != event.zones
        events.append(replace(event, zones=zones))
    if moved:
        store.replace_events(events, store.meta().get("events_made_by", ""))
    note_zones(store, now)
    return moved


def note(store: Store) -> None:
    """Note that every event was just tried against the zones as they are."""
    note_zones(store, marks(load_all(store.folder, errors=[])))


def marks(zones: Mapping[str, BuiltZone]) -> dict[str, str]:
    """Hash each of the zones that are the user's own."""
    return {key: mark_of(zone) for key, zone in zones.items() if zone.zone.is_own}
