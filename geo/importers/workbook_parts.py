"""The parts of an XLSX file that say how its first sheet is to be read; every part is read as a stream."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator

    Written = Callable[[str], str]
    """Writes a number of a cell as text."""

MAX_ELEMENT: Final = 16 * 2**20
"""Bytes of a part that may pass without the end of a row or of a text."""
MAX_SETTINGS: Final = 64 * 2**20
"""Bytes of each part that says how the sheet is to be read."""
MAX_SHARED: Final = 512 * 2**20
"""Bytes of the list of texts, which is held in memory."""
_ROOT: Final = "_rels/.rels"
_BLOCK: Final = 2**16
_DAYS: Final = 50_000
"""Different days that are kept as they are written."""


def book_of(archive: zipfile.ZipFile) -> str:
    """Give the name of the part that lists the sheets."""
    return _target(archive, _ROOT, "/officeDocument")


def first_sheet(archive: zipfile.ZipFile, book: str) -> tuple[str, bool]:
    """Give the name of the first sheet that is a table, and whether its days are counted from 1904.

    Raises
    ------
    KeyError
        There is none.
    """
    _demand_small(archive, book)
    keys, since_1904 = [], False
    for element in elements(archive, book, "workbookPr", "sheet"):
        if local(element) == "workbookPr":
            since_1904 = element.get("date1904") in ("1", "true")
        else:
            keys += [value for name, value in element.attrib.items() if name.endswith("}id")]
    for key in keys:
        try:
            return _target(archive, _relations(book), "/worksheet", key), since_1904
        except KeyError:
            # A sheet of nothing but a chart.
            continue
    raise KeyError("it has no sheet")


def shared_texts(archive: zipfile.ZipFile, book: str) -> list[str]:
    """Read the texts that cells name by their number."""
    try:
        part = _target(archive, _relations(book), "/sharedStrings")
    except KeyError:
        return []
    _demand_small(archive, part, MAX_SHARED)
    return [plain_text(element, f"{element.tag.removesuffix('si')}t") for element in elements(archive, part, "si")]


def plain_text(element: Any, text_tag: str) -> str:
    """Put the pieces of a text together, without how it is read aloud."""
    if len(element) == 1 and element[0].tag == text_tag:
        return _unescaped(element[0].text or "")
    pieces: list[str] = []
    for child in element.iterchildren("{*}t", "{*}r"):
        pieces += [child.text or ""] if child.tag == text_tag else [t.text or "" for t in child.iterchildren(text_tag)]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape

    return str(unescape(text))


def days_by_style(
    archive: zipfile.ZipFile, book: str, *, since_1904: bool, write: Callable[[Any], str]
) -> dict[str, Written]:
    """Give what writes a number as a day or a clock, by the style of its cell.

    Parameters
    ----------
    archive : ZipFile
    book : str
    since_1904 : bool
    write : callable
        Writes a day, a clock or a time as text.
    """
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    try:
        part = _target(archive, _relations(book), "/styles")
    except KeyError:
        return {}
    _demand_small(archive, part)
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    found: dict[str, Written] = {}
    day, span = (_writer(since_1904, is_span, write) for is_span in (False, True))
    count = 0
    for element in elements(archive, part, "numFmt", "xf"):
        if local(element) == "numFmt":
            formats[int(element.get("numFmtId", -1))] = element.get("formatCode", "")
        elif local(element.getparent()) == "cellXfs":
            told = formats.get(int(element.get("numFmtId", 0)), "General")
            if is_date_format(told):
                found[str(count)] = span if is_timedelta_format(told) else day
            count += 1
    return found


def _writer(since_1904: bool, span: bool, write: Callable[[Any], str]) -> Written:
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    @lru_cache(maxsize=_DAYS)
    def written(number: str) -> str:
        try:
            return write(from_excel(float(number), MAC_EPOCH if since_1904 else WINDOWS_EPOCH, timedelta=span))
        except (OverflowError, ValueError):
            return "#VALUE!"

    return written


def elements(
    archive: zipfile.ZipFile, part: str, *names: str, tell: Callable[[int], None] = lambda _read: None
) -> Iterator[Any]:
    """Give the elements of these names as they end. Each is emptied when the next is asked for.

    Raises
    ------
    ValueError
        One does not end.
    XMLSyntaxError
        From lxml: it is no XML.
    """
    from lxml import etree  # type: ignore[import-untyped] # ships no types

    tags = [f"{{*}}{name}" for name in names]
    # Entities stay what they are: no name in a stranger's file stands for anything.
    parser = etree.XMLPullParser(("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
    since = 0
    with archive.open(part) as file:
        while block := file.read(_BLOCK):
            parser.feed(block)
            since += len(block)
            for _, element in parser.read_events():
                since = 0
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            tell(file.tell())
            if since > MAX_ELEMENT:
                raise ValueError(f"something in {part} is longer than {MAX_ELEMENT // 2**20} MiB")
    parser.close()


def local(element: Any) -> str:
    """Give the name of an element without the address of its vocabulary."""
    name: str = element.tag.rpartition("}")[2]
    return name


def _target(archive: zipfile.ZipFile, relations: str, kind: str, key: str | None = None) -> str:
    """Give the part that a relation leads to, by what it is or by its key."""
    _demand_small(archive, relations)
    beside = posixpath.dirname(posixpath.dirname(relations))
    for one in elements(archive, relations, "Relationship"):
        if one.get("Type", "").endswith(kind) and key in (None, one.get("Id")):
            return posixpath.normpath(posixpath.join("/", beside, one.get("Target", ""))).lstrip("/")
    raise KeyError(f"no {kind.strip('/')} in {relations}")


def _relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _demand_small(archive: zipfile.ZipFile, part: str, most: int = MAX_SETTINGS) -> None:
    if archive.getinfo(part).file_size > most:
        raise ValueError(f"{part} has more than {most // 2**20} MiB")
