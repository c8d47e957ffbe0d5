"""A figure as a file that carries its own record."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg

from geo.errors import GeoError, InputError
from geo.snapshot import vector
from geo.snapshot.record import SOFTWARE

if TYPE_CHECKING:
    from geo.snapshot.paper import Sheet

FORMATS: Final = ("png", "svg", "pdf")
FILMS: Final = ("gif", "mp4")
"""Formats of :func:`geo.snapshot.film`."""

# Equal figures must be equal bytes: no clock, no random ids.
LOOKS: Final[dict[Any, Any]] = {
    "svg.hashsalt": "borderlines",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "path.simplify": True,
    # Hinted letters are up to 7 % wider at some resolutions, and lines run off the sheet; unhinted ones scale exactly.
    "text.hinting": "none",
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
}


def to_bytes(figure: Sheet, *, form: str = "png") -> bytes:
    """Render a figure from :func:`geo.snapshot.draw`, :func:`series` or :func:`pair`.

    Parameters
    ----------
    figure : Sheet
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
    told = record_text(figure.record)
    if form == "png":
        return _png(figure, told)
    out = io.BytesIO()
    with mpl.rc_context(LOOKS):
        figure.savefig(out, format=form, dpi=figure.dpi, metadata=_metadata(figure, told, form))
    finish = vector.finish_svg if form == "svg" else vector.finish_pdf
    return finish(out.getvalue(), enlarge=figure.enlarge)


def record_text(record: dict[str, Any]) -> str:
    """Write a record as one line of ASCII, which every format can hold."""
    return json.dumps(record, ensure_ascii=True, sort_keys=True)


def save(figure: Sheet, path: Path | str) -> Path:
    """Write a figure; the file appears only when it is whole.

    Parameters
    ----------
    figure : Sheet
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
        The file cannot be written. Nothing of it is left, and a file that was there is as it was.
    """
    path = Path(path)
    return write_whole(path, to_bytes(figure, form=path.suffix.lower().lstrip(".")))


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file beside its place and move it there once it is whole; see :func:`save`."""
    unfinished: Path | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError("this is a folder")
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".unfinished-", delete=False) as file:
            unfinished = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is its owner's alone; a figure is as readable as any other file.
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(path)
    except OSError as error:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
        raise GeoError(
            f"{path}: the figure cannot be written ({error}). Choose another place or free some space"
        ) from error
    return path


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _png(figure: Sheet, told: str) -> bytes:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    with mpl.rc_context(LOOKS):
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        # Paper is not transparent.
        picture = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")  # type: ignore[no-untyped-call]
    about = PngInfo()
    for key, value in (("Software", SOFTWARE), ("Description", told)):
        about.add_text(key, value)
    out = io.BytesIO()
    # A map is made of flat colours: looking only for runs of them is the fastest, and makes the smaller file.
    how = {"compress_type": zlib.Z_RLE}
    picture.save(out, format="png", pnginfo=about, dpi=(figure.resolution, figure.resolution), **how)
    return out.getvalue()


def _metadata(figure: Sheet, told: str, form: str) -> dict[str, Any]:
    title = figure.record.get("title") or "Borderlines figure"
    if form == "pdf":
        about = {"Creator": SOFTWARE, "Producer": SOFTWARE, "CreationDate": None}
        return {**about, "Title": title, "Subject": told}
    return {"Creator": SOFTWARE, "Date": None, "Title": title, "Description": told}
