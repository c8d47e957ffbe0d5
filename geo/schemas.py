"""What a JSON Schema does not let pass, in words: where it stands, what is wrong, what to do.

A schema may carry the words of its own rules: ``remedy`` beside a ``pattern`` or a limit says what is meant by it,
``problem`` what its breach is called. Validators pass over both.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SHOWN: Final = 80
"""Characters of a wrong value that are shown."""
_KINDS: Final = {
    "array": "a list",
    "object": "keys with values",
    "string": "text",
    "number": "a number",
    "null": "null",
}
_LIMITS: Final = {
    "minimum": "below",
    "maximum": "above",
    "exclusiveMinimum": "not above",
    "exclusiveMaximum": "not below",
}
"""What is wrong with a number beyond a limit."""


class Trouble(NamedTuple):
    """One thing that does not hold to a schema."""

    at: tuple[str | int, ...]
    """Keys and positions to the value."""
    problem: str
    remedy: str | None = None
    key: str | None = None
    """The key inside the value that may not stand there, where that is the trouble."""


@lru_cache(maxsize=32)
def validator(schema: Path, part: str) -> Draft202012Validator:
    """Give what checks a value against one of the ``$defs`` of a schema.

    Parameters
    ----------
    schema : Path
        A file of ours.
    part : str
        Name in its ``$defs``.
    """
    # Imported here: most runs read nothing that needs a schema.
    from jsonschema import Draft202012Validator

    definitions = json.loads(schema.read_text(encoding="utf-8"))["$defs"]
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": definitions})


def troubles(value: Any, checker: Draft202012Validator) -> Iterator[Trouble]:
    """Find what does not hold, unknown keys first; a key that is only misspelt is not missing, too.

    Parameters
    ----------
    value : object
        Days as text.
    checker : Draft202012Validator
        From :func:`validator`.
    """
    found = [_deepest(error) for error in checker.iter_errors(value)]
    misspelt = set()
    for error in found:
        for key, known in _unknown(error):
            misspelt.add((tuple(error.absolute_path), meant(key, known)))
            yield Trouble(tuple(error.absolute_path), *unknown_key(key, known), key)
    for error in found:
        at = tuple(error.absolute_path)
        if error.validator != "additionalProperties" and (at, _missing(error)) not in misspelt:
            yield Trouble(at, *_words(error))


def unknown_key(key: str, known: Iterable[str]) -> tuple[str, str]:
    """Say that a key is none, and which was meant.

    Parameters
    ----------
    key : str
        As it stands in the file.
    known : iterable of str
        Those that may stand there.

    Returns
    -------
    (str, str)
        The problem and the remedy.

    Examples
    --------
    >>> unknown_key("bonds", ["id", "bounds"])
    ("unknown key 'bonds'", "Did you mean 'bounds'? Known: id, bounds")
    """
    listed = list(known)
    near = meant(key, listed)
    return f"unknown key {key[:60]!r}", (f"Did you mean {near!r}? " if near else "") + f"Known: {', '.join(listed)}"


def meant(key: str, known: Iterable[str]) -> str | None:
    """Give the key that a misspelt one is nearest to; None where it is like none of them."""
    return next(iter(get_close_matches(key, list(known), 1, 0.6)), None)


def _deepest(error: ValidationError) -> ValidationError:
    """Of several ways that all failed, report the one that got furthest."""
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return error


def _unknown(error: ValidationError) -> Iterator[tuple[str, list[str]]]:
    """Give each key that may not stand there, and those that may."""
    if error.validator == "additionalProperties":
        known = list(cast("dict[str, Any]", error.schema).get("properties", {}))
        yield from ((key, known) for key in cast("dict[str, Any]", error.instance) if key not in known)


def _missing(error: ValidationError) -> str | None:
    """Name the key that is missing."""
    return error.message.split("'")[1] if error.validator == "required" else None


def _words(error: ValidationError) -> tuple[str, str | None]:
    """Say what is wrong, and what to do where that is known."""
    value, allowed = str(error.instance), cast("Any", error.validator_value)
    shown = value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"
    own = cast("dict[str, Any]", error.schema)
    remedy = own.get("remedy")
    match error.validator:
        case "required":
            return f"{_missing(error)!r} is missing", f"Add it; needed are {', '.join(allowed)}"
        case "enum":
            return f"{shown!r} is none of them", f"Use one of {', '.join(map(str, allowed))}"
        case "type":
            kinds = [allowed] if isinstance(allowed, str) else allowed
            return f"{shown!r} is not {' or '.join(_KINDS.get(kind, kind) for kind in kinds)}", remedy
        case "pattern":
            return f"{shown!r} cannot stand here", remedy
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            return f"{shown} is {_LIMITS[error.validator]} {allowed}", remedy
        case "oneOf" if not error.context:
            return "only one of two ways may be given here, this has both", remedy
        case _:
            return own.get("problem", error.message[:200]), remedy
