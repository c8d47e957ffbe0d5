"""CSV and its kin, read a part at a time by Arrow; each row keeps the line it begins on."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from geo.errors import InputError
from geo.importers.raw import BATCH_ROWS, MAX_COLUMNS, RawBatch, RawTable
from geo.importers.rows import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

BLOCK: Final = 4 * 2**20
"""Bytes that are read at a time; no row may be longer. Arrow reads up to 32 of them ahead."""
_PART: Final = 16 * 2**20
"""Bytes from which on some rows are worth being looked at together."""
_DELIMITERS: Final = (",", ";", "\t", "|")
_HEAD: Final = 2**20
_BOMS: Final = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NO_HEADING: Final = 50
"""Columns from which on a first line of numbers is taken for a row of GDELT, which has no heading."""
_WORDS: Final = 60
_AGAIN: Final = "Save it as CSV again"


def open_delimited(path: Path) -> RawTable:
    """Open a table of values between commas, semicolons, tabs or bars.

    Parameters
    ----------
    path : Path
        UTF-8, UTF-16 with its mark, or else Windows-1252.

    Returns
    -------
    RawTable

    Raises
    ------
    InputError
        It is empty, is no table, or names a column twice.
    """
    encoding = encoding_of(path)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"\0" in head and encoding != "utf-16":
        raise InputError("this is no text: it has zero bytes", path=path, remedy="Save it as CSV")
    text = head.decode(encoding, errors="ignore").removeprefix("\ufeff")
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    csv.field_size_limit(BLOCK)
    try:
        first = next(reader, None)
    except csv.Error as error:
        raise InputError(f"its first line cannot be read ({error})", path=path, line=1, remedy=_AGAIN) from error
    if not first:
        raise InputError("the file is empty", path=path)
    header = not _is_gdelt(first)
    names = named(first) if header else tuple(map(str, range(1, len(first) + 1)))
    demand_names(names, path)
    table = _Delimited(path, encoding, delimiter, names, reader.line_num if header else 0)
    return RawTable(path, names, table.batches, header, table.share)


def encoding_of(path: Path) -> str:
    """Tell how a text file is written: "utf-8", "utf-16" where its mark says so, else "cp1252"."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        start = file.read(4)
        for mark, name in _BOMS.items():
            if start.startswith(mark):
                return name
        file.seek(0)
        try:
            while block := file.read(_HEAD):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _delimiter(text: str) -> str:
    line = text.split("\n", 1)[0]
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _is_gdelt(first: list[str]) -> bool:
    return len(first) > _NO_HEADING and first[0].isdigit() and first[1].isdigit()


def named(heading: Iterable[str | None]) -> tuple[str, ...]:
    """Give each column a name; one without is called by its number."""
    return tuple(" ".join((name or "").split()) or f"column {n}" for n, name in enumerate(heading, start=1))


def demand_names(names: tuple[str, ...], path: Path) -> None:
    """Refuse names that are too many or not told apart."""
    if len(names) < 2:
        raise InputError("the first line has one column only", path=path, line=1, remedy="A table has a heading")
    if len(names) > MAX_COLUMNS:
        raise InputError(f"{len(names):,} columns, at most {MAX_COLUMNS} are read", path=path, line=1)
    seen: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        if (before := seen.setdefault(name.casefold(), number)) != number:
            problem = f"columns {before} and {number} are both called {name[:_WORDS]!r}"
            raise InputError(problem, path=path, line=1, remedy="Give one of them another name, or take it out")


