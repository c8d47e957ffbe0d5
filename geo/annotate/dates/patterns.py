"""The small language of the time rules: from its words to a regular expression over class characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ITEM = re.compile(r"([a-z0-9]+:)?(?:([A-Z]+)|([a-z]+)|([-,/'?*()|]))")
_TOKEN = re.compile(r"\(\?P<\w+>|\(\?:|\[[^\]]*\]|.")


def plain_words(patterns: Iterable[str]) -> set[str]:
    """Give the words that stand for themselves in the patterns."""
    return {item.group(3) for pattern in patterns for item in _ITEM.finditer(pattern) if item.group(3)}


def compile_pattern(pattern: str, chars: Mapping[str, str], macros: Mapping[str, str]) -> str:
    """Turn a pattern of the rules file into a regular expression over class characters.

    Raises
    ------
    InputError
        A name is neither a class nor a macro.
    """
    parts: list[str] = []
    for item in _ITEM.finditer(pattern):
        label, name, word, mark = item.groups()
        group = f"(?P<{label[:-1]}>" if label else "(?:"
        if mark == "(":
            parts.append(group)
        elif mark in {")", "?", "*", "|"}:
            parts.append(mark)
        else:
            inner = (
                compile_pattern(macros[name], chars, macros) if name in macros else _class(name or word or mark, chars)
            )
            parts.append(f"{group}{inner})" if label or name in macros else inner)
    return "".join(parts)


def _class(name: str, chars: Mapping[str, str]) -> str:
    try:
        return chars[name]
    except KeyError:
        raise InputError(
            f"no class or macro {name!r} in the time rules", remedy="Name it under words or macros"
        ) from None


def first_of(regex: str) -> set[str]:
    """Give the class characters that a match of a compiled pattern can begin with."""
    tokens = [found.group() for found in _TOKEN.finditer(regex)]
    return _alternatives(tokens, 0)[0]


def _alternatives(tokens: list[str], place: int) -> tuple[set[str], bool, int]:
    """Read alternatives up to their closing bracket: their first characters, whether they may be empty, their end."""
    first: set[str] = set()
    empty = False
    while True:
        begins, may_be_empty, place = _sequence(tokens, place)
        first |= begins
        empty = empty or may_be_empty
        if place >= len(tokens) or tokens[place] == ")":
            return first, empty, place + 1
        place += 1


def _sequence(tokens: list[str], place: int) -> tuple[set[str], bool, int]:
    first: set[str] = set()
    empty = True
    while place < len(tokens) and tokens[place] not in ("|", ")"):
        token = tokens[place]
        if token.startswith("(?"):
            begins, may_be_empty, place = _alternatives(tokens, place + 1)
        else:
            begins, may_be_empty, place = set(token.strip("[]")), False, place + 1
        if place < len(tokens) and tokens[place] in ("?", "*"):
            may_be_empty, place = True, place + 1
        if empty:
            first |= begins
        empty = empty and may_be_empty
    return first, empty, place
