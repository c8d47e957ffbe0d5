"""The map as one HTML file: time control, filters and evidence, without a server and without internet.

Three lines make the same file as ``python -m geo export week.html --from 2019-10-09 --to 2019-10-15``:

>>> with Store("store/sample", readonly=True) as store:  # doctest: +SKIP
...     material = gather(store, Query(period=(date(2019, 10, 9), date(2019, 10, 15))))
>>> save(material, "week.html")  # doctest: +SKIP
"""

from geo.standalone.page import MOST_EVENTS, html, record_in

__all__ = ["MOST_EVENTS", "html", "record_in"]
