"""What a stand-alone page carries: events, evidence, zones and the ground under them, each compressed."""

from __future__ import annotations

import base64
import gzip
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from geo import theatre
from geo.errors import InputError
from geo.graphic import is_graphic
from geo.layers.words import toll_words
from geo.query import default_period
from geo.reports.lines import lines
from geo.timemap import pack, publish_basemap, publish_zones
from geo.timemap.assets import cache_folder
from geo.timemap.payload import arrange
from geo.timemap.words import pack_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.reports.material import Material, Told

Bounds = tuple[float, float, float, float]
_MARGIN: Final = 0.15


def carried(material: Material) -> dict[str, str]:
    """Make what the page carries.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict of str to str
        Name of each file, and base64 of its gzip.

    Raises
    ------
    InputError
        The texts are too long to search in a browser.
    """
    rows = arrange(material.events)
    words = pack_words(rows)
    if words is None:
        raise InputError("these events have more text than a browser can search", remedy="Narrow the filters")
    return {
        "events.bin.gz": _packed(pack(material.events, zones=material.zone_names)),
        "words.bin.gz": _packed(words),
        "evidence.json.gz": _packed(_json(evidence(material, rows["event_id"].tolist()))),
        "zones.json.gz": _packed(_zones(material)),
        # Half a megabyte, whole: ground that ends where the events end would show a sea that is none.
        "ground.json.gz": _packed(_published(publish_basemap(), cache_folder())),
    }


def evidence(material: Material, order: Iterable[str]) -> dict[str, Any]:
    """Say every event, those on the map in the order of the payload's rows, then those that are not on it.

    Parameters
    ----------
    material : Material
    order : iterable of str
        Ids of the events on the map, by row.

    Returns
    -------
    dict
        ``articles`` as [title, source, day, address or None, whether the title is graphic]; ``rows`` and ``tray`` of
        events whose ``told`` points into them and says of each sentence whether it is graphic.
    """
    articles: dict[tuple[Any, ...], int] = {}
    by_id = {}
    for line in lines(material):
        told = [
            [articles.setdefault(_article(one), len(articles)), one.quote, _standing(one), is_graphic(one.quote)]
            for one in line.told
        ]
        facts = [line.when, line.where, line.who, line.deaths, line.injured, line.status, line.sure]
        by_id[line.id] = {
            "what": line.what,
            "type": line.kind,
            "facts": facts,
            "inside": line.inside,
            "possible": line.possible,
            "hidden": line.hidden,
            "told": told,
        }
    rows = [by_id[event_id] for event_id in order]
    return {"rows": rows, "tray": [e for e in by_id.values() if e["hidden"]], "articles": list(map(list, articles))}


def home(material: Material) -> Bounds:
    """Return bounds that hold nearly all events; a few far away must not shrink the rest to a blot."""
    here = theatre.current()
    placed = material.placed
    # What was said in a capital far away is on the map, and no reason to look at half a continent.
    placed = placed[placed["lon"].between(*here.bounds[::2]) & placed["lat"].between(*here.bounds[1::2])]
    if placed.empty:
        return here.view
    west, east = placed["lon"].quantile([0.1, 0.9])
    south, north = placed["lat"].quantile([0.1, 0.9])
    dx, dy = max(0.5, (east - west) * _MARGIN), max(0.4, (north - south) * _MARGIN)
    return float(west - dx), float(south - dy), float(east + dx), float(north + dy)


def window(material: Material) -> list[str] | None:
    """Days to show first: those of the query, within those of the events; None for all."""
    rows, asked = material.placed, material.query.period
    if rows.empty or asked is None:
        whole = default_period(rows)
        return None if whole is None or asked is not None else [day.isoformat() for day in whole]
    first, last = rows["day_start"].min().date(), rows["day_end"].max().date()
    span = (max(asked[0] or first, first), min(asked[1] or last, last))
    return [day.isoformat() for day in span] if span[0] <= span[1] else None


def _article(told: Told) -> tuple[Any, ...]:
    day = told.published and f"{told.published.day} {told.published:%B %Y}"
    return (told.title, told.source, day, _address(told.url), is_graphic(told.title))


def _address(url: str | None) -> str | None:
    """Only a plain web address may become a link; the page asks again before it makes one."""
    try:
        parts = urlsplit(url or "")
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _standing(told: Told) -> str:
    """Say what this report tells and others may not."""
    by = f"says {told.asserted_by}" if told.asserted_by else ""
    toll, standing = toll_words(told.deaths, told.injured), "" if told.status == "reported" else told.status
    return "; ".join(filter(None, (toll, standing, by)))


def _zones(material: Material) -> bytes:
    asked = material.query.zones or frozenset()
    records = (
        {
            "id": part.zone.id,
            "name": part.zone.name,
            "kind": part.zone.kind,
            "geometry": part.geometry,
            "periods": [part.zone.valid],
            "unconfirmed": bool(part.zone.unconfirmed),
            "shown": part.zone.id in asked or part.zone.kind == "operation_area",
        }
        for key, built in material.drawn_zones().items()
        for part in built.parts
    )
    with tempfile.TemporaryDirectory(prefix="borderlines-") as folder:
        return _published(publish_zones(records, Path(folder)), Path(folder))


def _published(url: str, folder: Path) -> bytes:
    return gzip.decompress((folder / url.rpartition("/")[2]).read_bytes())


def _packed(content: bytes) -> str:
    return base64.b64encode(gzip.compress(content, compresslevel=9, mtime=0)).decode("ascii")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
