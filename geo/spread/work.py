"""What a worker does: opens the gazetteer and the lists once, then reads one part after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import theatre
from geo.errors import InputError, WorkersError
from geo.extractors import open_extractor
from geo.pipeline import annotate_and_code, open_resources, version_of
from geo.spread.parts import items_of
from geo.writer import Outcome

if TYPE_CHECKING:
    from geo.model import Article
    from geo.pipeline import Resources
    from geo.spread.parts import Part


@dataclass(frozen=True, slots=True)
class Order:
    """How every part of a build is to be read; small, and the same for all."""

    version: str
    """What the store remembers the reader by: a worker of other code or lists may not take part."""
    reader: str
    options: tuple[tuple[str, Any], ...] = ()
    theatre: str | None = None
    """Folder of the theatre; None for the one that comes with the program, wherever it is installed."""


def read_part(part: Part, order: Order) -> tuple[Outcome, ...]:
    """Read one part.

    Parameters
    ----------
    part : Part
    order : Order

    Returns
    -------
    tuple of Outcome
        In the order of the part.

    Raises
    ------
    WorkersError
        This worker has other rules, or does not see the files.
    """
    _demand(part)
    with theatre.use(theatre.open_theatre(Path(order.theatre)) if order.theatre else theatre.default()):
        extractor = open_extractor(order.reader, order.options)
        if version_of(extractor) != order.version:
            raise WorkersError(
                "a worker reads by other rules than this build. Give all of them the same version of the program"
            )
        resources = replace(open_resources(), extractor=extractor)
        return tuple(
            Outcome(_bare(item)) if number in part.known else _outcome(item, resources, order)
            for number, item in enumerate(items_of(part))
        )


def _outcome(item: Article | InputError, resources: Resources, order: Order) -> Outcome:
    if isinstance(item, InputError):
        return Outcome(item)
    try:
        annotation, reports = annotate_and_code(item, resources)
    except InputError as problem:
        return Outcome(problem)
    return Outcome(_bare(item), annotation.article, reports, order.version)


def _bare(item: Article | InputError) -> Article | InputError:
    """Leave out what the way back need not carry twice."""
    return item if isinstance(item, InputError) else replace(item, text="", captions=())


def _demand(part: Part) -> None:
    """Refuse a part whose files are not here, though whoever made it has them."""
    for stretch in part.stretches:
        if not isinstance(stretch, InputError) and not stretch.path.exists():
            raise WorkersError(
                f"a worker does not see {stretch.path}. Put the articles where every machine sees them under one path"
            )
