"""The columns of a batch, read as text, numbers, days and codes; a value that cannot be read costs its row only."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.importers.raw import MAX_TEXT
from geo.importers.rows import Batch, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from geo.importers.raw import RawBatch

DAY_ORDERS: Final = {"year first": "%Y/%m/%d", "day first": "%d/%m/%Y", "month first": "%m/%d/%Y"}
"""How a day of three numbers may be written."""
_WITH_NAMES: Final = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d %B %y", "%d %b %y", "%Y %B %d", "%Y %b %d")
_WORDS: Final = 60


class Fields:
    """One batch of a table, by our names for its columns.

    Parameters
    ----------
    raw : RawBatch
    columns : mapping of str to str
        Name in the file by our name; those not there are unknown in every row.
    day_order : str, optional
        Key of :data:`DAY_ORDERS`; without it, a day that can be read two ways is not read.
    """

    def __init__(self, raw: RawBatch, columns: Mapping[str, str], *, day_order: str | None = None) -> None:
        self._raw, self._columns, self._order = raw, columns, day_order
        self._faults: list[tuple[NDArray[np.bool_], Callable[[int], str]]] = []

    def __len__(self) -> int:
        return len(self._raw.rows)

    def has(self, name: str) -> bool:
        """Tell whether the file has the column."""
        return self._columns.get(name) in self._raw.rows.columns

    def text(self, name: str) -> pd.Series[str]:
        """Give a column as text without spaces around it; unknown is NaN."""
        if not self.has(name):
            return pd.Series(np.nan, index=self._raw.rows.index, dtype="str")
        column = self._raw.rows[self._columns[name]].str.strip()
        long = column.str.len() > MAX_TEXT
        if long.any():
            column = column.where(~long, column.str.slice(0, MAX_TEXT) + "…")
        return column.where(column != "")

    def whole(self, name: str) -> pd.Series[str]:
        """Give a column as it stands, however long its values are."""
        return self._raw.rows[self._columns[name]]

    def mapped(self, name: str, told: Callable[[str], Any]) -> NDArray[Any]:
        """Turn each value into another, asking once for values that repeat; unknown is None."""
        codes, values = pd.factorize(self.text(name))
        answers = np.empty(len(values) + 1, dtype=object)
        answers[:] = [*(told(value) for value in values), None]
        return answers[codes]

    def code(self, name: str, allowed: Mapping[Any, Any], what: str = "") -> NDArray[Any]:
        """Look codes up; a value that is not in the list costs its row."""
        known = {str(key).casefold(): value for key, value in allowed.items()}
        missing = object()
        found = self.mapped(name, lambda value: known.get(plain_number(value).casefold(), missing))
        self._fault(np.array([value is missing for value in found], dtype=bool), name, what or "a code that is known")
        found[np.array([value is missing for value in found], dtype=bool)] = None
        return found

    def number(self, name: str, *, comma: bool = False) -> NDArray[np.float64]:
        """Read numbers; unknown is NaN.

        Parameters
        ----------
        name : str
        comma : bool, default False
            A comma stands before the decimals.
        """
        text = self.text(name)
        numbers: NDArray[np.float64] = np.asarray(pd.to_numeric(text, errors="coerce"), dtype=np.float64)
        wrong = np.isnan(numbers) & text.notna().to_numpy()
        if comma and wrong.any():
            again = pd.to_numeric(text[wrong].str.replace(",", ".", n=1, regex=False), errors="coerce")
            numbers = numbers.copy()
            numbers[wrong] = again
            wrong = np.isnan(numbers) & text.notna().to_numpy()
        self._fault(wrong, name, "a number")
        return numbers

    def day(self, name: str) -> pd.Series[Any]:
        """Read days, as datetime64; unknown is NaT."""
        unread = object()
        found = self.mapped(name, lambda value: day_of(value, self._order) or unread)
        wrong = np.array([value is unread for value in found], dtype=bool)
        self._fault(wrong, name, "a day that can be read one way only")
        found[wrong] = None
        return pd.Series(np.array([np.datetime64("NaT") if d is None else d for d in found], dtype="datetime64[s]"))

    def ids(self, kind: str, values: pd.Series[Any]) -> pd.Series[Any]:
        """Make event ids, letters and digits only, of a source's own."""
        known = values.notna().to_numpy()
        made = [event_id(kind, value) if there else None for value, there in zip(values, known, strict=True)]
        return pd.Series(np.array(made, dtype=object), index=values.index)

    def fault(self, wrong: NDArray[np.bool_], reason: str) -> None:
        """Let rows go for a reason."""
        self._faults.append((wrong, lambda _: reason))

    def batch(self, columns: Mapping[str, Any]) -> Batch:
        """Put our columns together, without the rows that cannot be read."""
        good = np.ones(len(self), dtype=bool)
        skipped = list(self._raw.skipped)
        for wrong, reason in self._faults:
            skipped += [Skipped(int(self._raw.lines[n]), reason(int(n))) for n in np.flatnonzero(wrong & good)]
            good &= ~wrong
        # Text that Arrow holds stays with it: as Python's it would take several times the room.
        told = {name: values.array if isinstance(values, pd.Series) else values for name, values in columns.items()}
        rows = pd.DataFrame(told, index=range(len(self)))
        return Batch(rows[good].reset_index(drop=True), self._raw.lines[good], skipped)

    def _fault(self, wrong: NDArray[np.bool_], name: str, what: str) -> None:
        if wrong.any():
            column = self._columns[name]
            values = self._raw.rows[column]
            self._faults.append((wrong, lambda n: f"{column} is {str(values.iloc[n])[:_WORDS]!r}, not {what}"))


