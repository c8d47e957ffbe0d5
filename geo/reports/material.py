"""What a report is made of: the events under a query, and every sentence that tells of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from geo.export import About
from geo.known import load
from geo.query import Query, certain, on_map, select, tray

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geopandas import GeoDataFrame

    from geo.known import Known
    from geo.model import Article, Report
    from geo.snapshot.options import Options
    from geo.snapshot.wish import Wish
    from geo.store import Store
    from geo.zones import BuiltZone


@dataclass(frozen=True, slots=True)
class Told:
    """One report of an event: the sentence, and where it stands."""

    quote: str
    source: str | None
    """Outlet, as it names itself; whole, with whatever commas it has."""
    title: str | None
    status: str
    published: date | None = None
    url: str | None = None
    asserted_by: str | None = None
    deaths: tuple[int | None, int | None] = (None, None)
    injured: tuple[int | None, int | None] = (None, None)
    """Fewest and most told, of each."""


@dataclass(frozen=True)
class Material:
    """What is reported. Everything made of it is made of the same events."""

    frame: GeoDataFrame
    """Every event of the store, see :mod:`geo.frame`."""
    told: Mapping[str, tuple[Told, ...]]
    """Reports by event id, the best first; an event without stands for itself with what its row tells."""
    query: Query = field(default_factory=Query)
    zones: Mapping[str, BuiltZone] = field(default_factory=dict)
    """Built zones by id, for names and outlines."""
    about: About = field(default_factory=About)
    looks: Options | None = None
    """How the figure looks; its defaults where None."""
    with_zones: bool = True
    """Draw the zones in force."""
    wish: Wish | None = None
    """One map where None; else a series, before and after, or a film."""

    @cached_property
    def events(self) -> GeoDataFrame:
        """The events under the query, those in the tray among them."""
        return select(self.frame, self.query)

    @cached_property
    def placed(self) -> GeoDataFrame:
        """Those on the map."""
        return on_map(self.events)

    @cached_property
    def hidden(self) -> GeoDataFrame:
        """Those not on the map, each with its reason."""
        return tray(self.events)

    @cached_property
    def certain_ids(self) -> frozenset[str]:
        """Ids of the events that the query holds for beyond doubt."""
        return frozenset(self.events.loc[certain(self.events, self.query), "event_id"])

    @cached_property
    def zone_names(self) -> dict[str, str]:
        """Name of each zone by its id."""
        return {key: built.zone.name for key, built in self.zones.items()}

    @property
    def title(self) -> str:
        """What it is called."""
        return (self.looks.title if self.looks else None) or "Events told of in news articles"

    @property
    def options(self) -> Options:
        """Looks of the figure, with what it tells of the data."""
        from geo.snapshot import Options

        return replace(self.looks or Options(), exported=self.about.exported, fingerprint=self.about.fingerprint or "")

    def drawn_zones(self) -> dict[str, BuiltZone]:
        """Zones to draw: those asked for, then those with most events inside; other provinces never."""
        if not self.with_zones:
            return {}
        asked = self.query.zones or frozenset()
        found = self.frame["zones_inside"].explode().value_counts()
        every = {key: built for key, built in self.zones.items() if not built.zone.is_province or key in asked}
        order = sorted(every, key=lambda key: (key not in asked, -int(found.get(key, 0)), key))
        return {key: every[key] for key in order}


def gather(
    store: Store, query: Query | None = None, *, exported: date | None = None, looks: Options | None = None
) -> Material:
    """Read from a store what a report is made of.

    Parameters
    ----------
    store : Store
    query : Query, optional
        Which events; the default's are the events of the day.
    exported : date, optional
        Day of export to be written; given, not asked of the clock, so that equal reports are equal bytes.
    looks : Options, optional
        Title, size and resolution of the figure.

    Returns
    -------
    Material

    Raises
    ------
    StoreError
        The store cannot be read.

    Examples
    --------
    >>> with Store("store/sample", readonly=True) as store:  # doctest: +SKIP
    ...     save(gather(store, Query(zones={"peace_spring"})), "peace_spring.docx")
    """
    from geo.zones import load_all

    query = query or Query()
    known = load(store, query)
    about = About(known.fingerprint, exported)
    return Material(known.events, told_of(known.read), query, load_all(store.folder, errors=[]), about, looks)


def told_of(known: Known) -> dict[str, tuple[Told, ...]]:
    """Take the reports of each event; one of an article that is not there keeps its sentence.

    Parameters
    ----------
    known : Known
        What was read from articles. Imported events have but one sentence, which their row holds.
    """
    articles = {article.id: article for article in known.articles}
    return {
        event.id: tuple(_told(report, articles.get(report.article_id)) for report in event.reports)
        for event in known.events
    }


def _told(report: Report, article: Article | None) -> Told:
    return Told(
        quote=report.quote,
        source=article.source if article else None,
        title=article.title if article else None,
        published=article.published if article else None,
        url=article.url if article else None,
        status=str(report.status),
        asserted_by=report.asserted_by,
        deaths=(report.fatalities_low, report.fatalities_high),
        injured=(report.injured_low, report.injured_high),
    )
