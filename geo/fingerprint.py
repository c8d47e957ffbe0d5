"""Tells one version of the reading half from another."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from geo import paths, theatre

if TYPE_CHECKING:
    from geo.theatre import Theatre


def reader_fingerprint() -> str:
    """Tell one version of the reading half from another.

    Returns
    -------
    str
        Hash over its code, lexicons and zones, the lists of the current theatre and the gazetteers of the user's own:
        an article read under another value is read again.
    """
    files = sorted(paths.OWN_GAZETTEERS.glob("[!.]*.sqlite"))
    return _fingerprint(theatre.current(), tuple((file.name, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=4)
def _fingerprint(here: Theatre, own: tuple[tuple[str, int], ...]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    parts = ("annotate", "coding", "geocoders", "readers", "zones")
    code_files = (file for part in parts for file in (paths.CODE / part).rglob("*.py"))
    single = (paths.CODE / name for name in ("merge.py", "duplicates.py", "limits.py"))
    for file in sorted([*code_files, *single, *paths.SOURCES.glob("*.yaml")]):
        digest.update(file.relative_to(paths.ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    for file in here.own_lists:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    digest.update(repr(own).encode() if own else b"")
    return digest.hexdigest()
