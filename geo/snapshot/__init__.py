"""The map as a figure for a report, drawn by matplotlib from the same frame and query as everything else.

One map, small maps on one sheet, before and after, or a film; PNG, SVG, PDF, GIF and MP4. Each file carries its query,
so that :func:`reopen` brings back the view and tells whether the data have changed since.

Examples
--------
>>> with Store("store/sample", readonly=True) as store:  # doctest: +SKIP
...     save(draw(load(store).events, Query(event_types={"Battles"}), zones=load_built()), "battles.png")
"""

from geo.snapshot.cells import BY
from geo.snapshot.figure import draw
from geo.snapshot.film import Motion, count_frames, film
from geo.snapshot.multiples import pair, series
from geo.snapshot.options import SIZES, Options, Size
from geo.snapshot.record import Reopened, record_of, reopen
from geo.snapshot.save import FILMS, FORMATS, save, to_bytes

__all__ = [
    "BY",
    "FILMS",
    "FORMATS",
    "SIZES",
    "Motion",
    "Options",
    "Reopened",
    "Size",
    "count_frames",
    "draw",
    "film",
    "pair",
    "record_of",
    "reopen",
    "save",
    "series",
    "to_bytes",
]
