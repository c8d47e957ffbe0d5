"""The actor lists of ``data/sources``, as one automaton and a few tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import ahocorasick_rs

from geo import sources, theatre
from geo.annotate.actors.periods import TYPES, Period, periods
from geo.model import ActorType
from geo.paths import SOURCES
from geo.theatre.reading import listed

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_SIGN = re.compile(r"[^\w ]")
"""Every sign but the space, which is one already: most of the matches of a text."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the automaton: what its words may mean."""

    kind: str
    """"name", "country", "seat", "leader", "head" or "shape"."""
    value: str
    """Canonical name; ISO 3166-1 alpha-3 code for country, seat and leader; "" for a head and a shape."""
    type: ActorType
    written: str
    """The words as the list has them; capitals in them are demanded of the text."""


def lower(text: str) -> str:
    """Lower-case `text`, keeping its length: a letter whose lower case is longer keeps its own form."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lowered


def fold(text: str) -> str:
    """Lower-case `text` with a space for every sign that is no letter or digit, keeping its length.

    Offsets into the result are offsets into `text`.
    """
    return _SIGN.sub(" ", lower(text)).replace("_", " ")


@lru_cache(maxsize=1)
def fold_article(text: str) -> str:
    """Fold the text of an article, which actors and coding both ask for."""
    return fold(text)


@lru_cache(maxsize=1)
def lower_article(text: str) -> str:
    """Lower-case the text of an article, which most questions to its sentences ask for."""
    return lower(text)


class Lexicon:
    """Everything the actor lists say, ready for look-up; a theatre's own actors come before the shared ones."""

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        groups, states, words = (sources.load(f"{n}.yaml", folder) for n in ("actors", "state_actors", "actor_words"))
        self.periods: dict[str, tuple[Period, ...]] = {}
        self.homes: dict[str, str] = {}
        self.countries: dict[str, str] = {iso: row[0] for iso, row in states["countries"].items()}
        self.adjectives = frozenset(word for row in states["countries"].values() for word in row[1])
        self.states = self.adjectives | frozenset(self.countries.values())
        self._article = frozenset(states["with_article"])
        self.forces: dict[str, str] = {w: name for name, ws in states["forces"].items() for w in ws}
        self.force_starts = frozenset(w.split()[0] for w in self.forces)
        self.longest_force = max(len(w.split()) for w in self.forces)
        self.offices = frozenset(states["offices"])
        self.kept = frozenset(words["kept"])
        self.dropped = frozenset(words["dropped"])
        self.not_names = frozenset(words["not_names"])
        self.acts = frozenset(words["acts"])
        self.function = frozenset(words["function"])
        self.passed = self.kept | frozenset(words["passed"])
        self.adjectival = frozenset(words["adjectival"])
        self.plurals: dict[str, str] = words["plurals"]
        self.deeds = frozenset(words["deeds"])
        self.dealings = frozenset(words["dealings"])
        self.named: set[str] = set()
        self.bodies: set[str] = set()
        self.lands: dict[str, tuple[str, ...]] = {}
        self.called: dict[str, frozenset[str]] = {}
        """The common words that end an actor's names: "factions" of "Turkish-backed factions"."""
        self._terms: dict[str, list[Term]] = {}
        if own:
            self._add_groups(_checked(own), own)
        self._add_groups(groups, folder / "actors.yaml")
        self._add_states(states, folder / "state_actors.yaml")
        for short, heads in words["heads"].items():
            for head in heads:
                self._add(head, "head", "", TYPES[short])
        for short, heads in words["shapes"].items():
            for head in heads:
                self._add(head, "shape", "", TYPES[short])

    def _add(self, written: str, kind: str, value: str, actor_type: ActorType) -> None:
        # As the text is folded, sign by sign: "Workers' Party" has two spaces in both.
        key = fold(written).strip()
        self._terms.setdefault(key, []).append(Term(kind, value, actor_type, written))

    def _add_groups(self, groups: list[dict[str, Any]], path: Path) -> None:
        for row in groups:
            name, actor_type = row["name"], TYPES[row["type"]]
            if "names" in row:
                self.periods[name] = periods(row["names"], actor=name, path=path)
            if home := row.get("home"):
                for known in (name, *(period.name for period in self.periods.get(name, ()))):
                    self.homes[known] = home
            self.lands[name] = tuple(row.get("lands", ()))
            if row.get("body"):
                self.bodies.add(name)
            self.named |= {name, *(period.name for period in self.periods.get(name, ()))}
            ends = (alias.split()[-1] for alias in row.get("aliases", ()) if " " in alias)
            self.called[name] = frozenset(end for end in ends if end.islower())
            for alias in dict.fromkeys((name, *row.get("aliases", ()))):
                self._add(alias, "name", name, actor_type)
                if alias[:3].lower() == "al-":  # the article is written to the word too: "Alshabaab"
                    self._add(alias[:2] + alias[3:], "name", name, actor_type)

    def _add_states(self, states: dict[str, Any], path: Path) -> None:
        for iso, (name, adjectives, seats) in states["countries"].items():
            for written in (name, *adjectives):
                self._add(written, "country", iso, ActorType.STATE_FORCES)
            for written in seats:
                self._add(written, "seat", iso, ActorType.STATE_FORCES)
            for pattern in states["forces"]:
                self.homes[self.state_name(pattern, iso)] = iso
        for generic, rows in states["periods"].items():
            self.periods[generic] = periods(rows, actor=generic, path=path)
            for row in rows:
                self.homes[row["name"]] = self.homes[generic]
        for person, terms in states["leaders"].items():
            self._add(person, "leader", terms[0]["country"], ActorType.STATE_FORCES)

    @cached_property
    def _keys(self) -> list[str]:
        return list(self._terms)

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick([f" {key} " for key in self._keys])

    def matches(self, text: str) -> list[tuple[int, int, Term]]:
        """Give every term of the lists in `text` as (start, end, term), by start, the longest first."""
        keys, terms = self._keys, self._terms
        found = []
        for number, begin, end in self._automaton.find_matches_as_indexes(f" {fold_article(text)} ", overlapping=True):
            # One space was put before the text and each pattern carries a space on either side.
            start, stop = begin, end - 2
            for term in terms[keys[number]]:
                if _capitals_agree(term.written, text[start:stop]):
                    found.append((start, stop, term))
                    break
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        return found

    def state_name(self, pattern: str, iso: str) -> str:
        """Give the canonical name of a state's force: ``state_name("Military Forces of {}", "SYR")``."""
        name = self.countries[iso]
        return pattern.format(f"the {name}" if name in self._article else name)


