"""Asks a Nominatim service, politely: never unless constructed on purpose, one question a second, each question once.

The public service wants an identified program, at most one request per second, and its answers kept; see
https://operations.osmfoundation.org/policies/nominatim/. What it sends is OpenStreetMap's (ODbL).
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from importlib import metadata
from typing import TYPE_CHECKING, Any

from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.location import Location
from geopy.point import Point

from geo.errors import GeocodingError
from geo.geocoders.unpack import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["NominatimGeocoder"]

# geopy logs a traceback for each failure, which Python prints where no logging is set up. It comes as an error anyway.
logging.getLogger("geopy").addHandler(logging.NullHandler())

PUBLIC = "https://nominatim.openstreetmap.org"
DELAY_S = 1.0
"""Least time between two questions, as the public service asks."""
LIMIT = 10
"""Answers asked for and kept per question."""


class NominatimGeocoder:
    """Find places through Nominatim, with answers kept on disk.

    Parameters
    ----------
    url : str, optional
        The service.
    contact : str, optional
        E-mail address or page of whoever runs this; goes into the user agent.
    cache : Path, optional
        SQLite file of answers; by default in the user's cache folder.
    timeout_s : float, optional
        Seconds to wait for an answer.
    delay_s : float, optional
        Seconds between two questions; less than 1 only for a service of one's own.

    Examples
    --------
    >>> geocoder = NominatimGeocoder(contact="me@example.org")  # doctest: +SKIP
    >>> geocoder.geocode("Tal Rifaat, Syria")  # doctest: +SKIP
    """

    def __init__(
        self,
        *,
        url: str = PUBLIC,
        contact: str | None = None,
        cache: Path | None = None,
        timeout_s: float = 10.0,
        delay_s: float = DELAY_S,
    ) -> None:
        scheme, _, domain = url.rstrip("/").partition("://")
        self.url = url
        self.user_agent = f"borderlines/{_version()}" + (f" (+{contact})" if contact else "")
        service = Nominatim(scheme=scheme, domain=domain, user_agent=self.user_agent, timeout=timeout_s)
        # One limiter for both, so that geocode and reverse together keep the pace.
        self._ask = RateLimiter(
            lambda method, query: getattr(service, method)(query, exactly_one=False, **_options(method)),
            min_delay_seconds=delay_s,
            max_retries=1,
            error_wait_seconds=max(delay_s, 0.01),
            swallow_exceptions=False,
        )
        self._answers = _Answers(cache or cache_folder() / "nominatim.sqlite")

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """Find a place by name or address.

        Parameters
        ----------
        query : str
            What to look for.
        exactly_one : bool, optional
            Give the best one instead of a list.

        Returns
        -------
        geopy.location.Location, list of it, or None
            None if the service knows no such place.

        Raises
        ------
        GeocodingError
            The service could not be asked, refused, or sent something else.
        """
        return self._find("geocode", query.strip(), exactly_one=exactly_one)

    def reverse(
        self, query: Point | tuple[float, float] | str, *, exactly_one: bool = True
    ) -> Location | list[Location] | None:
        """Name the place at a point.

        Parameters
        ----------
        query : geopy.point.Point, (lat, lon) or str
            Latitude first, as everywhere in geopy.
        exactly_one : bool, optional
            Give one instead of a list.

        Returns
        -------
        geopy.location.Location, list of it, or None
            None if the service knows no place there.

        Raises
        ------
        GeocodingError
            The service could not be asked, refused, or sent something else.
        """
        point = Point(query)
        return self._find("reverse", f"{point.latitude:.6f}, {point.longitude:.6f}", exactly_one=exactly_one)

    def _find(self, method: str, query: str, *, exactly_one: bool) -> Location | list[Location] | None:
        if not query:
            return None
        raws = self._answers.get((self.url, method, query), lambda: self._fetch(method, query))
        try:
            found = [Location(raw["display_name"], (float(raw["lat"]), float(raw["lon"])), raw) for raw in raws]
        except (KeyError, TypeError, ValueError) as error:
            raise GeocodingError(f"{self.url} sent an answer without {error} for {query!r}") from error
        if not found:
            return None
        return found[0] if exactly_one else found

    def _fetch(self, method: str, query: str) -> list[dict[str, Any]]:
        try:
            found = self._ask(method, query)
        except GeopyError as error:
            raise GeocodingError(
                f"{self.url} did not answer {query!r}: {type(error).__name__}: {error}. "
                "Try again later, or go on without it: the gazetteer needs no network"
            ) from error
        except (KeyError, TypeError, ValueError) as error:
            raise GeocodingError(f"{self.url} sent something else than Nominatim's JSON for {query!r}") from error
        return [location.raw for location in found or ()]


class _Answers:
    """Answers on disk. SQLite writes one whole or not at all, also with two programs at once."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._lock = threading.Lock()
        with self._open() as database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS answer (url TEXT, method TEXT, query TEXT, body TEXT NOT NULL,"
                " PRIMARY KEY (url, method, query)) WITHOUT ROWID"
            )

    def get(self, key: tuple[str, str, str], ask: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """Give the kept answer, or ask and keep it. A failure is not kept; "no such place" is."""
        with self._lock:
            with self._open() as database:
                row = database.execute(
                    "SELECT body FROM answer WHERE url = ? AND method = ? AND query = ?", key
                ).fetchone()
            if row:
                return list(json.loads(row[0]))
            raws = ask()
            with self._open() as database:
                database.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", (*key, json.dumps(raws)))
            return raws

    def _open(self) -> _Connection:
        return _Connection(self._path)


class _Connection:
    """A connection that commits and closes: the module's own context manager leaves it open."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> sqlite3.Connection:
        try:
            self._database = sqlite3.connect(self._path, timeout=10.0)
        except sqlite3.Error as error:
            raise GeocodingError(f"answers cannot be kept in {self._path} ({error})") from error
        return self._database

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            self._database.commit()
        self._database.close()


def _options(method: str) -> dict[str, Any]:
    # In English, whatever the place's own language, so that the country at the end of an address can be told.
    return {"limit": LIMIT, "language": "en"} if method == "geocode" else {"language": "en"}


def _version() -> str:
    try:
        return metadata.version("borderlines")
    except metadata.PackageNotFoundError:
        # Run from a checkout that is not installed.
        return "dev"
