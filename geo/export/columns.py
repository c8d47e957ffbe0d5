"""What each exported column holds, in words and as an HXL tag. ``docs/columns.md`` is made of it."""

from __future__ import annotations

from typing import Final, NamedTuple

from geo.frame import COLUMNS, LATER


class Column(NamedTuple):
    """One column of an exported table."""

    kind: str
    """Type, as a reader of the file meets it."""
    meaning: str
    """What it holds, with its unit; empty means unknown unless told otherwise."""
    hxl: str
    """Tag of the Humanitarian Exchange Language."""


EXPORTED: Final[dict[str, Column]] = {
    "event_id": Column("text", "Id of the event, the same in every export of the same data", "#event+id"),
    "event_type": Column("text", "ACLED's six event types, and our own Diplomacy", "#event+type"),
    "sub_event_type": Column("text", "ACLED's sub-event types, and those of Diplomacy", "#event+type+sub"),
    "day_start": Column("day", "First day it may have happened, YYYY-MM-DD, no time zone", "#date+start"),
    "day_end": Column("day", "Last day it may have happened; the same as day_start where one is told", "#date+end"),
    "time_precision": Column("integer", "1 day, 2 week, 3 month, 4 year, 5 longer", "#date+precision"),
    "place": Column("text", "Name of the place, English spelling", "#loc+name"),
    "place_id": Column("text", "Id of the place: gn: GeoNames, ne: Natural Earth, own:, zone:", "#loc+code"),
    "country": Column("text", "ISO 3166-1 alpha-3, from the gazetteer", "#country+code+v_iso3"),
    "admin1": Column("text", "First-order division", "#adm1+name"),
    "lon": Column("number", "Degrees east, WGS 84, of the point or of the label point; only where placed", "#geo+lon"),
    "lat": Column("number", "Degrees north, WGS 84", "#geo+lat"),
    "radius_km": Column("number", "The true place lies within this many km, or in the geometry", "#geo+radius+km"),
    "geo_precision": Column("integer", "ACLED's: 1 named place, 2 near one, 3 region or stretch", "#geo+precision"),
    "shape": Column("text", "point, line or area; empty for an event that is not placed", "#geo+type"),
    "actor1": Column("text", "First actor, canonical name", "#group+name+first"),
    "actor1_type": Column("text", "ACLED's actor types", "#group+type+first"),
    "actor2": Column(
        "text", "Second actor; the victim, where one side does harm to unarmed people", "#group+name+second"
    ),
    "actor2_type": Column("text", "ACLED's actor types", "#group+type+second"),
    "status": Column("text", "reported, claimed, ongoing; or planned, denied, aggregate, background", "#event+status"),
    "fatalities_low": Column("integer", "Fewest deaths told; empty where none are told of", "#affected+killed+min"),
    "fatalities_high": Column("integer", "Most deaths told", "#affected+killed+max"),
    "injured_low": Column("integer", "Fewest injured told; empty where none are told of", "#affected+injured+min"),
    "injured_high": Column("integer", "Most injured told", "#affected+injured+max"),
    "zones_inside": Column("list of text", "Ids of the zones it lies inside on its day", "#geo+zone+inside"),
    "zones_possible": Column("list of text", "Ids of the zones it may lie inside", "#geo+zone+possible"),
    "confidence": Column("number", "0 to 1: how sure the weakest of what, who, where and when is", "#meta+confidence"),
    "review": Column("text", "unreviewed; or accepted or corrected by a person", "#meta+review"),
    "reports": Column("integer", "Reports of the event", "#meta+reports+num"),
    "sources": Column("integer", "Outlets among them that do not quote each other", "#meta+sources+num"),
    "title": Column("text", "Title of the article that tells it best", "#meta+title"),
    "source": Column("text", "Outlet of that article", "#meta+source"),
    "quote": Column("text", "The sentence of that article", "#description+quote"),
    "geometry": Column("geometry", "Point, stretch or area in WGS 84, longitude first; empty in the tray", "#geo+wkt"),
    "certain": Column(
        "true or false", "The query holds beyond doubt; else the event is a possible one", "#meta+certain"
    ),
    "not_on_map": Column("text", "Why the event is in the tray; empty for one on the map", "#meta+tray"),
}
"""Columns in the order of the files: those of :mod:`geo.frame`, then the two that depend on the query."""

HEADINGS: Final = (tuple(EXPORTED), tuple(name for name in EXPORTED if name not in LATER))
"""Columns of a file of ours, today and before."""

DERIVED: Final = tuple(name for name in EXPORTED if name not in COLUMNS)
"""Made when exported; not read back, since they say how the events stand to a query."""


def as_markdown() -> str:
    """Write ``docs/columns.md``."""
    from geo.export.registry import FORMATS

    rows = [f"| `{n}` | {c.kind} | {c.meaning} | `{c.hxl}` |" for n, c in EXPORTED.items()]
    forms = [
        f"| `{name}` | {' '.join(f'`{s}`' for s in form.suffixes) or '`--format`'} | {form.record} | {form.cannot} |"
        for name, form in FORMATS.items()
    ]
    return "\n".join((_BEFORE, *rows, _BETWEEN, *forms, _AFTER))


_BEFORE: Final = """# Exported columns

`python -m geo export OUT.csv [filters]` and the Report page write exactly the events under the filters, those in the
tray (no day, no place, or only a country) among them. Every format has these columns, in this order.

| column | type | holds | HXL tag |
|---|---|---|---|"""
_BETWEEN: Final = """
What is unknown is empty (CSV, XLSX, KML) or null. Days are days: no clock, no time zone, never shifted.

## Formats

`geo.export.read(path)` reads each of them back into the table it was made from.

| format | suffix | record of the query | does not carry |
|---|---|---|---|"""
_AFTER: Final = """
* **Record**: the query as link parameters and in words, the fingerprint of the data, the day of export, the software's
  version, the number of events and the attribution. `geo.export.record_of(path)` reads it.
* **Lists** (`zones_inside`, `zones_possible`) are lists in GeoJSON and GeoParquet, and ids with a space between
  elsewhere.
* **Geometry** is WKT in CSV, XLSX and HXL, with all digits.
* **Formulas**: in CSV, HXL and XLSX a text that a spreadsheet could take for a formula (it begins with = + - @ | %, a
  tab or a line break, also full-width or after spaces) has an apostrophe before it; plain numbers stay as they are.
  `csv-raw` leaves it away, and is for programs only: do not open it in a spreadsheet.
* **Files of before** lack `injured_low` and `injured_high`; they are read as if both were empty.
* **XLSX** holds 1,048,575 events at most. A text over 16,000 characters goes on in the sheet `continued`.
* **KML** balloons show plain text; what an article wrote is never HTML there.
"""
