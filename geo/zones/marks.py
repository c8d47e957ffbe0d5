"""Reads YAML into plain values and remembers the line of each, for errors that point at the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from geo.errors import ZoneError

if TYPE_CHECKING:
    from pathlib import Path

Trail = tuple[str | int, ...]
"""Keys and positions from the top of the document to a value."""

MAX_DEPTH = 60
"""Deepest nesting of lists and mappings."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALARS = {f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null")}


def load(text: str, path: Path) -> tuple[Any, dict[Trail, int]]:
    """Read one YAML document.

    Parameters
    ----------
    text : str
        The document.
    path : Path
        Named in errors.

    Returns
    -------
    value : dict, list or scalar
        Days stay text, so that a schema can check them.
    lines : dict
        Line from 1 of every value, by its trail.

    Raises
    ------
    ZoneError
        It is not YAML, has a key twice, or uses anchors (a way to make a small file huge).
    """
    refuse_depth(text, path)
    try:
        node = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else error.problem_mark.line + 1
        raise ZoneError(f"this is not YAML: {error.problem}", path=path, line=line) from error
    except yaml.YAMLError as error:
        raise ZoneError(f"this is not YAML: {error}", path=path) from error
    reader = _Reader(path)
    value = None if node is None else reader.plain(node, ())
    return value, reader.lines


def refuse_depth(text: str, path: Path) -> None:
    """Refuse what nests so deep that the parser, which calls itself for every level, would bring the process down.

    Raises
    ------
    ZoneError
        Names the line.
    """
    depth = 0
    for number, line in enumerate(text.split("\n"), start=1):
        lead = len(line) - len(line.lstrip(" \t-?:"))
        for character in line:
            depth += (character in "[{") - (character in "]}")
            if depth > MAX_DEPTH:
                break
        if depth > MAX_DEPTH or lead > 4 * MAX_DEPTH:
            raise ZoneError(f"nests deeper than {MAX_DEPTH}", path=path, line=number)
        depth = max(depth, 0)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Trail, int] = {}
        self._scalars = _Loader("")
        self._seen: set[int] = set()

    def plain(self, node: yaml.Node, trail: Trail) -> Any:
        line = node.start_mark.line + 1
        self.lines[trail] = line
        if id(node) in self._seen:
            raise ZoneError("anchors and aliases (& and *) are not read here", path=self.path, line=line)
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*trail, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, trail)
        return self._scalar(node) if node.tag in _SCALARS else node.value

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            return self._scalars.construct_object(node)
        except (ValueError, LookupError) as error:  # "!!int x", a number of five thousand digits
            line, value = node.start_mark.line + 1, str(node.value)[:40]
            raise ZoneError(f"{value!r} is not what it is marked as", path=self.path, line=line) from error

    def _mapping(self, node: yaml.MappingNode, trail: Trail) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                raise ZoneError(f"{key!r} stands here twice", path=self.path, line=key_node.start_mark.line + 1)
            found[key] = self.plain(value_node, (*trail, key))
            # A value that begins on its own line is easier found by its key.
            self.lines[(*trail, key)] = key_node.start_mark.line + 1
        return found
