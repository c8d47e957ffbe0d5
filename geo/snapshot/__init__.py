"""The map as a figure for a report, drawn by matplotlib from the same frame and query as everything else."""

from geo.snapshot.figure import draw
from geo.snapshot.options import SIZES, Options
from geo.snapshot.save import FORMATS, record_of, save, to_bytes

__all__ = ["FORMATS", "SIZES", "Options", "draw", "record_of", "save", "to_bytes"]
