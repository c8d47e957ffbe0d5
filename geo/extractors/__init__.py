"""Ways to read an article: each makes an annotation and reports of it, behind one protocol.

``rules`` is the project's own and what everything uses unless asked otherwise. ``spacy`` lets an installed spaCy
pipeline say which words are names; ``model`` asks an OpenAI-compatible endpoint what happened. Whoever reads, places
come from the gazetteer, names of actors from the lists, and every report keeps its words and its reasons.

To add one, write a module with a class that has what :class:`Extractor` names, and list it in :data:`EXTRACTORS`.
Nothing of a reader is imported until it is chosen.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.annotate.fallback import Fallback
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Annotation, Article, Report

__all__ = ["DEFAULT", "EXTRACTORS", "Extractor", "identity", "open_extractor"]

DEFAULT = "rules"
"""The reader that needs nothing but this program."""


class Extractor(Protocol):
    """What every reader can do."""

    name: str
    """Its name in :data:`EXTRACTORS`."""
    version: str
    """What a store remembers it by, as "identity#digest": another identity is another reader, another digest the
    same one with other code or settings. Empty for the rules, whose fingerprint the pipeline makes."""
    shared: bool
    """It works only in this process, because it counts what it spends; threads may share it."""

    def read(
        self, article: Article, *, gazetteer: Gazetteer, fallback: Fallback | None = None
    ) -> tuple[Annotation, tuple[Report, ...]]:
        """Say what one article says and what happened by it, most salient report first.

        Raises
        ------
        ReaderError
            It could not be read now; nothing of it may be stored.
        """
        ...

    def notice(self) -> str:
        """Say, before anything is read, what leaves this machine; empty if nothing does."""
        ...

    def notes(self) -> tuple[str, ...]:
        """Say, after everything was read, what it cost and what was refused."""
        ...


def _rules(**options: Any) -> Extractor:
    from geo.extractors.rules import RulesExtractor

    return RulesExtractor(**options)


def _spacy(**options: Any) -> Extractor:
    from geo.extractors.spacy_pipeline import SpacyExtractor

    return SpacyExtractor(**options)


def _model(**options: Any) -> Extractor:
    from geo.extractors.model import ModelExtractor

    return ModelExtractor(**options)


EXTRACTORS: Mapping[str, Callable[..., Extractor]] = {"rules": _rules, "spacy": _spacy, "model": _model}
"""Readers by name; call one with its options to make it."""


@lru_cache(maxsize=4)
def open_extractor(name: str = DEFAULT, options: tuple[tuple[str, Any], ...] = ()) -> Extractor:
    """Make a reader; the same one for the same options within a process.

    Parameters
    ----------
    name : str, default "rules"
        One of :data:`EXTRACTORS`.
    options : tuple of (str, value)
        Its options, hashable, so that they travel to other processes.

    Returns
    -------
    Extractor

    Raises
    ------
    InputError
        An option cannot be used, or what it needs is not installed.
    """
    return EXTRACTORS[name](**dict(options))


def identity(version: str) -> str:
    """Give the part of a version that tells one reader from another; "rules" for the project's own."""
    return version.partition("#")[0] or DEFAULT
