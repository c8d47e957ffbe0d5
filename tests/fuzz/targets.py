"""What is tried: every entry of every registry, and what else takes a stranger's words."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from geo.errors import GeoError
from tests import store_world
from tests.fuzz.tables import TEXT, tables

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Target:
    """One thing that takes input."""

    run: Callable[[bytes], object]
    """Takes it; raises :class:`~geo.errors.GeoError` where it says no, and nothing else."""
    seeds: tuple[bytes, ...] = field(default=(b"",))


def targets() -> dict[str, Target]:
    """Give every target by name."""
    from geo.importers.opening import OPENERS
    from geo.readers import READERS
    from geo.zones.files import SUFFIXES

    found = {f"reader{suffix}": Target(_reader(suffix), _article(suffix)) for suffix in READERS}
    found |= {f"import.{kind}": Target(_importer(kind), tables(kind)) for kind in OPENERS}
    found |= {f"zones.{suffix}": Target(_zones(suffix), _zone_file(suffix)) for suffix in SUFFIXES}
    from tests.fuzz.more_targets import MORE

    return (
        found
        | {name: Target(run, seeds()) for name, (run, seeds) in MORE.items()}
        | {
            "zone-definition": Target(_definition, (_DEFINITION,)),
            "link": Target(_link, _LINKS),
            "message": Target(_message, (json.dumps(_heard()).encode(),)),
            "reopen": Target(_reopen, _figures()),
        }
    )


# ------------------------------------------------------------------------------------------------------------- readers

_TEXT = TEXT
_FRONT = f"---\ntitle: A strike\npublished: 2022-11-23\nsource: An outlet\nurl: https://a.example/1\n---\n{_TEXT}"
_PAGE = f"<html><head><title>A strike</title><meta charset=utf-8></head><body><article><p>{_TEXT}</p></article>"
_FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>An outlet</title><item><title>A strike</title>'
    f"<link>https://a.example/1</link><pubDate>Wed, 23 Nov 2022 10:00 GMT</pubDate><description>{_TEXT}</description>"
    "</item></channel></rss>"
)
_ATOM = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>An outlet</title><entry>'
    '<title type="html">A &lt;b&gt;strike&lt;/b&gt;</title><link rel="alternate" href="https://a.example/1"/>'
    f'<published>2022-11-23T10:00:00+03:00</published><content type="xhtml"><div><p>{TEXT}</p></div></content>'
    "</entry></feed>"
)
_MAIL = f"From: a@a.example\nSubject: =?utf-8?q?A_strike?=\nDate: Wed, 23 Nov 2022 10:00:00 +0000\nMIME-Version: 1\n" \
    f"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{_TEXT}\n--b\n" \
    f"Content-Type: text/html\n\n{_PAGE}\n--b--\n"  # fmt: skip


def _article(suffix: str) -> tuple[bytes, ...]:
    told = {
        ".txt": _TEXT, ".md": _FRONT, ".html": _PAGE, ".htm": _PAGE, ".rss": _FEED, ".atom": _ATOM,
        ".jsonl": json.dumps({"title": "A strike", "text": _TEXT, "published": "2022-11-23"}) + "\n",
        ".eml": _MAIL, ".mbox": f"From a@a.example Wed Nov 23 10:00:00 2022\n{_MAIL}",
    }  # fmt: skip
    if suffix == ".xml":
        return (_FEED.encode(), _ATOM.encode())
    if suffix in told:
        return (told[suffix].encode(),)
    made = {".pdf": _pdf, ".docx": _docx}
    return (made[suffix]() if suffix in made else b"",)


def _pdf() -> bytes:
    from fpdf import FPDF

    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=12)
    document.multi_cell(0, text=_TEXT)
    return bytes(document.output())


def _docx() -> bytes:
    from docx import Document

    document, out = Document(), io.BytesIO()
    document.add_paragraph(_TEXT)
    document.save(out)
    return out.getvalue()


def _reader(suffix: str) -> Callable[[bytes], object]:
    def run(data: bytes) -> None:
        from geo.errors import InputError
        from geo.readers import READERS

        for item in READERS[suffix](data, Path(f"x{suffix}")):
            if not isinstance(item, InputError):
                item.text.encode()

    return run


# ----------------------------------------------------------------------------------------------------------- importers


def _importer(kind: str) -> Callable[[bytes], object]:
    def run(data: bytes) -> None:
        from geo.importers.importing import plan, preview

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"x.{kind}"
            path.write_bytes(data)
            preview(plan(path))

    return run


# --------------------------------------------------------------------------------------------------------------- zones

_RING = [[38.0, 36.0], [39.0, 36.0], [39.0, 37.0], [38.0, 36.0]]
_DEFINITION = b"""zones:
- id: a_disc
  name: A disc
  kind: region
  valid: [2019-10-09, null]
  definition: Around a town.
  sources: []
  confidence: {dates: low, geometry: low}
  geometry: {disc: {center: [38.95, 36.70], radius_km: 20}}
