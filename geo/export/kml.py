"""KML for Google Earth and the like: a placemark an event, its columns as ExtendedData.

Google Earth shows a balloon's text as HTML, whether it stands in CDATA or not. What articles wrote is therefore escaped
once for HTML and once for XML, and the balloon shows nothing but that.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

import pyarrow as pa
import shapely

from geo.errors import InputError
from geo.export.record import DATASET, TITLE, parse
from geo.export.table import ARROW, flat, unflat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from geo.export.record import Bundle

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_ROWS: Final = 20_000
_TOLD: Final = ("place", "actor1", "actor2", "status", "source", "quote")
_WHOLE: Final[dict[str, Any]] = {
    "Point": shapely.MultiPoint,
    "LineString": shapely.MultiLineString,
    "Polygon": shapely.MultiPolygon,
}
# XML 1.0 has no form for these, not even escaped.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(bundle: Bundle, path: Path) -> None:
    """Write a KML document; the record is its ExtendedData."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{NAMESPACE}"><Document>\n<name>{TITLE}</name>\n'
            '<Style id="event"><BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n'
            f"<ExtendedData>{_data(DATASET, bundle.record_text)}</ExtendedData>\n"
        )
        for placemark in _placemarks(bundle.table):
            file.write(placemark)
        file.write("</Document></kml>\n")


def read(path: Path) -> pa.Table:
    """Read the table back."""
    rows, shapes = [], []
    for placemark in _root(path).iter(f"{{{NAMESPACE}}}Placemark"):
        rows.append(_values(placemark))
        shapes.append(next(filter(None, map(_shape, placemark)), None))
    columns: dict[str, Any] = {}
    for name, kind in ARROW.items():
        if name != "geometry":
            text = pa.array([row.get(name) for row in rows], type=pa.string())
            columns[name] = text if pa.types.is_list(kind) else text.cast(kind)
    columns["geometry"] = pa.array([shape and shapely.to_wkb(shape) for shape in shapes], type=pa.binary())
    return unflat(pa.table(columns))


def record(path: Path) -> dict[str, Any] | None:
    """Read the record."""
    document = _root(path).find(f"{{{NAMESPACE}}}Document")
    return None if document is None else parse(_values(document).get(DATASET))


def _placemarks(table: pa.Table) -> Iterator[str]:
    fields = [name for name in table.column_names if name != "geometry"]
    for start in range(0, table.num_rows, _ROWS):
        part = flat(table.slice(start, _ROWS))
        shapes = shapely.from_wkb(part["geometry"].to_numpy())
        columns = [part[name].cast(pa.string()).to_pylist() for name in fields]
        for shape, *values in zip(shapes, *columns, strict=True):
            yield _placemark(dict(zip(fields, values, strict=True)), shape)


def _placemark(row: dict[str, str | None], shape: Any) -> str:
    name = ", ".join(filter(None, (row["sub_event_type"] or row["event_type"], row["place"])))
    told = [name, *(row[key] for key in _TOLD if row[key])]
    first, last = row["day_start"], row["day_end"]
    if first:
        told.insert(1, first if first == last else f"{first} to {last}")
    return (
        f"<Placemark><name>{_text(name)}</name><styleUrl>#event</styleUrl>"
        f"<description>{_text('<br>'.join(html.escape(str(part)) for part in told))}</description>"
        + (f"<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>" if first else "")
        + f"<ExtendedData>{''.join(_data(key, value) for key, value in row.items() if value is not None)}"
        + f"</ExtendedData>{'' if shape is None else _kml(shape)}</Placemark>\n"
    )


def _text(value: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", value), {"\r": "&#13;"})


def _data(name: str, value: str) -> str:
    return f'<Data name="{name}"><value>{_text(value)}</value></Data>'


def _kml(shape: Any) -> str:
    match shape.geom_type:
        case "Point":
            return f"<Point>{_places(shape)}</Point>"
        case "LineString":
            return f"<LineString><tessellate>1</tessellate>{_places(shape)}</LineString>"
        case "Polygon":
            inner = "".join(f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in shape.interiors)
            return f"<Polygon><outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>{inner}</Polygon>"
    return f"<MultiGeometry>{''.join(map(_kml, shape.geoms))}</MultiGeometry>"


def _ring(ring: Any) -> str:
    return f"<LinearRing>{_places(ring)}</LinearRing>"


def _places(shape: Any) -> str:
    places = " ".join(f"{lon!r},{lat!r}" for lon, lat in shapely.get_coordinates(shape).tolist())
    return f"<coordinates>{places}</coordinates>"


def _root(path: Path) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    content = path.read_bytes()
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError("this KML declares entities, which ours never do", path=path) from error
    except (ParseError, ValueError, LookupError) as error:
        raise InputError(f"this is no XML ({error})", path=path) from error
    if root.tag != f"{{{NAMESPACE}}}kml":
        raise InputError("this is no KML", path=path)
    return root


def _values(element: Element) -> dict[str, str]:
    found = element.findall(f"{{{NAMESPACE}}}ExtendedData/{{{NAMESPACE}}}Data")
    return {data.get("name", ""): data.findtext(f"{{{NAMESPACE}}}value") or "" for data in found}


def _shape(element: Element) -> Any:
    kind = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    if kind == "MultiGeometry":
        parts = [_shape(part) for part in element]
        name = {part.geom_type for part in parts}
        return _WHOLE.get(name.pop() if len(name) == 1 else "", shapely.GeometryCollection)(parts)
    rings = [
        [tuple(map(float, place.split(","))) for place in (found.text or "").split()]
        for found in element.iter(f"{{{NAMESPACE}}}coordinates")
    ]
    match kind:
        case "Point":
            return shapely.Point(rings[0][0])
        case "LineString":
            return shapely.LineString(rings[0])
        case "Polygon":
            return shapely.Polygon(rings[0], rings[1:])
    return None
