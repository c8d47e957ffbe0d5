"""Good event tables to spoil, one for each ending that is imported and each kind of table. Every fact is invented."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache

from tests import store_world

TEXT = "Turkish drones struck a vehicle in Kobani on 22 November 2022, killing two fighters."
_ACLED = {
    "event_id_cnty": ["SYR1", "SYR2"], "event_date": ["2022-11-23", "24 November 2022"],
    "event_type": ["Battles", "Explosions/Remote violence"], "sub_event_type": ["Armed clash", "Air/drone strike"],
    "latitude": ["36.8", "36.9"], "longitude": ["38.3", "40.1"], "location": ["K", "x"], "fatalities": ["1", "0"],
    "notes": [TEXT, "x"], "source": ["An outlet", "y"],
}  # fmt: skip
_UCDP = {
    "id": ["77"], "type_of_violence": ["1"], "side_a": ["Government of Syria"], "side_b": ["A group"],
    "source_headline": ["A headline"], "where_prec": ["1"], "where_coordinates": ["A town"], "latitude": ["36.7"],
    "longitude": ["38.9"], "country": ["Syria"], "event_clarity": ["1"], "date_prec": ["1"],
    "date_start": ["2019-10-12 00:00:00.000"], "date_end": ["2019-10-13"], "best": ["4"], "high": ["6"], "low": ["3"],
}  # fmt: skip
_OWN = {"When": ["12/10/2019", "13/10/2019"], "What": ["shelling", "clash"], "Lat": ["36,7", "36.8"],
        "Long": ["38.9", "38.8"], "Dead": ["2", ""], "Remarks": ["Said twice", "x"]}  # fmt: skip
_GDELT = {
    "GLOBALEVENTID": "900000001", "SQLDATE": "20191012", "Actor1Name": "TOWN", "IsRootEvent": "1", "EventCode": "1951",
    "NumMentions": "8", "NumSources": "2", "NumArticles": "4", "ActionGeo_Type": "4", "ActionGeo_FullName": "A town",
    "ActionGeo_CountryCode": "SY", "ActionGeo_Lat": "36.7", "ActionGeo_Long": "38.9", "DATEADDED": "20191013123000",
    "SOURCEURL": "https://a.example/1",
}  # fmt: skip


@cache
def tables(kind: str) -> tuple[bytes, ...]:
    """Give good files of an ending."""
    if kind in ("csv", "tsv", "txt"):
        return (*(_written(one, "\t" if kind == "tsv" else ",") for one in (_ACLED, _UCDP, _OWN)), _gdelt())
    if kind == "zip":
        return tuple(_zipped(name, data) for name, data in (("a.csv", _written(_ACLED, ",")), ("b.CSV", _gdelt())))
    if kind in ("geojson", "json"):
        features = [
            {"type": "Feature", "properties": row, "geometry": {"type": "Point", "coordinates": [38.3, 36.8]}}
            for row in _rows(_ACLED)
        ]
        return (json.dumps({"type": "FeatureCollection", "features": features}).encode(),)
    from geo.export import to_bytes
    from geo.frame import events_frame

    form = {"xlsx": "xlsx", "gpkg": "gpkg", "parquet": "geoparquet", "geoparquet": "geoparquet"}.get(kind)
    return (to_bytes(events_frame(store_world.events(), store_world.articles()), form) if form else b"",)


def _rows(table: dict[str, list[str]]) -> list[dict[str, str]]:
    return [dict(zip(table, line, strict=True)) for line in zip(*table.values(), strict=True)]


def _written(table: dict[str, list[str]], mark: str) -> bytes:
    lines = [list(table), *(list(row.values()) for row in _rows(table))]
    return "\n".join(mark.join(f'"{cell}"' for cell in line) for line in lines).encode()


def _gdelt() -> bytes:
    from geo.importers.how import lists

    return "\t".join(_GDELT.get(name, "") for name in lists()["gdelt"]["names"]).encode() + b"\n"


def _zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()
