"""How a place name is used: the place itself, a government, a people, a dateline, a container."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.annotate.toponyms.cues import contains
from geo.model import PlaceKind, ToponymRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.toponyms.candidates import Mention
    from geo.annotate.toponyms.lexicon import Lexicon

_DATELINE = re.compile(r"[^.!?\n]{0,60}?(?:\([A-Z][\w ./-]{0,30}\) ?)?(?:[\u2014\u2013]|--| - )")
_LOCATIVE = frozenset("in at near inside outside around across throughout within into".split())


def assign(kept: Sequence[Mention], text: str, words: Lexicon) -> list[ToponymRole]:
    """Give each mention its role.

    Parameters
    ----------
    kept : sequence of Mention
        Those read as places or demonyms, in text order.
    text : str
        The article's text.
    words : Lexicon
        Word lists.

    Returns
    -------
    list of ToponymRole
        One per mention.
    """
    given: list[ToponymRole] = []
    for position, mention in enumerate(kept):
        before = kept[position - 1] if position else None
        if mention.demonym:
            given.append(ToponymRole.DEMONYM)
        elif _is_dateline(mention, text):
            given.append(ToponymRole.DATELINE)
        elif before is not None and not before.demonym and _is_container(mention, before, text):
            given.append(ToponymRole.CONTAINER)
        elif _is_metonym(mention, words):
            given.append(ToponymRole.METONYM)
        else:
            given.append(ToponymRole.LITERAL)
    _coordinate(kept, given, text)
    return given


def _is_dateline(mention: Mention, text: str) -> bool:
    return False


def _is_container(mention: Mention, before: Mention, text: str) -> bool:
    gap = mention.start - before.end
    if gap > 20 or gap < 1:
        return False
    between = text[before.end : mention.start]
    if between in (", ", " (", ", in ", " in ", ", in the ", " in the ", ", near ", " of "):
        return between != ", near " and contains(mention, before)
    return False


def _is_metonym(mention: Mention, words: Lexicon) -> bool:
    return False


def _coordinate(kept: Sequence[Mention], given: list[ToponymRole], text: str) -> None:
    """ "Moscow and Washington agreed": the first is what the second is."""
