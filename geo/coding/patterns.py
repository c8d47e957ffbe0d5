"""The regular expressions of ``data/sources/coding_patterns.yaml``, by name."""

from __future__ import annotations

import re
from functools import lru_cache

from geo import sources
from geo.errors import InputError
from geo.paths import SOURCES

_FILE = SOURCES / "coding_patterns.yaml"


def pattern(name: str) -> re.Pattern[str]:
    """Compile the pattern of that name.

    Raises
    ------
    DataError
        The file of patterns is missing.
    InputError
        It holds no such pattern, or one that is not a regular expression.
    """
    patterns, cased = _patterns()
    if name not in patterns:
        raise InputError(f"no pattern {name!r}", path=_FILE, remedy="List it under patterns")
    try:
        return re.compile(
            "".join(line.strip("\n") for line in patterns[name].splitlines()), 0 if name in cased else re.I
        )
    except re.error as error:
        raise InputError(
            f"pattern {name!r} is not a regular expression: {error}", path=_FILE, remedy="Mend it"
        ) from error


@lru_cache(maxsize=1)
def _patterns() -> tuple[dict[str, str], frozenset[str]]:
    rows = sources.load(_FILE.name)
    return rows["patterns"], frozenset(rows["cased"])
