"""KML: its placemarks that are areas. Entities are refused, links are not followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

import defusedxml.sax  # type: ignore[import-untyped]
import numpy as np
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from geo.errors import ZoneError
from geo.zones.files.limits import MAX_DEPTH, Counter, RawShape, attributes

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.zones.files.limits import Ring

_KEPT = {"name", "coordinates", "SimpleData", "value"}
_OTHERS = {"Point": "point", "LineString": "line", "Track": "track", "Model": "model"}
_MOST_ELEMENTS = 1_000_000


def read(data: bytes) -> list[RawShape]:
    """Read the placemarks of a KML file.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    list of RawShape

    Raises
    ------
    ZoneError
        The file as a whole cannot be read.
    """
    found = _Placemarks()
    try:
        defusedxml.sax.parseString(data, found, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ZoneError("declares entities or a document type, which is not read") from error
    except SAXParseException as error:
        raise ZoneError(f"is no KML: {error.getMessage()} in line {error.getLineNumber()}") from error
    except ZoneError:
        raise
    except (SAXException, ValueError, LookupError) as error:
        raise ZoneError(f"is no KML: {error}"[:200]) from error
    if not found.is_kml:
        raise ZoneError("is XML, but no KML", remedy="Export it as KML again")
    return found.shapes


class _Placemarks(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.shapes: list[RawShape] = []
        self.is_kml = False
        self._line: Callable[[], int | None] = lambda: None
        self._stack: list[str] = []
        self._elements = 0
        self._counter = Counter()
        self._text: list[str] | None = None
        self._shape: RawShape | None = None
        self._told: dict[str, str] = {}
        self._key = ""
        self._other = ""

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802 - SAX calls it so
        self._line = locator.getLineNumber

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        name = name.rpartition(":")[2]
        self._stack.append(name)
        self._elements += 1
        if len(self._stack) > MAX_DEPTH or self._elements > _MOST_ELEMENTS:
            raise ZoneError(f"nests deeper than {MAX_DEPTH} or has more than {_MOST_ELEMENTS:,} elements")
        if len(self._stack) == 1:
            self.is_kml = name == "kml"
        elif name == "Placemark":
            self._counter.feature()
            self._shape = RawShape(f"placemark {len(self.shapes) + 1}", line=self._line())
            self._told, self._other = {}, ""
        elif name in ("SimpleData", "Data"):
            self._key = attrs.get("name", "")
        elif name == "Polygon" and self._shape is not None:
            self._shape.polygons.append([])
        elif name in _OTHERS:
            self._other = _OTHERS[name]
        self._text = [] if name in _KEPT and self._shape is not None else None

    def characters(self, content: str) -> None:
        if self._text is not None:
            self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        name = name.rpartition(":")[2]
        self._stack.pop()
        text, self._text = "".join(self._text or ()), None
        shape = self._shape
        if shape is None:
            return
        if name == "name" and self._stack[-1] == "Placemark":
            self._told["name"] = text
        elif name in ("SimpleData", "value"):
            self._told[self._key] = text
        elif name == "coordinates" and "Polygon" in self._stack:
            self._ring(shape, text)
        elif name == "Placemark":
            shape.attributes = attributes(self._told)
            if not shape.polygons and shape.trouble is None:
                what = f"is a {self._other}" if self._other else "has no geometry"
                shape.trouble = ZoneError(f"{what}, and only areas can be zones", remedy="Draw it as a polygon")
            self.shapes.append(shape)
            self._shape = None

    def _ring(self, shape: RawShape, text: str) -> None:
        try:
            rings = shape.polygons[-1]
            ring = _coordinates(text, self._counter)
            # The outer ring comes first in our lists, whatever comes first in the file.
            rings.insert(0 if "outerBoundaryIs" in self._stack else len(rings), ring)
        except ValueError as error:
            shape.trouble = ZoneError(f"its coordinates cannot be read ({error})"[:200])


def _coordinates(text: str, counter: Counter) -> Ring:
    pairs = []
    for position in text.split():
        lon, lat, *_ = (*position.split(",", 3), "", "")
        pairs.append((float(lon), float(lat)))
    counter.vertices(len(pairs))
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)
