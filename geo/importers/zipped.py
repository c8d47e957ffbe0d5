"""One table of text in a ZIP file, as GDELT and many portals give theirs out."""

from __future__ import annotations

import shutil
import tempfile
import weakref
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from geo import damage
from geo.errors import InputError
from geo.importers.delimited import open_delimited

if TYPE_CHECKING:
    from geo.importers.raw import RawTable

MAX_UNPACKED: Final = 2**30
"""Bytes that the table may have unpacked, whatever the file tells of itself."""
_ENDINGS: Final = (".csv", ".tsv", ".txt")
_BLOCK: Final = 2**20
_ENCRYPTED: Final = 0x1


def open_zip(path: Path) -> RawTable:
    """Open the one table in a ZIP file; it is unpacked beside nothing else, and removed when nobody reads it any more.

    Parameters
    ----------
    path : Path

    Returns
    -------
    RawTable

    Raises
    ------
    InputError
        It is no ZIP file, holds no table or several, needs a password or is too large.
    """
    folder = tempfile.mkdtemp(prefix="borderlines-")
    try:
        # The name inside says nothing but the ending: nobody's words become a path.
        file = Path(folder) / "table.csv"
        with zipfile.ZipFile(path) as pack, file.open("wb") as out, pack.open(_only_table(pack, path)) as table:
            _copy(table, out, path)
        opened = replace(open_delimited(file), path=path)
    except damage.OF_A_ZIP as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, InputError) or not damage.is_of_the_file(error):
            raise
        raise InputError(f"the ZIP file is damaged ({error})"[:300], path=path, remedy="Fetch it again") from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(opened, shutil.rmtree, folder, ignore_errors=True)
    return opened


def _only_table(pack: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    found = [one for one in pack.infolist() if not one.is_dir() and one.filename.lower().endswith(_ENDINGS)]
    if len(found) != 1:
        problem = f"{len(found)} tables in the ZIP file, it must be one ({', '.join(_ENDINGS)})"
        raise InputError(problem, path=path, remedy="Unpack it and import them one by one")
    if found[0].flag_bits & _ENCRYPTED:
        raise InputError("the ZIP file needs a password", path=path, remedy="Unpack it first")
    return found[0]


def _copy(table: IO[bytes], out: IO[bytes], path: Path) -> None:
    """Unpack, and stop where it is too much: what a ZIP file tells of its size may be wrong."""
    left = MAX_UNPACKED
    while block := table.read(_BLOCK):
        left -= len(block)
        if left < 0:
            raise InputError(
                f"more than {MAX_UNPACKED:,} bytes unpacked", path=path, remedy="Unpack it and import the table itself"
            )
        out.write(block)
