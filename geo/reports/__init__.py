"""Reports of the events under a query: a bundle for an editor, Word, PDF, and a page that stands alone.

Three lines make the same file as ``python -m geo report week.docx --from 2019-10-09 --to 2019-10-15``:

>>> with Store("store/sample", readonly=True) as store:  # doctest: +SKIP
...     material = gather(store, Query(period=(date(2019, 10, 9), date(2019, 10, 15))))
>>> save(material, "week.docx")  # doctest: +SKIP

``docs/reports.md`` tells what is in each.
"""

from geo.reports.material import Material, Told, gather, told_of
from geo.reports.registry import KINDS, Kind
from geo.reports.save import kind_of, save

__all__ = ["KINDS", "Kind", "Material", "Told", "gather", "kind_of", "save", "told_of"]
