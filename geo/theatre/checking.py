"""Everything that is wrong with a theatre, zones apart: its lists, what they refer to, and its articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import sources, theatre
from geo.errors import InputError
from geo.theatre.reading import problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.theatre.theatre import Theatre


def mistakes(here: Theatre) -> Iterator[InputError]:
    """Find what is wrong with a theatre; the default is held to its lists by tests.

    Parameters
    ----------
    here : Theatre

    Yields
    ------
    InputError
        Each with file, line, value and remedy where they are known.
    """
    if here.is_default:
        return
    found = list(problems(here))
    yield from found
    wrong = {error.path.name for error in found if error.path}
    # What a wrong list refers to is looked at when the list is right.
    if "actors.yaml" not in wrong:
        yield from _days_of_actors(here)
    if not wrong & {"aliases.yaml", "places.yaml", "regions.yaml"}:
        yield from _places(here)
    yield from _articles(here)


def _days_of_actors(here: Theatre) -> Iterator[InputError]:
    from geo.annotate.actors.periods import periods

    path = here.file("actors.yaml")
    if path is None:
        return
    for row in sources.load(path.name, path.parent) or ():
        try:
            periods(row.get("names", ()), actor=row["name"], path=path)
        except InputError as error:
            yield error


def _places(here: Theatre) -> Iterator[InputError]:
    """Find an alias for a place that is not there."""
    from geo.geocoders import open_gazetteer

    try:
        with theatre.use(here):
            open_gazetteer()
    except InputError as error:
        yield error


def _articles(here: Theatre) -> Iterator[InputError]:
    from geo.readers import read_paths

    if here.articles.is_dir():
        yield from (item for item in read_paths([here.articles]) if isinstance(item, InputError))
