"""A figure as a file that carries its own record, and the record back from the file."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl

from geo.errors import GeoError, InputError
from geo.version import VERSION

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS: Final = ("png", "svg", "pdf")
SOFTWARE: Final = f"Borderlines {VERSION}"

# Equal figures must be equal bytes: no clock, no random ids.
_LOOKS: Final[dict[Any, Any]] = {
    "svg.hashsalt": "borderlines",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "path.simplify": True,
}


def to_bytes(figure: Figure, *, form: str = "png") -> bytes:
    """Render a figure from :func:`geo.snapshot.draw`.

    Parameters
    ----------
    figure : Figure
    form : {"png", "svg", "pdf"}

    Returns
    -------
    bytes
        The same for the same data, query and options.

    Raises
    ------
    InputError
        No such format.
    """
    if form not in FORMATS:
        raise InputError(f"no figure format {form!r}", remedy=f"Choose one of {', '.join(FORMATS)}")
    out = io.BytesIO()
    with mpl.rc_context(_LOOKS):
        figure.savefig(out, format=form, dpi=figure.dpi, metadata=_metadata(str(figure.get_label()), form))
    return out.getvalue()


def save(figure: Figure, path: Path | str) -> Path:
    """Write a figure; the file appears only when it is whole.

    Parameters
    ----------
    figure : Figure
    path : Path or str
        Its suffix is the format: .png, .svg or .pdf.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        The suffix is none of these.
    GeoError
        The file cannot be written.
    """
    path = Path(path)
    content = to_bytes(figure, form=path.suffix.lower().lstrip("."))
    unfinished = path.with_name(path.name + ".tmp")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise GeoError(
            f"{path}: the figure cannot be written ({error}). Choose another place or free some space"
        ) from error
    return path


def record_of(content: bytes) -> dict[str, Any] | None:
    """Read the record back from a PNG.

    Parameters
    ----------
    content : bytes
        A file from :func:`save`.

    Returns
    -------
    dict or None
        Keys ``query`` (link parameters), ``data`` (fingerprint), ``zones`` (ids), ``options``, ``exported``,
        ``software``; None for a picture without a record of ours.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as image:
            text = image.info.get("Description")
        found = json.loads(text) if isinstance(text, str) else None
    except (UnidentifiedImageError, ValueError, OSError):
        return None
    return found if isinstance(found, dict) and "query" in found else None


def _metadata(record: str, form: str) -> dict[str, Any]:
    if form == "png":
        return {"Software": SOFTWARE, "Description": record}
    if form == "pdf":
        return {"Creator": SOFTWARE, "Producer": SOFTWARE, "CreationDate": None, "Subject": record}
    return {"Creator": SOFTWARE, "Date": None, "Description": record}
