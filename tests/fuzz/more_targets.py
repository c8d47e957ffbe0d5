"""What else takes somebody's words: files kept beside a store, copies of one, servers' answers, two more messages."""

from __future__ import annotations

import ipaddress
import json
import socket
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from tests import store_world
from tests.fuzz.tables import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MAPPING = b"""columns: {day_start: When, lat: Lat, lon: Long}
types: {shelling: Shelling/artillery/missile attack, clash: Battles}
day_order: day first
dataset: own
attribution: A desk
"""
_RULES = b"""protected:
- places: ["123"]
  names: [A clinic]
  discs: [[38.9, 36.7, 5]]
  sources: [An outlet]
  show: 5
"""


def _presets() -> tuple[bytes, ...]:
    from geo.query import Query
    from geo.ui import presets

    with tempfile.TemporaryDirectory() as folder:
        presets.keep(Path(folder), presets.Preset("A view", Query(text="x", min_confidence=0.5)))
        return ((Path(folder) / presets.FILE).read_bytes(),)


def _preset(data: bytes) -> None:
    from geo.ui.presets import FILE, load

    with _file(data, FILE) as path:
        load(path.parent)


def _mapping(data: bytes) -> None:
    from geo.importers.mapping import load

    with _file(data, "x.yaml") as path:
        load(path)


def _rules(data: bytes) -> None:
    from geo.protection_rules import read

    with _file(data, "protected.yaml") as path:
        read(path)


@contextmanager
def _file(data: bytes, name: str) -> Iterator[Path]:
    """Write some bytes into a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


def _copies() -> tuple[bytes, ...]:
    from geo.store.backup import backup

    with tempfile.TemporaryDirectory() as folder:
        store_world.fill(Path(folder) / "store", range(1))
        backup(Path(folder) / "store", Path(folder) / "x.zip")
        return ((Path(folder) / "x.zip").read_bytes(),)


def _copy(data: bytes) -> None:
    from geo.store.backup import restore

    with _file(data, "x.zip") as path:
        new = path.parent / "new" / "store"
        try:
            restore(path, new)
        finally:
            beside = {one.name for one in path.parent.iterdir()}
            assert beside <= {"x.zip", "new"}, beside


def _answers() -> tuple[bytes, ...]:
    page = f"<title>A strike</title><link rel=canonical href=/2><article><p>{TEXT}</p></article>"
    return tuple(f"{kind}\n{page}".encode() for kind in ("text/html; charset=windows-1251", "text/plain"))


def _answer(data: bytes) -> None:
    """Take the first line as what a server says of what it sends."""
    from geo.net.fetch import Answer
    from geo.net.gather import articles_of

    kind, _, body = data.partition(b"\n")
    if b"pdf" not in kind and b"openxml" not in kind:
        list(articles_of(Answer("https://a.example/1", 200, {"content-type": kind.decode("latin-1")}, body)))


def _address(data: bytes) -> None:
    from geo.net.addresses import check_url

    for line in data.decode("utf-8", "replace").splitlines():
        target = check_url(line, resolve=_as_numbers)
        assert all(ipaddress.ip_address(one).is_global for one in target.addresses), target


def _as_numbers(host: str, port: int) -> list[str]:
    """Read numbers as the system would, and any name as a public address; nobody is asked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:
        return ["93.184.215.14"]
    return [str(entry[4][0]) for entry in found]


def _cells(data: bytes) -> None:
    from geo.timemap.cells import parse_cells

    with suppress(ValueError, RecursionError):
        parse_cells(json.loads(data), 5)


def _pages_of_a_link(data: bytes) -> None:
    from geo.ui.link_schema import notes_on

    params = parse_qs(data.decode("utf-8", "replace"), keep_blank_values=True)
    notes = notes_on({key: values if len(values) > 1 else values[0] for key, values in params.items()})
    assert all(len(note) < 300 for note in notes)


def _cell_messages() -> tuple[bytes, ...]:
    from geo.timemap import cells

    said = {"v": cells.VERSION, "payload": cells._NAME, "why": "view", "bounds": [35, 33, 42, 38], "zoom": 7.0,
            "clicked": 1, "ack": 0}  # fmt: skip
    assert cells.parse_cells(said, 5)
    return (json.dumps(said).encode(),)


MORE: Final[dict[str, tuple[Callable[[bytes], object], Callable[[], tuple[bytes, ...]]]]] = {
    "preset": (_preset, _presets),
    "mapping": (_mapping, lambda: (_MAPPING,)),
    "protection": (_rules, lambda: (_RULES,)),
    "copy": (_copy, _copies),
    "answer": (_answer, _answers),
    "address": (_address, lambda: (b"https://a.example/1?x=2#y", b"http://[2001:db8::1]:8080/", b"http://127.1/")),
    "cells": (_cells, _cell_messages),
    "page-link": (
        _pages_of_a_link,
        lambda: (b"theatre=kivu&zone_card=ops&zone_days=2019-10-09..2019-10-17&compare=zone:ops&article=a1&event=e1",),
    ),
}
"""What takes it, and good input of it."""
