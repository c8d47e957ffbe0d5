"""Places and sources that must not be shown as exactly as they are known: rules, and what is left to show under them.

The store keeps what is known. What leaves it for a map, a table, a figure or a file passes through :func:`shown` (the
store's own events) or :mod:`geo.protection_rows` (imported rows), so nothing after them ever holds a finer coordinate.
See ``docs/protection.md``.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from geo import paths
from geo.model import GeoPrecision, Place, PlaceKind
from geo.protection_rules import FILE, Action, Rules, read
from geo.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    import numpy as np

    from geo.model import Article, Event, Report
    from geo.protection_rules import Rule
    from geo.store import Store

MARK: Final = "protected:"
"""How the id of a place begins that stands for a protected one."""
WITHHELD: Final = "Withheld by rule"
"""What stands where a sentence or a title would."""
_KM_PER_DEGREE: Final = 111.195


class Shown(NamedTuple):
    """What may be shown of a store's own events."""

    events: tuple[Event, ...]
    articles: tuple[Article, ...]
    withheld: int = 0
    """Events that a rule leaves out."""
    coarsened: int = 0
    """Events that are shown less exactly."""


def rules_of(folder: Path) -> Rules:
    """Read the rules that hold for a store: those beside it, after those that come with the program's lists.

    Parameters
    ----------
    folder : Path
        The store's folder.

    Raises
    ------
    InputError
        A file is wrong, with its line. Nothing is shown then: a rule that cannot be read protects nobody.
    """
    files = [path for path in (paths.SOURCES / FILE, folder / FILE) if path.exists()]
    return Rules(tuple(rule for path in files for rule in read(path)))


def stamp(folder: Path) -> str:
    """Tell one set of rules from another, cheaply: part of the key of whatever is kept of a store. "" for none."""
    files = [path for path in (paths.SOURCES / FILE, folder / FILE) if path.exists()]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:8] if files else ""


def shown(store: Store) -> Shown:
    """Read the events and articles of a store as they may be shown.

    Parameters
    ----------
    store : Store

    Raises
    ------
    StoreError
        The store cannot be read.
    InputError
        A rule is wrong.
    """
    return under(rules_of(store.folder), *store.events_and_articles(), folder=store.folder)


def under(rules: Rules, events: Iterable[Event], articles: Iterable[Article], *, folder: Path | None) -> Shown:
    """Show events and articles under rules.

    Parameters
    ----------
    rules : Rules
    events, articles : iterable
        As the store has them; every article of the events.
    folder : Path or None
        The store's, whose own zones count, too.

    Returns
    -------
    Shown
        Events of a protected place or source have a coarse place, no sentence and the zones of that coarse place;
        articles that tell of them have neither text nor title.
    """
    events, articles = tuple(events), tuple(articles)
    if not rules:
        return Shown(events, articles)
    sources = {article.id: article.source for article in articles}
    kept: list[Event] = []
    touched: set[str] = set()
    withheld = coarsened = 0
    for event in events:
        rule = rules.strongest((report.place, sources.get(report.article_id)) for report in event.reports)
        if rule is None:
            kept.append(event)
            continue
        touched.update(report.article_id for report in event.reports)
        if rule.action is Action.WITHHOLD:
            withheld += 1
        else:
            coarsened += 1
            kept.append(_coarse_event(event, rule))
    hidden = {article.source for article in articles if rules.hides_source(article.source)}
    blank = tuple(_blank(one) if one.id in touched or one.source in hidden else one for one in articles)
    return Shown(_in_zones(kept, folder), blank, withheld, coarsened)


def is_protected(event: Event) -> bool:
    """Tell whether an event is shown less exactly than it is known. It cannot be decided about as it is shown."""
    return any(report.place is not None and report.place.id.startswith(MARK) for report in event.reports)


def open_reports(reports: Iterable[Report], articles: Iterable[Article], rules: Rules) -> tuple[Report, ...]:
    """Give the reports that no rule touches, of articles that no rule touches."""
    reports = tuple(reports)
    if not rules:
        return reports
    sources = {article.id: article.source for article in articles}
    closed = {r.article_id for r in reports if rules.strongest([(r.place, sources.get(r.article_id))]) is not None}
    return tuple(report for report in reports if report.article_id not in closed)


def words(withheld: int, coarsened: int) -> str | None:
    """Say what the rules did; None where they did nothing."""
    told = [
        f"{many(number, 'event')} {what} by rule"
        for number, what in ((withheld, "withheld"), (coarsened, "shown less exactly"))
        if number
    ]
    return "; ".join(told) or None


