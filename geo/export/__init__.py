"""The events under a query as files for other programs, and back from them.

Three lines make the same file as ``python -m geo export week.csv --from 2019-10-09 --to 2019-10-15``:

>>> store = Store("store/sample", readonly=True)  # doctest: +SKIP
>>> query = Query(period=(date(2019, 10, 9), date(2019, 10, 15)))  # doctest: +SKIP
>>> save(load(store).events, "week.csv", query=query)  # doctest: +SKIP

``docs/columns.md`` tells what each column and format holds.
"""

import os

# GDAL takes a file for what its content says, and one of its formats names other files to read. It looks here once,
# when it is loaded.
os.environ.setdefault("OGR_SKIP", "OGR_VRT")
# Reading a GeoPackage must not leave a file beside it.
os.environ.setdefault("GDAL_PAM_ENABLED", "NO")

from geo.export.files import form_of, read, record_of, save, sidecar, sidecar_of, to_bytes
from geo.export.record import About
from geo.export.registry import FORMATS, Format

__all__ = ["FORMATS", "About", "Format", "form_of", "read", "record_of", "save", "sidecar", "sidecar_of", "to_bytes"]
