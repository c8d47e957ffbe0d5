"""Words of time: read once from ``data/sources/time_expressions.yaml``.

Every word that a rule names gets one character of its own class, so that a sentence becomes a string of classes and one
regular expression over that string finds the expressions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from geo.errors import DataError, InputError
from geo.paths import SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER = "~"
"""The class of every word that no rule names."""
_FIRST_CLASS = 0xE000  # private use: no text character can be mistaken for a class
_FIRST_PLAIN = 0xE800
_SHAPES = ("D", "INT", "Y", "ORD", "DECADE", "ISO", "NUMERIC", "CLOCK")
_MARKS = {",": ",", "-": "-", "–": "-", "—": "-", "‑": "-", "−": "-", "/": "/", ".": "DOT", "'": "'", "’": "'", "(": "LPAREN", ")": "RPAREN"}
_ITEM = re.compile(r"([a-z0-9]+:)?(?:([A-Z]+)|([a-z]+)|([-,/'?*()|]))")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_source(name: str) -> dict[str, Any]:
    """Read a YAML file of ``data/sources``.

    Raises
    ------
    DataError
        The file is missing.
    InputError
        It is not YAML, or not a mapping.
    """
    path = SOURCES / name
    try:
        with path.open(encoding="utf-8") as stream:
            found = yaml.load(stream, Loader=_LOADER)  # noqa: S506 - both are safe loaders
    except FileNotFoundError as error:
        raise DataError(f"{path} is missing. Check the project out again") from error
    except yaml.YAMLError as error:
        raise InputError(f"not YAML: {error}", path=path, remedy="Mend it by hand") from error
    if not isinstance(found, dict):
        raise InputError("not a mapping", path=path, remedy="Mend it by hand")
    return found


class _Classes(dict[str, str]):
    """Word as written -> class character. Numbers are classed by their shape when they are looked up."""

    def __init__(self, chars: Mapping[str, str]) -> None:
        super().__init__()
        self._chars = chars

    def __missing__(self, token: str) -> str:
        if "0" <= token[0] <= "9":
            return self._chars[_shape(token)]
        return OTHER


def _shape(token: str) -> str:
    if token.isdigit():
        if len(token) <= 2 and 1 <= int(token) <= 31:
            return "D"
        return "Y" if len(token) == 4 and "1000" <= token <= "2199" else "INT"
    if token[-1] == "s":
        return "DECADE"
    if token[-1] in "tdh":
        return "ORD"
    if ":" in token:
        return "ISO" if "-" in token else "CLOCK"
    if "-" in token:
        return "ISO"
    return "NUMERIC" if "/" in token or token.count(".") == 2 else "INT"


@dataclass(frozen=True)
class Rule:
    """One line of the grammar."""

    name: str
    make: str
    evidence: str
    pattern: re.Pattern[str]
    """Over class characters, with a group for each label."""


@dataclass(frozen=True)
class Lexicon:
    """Words, their values and the rules over them."""

    classes: Mapping[str, str]
    """Word as written -> class character; an unknown word gives `OTHER`."""
    values: Mapping[str, Any]
    """Word in small letters -> value."""
    rules: tuple[Rule, ...]
    scanner: re.Pattern[str]
    """All rules in one alternation; the name of the group that matched is "r" and the rule's number."""
    context: Mapping[str, frozenset[str]] = field(default_factory=dict)


@cache
def lexicon() -> Lexicon:
    """Read the words and rules once."""
    source = load_source("time_expressions.yaml")
    chars = _class_characters(source)
    classes = _Classes(chars)
    values: dict[str, Any] = {}
    for name, entry in source["words"].items():
        for word, value in entry["values"].items():
            if word in values:
                raise InputError(f"{word!r} stands in two classes", remedy="Leave it in one of them")
            values[word] = value
            classes.update(dict.fromkeys(_spellings(word, cased=entry.get("cased", False)), chars[name]))
    for mark, name in _MARKS.items():
        classes[mark] = chars[name]
    _name_plain_words(source, chars, classes)
    rules = tuple(_rule(entry, chars, source["macros"]) for entry in source["rules"])
    scanner = "|".join(f"(?P<r{number}>{_unlabelled(rule.pattern.pattern)})" for number, rule in enumerate(rules))
    context = {name: frozenset(words) for name, words in source["context"].items()}
    return Lexicon(classes, values, rules, re.compile(scanner), context)


def _class_characters(source: Mapping[str, Any]) -> dict[str, str]:
    names = [*_SHAPES, *dict.fromkeys(_MARKS.values()), *source["words"]]
    return {name: chr(_FIRST_CLASS + number) for number, name in enumerate(names)}


def _name_plain_words(source: Mapping[str, Any], chars: dict[str, str], classes: dict[str, str]) -> None:
    """Give each word that a pattern names its own character, and let its class mean that character too."""
    home = {word: name for name, entry in source["words"].items() for word in entry["values"]}
    for number, word in enumerate(sorted(_plain_words(source))):
        chars[word] = chr(_FIRST_PLAIN + number)
        name = home.get(word)
        cased = name is not None and source["words"][name].get("cased", False)
        classes.update(dict.fromkeys(_spellings(word, cased=cased), chars[word]))
        if name is not None:
            chars[name] = f"[{chars[name].strip('[]')}{chars[word]}]"


def _spellings(word: str, *, cased: bool) -> tuple[str, ...]:
    return (word.title(), word.upper()) if cased else (word, word.title(), word.upper())


def _plain_words(source: Mapping[str, Any]) -> set[str]:
    patterns = [*source["macros"].values(), *(entry["pattern"] for entry in source["rules"])]
    return {item.group(3) for pattern in patterns for item in _ITEM.finditer(pattern) if item.group(3)}


def _rule(entry: Mapping[str, str], chars: Mapping[str, str], macros: Mapping[str, str]) -> Rule:
    pattern = re.compile(_compile(entry["pattern"], chars, macros))
    return Rule(entry["name"], entry["make"], entry.get("evidence", ""), pattern)


def _compile(pattern: str, chars: Mapping[str, str], macros: Mapping[str, str]) -> str:
    """Turn a pattern of the rules file into a regular expression over class characters."""
    parts: list[str] = []
    for item in _ITEM.finditer(pattern):
        label, name, word, mark = item.groups()
        group = f"(?P<{label[:-1]}>" if label else "(?:"
        if mark == "(":
            parts.append(group)
        elif mark in {")", "?", "*", "|"}:
            parts.append(mark)
        else:
            inner = _compile(macros[name], chars, macros) if name in macros else _character(name or word or mark, chars)
            parts.append(f"{group}{inner})" if label or name in macros else inner)
    return "".join(parts)


def _character(name: str, chars: Mapping[str, str]) -> str:
    try:
        return chars[name]
    except KeyError:
        raise InputError(f"no class or macro {name!r} in the time rules", remedy="Name it under words or macros") from None


def _unlabelled(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)

