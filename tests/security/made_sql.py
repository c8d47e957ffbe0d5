"""Where the code makes SQL of more than its own constants, and why no word of a stranger can be in it.

A new entry needs a reason that holds whatever an article, a file, a link or a user says.
"""

from __future__ import annotations

_MARKS = "question marks, counted"
_QUOTED = "a name out of the file, in quotation marks that it cannot close, on a connection that may only read"
_TABLE = "a table of TABLES in geo/warehouse/schema.py"
_HELPER = "the one place that runs what its callers wrote, who are looked at here too"

MADE_SQL: dict[str, dict[str, str]] = {
    "geo/geocoders/gazetteer.py": {"statement": _HELPER, "marks": _MARKS},
    "geo/geocoders/writing.py": {"marks": _MARKS},
    "geo/importers/features.py": {
        "pragma": "one of three written above it",
        "_quoted(table)": _QUOTED,
        "chosen": "columns of the file through _quoted",
    },
    "geo/store/database.py": {"sql": _HELPER},
    "geo/store/log.py": {"chosen or 1": "two tests written above it, joined by 'and'"},
    "geo/store/making.py": {"told": "a constant in the line above"},
    "geo/store/rows.py": {
        "', '.join(columns)": "ARTICLE_COLUMNS",
        "marks": _MARKS,
        "updates": "ARTICLE_COLUMNS",
    },
    "geo/store/schema.py": {"statement": "a line of the schema in this file", "version": "a whole number"},
    "geo/store/transaction.py": {"kind": "deferred or immediate, written by its callers in geo/store"},
    "geo/warehouse/embedded.py": {
        "sql": "compiled by Ibis, which writes every value as a literal of the dialect; the file is read-only",
    },
    "geo/warehouse/making.py": {
        "name": _TABLE,
        "BY_ACTOR.name": _TABLE,
        "columns": "EVENT_COLUMNS and their types",
        "_text(expression)": "compiled by Ibis out of definitions without values",
        "_text(by_actor([]))": "compiled by Ibis out of a definition without values",
        "_text(by_actor(actors))": "compiled by Ibis, which writes every name as a literal of the dialect",
        "field": "a key of _ENUMS",
        "values": "a key of _ENUMS",
        "chosen": "EVENT_COLUMNS, _COLUMNS and the keys of _ENUMS",
        "sides": "names of two columns and of a table",
        "_morton()": "numbers",
    },
    "geo/warehouse/postgresql.py": {
        "sql": "compiled by Ibis, which writes every value as a literal of the dialect; the transaction may only read",
        "name": _TABLE,
        "suffix": "_INDEXES",
        "columns": "_INDEXES",
        "_columns(name)": "the columns of a table of TABLES",
    },
    "geo/zones/files/geopackage.py": {"_quoted(table)": _QUOTED, "pragma": "one of three written above it"},
}
"""File, and what is put into a statement there, with the reason why it is ours."""

SAFE_LOADERS: dict[str, tuple[str, ...]] = {
    "geo/sources.py": ("_LOADER",),
    "geo/builddata/gazetteer_own.py": ("getattr(yaml, 'CSafeLoader', yaml.SafeLoader)",),
}
"""File, and the YAML loaders it may name: safe ones."""
