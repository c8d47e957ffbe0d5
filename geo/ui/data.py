"""What the pages show, read from the store once per generation of its data and shared by every session.

Nothing here depends on a user: filters, windows and selections live in :mod:`geo.ui.state`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo import protection, theatre
from geo.cli.dashboard import STORE_VARIABLE, build_sample
from geo.errors import StoreError
from geo.frame import events_frame, load_frame
from geo.known import load
from geo.query import Query
from geo.store import Store
from geo.store.past import begun
from geo.store.versions import earlier_wordings
from geo.timemap import publish, publish_basemap, publish_zones
from geo.ui.theatres import started
from geo.zones import load_all
from geo.zones.own import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geopandas import GeoDataFrame

    from geo.errors import InputError
    from geo.history import Changes
    from geo.known import Known
    from geo.model import Article, Event, KnownBy, Report
    from geo.timemap import Payload
    from geo.ui.large import House
    from geo.zones import BuiltZone


@dataclass(frozen=True)
class Data:
    """One generation of a store, read whole."""

    folder: Path
    generation: str
    events: GeoDataFrame
    """One row per event, see :mod:`geo.frame`. Shared: never change it."""
    fingerprint: str
    """Hash of the events, for captions."""
    left_out: int = 0
    """Articles and imported rows that cannot be said to have been out by the query's day: nobody knows when."""
    known: Known | None = None
    """What articles told by an earlier day; None for all that is known."""
    house: House | None = None
    """What to ask where the store is too large to load, or on a server; `events` is then empty."""
    on_server: bool = False
    """There is no folder of the store here: no articles, no decisions."""

    @property
    def is_sample(self) -> bool:
        """The store is the project's sample corpus."""
        return not self.on_server and self.folder == theatre.current().sample_store.resolve()

    @property
    def name(self) -> str:
        """What to call the store."""
        return self.house.name if self.house is not None else self.folder.name


def store_address() -> str | None:
    """Tell the address of the server that the dashboard shows; None for a folder."""
    told = os.environ.get(STORE_VARIABLE, "")
    return told if "://" in told and theatre.current() is started() else None


def store_folder() -> Path:
    """Tell which store the dashboard shows; beside a server, where zones and settings of one's own lie."""
    here = theatre.current()
    if store_address() is not None:
        return here.own_store.resolve()
    if here is started():
        return Path(os.environ.get(STORE_VARIABLE) or here.sample_store).resolve()
    return (here.own_store if here.own_store.exists() else here.sample_store).resolve()


def read_data(query: Query | None = None) -> Data:
    """Read the store's events; the same object until the store changes.

    Parameters
    ----------
    query : Query, optional
        Only its day of knowledge matters here; a store that is too large to load has none.

    Returns
    -------
    Data
        Of a store that is too large to load, or on a server, no events but whom to ask.

    Raises
    ------
    StoreError
        The store is missing or cannot be read.
    """
    folder = store_folder()
    here = theatre.current()
    if (address := store_address()) is not None:
        from geo.ui.large import house_at

        house = house_at(address)
        return Data(folder, house.key, events_frame(()), "", house=house, on_server=True)
    if folder == here.sample_store.resolve() and here.articles.is_dir() and not here.is_default:
        _build_sample(here.key)
    if not folder.exists():
        raise StoreError(f"there is no store at {folder}. Make one: python -m geo build ARTICLES --store {folder}")
    with Store(folder, readonly=True) as store:
        generation = f"{store.generation()}{protection.stamp(folder)}"
        large = _is_large(store)
    if large:
        from geo.ui.large import house_in

        return Data(folder, generation, events_frame(()), "", house=house_in(folder, f"{generation} {zones_key()}"))
    if query is None or query.known_on is None:
        return _data(folder, generation)
    return _data_known(folder, generation, query.known_on, query.known_by)


def _is_large(store: Store) -> bool:
    # Most stores are small, and never need what asks the large ones.
    from geo.ui.limits import count_of, large_from

    return count_of(store) > large_from()


