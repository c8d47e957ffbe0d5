"""Holds zone definitions to their schema, and says in words what it does not let pass."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from geo.zones.marks import meant, unknown_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

    from geo.zones.marks import Trail

SCHEMA = Path(__file__).resolve().parents[2] / "data" / "sources" / "zones.schema.json"


def troubles(record: Any) -> Iterator[tuple[Trail, str, str | None]]:
    """Find what the schema does not let pass in one entry.

    Parameters
    ----------
    record : object
        The entry, days as text.

    Yields
    ------
    trail : tuple
        Keys and positions to the value, or to the key that is unknown.
    problem : str
    remedy : str or None
    """
    found = [_deepest(trouble) for trouble in validator("#/$defs/zone").iter_errors(record)]
    misspelt = set()
    for error in found:
        known = _keys(error) if error.validator == "additionalProperties" else None
        for key in cast("dict[str, Any]", error.instance) if known is not None else ():
            if known is not None and key not in known:
                misspelt.add((tuple(error.absolute_path), meant(key, known)))
                yield (*error.absolute_path, key), *unknown_key(key, known)
    # A key that is only misspelt is not missing, too.
    for error in found:
        at = tuple(error.absolute_path)
        if error.validator != "additionalProperties" and (at, _missing(error)) not in misspelt:
            yield at, _words(error), None


def _keys(error: ValidationError) -> list[str]:
    """Name the keys that may stand where an unknown one does."""
    return list(cast("dict[str, Any]", error.schema).get("properties", {}))


def _missing(error: ValidationError) -> str | None:
    """Name the key that is missing."""
    return error.message.split("'")[1] if error.validator == "required" else None


@lru_cache(maxsize=4)
def validator(part: str) -> Draft202012Validator:
    """Give the validator of a part of the schema."""
    # Imported here: reading built zones needs no schema.
    from jsonschema import Draft202012Validator

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": part, "$defs": schema["$defs"]})


def _deepest(error: ValidationError) -> ValidationError:
    """Of several ways that all failed, report the one that got furthest."""
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return error


def _words(error: ValidationError) -> str:
    value, allowed = str(error.instance), cast("Any", error.validator_value)
    shown = value if len(value) < 60 else value[:57] + "..."
    match error.validator:
        case "enum":
            return f"{shown!r} is none of {', '.join(map(str, allowed))}"
        case "pattern":
            return f"{shown!r} does not have the form {allowed}"
        case "required":
            return f"{_missing(error)!r} is missing"
        case "minProperties" | "maxProperties":
            return f"an expression has one operator, this has {len(cast('Any', error.instance))}"
        case "oneOf" if not error.context:
            return "only one of two ways may be given here, this has both"
        case _:
            return error.message if len(error.message) < 200 else error.message[:197] + "..."
