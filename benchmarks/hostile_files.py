"""Files made to hold a reader up: what each costs until it is refused or read, in processor seconds and memory.

``python -m benchmarks.hostile_files [--json] [--quick]``

Each is given to the reader that a user's file would come to, in a process of its own; what that process starts is
counted. The memory is what the file adds to the largest resident set of a process that has read a good one of its kind.
``--quick`` makes the files ten times smaller. Made-up articles stand in :mod:`benchmarks.hostile`.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import resource
import struct
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="word/document.xml"/></Relationships>'
)
_RING = "<coordinates>38,36 39,36 39,37 38,36</coordinates>"
_KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>A</name><Polygon><outerBoundaryIs><LinearRing>'
    f"{_RING}</LinearRing></outerBoundaryIs></Polygon></Placemark></kml>"
)


def zipped(*members: tuple[str, bytes]) -> bytes:
    """Make a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def lying(data: bytes) -> bytes:
    """Make the last entry of a zip's directory tell a size of 100 bytes."""
    changed = bytearray(data)
    struct.pack_into("<L", changed, changed.rfind(b"PK\x01\x02") + 24, 100)
    return bytes(changed)


def docx(body: bytes) -> bytes:
    """Make a Word file of paragraphs in its own XML."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + body + b"</w:body></w:document>"
    return zipped(("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", document))


def pdf(pages: int) -> bytes:
    """Make a PDF with a sentence on each page."""
    from fpdf import FPDF

    made = FPDF()
    made.set_font("Helvetica", size=11)
    for _ in range(pages):
        made.add_page()
        made.multi_cell(0, 6, "Shells hit the town of Kobani on Monday, the governor said.")
    return bytes(made.output())


def laughs(inside: str) -> str:
    """Make text whose entities would be ten thousand million times as long."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE d [<!ENTITY l0 "lol">{entities}]>' + inside.replace("&all;", "&l11;")