def coarse(place: Place | None, rule: Rule) -> Place:
    """Make the place that stands for a protected one.

    Parameters
    ----------
    place : Place or None
        The protected one, where it is known.
    rule : Rule
        To round or to show the province only.

    Returns
    -------
    Place
        Its point is the middle of a cell of a fixed grid or of the province, the same for every place there, and its
        radius reaches all of it. Without a coordinate it stands in the tray.
    """
    country, admin1 = (place.country, place.admin1) if place else (None, None)
    # As a country is: told of, never drawn, whatever its coordinate.
    nowhere = Place(f"{MARK}unplaced", admin1 or WITHHELD, 0.0, 0.0, PlaceKind.COUNTRY, 0.0, country, admin1)
    if place is None or not (math.isfinite(place.lon) and math.isfinite(place.lat)):
        return nowhere
    if rule.action is Action.ADMIN1:
        return _province(country, admin1) or nowhere
    lon, lat = cell(place.lon, place.lat, rule.km)
    # Half the diagonal of the cell, and what the place itself was unsure by.
    radius = math.ceil(rule.km * math.sqrt(0.5) + place.radius_km) + 1
    name = f"Place rounded to {rule.km:g} km by rule"
    return Place(f"{MARK}{lon:.4f},{lat:.4f}", name, lon, lat, PlaceKind.DISTRICT, float(radius), country, admin1)


def cell(lon: float, lat: float, km: float) -> tuple[float, float]:
    """Give the middle of the cell of a grid that a point lies in: the same for every point of the cell.

    Parameters
    ----------
    lon, lat : float
        Degrees.
    km : float
        Side of a cell.
    """
    high = km / _KM_PER_DEGREE
    row = math.floor(lat / high)
    middle = min(90.0, max(-90.0, (row + 0.5) * high))
    wide = high / max(0.01, math.cos(math.radians(middle)))
    east = (math.floor(lon / wide) + 0.5) * wide
    return round(min(180.0, max(-180.0, east)), 4), round(middle, 4)


def _coarse_event(event: Event, rule: Rule) -> Event:
    return replace(
        event, reports=tuple(_coarse_report(report, rule) for report in event.reports), zones=(), merge_reason=""
    )


def _coarse_report(report: Report, rule: Rule) -> Report:
    return replace(
        report,
        quote=WITHHELD,
        place=coarse(report.place, rule),
        place_span=None,
        trigger=None,
        time_span=None,
        actor_spans=(),
        geo_precision=GeoPrecision.REGION,
        candidates=(),
        asserted_by=None,
        fatalities_text=None,
        injured_text=None,
        tags=(),
        why="",
    )


def _blank(article: Article) -> Article:
    return replace(article, text="", title=WITHHELD, source=WITHHELD, url=None, path=None, line=None, captions=())


def _in_zones(events: list[Event], folder: Path | None) -> tuple[Event, ...]:
    """Ask the coarse places against the zones: what the exact one said of a small zone would give it away."""
    import numpy as np

    from geo.model import ZoneMembership
    from geo.zones import join, load_all

    at = [
        n for n, e in enumerate(events) if e.best.place and e.best.place.id.startswith(MARK) and _placed(e.best.place)
    ]
    if not at:
        return tuple(events)
    built = load_all(folder, errors=[])
    best = [events[number].best for number in at]
    lon, lat, radius = ([getattr(report.place, name) for report in best] for name in ("lon", "lat", "radius_km"))
    first, last = [_day(report.day_start) for report in best], [_day(report.day_end) for report in best]
    pairs, ids = join(lon, lat, radius, np.array(first), np.array(last), built), list(built)
    found: dict[int, list[ZoneMembership]] = {}
    for point, zone, answer in zip(pairs.point, pairs.zone, pairs.answer, strict=True):
        member = ZoneMembership(ids[zone], "inside" if answer == 2 else "possible")
        found.setdefault(at[point], []).append(member)
    return tuple(replace(e, zones=tuple(found[n])) if n in found else e for n, e in enumerate(events))


def _placed(place: Place) -> bool:
    return place.kind is not PlaceKind.COUNTRY


def _day(day: date | None) -> np.datetime64:
    import numpy as np

    return np.datetime64("NaT", "D") if day is None else np.datetime64(day, "D")


def _province(country: str | None, admin1: str | None) -> Place | None:
    from geo import basemap

    for feature in basemap.load("provinces") if admin1 else ():
        if feature.properties.get("name") == admin1 and feature.properties.get("iso3") == country:
            point, box = feature.geometry.representative_point(), feature.geometry.bounds
            radius = _KM_PER_DEGREE * math.hypot(box[2] - box[0], box[3] - box[1]) / 2
            key = f"{MARK}{feature.properties['id']}"
            lon, lat = round(point.x, 2), round(point.y, 2)
            return Place(
                key, str(admin1), lon, lat, PlaceKind.ADMIN1, math.ceil(radius), country, admin1, note="by rule"
            )
    return None
