"""DuckDB: one file, no server. The file is a copy of the events, made anew rather than changed.

A file is written under another name and opened by nobody until it is whole; then it is opened read-only and hardened.
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from geo.errors import StoreError
from geo.warehouse.making import make

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

MEMORY: Final = "1536MB"
"""What DuckDB may take; with Python and its tables a process stays under 2 GiB."""
LONGEST_S = 60.0
"""Seconds that one question may take, as on the servers."""
_HARDENED: Final[dict[str, Any]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": MEMORY,
    # Else a name in a question could mean a variable of this program.
    "python_enable_replacements": False,
    # All of it is set at once: a file that is opened a second time could not be told anything any more.
    "lock_configuration": True,
}
_PART: Final = ".part"


class DuckDB:
    """A snapshot, opened read-only.

    Parameters
    ----------
    file : Path
    rolled : bool, default True
        Use the tables that hold answers in advance.
    """

    dialect = "duckdb"

    def __init__(self, file: Path, *, rolled: bool = True) -> None:
        self.file, self.rolled = file, rolled
        self._connection: Any = None
        if file.exists():
            self._connection = _open(file)

    def ask(self, sql: str) -> pa.Table:
        """Run one question; safe from several threads.

        Raises
        ------
        StoreError
            There is no file, or the question cannot be run.
        """
        import duckdb

        if self._connection is None:
            raise StoreError(f"there is no snapshot {self.file}. Make one: python -m geo index")
        try:
            # Threads must not share a connection: each question has a cursor of its own.
            with self._connection.cursor() as cursor:
                late = threading.Timer(LONGEST_S, cursor.interrupt)
                late.start()
                try:
                    return cursor.sql(sql).to_arrow_table()
                finally:
                    late.cancel()
        except duckdb.Error as error:
            raise StoreError(f"{self.file.name}: a question could not be answered ({_first_line(error)})") from error

    def fill(self, tables: Iterable[tuple[str, pa.Schema, Iterable[Path]]]) -> None:
        """Make the file. It must not be there yet: an open file is never replaced.

        Raises
        ------
        StoreError
            There is such a file, or it cannot be written; nothing is left of it.
        """
        import duckdb

        if self.file.exists():
            raise StoreError(f"{self.file} is there already. Give another name")
        part = self.file.with_suffix(_PART)
        spill = self.file.with_suffix(".spill")
        part.unlink(missing_ok=True)
        try:
            with duckdb.connect(part, config={"memory_limit": MEMORY, "temp_directory": str(spill)}) as connection:
                # Only so does sorting need no second copy of everything in memory.
                connection.execute("SET preserve_insertion_order = false")
                make(connection, {name: [str(file) for file in files] for name, _schema, files in tables})
            part.replace(self.file)
        except duckdb.Error as error:
            raise StoreError(f"{self.file}: the snapshot could not be made ({_first_line(error)})") from error
        finally:
            part.unlink(missing_ok=True)
            part.with_name(part.name + ".wal").unlink(missing_ok=True)
            shutil.rmtree(spill, ignore_errors=True)
        self._connection = _open(self.file)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def connect(address: str) -> DuckDB:
    """Open a file by its address, as ``duckdb:///folder/file.duckdb``."""
    return DuckDB(Path(unquote(urlsplit(address).path)))


def _open(file: Path) -> Any:
    import duckdb

    try:
        return duckdb.connect(file, read_only=True, config=_HARDENED)
    except duckdb.Error as error:
        raise StoreError(f"{file}: the snapshot cannot be opened ({_first_line(error)}). Make it again") from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
