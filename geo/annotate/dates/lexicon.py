"""Words of time: read once from ``data/sources/time_expressions.yaml``.

Every word that a rule names gets one character of its own class, so that a sentence becomes a string of classes and
regular expressions over that string find the expressions.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from geo import sources
from geo.annotate.dates.patterns import compile_pattern, first_of, plain_words
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FAR = 5
"""Words from the beginning of an expression to its first word of time, at most."""
_OFTEN = 30
"""Words of a class that begin no rule before its rules are asked as one."""
_LABEL = re.compile(r"\(\?P<\w+>")
OTHER = "~"
"""The class of every word that no rule names."""
_FIRST_CLASS = 0xE000  # private use: no text character can be mistaken for a class
_FIRST_PLAIN = 0xE800
_SHAPES = ("D", "INT", "Y", "ORD", "DECADE", "ISO", "NUMERIC", "CLOCK")
_MARKS = {
    ",": ",",
    "-": "-",
    "–": "-",
    "—": "-",
    "‑": "-",
    "−": "-",
    "/": "/",
    ".": "DOT",
    "'": "'",
    "’": "'",
    "(": "LPAREN",
    ")": "RPAREN",
}


class _Classes(dict[str, str]):
    """Word as written -> class character. Numbers are classed by their shape when they are looked up."""

    def __init__(self, chars: Mapping[str, str]) -> None:
        super().__init__()
        self._chars = chars
        self.update((number, chars[_shape(number)]) for number in _listed_numbers())

    def __missing__(self, token: str) -> str:
        if "0" <= token[0] <= "9":
            return self._chars[_shape(token)]
        return OTHER


def _listed_numbers() -> Iterator[str]:
    """Give every number that a plain look-up must know: up to four digits, ordinals and decades."""
    for number in range(10_000):
        yield str(number)
    for number in range(1_000):
        yield from (f"0{number}", f"{number:03d}", f"{number:02d}")
        yield from (f"{number}{ending}" for ending in ("st", "nd", "rd", "th", "s"))
    yield from (f"{number}s" for number in range(1_000, 2_200, 10))


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
    if "-" in token or token[4:5] == "/":
        return "ISO"
    return "NUMERIC" if "/" in token or token.count(".") == 2 else "INT"


@dataclass(frozen=True)
class Rule:
    """One line of the grammar."""

    name: str
    make: str
    evidence: str
    regex: str
    """Over class characters, with a group for each label."""
    first: frozenset[str]
    """Class characters that it can begin with."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression, compiled when it is first tried: all of them would take a tenth of the start-up."""
        return re.compile(self.regex)


@dataclass(frozen=True)
class Lexicon:
    """Words, their values and the rules over them."""

    classes: Mapping[str, str]
    """Word as written -> class character; an unknown word gives `OTHER`."""
    values: Mapping[str, Any]
    """Word in small letters -> value."""
    rules: tuple[Rule, ...]
    starters: re.Pattern[str]
    """Matches where a rule can begin."""
    rules_from: Mapping[str, tuple[Rule, ...]]
    """Class character -> rules that can begin with it, in their order."""
    gates: dict[str, re.Pattern[str]] = field(default_factory=dict)
    """Class character -> all these rules as one expression, once many words have begun none of them."""
    misses: Counter[str] = field(default_factory=Counter)
    """How many words of a class have begun no rule."""
    context: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def missed(self, char: str) -> None:
        """Note that a word began no rule. One expression then asks all of them, which nearly always answer no.

        It is compiled only for words that keep doing so: a short run would spend more on it than it saves.
        """
        self.misses[char] += 1
        if self.misses[char] == _OFTEN:
            self.gates[char] = re.compile("|".join(_bare(rule.regex) for rule in self.rules_from[char]))


@cache
def lexicon() -> Lexicon:
    """Read the words and rules once."""
    source = sources.load("time_expressions.yaml")
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
    weak = set("".join(chars[name] for name in source["weak"])) - {"[", "]"}
    strong = set("".join(chars.values())) - {"[", "]"} - weak
    first = sorted(frozenset[str]().union(*(rule.first for rule in rules)))
    rules_from = {char: tuple(rule for rule in rules if char in rule.first) for char in first}
    context = {name: frozenset(words) for name, words in source["context"].items()}
    return Lexicon(classes, values, rules, _starters(rules, weak, strong), rules_from, context=context)


def _class_characters(source: Mapping[str, Any]) -> dict[str, str]:
    names = [*_SHAPES, *dict.fromkeys(_MARKS.values()), *source["words"]]
    return {name: chr(_FIRST_CLASS + number) for number, name in enumerate(names)}


def _name_plain_words(source: Mapping[str, Any], chars: dict[str, str], classes: dict[str, str]) -> None:
    """Give each word that a pattern names its own character, and let its class mean that character too."""
    patterns = [*source["macros"].values(), *(entry["pattern"] for entry in source["rules"])]
    home = {word: name for name, entry in source["words"].items() for word in entry["values"]}
    for number, word in enumerate(sorted(plain_words(patterns))):
        chars[word] = chr(_FIRST_PLAIN + number)
        name = home.get(word)
        cased = name is not None and source["words"][name].get("cased", False)
        classes.update(dict.fromkeys(_spellings(word, cased=cased), chars[word]))
        if name is not None:
            chars[name] = f"[{chars[name].strip('[]')}{chars[word]}]"


def _spellings(word: str, *, cased: bool) -> tuple[str, ...]:
    return (word.title(), word.upper()) if cased else (word, word.title(), word.upper())


def _rule(entry: Mapping[str, str], chars: Mapping[str, str], macros: Mapping[str, str]) -> Rule:
    regex = compile_pattern(entry["pattern"], chars, macros)
    return Rule(entry["name"], entry["make"], entry.get("evidence", ""), regex, frozenset(first_of(regex)))


def _bare(regex: str) -> str:
    """Take the labels from a rule, which stand in many rules and may stand only once in an expression."""
    return f"(?:{_LABEL.sub('(?:', regex)})"


def _starters(rules: tuple[Rule, ...], weak: set[str], strong: set[str]) -> re.Pattern[str]:
    """Match where a rule can begin: at a word of time, or at a weak word with one of those soon after it."""
    first = frozenset[str]().union(*(rule.first for rule in rules))
    at_once, after = "".join(sorted(first - weak)), "".join(sorted(first & weak))
    return re.compile(f"[{at_once}]|[{after}](?=.{{0,{_FAR}}}[{''.join(sorted(strong))}])", re.DOTALL)
