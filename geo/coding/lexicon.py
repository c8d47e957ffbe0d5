"""The coding rules of ``data/sources/event_types.yaml`` and ``status_cues.yaml``, compiled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import ahocorasick_rs

from geo import sources
from geo.annotate.actors.lexicon import fold, fold_article
from geo.errors import InputError
from geo.model import EVENT_TYPE_OF
from geo.paths import SOURCES

_VERB_ENDINGS = ("", "s", "e", "es", "ed", "ing")
_ACTOR_CLASSES = frozenset({"STATE", "ARMED", "SIDES", "EXTERNAL", "CIVILIANS", "PROTESTERS", "RIOTERS"})

if TYPE_CHECKING:
    from pathlib import Path

Span = tuple[int, int]
Found = dict[str, list[Span]]
"""Where each class of words occurs, by class."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the rules: what must occur, and what it then counts for."""

    sub_event_type: str
    all: tuple[str, ...]
    """Classes that must all occur; the first is the trigger."""
    none: tuple[str, ...]
    """Classes that must not occur."""
    weight: float
    near: int | None
    """How many characters may lie between the trigger and the other classes."""
    subject: str | None
    """"state" or "armed": who must be the one who did it."""


class Rules:
    """Classes of words, found in one pass, and the rules over them."""

    def __init__(self, folder: Path) -> None:
        types, cues = (sources.load(f"{name}.yaml", folder) for name in ("event_types", "status_cues"))
        self.threshold: float = types["threshold"]
        self.cues: dict[str, Any] = cues
        classes: dict[str, list[str]] = {}
        for name, terms in (*types["words"].items(), *cues["words"].items()):
            for term in terms:
                for form in expand(term):
                    classes.setdefault(" ".join(fold(form).split()), []).append(name)
        self._lowercase = frozenset(number for number, form in enumerate(classes) if form in set(types["lowercase"]))
        self._classes = [tuple(dict.fromkeys(names)) for names in classes.values()]
        self._automaton = ahocorasick_rs.AhoCorasick([f" {form} " for form in classes])
        known = set(types["words"]) | set(cues["words"]) | _ACTOR_CLASSES
        self.rules: dict[str, list[Rule]] = {}
        for row in types["rules"]:
            rule = _rule(row, known, folder / "event_types.yaml")
            self.rules.setdefault(rule.all[0], []).append(rule)

    def find(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Give every word of the lists in `text` as (start, end, its classes), by end."""
        classes, lowercase, folded = self._classes, self._lowercase, f" {fold_article(text)} "
        return [
            (start, stop - 2, classes[number])
            for number, start, stop in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if number not in lowercase or text[start].islower()
        ]


def expand(term: str) -> list[str]:
    """Spell out a term of the lists: ``seiz~`` is every regular form of a verb, ``rocket*`` singular and plural.

    Examples
    --------
    >>> expand("rocket*")
    ['rocket', 'rockets']
    """
    if "~" in term:
        stem, rest = term.split("~", 1)
        return [f"{stem}{ending}{rest}" for ending in _VERB_ENDINGS]
    if "*" in term:
        stem, rest = term.split("*", 1)
        plural = "es" if stem.endswith(("s", "x", "ch", "sh")) else "s"
        return [stem + rest, stem + plural + rest]
    return [term]


def _rule(row: dict[str, Any], known: set[str], path: Path) -> Rule:
    if row["sub"] not in EVENT_TYPE_OF:
        raise InputError(
            f"unknown sub-event type {row['sub']!r}", path=path, remedy="Use a name of geo.model.SUB_EVENT_TYPES"
        )
    wanted = (*row["all"], *row.get("none", ()))
    if missing := [name for name in wanted if name not in known]:
        raise InputError(
            f"rule for {row['sub']!r} names unknown classes {missing}", path=path, remedy="List them under words"
        )
    return Rule(
        sub_event_type=row["sub"],
        all=tuple(row["all"]),
        none=tuple(row.get("none", ())),
        weight=float(row["weight"]),
        near=row.get("near"),
        subject=row.get("subject"),
    )


@lru_cache(maxsize=4)
def load_rules(folder: Path = SOURCES) -> Rules:
    """Load the coding rules of `folder` once.

    Raises
    ------
    DataError
        A list is missing.
    InputError
        A list is not valid YAML, or a rule names what does not exist.
    """
    return Rules(folder)