"""


@cache
def _zone_file(suffix: str) -> tuple[bytes, ...]:
    shape = {"type": "Polygon", "coordinates": [_RING]}
    geojson = json.dumps({"type": "Feature", "properties": {"name": "A"}, "geometry": shape}).encode()
    places = " ".join(f"{lon},{lat}" for lon, lat in _RING)
    kml = (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>A</name><Polygon><outerBoundaryIs><LinearRing>'
        f"<coordinates>{places}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>"
    ).encode()
    if suffix.strip(".") in ("gpkg", "zip"):
        return (_through_gdal(suffix.strip(".")),)
    if suffix.strip(".") == "kmz":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("doc.kml", kml)
        return (out.getvalue(),)
    return (kml if suffix.strip(".") == "kml" else geojson,)


def _through_gdal(suffix: str) -> bytes:
    import geopandas as gpd
    import shapely

    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Polygon(_RING)], crs="EPSG:4326")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("x.gpkg" if suffix == "gpkg" else "x.shp")
        frame.to_file(path)
        if suffix == "gpkg":
            return path.read_bytes()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.write(part, part.name)
        return out.getvalue()


def _zones(suffix: str) -> Callable[[bytes], object]:
    def run(data: bytes) -> None:
        from geo.zones.files import read_outlines

        read_outlines(f"x.{suffix.strip('.')}", data, latitude_first=None)

    return run


def _definition(data: bytes) -> None:
    from geo.zones.definitions import parse

    parse(data.decode("utf-8", "replace"), Path("x.yaml"))


# ---------------------------------------------------------------------------------------------------- links, messages

_LINKS = (
    b"from=2019-10-09&to=2019-10-17&type=Battles&actor=Islamic%20State&zone=ops&status=all&possible=no",
    b"min_confidence=0.5&text=x&known_on=2020-01-01&known_by=published&at=38.1,36.5,8&event=e0001&sub_type=Armed%20clash",
    b"zone_card=ops&compare=days:2019-10-09..2019-12-31&zone_days=2019-10-09..2019-10-17&article=a1&theatre=kivu",
)


def _link(data: bytes) -> None:
    from geo.query import from_params, to_params
    from geo.ui.state import _place_of
    from geo.ui.zone_window import days_of

    params = parse_qs(data.decode("utf-8", "replace"), keep_blank_values=True)
    query, notes = from_params({key: values if len(values) > 1 else values[0] for key, values in params.items()})
    assert from_params(to_params(query)) == (query, [])
    assert all(isinstance(note, str) for note in notes)
    for values in params.values():
        for value in (values, *values):
            _place_of(value)
            days_of(value)


@cache
def _payload() -> Any:
    from geo.frame import events_frame
    from geo.timemap import publish

    return publish(events_frame(store_world.events(), store_world.articles()), folder=Path(tempfile.mkdtemp()))


def _heard() -> dict[str, Any]:
    payload = _payload()
    filters = {"subs": None, "actors": [0], "actor_types": None, "zones": None, "statuses": [0], "possible": True,
               "min_confidence": 0.5, "text": "x"}  # fmt: skip
    return {
        "v": 2, "payload": payload.id, "seq": 1, "why": "window", "types_off": [1], "filters": filters, "zoom": 7.0,
        "window": [payload.epoch.isoformat(), payload.last.isoformat()], "bounds": [35, 33, 42, 38], "clicked": None,
        "rows": [0], "ack": 0,
    }  # fmt: skip


def _message(data: bytes) -> None:
    from geo.timemap import parse

    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    parse(value, _payload())


@cache
def _figures() -> tuple[bytes, ...]:
    from geo.reports.registry import KINDS
    from geo.snapshot import Options, draw, to_bytes
    from tests.reports.world import material

    given = material()
    sheet = draw(given.frame, given.query, options=Options(dpi=40))
    drawn = tuple(to_bytes(sheet, form=form) for form in ("png", "svg", "pdf"))
    record = json.dumps(sheet.record).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("query.json", record * 3)
        archive.writestr("query.json.txt", record)
    page = KINDS["page"].make(given)
    start = page.index(b'id="query"') - 60
    return (*drawn, record, out.getvalue(), b"<!doctype html>" + page[start : start + 4_000])


def _reopen(data: bytes) -> None:
    from geo.reports.reopening import reopened
    from geo.snapshot.wish import wish_of

    wish_of(reopened(data).record)


__all__ = ["GeoError", "Target", "targets"]