class _Delimited:
    """Reads the parts, and counts lines."""

    def __init__(self, path: Path, encoding: str, delimiter: str, names: tuple[str, ...], heading: int) -> None:
        self.path, self.encoding, self.delimiter, self.names, self.heading = path, encoding, delimiter, names, heading
        self._file: Any = None

    def share(self) -> float:
        size = self.path.stat().st_size
        return self._file.tell() / size if self._file is not None and not self._file.closed and size else 0.0

    def batches(self) -> Iterator[RawBatch]:
        bad: dict[int, Any] = {}
        with self.path.open("rb") as self._file:
            try:
                counter = _Lines(self.heading, bad)
                for part in _gathered(self._open(bad)):
                    yield counter.batch(part, self.names)
                if rest := counter.rest(self.names):
                    yield rest
            except pa.ArrowInvalid as error:
                raise self._told(error) from error
            except UnicodeError as error:
                raise InputError(f"it is neither UTF-8 nor Windows-1252 ({error})", path=self.path) from error

    def _open(self, bad: dict[int, Any]) -> Iterator[pa.RecordBatch]:
        def note(row: Any) -> str:
            bad[row.number] = row
            return "skip"

        keys = [str(n) for n in range(len(self.names))]
        yield from pacsv.open_csv(
            self._file,
            pacsv.ReadOptions(
                column_names=keys, skip_rows=self.heading, use_threads=False, block_size=BLOCK, encoding=self.encoding
            ),
            pacsv.ParseOptions(
                delimiter=self.delimiter, ignore_empty_lines=False, invalid_row_handler=note,
                # GDELT's files have no heading and quote nothing.
                newlines_in_values=self.heading > 0, quote_char='"' if self.heading else False,
            ),
            pacsv.ConvertOptions(
                column_types=dict.fromkeys(keys, pa.string()),
                null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True, check_utf8=True,
            ),
        )  # fmt: skip

    def _told(self, error: pa.ArrowInvalid) -> InputError:
        if "straddling" in str(error) or "block" in str(error).lower():
            problem = f"a row is longer than {BLOCK // 2**20} MiB: a quotation mark is opened and never closed"
            return InputError(problem, path=self.path, remedy="Close it, or save the table as CSV again")
        return InputError(f"this cannot be read as CSV ({str(error)[:200]})", path=self.path)


def _gathered(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Put parts together that are too small to be worth the work on each."""
    waiting: list[pa.RecordBatch] = []
    for part in parts:
        waiting.append(part)
        if sum(one.nbytes for one in waiting) >= _PART or sum(one.num_rows for one in waiting) >= BATCH_ROWS:
            yield pa.concat_batches(waiting)
            waiting.clear()
    if waiting:
        yield pa.concat_batches(waiting)


class _Lines:
    """Finds the line of each row: rows may hold line breaks, and some rows are none."""

    def __init__(self, heading: int, bad: dict[int, Any]) -> None:
        # Arrow counts the lines it was told to skip as rows.
        self._row, self._line, self._bad = heading + 1, heading + 1, bad

    def batch(self, part: pa.RecordBatch, names: tuple[str, ...]) -> RawBatch:
        breaks: NDArray[Any] = np.zeros(part.num_rows, dtype=np.int64)
        for column in part.columns:
            breaks += pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy(zero_copy_only=False)
        numbers = self._numbers(part.num_rows)
        skipped = self._skipped(int(numbers[-1]) if len(numbers) else self._row)
        wrong = np.array([skip.line for skip in skipped], dtype=np.int64)
        heights = np.ones(int(numbers[-1]) - self._row + 1 if len(numbers) else 0, dtype=np.int64)
        heights[numbers - self._row] += breaks
        for number in wrong:
            heights[number - self._row] += self._text(number).count("\n")
        lines = self._line + np.concatenate([[0], np.cumsum(heights)])
        told = [Skipped(int(lines[skip.line - self._row]), skip.reason) for skip in skipped]
        found = lines[numbers - self._row]
        self._row += len(heights)
        self._line = int(lines[-1])
        frame = part.rename_columns([f"{n}" for n in range(part.num_columns)]).to_pandas()
        frame.columns = pd.Index(names)
        # An empty line is no row.
        full = frame.notna().to_numpy().any(axis=1)
        return RawBatch(frame[full].reset_index(drop=True), found[full], told)

    def rest(self, names: tuple[str, ...]) -> RawBatch | None:
        """Tell of the rows after the last right one."""
        told = []
        for number in sorted(self._bad):
            told.append(Skipped(self._line, self._reason(number)))
            self._line += 1 + self._text(number).count("\n")
        empty = pd.DataFrame({name: pd.Series(dtype="str") for name in names})
        return RawBatch(empty, np.zeros(0, dtype=np.int64), told) if told else None

    def _numbers(self, count: int) -> NDArray[Any]:
        """Give the numbers of the next right rows: those that are not wrong."""
        wrong = np.array(sorted(self._bad), dtype=np.int64)
        numbers = np.arange(self._row, self._row + count + len(wrong))
        return numbers[~np.isin(numbers, wrong)][:count]

    def _skipped(self, last: int) -> list[Skipped]:
        """Give the wrong rows up to a number; the line is their number still."""
        return [Skipped(number, self._reason(number)) for number in sorted(self._bad) if number <= last]

    def _reason(self, number: int) -> str:
        row = self._bad[number]
        return f"it has {row.actual_columns} values where the heading has {row.expected_columns}"

    def _text(self, number: int) -> str:
        row = self._bad.pop(int(number))
        return row.text or ""