@st.cache_resource(max_entries=2, show_spinner="Reading the articles' events …")
def own_events(folder: Path, generation: str) -> Data:
    """Read what was read from articles alone, without the imported rows."""
    with Store(folder, readonly=True) as store:
        return Data(folder, generation, load_frame(store), store.fingerprint())


@st.cache_resource(show_spinner="Reading the theatre's articles …")
def _build_sample(key: str) -> None:  # noqa: ARG001 - once a theatre
    build_sample(theatre.current(), quiet=True)


@st.cache_resource(max_entries=2, show_spinner="Reading the store …")
def _data(folder: Path, generation: str) -> Data:
    with Store(folder, readonly=True) as store:
        known = load(store)
    # What the articles tell beside it would be held twice; what asks for it is rare and reads it itself.
    return Data(folder, generation, known.events, known.fingerprint)


@st.cache_resource(max_entries=2, show_spinner="Looking up what was known …")
def _data_known(folder: Path, generation: str, day: date, by: KnownBy) -> Data:
    with Store(folder, readonly=True) as store:
        known = load(store, Query(known_on=day, known_by=by))
    return Data(folder, f"{generation}@{day}{by}", *known)


def zones() -> Mapping[str, BuiltZone]:
    """Return every built zone of the theatre by id, the reader's own after them."""
    return _zones(zones_key())


def zones_key() -> str:
    """Tell one set of zones from another: those of the theatre, and the reader's own as they lie beside the store."""
    folder = store_folder()
    return f"{theatre.current().key} {folder} {stamp(folder)}"


@st.cache_resource(max_entries=8, show_spinner=False)
def _zones(key: str) -> Mapping[str, BuiltZone]:  # noqa: ARG001 - once for each set of zones
    return load_all(store_folder(), errors=[])


def zone_names() -> dict[str, str]:
    """Return the name of each zone by its id."""
    return {zone_id: built.zone.name for zone_id, built in zones().items()}


def payload(data: Data, generation: str) -> Payload:
    """Publish the events for the browser."""
    return _payload(data, data.folder, generation)


@st.cache_resource(max_entries=2, show_spinner="Packing the events …")
def _payload(_data: Data, folder: Path, generation: str) -> Payload:  # noqa: ARG001 - both are the cache's key
    return publish(_data.events, zones=zone_names())


def basemap_url() -> str:
    """Publish the theatre's basemap for the browser."""
    return _basemap_url(theatre.current().key)


@st.cache_resource(show_spinner=False)
def _basemap_url(key: str) -> str:  # noqa: ARG001 - once a theatre
    return publish_basemap()


def zones_url() -> str:
    """Publish the theatre's zones for the browser, each version with its days of validity."""
    return _zones_url(zones_key())


@st.cache_resource(max_entries=8, show_spinner=False)
def _zones_url(key: str) -> str:  # noqa: ARG001 - once for each set of zones
    return publish_zones(
        _outline(part) for built in zones().values() if not built.zone.is_province for part in built.parts
    )


def zone_url(zone_id: str) -> str:
    """Publish one zone for the browser."""
    return _zone_url(zone_id, zones_key())


@st.cache_resource(max_entries=200, show_spinner=False)
def _zone_url(zone_id: str, key: str) -> str:  # noqa: ARG001 - once for each set of zones
    return publish_zones(map(_outline, zones()[zone_id].parts))


def _outline(built: BuiltZone) -> dict[str, object]:
    return {
        "id": built.zone.id,
        "name": built.zone.name,
        "kind": built.zone.kind,
        "geometry": built.geometry,
        "periods": [built.zone.valid],
        "unconfirmed": bool(built.zone.unconfirmed),
        "shown": built.zone.is_own or built.zone.kind == "operation_area",
    }


