"""Events to a file and back. A file appears only when it is whole."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geo.errors import GeoError, InputError
from geo.export.record import About, Bundle, parse, record
from geo.export.registry import FORMATS
from geo.export.table import to_frame, to_table
from geo.query import Query, select

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

SIDECAR = ".query.json"


def save(
    frame: GeoDataFrame,
    path: Path | str,
    *,
    query: Query | None = None,
    form: str | None = None,
    about: About | None = None,
) -> Path:
    """Write the events under a query, those in the tray among them.

    Parameters
    ----------
    frame : GeoDataFrame
        Every event, see :mod:`geo.frame`.
    path : Path or str
        File to write; one that is there is replaced once the new one is whole. A format that cannot hold the query
        writes it beside, with ``.query.json`` added to the name.
    query : Query, optional
        Which events; the default's are the events of the day.
    form : str, optional
        Name in :data:`geo.export.FORMATS`; the file's suffix tells it otherwise.
    about : About, optional
        Fingerprint of the data and day of export, for the record.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        No such format, or it cannot hold these events.
    GeoError
        The file cannot be written. Nothing of it is left, and a file that was there is as it was.

    Examples
    --------
    >>> with Store("store/sample", readonly=True) as store:  # doctest: +SKIP
    ...     save(load(store).events, "week.csv", query=Query(period=(date(2019, 10, 9), date(2019, 10, 15))))
    """
    path = Path(path)
    name = form or form_of(path)
    if name not in FORMATS:
        raise InputError(f"no data format {name!r}", remedy=f"Choose one of {', '.join(FORMATS)}")
    query = query or Query()
    events = select(frame, query)
    told = record(events, query, name, about or About())
    bundle = Bundle(to_table(events, query), told, events.geometry.to_numpy())
    try:
        if path.is_dir():
            raise IsADirectoryError("this is a folder")
        # In the same folder, so that the last step is a rename; GeoPackage writes a journal beside its file, too.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".unfinished-", ignore_cleanup_errors=True) as folder:
            made = Path(folder) / f"events{path.suffix}"
            FORMATS[name].write(bundle, made)
            _settle(made)
            if FORMATS[name].record_in is None:
                beside = Path(folder) / "query.json"
                beside.write_text(_sidecar(bundle, made, path), encoding="utf-8")
                _settle(beside)
                beside.replace(sidecar_of(path))
            made.replace(path)
    except _failures() as error:
        raise GeoError(
            f"{path}: the events cannot be written ({error}). Choose another place or free some space"
        ) from error
    return path


def to_bytes(frame: GeoDataFrame, form: str, *, query: Query | None = None, about: About | None = None) -> bytes:
    """Make a file in memory; for a format that keeps the record beside it, see :func:`sidecar`.

    Parameters and errors are those of :func:`save`.
    """
    if form not in FORMATS:
        raise InputError(f"no data format {form!r}", remedy=f"Choose one of {', '.join(FORMATS)}")
    with tempfile.TemporaryDirectory(prefix="borderlines-") as folder:
        path = Path(folder) / f"events{FORMATS[form].suffix}"
        return save(frame, path, query=query, form=form, about=about).read_bytes()


def sidecar(frame: GeoDataFrame, *, query: Query | None = None, about: About | None = None, form: str = "csv") -> str:
    """Make the record of an export as JSON text, to lie beside a file that cannot hold it."""
    query = query or Query()
    return json.dumps(record(select(frame, query), query, form, about or About()), ensure_ascii=False, indent=1)


def read(path: Path | str, form: str | None = None) -> GeoDataFrame:
    """Read an exported file back into the table of events.

    Parameters
    ----------
    path : Path or str
        A file from :func:`save`.
    form : str, optional
        Its format; the record beside it or the suffix tells it otherwise.

    Returns
    -------
    GeoDataFrame
        See :mod:`geo.frame`; the events of the file in its order.

    Raises
    ------
    InputError
        It is no file of ours, or was changed so that it cannot be read; names what is wrong.
    """
    path = Path(path)
    name = form or (_beside(path) or {}).get("format") or form_of(path)
    if name not in FORMATS:
        raise InputError(f"no data format {name!r}", path=path, remedy=f"Choose one of {', '.join(FORMATS)}")
    try:
        return to_frame(FORMATS[name].read(path))
    except InputError:
        raise
    except _failures(GeoError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(f"this cannot be read as {FORMATS[name].label} of ours ({error})", path=path) from error


def record_of(path: Path | str) -> dict[str, Any] | None:
    """Read the record of an exported file.

    Parameters
    ----------
    path : Path or str

    Returns
    -------
    dict or None
        Its ``query`` is for :func:`geo.query.from_params`; None for a file without a record of ours.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    path = Path(path)
    if (found := _beside(path)) is not None:
        return found
    reader = FORMATS[form_of(path)].record_in
    try:
        return reader(path) if reader else None
    except InputError:
        raise
    except _failures() as error:
        raise InputError(f"this cannot be read ({error})", path=path) from error


def form_of(path: Path | str) -> str:
    """Tell the format from the end of a file's name.

    Raises
    ------
    InputError
        No format has this suffix.
    """
    name = Path(path).name.casefold()
    fits = [(len(s), form) for form, about in FORMATS.items() for s in about.suffixes if name.endswith(s)]
    if not fits:
        every = ", ".join(suffix for about in FORMATS.values() for suffix in about.suffixes)
        raise InputError(f"no data format for {Path(path).name!r}", remedy=f"End the name in one of {every}")
    return max(fits)[1]


def sidecar_of(path: Path) -> Path:
    """Where the record of a file lies that cannot hold it."""
    return path.with_name(path.name + SIDECAR)


def _sidecar(bundle: Bundle, made: Path, path: Path) -> str:
    """Write the record with the file's hash, so that a changed file can be told from the one it belongs to."""
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    return json.dumps({**bundle.record, "file": path.name, "sha256": digest}, ensure_ascii=False, indent=1) + "\n"


def _beside(path: Path) -> dict[str, Any] | None:
    try:
        return parse(sidecar_of(path).read_bytes())
    except OSError:
        return None


def _settle(path: Path) -> None:
    """Wait until a file is on the disk: some systems tell only then that the disk is full."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _failures(*more: type[Exception]) -> tuple[type[Exception], ...]:
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

    gdal = (DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError)
    return (OSError, pa.ArrowException, *gdal, *more)
