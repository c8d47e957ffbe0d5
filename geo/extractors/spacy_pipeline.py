"""Reads with an installed spaCy pipeline: it says which words are names; which place, what happened and why is ours.

A pipeline's entities carry no probability, so what it marks is trusted as far as such pipelines are right on news
(:data:`geo.annotate.toponyms.marks.SURE`), and the reason names the pipeline and the label.
"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo import paths
from geo.annotate import annotate
from geo.annotate.toponyms.marks import Marks
from geo.coding import code
from geo.errors import InputError
from geo.extractors.coded import coded
from geo.extractors.pieces import pieces
from geo.model import ActorMention, ActorType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.annotate.fallback import Fallback
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Annotation, Article, Report

DEFAULT_PIPELINE: Final = "en_core_web_sm"
MAX_PIECE: Final = 100_000
"""Characters given to the pipeline at once; it takes about a gigabyte for a million."""
PLACES: Final = frozenset({"GPE", "LOC", "FAC", "LOCATION", "PLACE", "GPE_LOC", "GPE_ORG"})
"""Labels of places: OntoNotes', WikiNER's and the Norwegian ones."""
TYPES: Final[Mapping[str, ActorType]] = {kind.name: kind for kind in ActorType}
"""Labels that a pipeline of one's own may give to actors: REBEL_GROUP, STATE_FORCES and so on."""
_TRUST: Final = 0.7
"""Confidence in an actor that only the pipeline knows."""
_WHOLE: Final = 2**22
"""Bytes of the largest file of a pipeline whose content is compared, not only its size."""


class SpacyExtractor:
    """Reads with a spaCy pipeline.

    Parameters
    ----------
    pipeline : str, default "en_core_web_sm"
        Name of an installed pipeline, or its folder.

    Raises
    ------
    InputError
        spaCy or the pipeline is not installed, or it marks no places.

    Examples
    --------
    >>> SpacyExtractor(pipeline="en_core_web_sm")  # doctest: +SKIP
    """

    name = "spacy"
    shared = False

    def __init__(self, *, pipeline: str = DEFAULT_PIPELINE) -> None:
        self._warnings: tuple[str, ...] = ()
        self._nlp = self._load(pipeline)
        meta = self._nlp.meta
        self.pipeline = f"{meta['lang']}_{meta['name']}"
        self.version = f"spacy:{self.pipeline}-{meta['version']}#{_digest(self._nlp)}".replace("+", "_")
        labels = {label for found in self._nlp.pipe_labels.values() for label in found}
        if labels and labels.isdisjoint(PLACES):
            raise InputError(
                f"the spaCy pipeline {pipeline} marks no places (its labels: {', '.join(sorted(labels)[:12])})",
                remedy=f"Choose one with an entity recogniser, such as {DEFAULT_PIPELINE}",
            )

    def read(
        self, article: Article, *, gazetteer: Gazetteer, fallback: Fallback | None = None
    ) -> tuple[Annotation, tuple[Report, ...]]:
        """Annotate by the pipeline's names, place them by the gazetteer, code by the project's rules."""
        marked, named = self._entities(article.text)
        found = annotate(article, gazetteer=gazetteer, marks=Marks(marked, only=True))
        toponyms = tuple(
            replace(t, reason=f"{t.reason}; {says}") if (says := _marked(marked, t.start, t.end)) else t
            for t in found.toponyms
        )
        annotation = replace(found, toponyms=toponyms, actors=_with(found.actors, named))
        return coded(annotation, code, gazetteer=gazetteer, fallback=fallback)

    def notice(self) -> str:
        """Nothing leaves this machine."""
        return ""

    def notes(self) -> tuple[str, ...]:
        """Give what spaCy warned of when the pipeline was loaded."""
        return self._warnings

    def _load(self, pipeline: str) -> Any:
        try:
            import spacy
        except ImportError as error:
            remedy = "Install it: pip install -r requirements-extra.txt"
            raise InputError("the reader 'spacy' needs spaCy, which is not installed", remedy=remedy) from error
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                nlp = spacy.load(pipeline)
            except (OSError, ValueError, ImportError) as error:
                raise InputError(
                    f"there is no spaCy pipeline {pipeline!r} that can be loaded ({_first_line(error)})",
                    remedy=f"Install one (python -m spacy download {DEFAULT_PIPELINE}) "
                    "or give the folder of one with --spacy-pipeline",
                ) from error
        told = dict.fromkeys(_first_line(w.message) for w in caught if issubclass(w.category, UserWarning))
        self._warnings = tuple(f"spaCy says of {pipeline}: {text}" for text in told)
        return nlp

    def _entities(self, text: str) -> tuple[dict[tuple[int, int], str], list[ActorMention]]:
        marked: dict[tuple[int, int], str] = {}
        named: list[ActorMention] = []
        for start, end in pieces(text, min(MAX_PIECE, self._nlp.max_length)):
            for entity in self._nlp(text[start:end]).ents:
                span = (start + entity.start_char, start + entity.end_char)
                if entity.label_ in PLACES:
                    marked[span] = f"{self.pipeline} marks it {entity.label_}"
                elif (kind := TYPES.get(entity.label_)) is not None:
                    named.append(ActorMention(*span, entity.text, " ".join(entity.text.split()), kind, _TRUST))
        return marked, named


def _marked(marked: Mapping[tuple[int, int], str], start: int, end: int) -> str | None:
    return next((says for (low, high), says in marked.items() if low < end and start < high), None)


def _with(known: tuple[ActorMention, ...], named: list[ActorMention]) -> tuple[ActorMention, ...]:
    """Add the actors that only the pipeline knows; where the lists know one too, its canonical name stands."""
    new = [m for m in named if not any(k.start < m.end and m.start < k.end for k in known)]
    return tuple(sorted((*known, *new), key=lambda mention: mention.start))


def _first_line(thing: object) -> str:
    return (str(thing).splitlines() or [type(thing).__name__])[0]


def _digest(nlp: Any) -> str:
    """Hash what decides how a pipeline reads: our code beside it, its settings, its files."""
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted((paths.CODE / "extractors").glob("*.py")):
        digest.update(file.read_bytes())
    digest.update(repr(sorted(nlp.meta.items(), key=str)).encode())
    folder = Path(nlp.path) if getattr(nlp, "path", None) else None
    for file in sorted(folder.rglob("*")) if folder else ():
        if file.is_file():
            size = file.stat().st_size
            digest.update(f"{file.relative_to(folder or file)}\0{size}\0".encode())
            digest.update(file.read_bytes() if size <= _WHOLE else b"")
    return digest.hexdigest()
