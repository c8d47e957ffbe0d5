"""Map files made for tests, good and bad."""

import io
import json
import struct
import zipfile

from pyproj import CRS

SQUARE = [[38.0, 36.0], [39.0, 36.0], [39.0, 37.0], [38.0, 37.0], [38.0, 36.0]]
WGS84 = CRS.from_epsg(4326).to_wkt("WKT1_ESRI").encode()
UTM37 = CRS.from_epsg(32637).to_wkt("WKT1_ESRI").encode()
KML_AREA = (
    "<Placemark><name>{name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{corners}</coordinates>"
    "</LinearRing></outerBoundaryIs></Polygon></Placemark>"
)


def feature(coordinates, kind="Polygon", **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def geojson(*features, **top):
    return json.dumps({"type": "FeatureCollection", **top, "features": list(features)}).encode()


def area(ring, name="A zone", **top):
    return geojson(feature([ring], name=name), **top)


def kml(*, name="A zone", corners="38,36,0 39,36,0 39,37,0 38,36,0", more=""):
    body = KML_AREA.format(name=name, corners=corners)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
        f"{body}\n{more}</Document></kml>"
    ).encode()


def zipped(*members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def shp(*rings, kind=5):
    points = [point for ring in rings for point in ring]
    starts = [sum(map(len, rings[:n])) for n in range(len(rings))]
    record = struct.pack("<i4d2i", kind, 0, 0, 0, 0, len(rings), len(points))
    record += struct.pack(f"<{len(starts)}i", *starts) + b"".join(struct.pack("<2d", *point) for point in points)
    body = struct.pack(">2i", 1, len(record) // 2) + record
    head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(body)) // 2) + struct.pack("<2i", 1000, kind)
    return head + bytes(64) + body