def event_id(kind: str, source_id: str) -> str:
    """Make the id of an imported event: links allow letters and digits only."""
    return hashlib.sha256(f"{kind}:{source_id}".encode()).hexdigest()[:16]


def day_of(text: str, order: str | None = None) -> date | None:
    """Read one day.

    Parameters
    ----------
    text : str
        "2019-10-12", "12 October 2019", "20191012", a Unix time, or three numbers in an order that is given or that can
        be only one.
    order : str, optional
        Key of :data:`DAY_ORDERS`.

    Returns
    -------
    date or None
        None where it is no day, or could be two.
    """
    head = text.strip()[:40]
    if head.isascii() and head.isdigit():
        return _day_of_digits(head)
    try:
        return date.fromisoformat(head[:10]) if head[4:5] == "-" else _day_in_words(head, order)
    except ValueError:
        return None


def _day_of_digits(digits: str) -> date | None:
    try:
        if len(digits) in (8, 14):
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        # ACLED's timestamps are seconds since 1970.
        return date.fromordinal(719163 + int(digits) // 86400) if 9 <= len(digits) <= 10 else None
    except ValueError:
        return None


def _day_in_words(head: str, order: str | None) -> date | None:
    for mark in ("T", " "):
        # A clock after the day says nothing here.
        if ":" in head and mark in head:
            head = head[: head.index(":")].rpartition(mark)[0] or head
    plain = " ".join(head.replace(",", " ").replace("-", " ").replace("/", " ").replace(".", " ").split())
    if any(letter.isalpha() for letter in plain):
        return next((day for form in _WITH_NAMES if (day := _strptime(plain, form))), None)
    slashed = plain.replace(" ", "/")
    if order is not None:
        return _strptime(slashed, DAY_ORDERS[order])
    found = {day for form in DAY_ORDERS.values() if (day := _strptime(slashed, form))}
    return found.pop() if len(found) == 1 else None


def _strptime(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None


def order_of_days(values: pd.Series[str]) -> str | None:
    """Tell in which order a column writes its days, where that is beyond doubt.

    Parameters
    ----------
    values : Series of str

    Returns
    -------
    str or None
        Key of :data:`DAY_ORDERS` that reads every value and is the only one to do so; None otherwise.
    """
    seen = [value for value in values.dropna().unique() if not any(letter.isalpha() for letter in str(value))]
    fitting = [order for order in DAY_ORDERS if seen and all(day_of(str(value), order) for value in seen)]
    return fitting[0] if len(fitting) == 1 else None


def plain_number(value: str) -> str:
    """Write a whole number as one: a spreadsheet makes 2.0 of 2."""
    return value[:-2] if value.endswith(".0") and value[:-2].lstrip("-").isdigit() else value