def _capitals_agree(written: str, seen: str) -> bool:
    """Tell whether `seen` has the capitals that `written` demands: none, a first one, or all of an acronym's."""
    if written.islower():
        return True
    if seen.islower():
        return False
    if len(written) <= 6 and written.isupper():
        return seen.isupper()
    first = written.split(maxsplit=1)[0]
    return not (first.isupper() and len(first) > 1) or seen.split(maxsplit=1)[0].isupper()


def _checked(own: Path) -> list[dict[str, Any]]:
    """Read a theatre's actors: against the schema for its errors, and as YAML for its days."""
    listed(own)
    groups: list[dict[str, Any]] = sources.load(own.name, own.parent)
    return groups


_last: tuple[theatre.Theatre | None, Lexicon | None] = (None, None)


def lexicon(folder: Path | None = None) -> Lexicon:
    """Load the actor lists of `folder`, the shared ones by default, and those of the current theatre, once.

    Raises
    ------
    DataError
        A list is missing.
    InputError
        A list is not valid YAML, or a theatre's is wrong.
    """
    global _last
    here, (known, found) = theatre.current(), _last
    # Asked for at every name of an actor, and nearly always for the theatre it was asked for before.
    if found is not None and here is known and folder is None:
        return found
    found = _lexicon(folder, here.file("actors.yaml"))
    if folder is None:
        _last = here, found
    return found


@lru_cache(maxsize=4)
def _lexicon(folder: Path | None, own: Path | None) -> Lexicon:
    # No path as the usual key: it is asked for forty times an article, and the hash of a path is Python.
    return Lexicon(folder or SOURCES, own)


def name_on(actor: str, day: date | None) -> str:
    """Give the name that `actor` bore on `day`.

    An actor with one name, an unknown actor, or an unknown day gives the name back as it is.

    Examples
    --------
    >>> name_on("Hayat Tahrir al-Sham", date(2015, 3, 28))
    'Jabhat al-Nusra'
    """
    if day is not None:
        for period in lexicon().periods.get(actor, ()):
            if period.holds(day):
                return period.name
    return actor


def type_on(actor: str, day: date | None) -> ActorType | None:
    """Give what `actor` was on `day` where its type changed over time, else None.

    Examples
    --------
    >>> type_on("Taliban", date(2022, 1, 1)).value
    'State forces'
    """
    if day is not None:
        for period in lexicon().periods.get(actor, ()):
            if period.holds(day):
                return period.type
    return None


def is_named(actor: str) -> bool:
    """Tell whether `actor` has a name of its own; "Islamist gunmen" and "Police" have none."""
    lists = lexicon()
    return actor in lists.named or actor in lists.homes


def is_body(actor: str) -> bool:
    """Tell whether `actor` is a body without fighters of its own, like the United Nations."""
    return actor in lexicon().bodies


def home_country(actor: str) -> str | None:
    """Give the ISO 3166-1 alpha-3 code of the state whose force or government `actor` is, or None."""
    return lexicon().homes.get(actor)


def lands_of(actor: str) -> tuple[str, ...]:
    """Give the ISO 3166-1 alpha-3 codes of the countries where a group fights, empty where the lists tell none."""
    return lexicon().lands.get(actor, ())