def event_with_articles(data: Data, event_id: str) -> tuple[Event, dict[str, Article]] | None:
    """Read one event, and the articles of its reports by id; None when there is no such event."""
    if data.on_server:
        return _imported(data, event_id)
    if data.known is None:
        found = _event_with_articles(data.folder, data.generation, event_id)
        return found or _imported(data, event_id)
    event = next((event for event in data.known.events if event.id == event_id), None)
    if event is None:
        return _imported(data, event_id)
    wanted = {report.article_id for report in event.reports}
    return event, {article.id: article for article in data.known.articles if article.id in wanted}


def _imported(data: Data, event_id: str) -> tuple[Event, dict[str, Article]] | None:
    from geo.importers import event_of
    from geo.importers.details import with_details

    found = event_of(data.events if data.house is None else data.house.event(event_id), event_id)
    if found is None or data.on_server:
        return found and (found[0], {found[1].id: found[1]})
    with Store(data.folder, readonly=True) as store:
        event, article = with_details(store, *found)
    return event, {article.id: article}


@st.cache_data(max_entries=500, show_spinner=False)
def _event_with_articles(folder: Path, generation: str, event_id: str) -> tuple[Event, dict[str, Article]] | None:  # noqa: ARG001
    with Store(folder, readonly=True) as store:
        event = store.event(event_id)
        if event is None:
            return None
        found = (store.article(report.article_id) for report in event.reports)
        articles = [article for article in found if article is not None]
    shown = protection.under(protection.rules_of(folder), [event], articles, folder=folder)
    return (shown.events[0], {article.id: article for article in shown.articles}) if shown.events else None


@st.cache_resource(max_entries=2, show_spinner=False)
def reports_by_article(folder: Path, generation: str) -> dict[str, tuple[Report, ...]]:  # noqa: ARG001
    """Read the reports of every article, by its id, most salient first. Shared: never change it."""
    found: dict[str, list[Report]] = {}
    with Store(folder, readonly=True) as store:
        rules = protection.rules_of(folder)
        for report in protection.open_reports(store.reports(), store.articles() if rules else (), rules):
            found.setdefault(report.article_id, []).append(report)
    return {key: tuple(reports) for key, reports in found.items()}


@st.cache_data(max_entries=4, show_spinner=False)
def articles_and_problems(folder: Path, generation: str) -> tuple[tuple[Article, ...], tuple[InputError, ...]]:  # noqa: ARG001
    """Read every article, and what could not be read."""
    with Store(folder, readonly=True) as store:
        articles = protection.shown(store).articles if protection.rules_of(folder) else store.articles()
        return tuple(articles), tuple(store.problems())


@st.cache_resource(max_entries=4, show_spinner="Comparing …")
def changes_between(folder: Path, generation: str, before: date, after: date | None, by: KnownBy) -> Changes:  # noqa: ARG001
    """Tell what changed between what was known on two days; without a second day, until now."""
    from geo.history import as_known_on, compare

    with Store(folder, readonly=True) as store:
        now = as_known_on(store, after, by).events if after is not None else protection.shown(store).events
        return compare(as_known_on(store, before, by).events, now)


@st.cache_data(max_entries=4, show_spinner=False)
def last_published(folder: Path, generation: str) -> date | None:
    """Return the latest publication day of the store's articles; None where none is known."""
    articles, _ = articles_and_problems(folder, generation)
    return max((article.published for article in articles if article.published is not None), default=None)


def recorded_since(folder: Path) -> date | None:
    """Return the day in UTC on which the store's log begins; None where it is empty."""
    with Store(folder, readonly=True) as store:
        return begun(store)


@st.cache_data(max_entries=100, show_spinner=False)
def earlier_articles(folder: Path, generation: str, article_id: str) -> tuple[Article, ...]:  # noqa: ARG001
    """Read the wordings whose place an article took, the last first; none where rules protect places or sources."""
    if protection.stamp(folder):
        # What the earlier wordings tell of is no event any more, so nobody can say what of it is protected.
        return ()
    with Store(folder, readonly=True) as store:
        found = (store.article(key) for key in earlier_wordings(store, article_id))
        return tuple(article for article in found if article is not None)
