"""Modules of ours as one classic script: a page opened from disk may not load modules, and needs none of its own files.

Each module becomes a function that is called once, in the order in which they need each other. Nothing is renamed or
shortened, so what runs can be read beside its source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "([^"]+)";[^\S\n]*$', re.MULTILINE)
_PASSED_ON: Final = re.compile(r'^export \{([^}]*)\} from "([^"]+)";[^\S\n]*$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
_UNKNOWN: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_ENDS_EARLY: Final = re.compile(r"</script|<!--", re.IGNORECASE)


def bundle(entry: Path) -> str:
    """Join a module and all that it imports.

    Parameters
    ----------
    entry : Path
        A module with static imports of named things by relative path, as all of ours are.

    Returns
    -------
    str
        A script that may stand between the tags of a page. The same files give the same script.

    Raises
    ------
    DataError
        A module imports or exports in a way this does not know, or two need each other.
    """
    order: list[Path] = []
    _visit(entry.resolve(), order, ())
    names = {path: f"module{n}" for n, path in enumerate(order)}
    parts = [f"const {names[path]} = {_wrapped(path, names)};" for path in order]
    return inlined("\n".join(('"use strict";', "(() => {", *parts, "})();")), entry)


def inlined(script: str, path: Path) -> str:
    """Hold a script to what may stand between the tags of a page.

    Raises
    ------
    DataError
        It would end its own tag.
    """
    script = script.replace("\r\n", "\n")
    if found := _ENDS_EARLY.search(script):
        raise DataError(f"{path.name}: a script that holds {found[0]!r} cannot stand in a page")
    return script


def _visit(path: Path, order: list[Path], above: tuple[Path, ...]) -> None:
    if path in above:
        raise DataError(f"{path.name} and {above[-1].name} import each other")
    if path in order:
        return
    text = path.read_text(encoding="utf-8")
    for match in sorted([*_IMPORT.finditer(text), *_PASSED_ON.finditer(text)], key=lambda found: found.start()):
        _visit((path.parent / match[2]).resolve(), order, (*above, path))
    order.append(path)


def _wrapped(path: Path, names: dict[Path, str]) -> str:
    text = path.read_text(encoding="utf-8")
    exported = [name for _, name in _EXPORT.findall(text)]
    lists = [_pairs(match[1]) for match in _PASSED_ON.finditer(text)]
    exported += [new for pairs in lists for _, new in pairs]

    def take(match: re.Match[str]) -> str:
        wanted = ", ".join(name if name == new else f"{name}: {new}" for name, new in _pairs(match[1]))
        return f"const {{ {wanted} }} = {names[(path.parent / match[2]).resolve()]};"

    body = _EXPORT.sub(r"\1 \2", _PASSED_ON.sub(take, _IMPORT.sub(take, text)))
    if wrong := _UNKNOWN.search(body):
        raise DataError(f"{path.name}: {wrong[0][:80]!r} cannot be joined; name what is imported or exported")
    return f"(() => {{ // {path.name}\n{body}\nreturn {{ {', '.join(exported)} }};\n}})()"


def _pairs(text: str) -> list[tuple[str, str]]:
    """Names as they are called there, and here."""
    parts = [part.split(" as ") for part in (piece.strip() for piece in text.split(",")) if part]
    return [(part[0].strip(), part[-1].strip()) for part in parts]