def _paragraphs(n: int) -> bytes:
    piece = b"<w:p><w:r><w:t>shells hit the town of Aaaa</w:t></w:r></w:p>"
    return piece * (n // len(piece))


def _word_laughs(_part: int) -> bytes:
    document = laughs("<d>&all;</d>").encode()
    return zipped(("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", document))


def _feed(body: str) -> bytes:
    return laughs(f"<rss><channel><title>&all;</title>{body}</channel></rss>").encode()


def _mail(parts: int) -> bytes:
    head = b"From: a@a.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    return head + b"--b\nContent-Type: text/plain\n\nx\n" * parts + b"--b--\n"


def _corners(number: int) -> bytes:
    return _KML.replace(_RING, f"<coordinates>{'38,36 ' * number}</coordinates>").encode()


def _brackets(number: int) -> bytes:
    return b'{"type":"Polygon","coordinates":' + b"[" * number + b"]" * number + b"}"


def _vrt(_part: int) -> bytes:
    layer = '<OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
    return f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>".encode()


CASES: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "Word, good": ("docx", lambda _: docx(_paragraphs(2_000))),
    "Word, 205 MB of XML in 0.6 MB": ("docx", lambda part: docx(_paragraphs(205_000_000 // part))),
    "Word, a size that is a lie": ("docx", lambda part: lying(docx(_paragraphs(14_000_000 // part)))),
    "Word, entities of entities": ("docx", _word_laughs),
    "PDF, good": ("pdf", lambda _: pdf(2)),
    "PDF, 1,000 pages": ("pdf", lambda part: pdf(max(301, 1_000 // part))),
    "PDF, cut off": ("pdf", lambda _: pdf(40)[:-2_000]),
    "feed, entities of entities": ("rss", lambda _: _feed("")),
    "feed, 200,000 entries": (
        "rss",
        lambda part: b"<rss><channel>" + b"<item/>" * (200_000 // part) + b"</channel></rss>",
    ),
    "page of nothing but tags": ("html", lambda part: b"<b>" * (1_700_000 // part)),
    "mail of 100,000 parts": ("eml", lambda part: _mail(100_000 // part)),
    "KML, good": ("kml", lambda _: _KML.encode()),
    "KML, entities of entities": ("kml", lambda _: laughs("<kml>&all;</kml>").encode()),
    "KML, 3,000,000 corners": ("kml", lambda part: _corners(3_000_000 // part)),
    "KMZ, 246 MB in 0.2 MB": ("kmz", lambda part: zipped(("doc.kml", b"<kml>" + b" " * (246_000_000 // part)))),
    "KMZ, 100,000 files": ("kmz", lambda part: zipped(*((f"{n}.txt", b"") for n in range(100_000 // part)))),
    "KMZ in a KMZ": ("kmz", lambda _: zipped(("doc.kmz", zipped(("doc.kml", _KML.encode()))))),
    "KMZ, a size that is a lie": ("kmz", lambda _: lying(zipped(("doc.kml", b"<kml>" + b"ab" * 2_000_000)))),
    "GeoJSON, 100,000 brackets deep": ("geojson", lambda part: _brackets(100_000 // part)),
    "GeoJSON that is a VRT": ("geojson", _vrt),
}
"""What is made, the ending it comes under, and how; the part is 10 with ``--quick``."""
GOOD = {"docx": "Word, good", "pdf": "PDF, good", "kml": "KML, good", "kmz": "KML, good"}


def give(ending: str, data: bytes) -> str:
    """Give a file to its reader; say what came of it."""
    from geo.errors import GeoError, InputError

    try:
        if ending in ("kml", "kmz", "geojson"):
            from geo.zones.files import read_outlines

            outlines = read_outlines(f"x.{ending}", data, latitude_first=None)
            return f"read, {type(outlines).__name__}"
        from geo.readers import READERS

        found = list(READERS[f".{ending}"](data, Path(f"x.{ending}")))
        problems = [item for item in found if isinstance(item, InputError)]
        return (
            f"refused: {problems[0].problem}"
            if problems
            else f"read, {sum(len(one.text) for one in found):,} characters"
        )  # type: ignore[union-attr]
    except GeoError as error:
        return f"refused: {error}"


def used() -> tuple[float, float]:
    """Give processor seconds and the largest resident set in MB, of this process and of those it waited for."""
    every = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in every), max(one.ru_maxrss for one in every) / 1024


def one_file(name: str, path: Path, part: int) -> dict[str, object]:
    """Read a good file of its kind, then this one, which another process made."""
    ending, _ = CASES[name]
    data, kind = path.read_bytes(), GOOD.get(ending)
    give("kml" if ending == "kmz" else ending, CASES[kind][1](part) if kind else b"x")
    seconds, most = used()
    told = give(ending, data)
    after, peak = used()
    return {"file": name, "mb": len(data) / 1e6, "seconds": after - seconds, "added_mb": peak - most, "told": told}


def many_small(part: int) -> dict[str, object]:
    """Walk a folder of 100,000 empty files."""
    from geo.readers import READERS
    from geo.readers.files import FileWalk

    count = 100_000 // part
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            (Path(folder) / f"{number}.{'txt' if number % 2 else 'png'}").touch()
        seconds, most = used()
        found = sum(1 for _ in FileWalk(frozenset(READERS)).walk([Path(folder)]))
        after, peak = used()
    name = f"folder of {count:,} small files"
    return {"file": name, "mb": 0.0, "seconds": after - seconds, "added_mb": peak - most, "told": f"{found:,} named"}


def measure(part: int) -> Iterator[dict[str, object]]:
    """Give every file to its reader, each in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, make) in CASES.items():
            path = Path(folder) / "x"
            path.write_bytes(make(part))
            with ProcessPoolExecutor(1, context) as pool:
                yield pool.submit(one_file, name, path, part).result()
    with ProcessPoolExecutor(1, context) as pool:
        yield pool.submit(many_small, part).result()


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="files of a tenth of the size")
    options = parser.parse_args(arguments)
    rows = []
    for row in measure(10 if options.quick else 1):
        rows.append(row)
        if not options.json:
            line = "{file:34s} {mb:7.2f} MB {seconds:7.2f} s {added_mb:7.0f} MB more  {told:.90s}\n".format(**row)
            sys.stdout.write(line)
            sys.stdout.flush()
    if options.json:
        sys.stdout.write(json.dumps({"benchmark": Path(__file__).stem, "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
