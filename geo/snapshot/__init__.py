"""The map as a figure for a report, drawn by matplotlib from the same frame and query as everything else."""

from geo.snapshot.figure import draw
from geo.snapshot.options import SIZES, Options, Size
from geo.snapshot.record import Reopened, record_of, reopen
from geo.snapshot.save import FILMS, FORMATS, save, to_bytes

__all__ = [
    "FILMS",
    "FORMATS",
    "SIZES",
    "Options",
    "Reopened",
    "Size",
    "draw",
    "record_of",
    "reopen",
    "save",
    "to_bytes",
]
