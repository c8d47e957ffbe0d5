"""Where the map's files are served from, so that nothing comes from outside.

Streamlit serves the folder of every registered component at ``<base path>/component/<module>.<name>/``. Two folders are
registered from here: our scripts and styles, and a cache folder for what :func:`write_once` made. Pages reach both by
an address relative to the frame of ``st_folium``, so an app under ``server.baseUrlPath`` works as well.

This is the only module outside :mod:`geo.ui` that imports streamlit, and it does so for this one call. The addresses
hold the name of this module: renaming it moves them.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FOLDER: Final = Path(__file__).parent / "assets"
"""Our scripts and styles and those of others."""
ASSETS_URL: Final = "../geo.timemap.assets.assets/"
"""Address of :data:`FOLDER`, relative to the frame of ``st_folium``."""
CACHE_URL: Final = "../geo.timemap.assets.cache/"
"""Address of :func:`cache_folder`, relative to the frame of ``st_folium``."""
KEEP_DAYS: Final = 14.0
"""Days after which a published file that nobody asked for again is deleted."""


@cache
def register_assets() -> None:
    """Have Streamlit serve the two folders. Call it once before the first map; calling it again does nothing."""
    from streamlit.components.v1 import declare_component

    declare_component("assets", path=str(FOLDER))
    declare_component("cache", path=str(cache_folder()))


def cache_folder() -> Path:
    """Folder of published files, made if it is missing and readable by this user only.

    Returns
    -------
    Path
        ``BORDERLINES_CACHE`` if set, else the user's cache folder of this system, with ``timemap`` inside.
    """
    if named := os.environ.get("BORDERLINES_CACHE"):
        root = Path(named)
    elif sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "borderlines"
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "borderlines"
    folder = root / "timemap"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def write_once(content: bytes, suffix: str, folder: Path) -> tuple[str, Path]:
    """Write bytes gzipped under the hash of their content, unless they are there already.

    Parameters
    ----------
    content : bytes
        What to publish, not yet compressed.
    suffix : str
        ".bin" or ".json"; ".gz" is added. Served as ``.gz`` Streamlit does not compress it again at every request.
    folder : Path
        Where to write; files in it that are older than :data:`KEEP_DAYS` are deleted.

    Returns
    -------
    str
        The first 24 hex digits of the content's SHA-256.
    Path
        The file.
    """
    name = hashlib.sha256(content).hexdigest()[:24]
    return name, _keep(folder / f"{name}{suffix}.gz", lambda: content)


def write_derived(sources: Iterable[Path], make: Callable[[], bytes], suffix: str, folder: Path) -> Path:
    """Write what `make` makes of some files under the hash of those files, unless it is there already.

    Parameters
    ----------
    sources : iterable of Path
        Every file that the content depends on, the code among them.
    make : callable
        Makes the content; not called where it was made before.
    suffix, folder
        As for :func:`write_once`.

    Returns
    -------
    Path
        The file.
    """
    digest = hashlib.sha256()
    for source in sources:
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    return _keep(folder / f"{digest.hexdigest()[:24]}{suffix}.gz", make)


def _keep(path: Path, make: Callable[[], bytes]) -> Path:
    if path.exists():
        path.touch()
    else:
        content = make()
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_bytes(gzip.compress(content, compresslevel=6 if len(content) < 4_000_000 else 1, mtime=0))
        part.replace(path)
    _forget_old(path.parent, keep=path)
    return path


def _forget_old(folder: Path, *, keep: Path) -> None:
    limit = time.time() - KEEP_DAYS * 86_400
    for file in folder.glob("*.gz*"):
        # Another process may delete the same file at the same moment.
        with contextlib.suppress(FileNotFoundError):
            if file != keep and file.stat().st_mtime < limit:
                file.unlink()
