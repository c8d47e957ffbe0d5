"""Who is meant by "the rebels" after "Houthi rebels", and by "the army" after "the Sudanese army"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.model import ActorMention, ActorType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.annotate.actors.lexicon import Lexicon

_NAMED = 0.75
"""From this confidence a mention has a name of its own."""
_BARE = 0.5
"""A mention that is only a head word has this confidence."""
_AGAIN = 0.75
_NOTHING: frozenset[str] = frozenset()
_NOBODY = frozenset({"factions"})
"""Words that alone name nobody: those of a parliament are called so too."""
_WORDS = 3
"""Words of a head at most: "government security forces"."""
_UNARMED = frozenset({ActorType.CIVILIANS, ActorType.PROTESTERS, ActorType.RIOTERS})


def again(text: str, mentions: Iterable[ActorMention], lists: Lexicon) -> list[ActorMention]:
    """Give bare heads after "the" the name of the one group of the text that was, or can be, called so.

    Parameters
    ----------
    text : str
        The body of an article.
    mentions : iterable of ActorMention
        Its actors, in text order.
    lists : Lexicon
        The actor lists: "the factions" are a group that has "Turkish-backed factions" among its names.

    Returns
    -------
    list of ActorMention
        In text order.
    """
    told: dict[str, ActorMention | None] = {}
    made: list[ActorMention] = []
    for mention in mentions:
        if mention.type in _UNARMED:
            made.append(mention)
            continue
        words = mention.text.lower().split()
        if mention.confidence >= _NAMED:
            heads = {" ".join(words[-count:]) for count in range(1, min(_WORDS + 1, len(words)))}
            for head in heads | lists.called.get(mention.actor, _NOTHING):
                known = told.setdefault(head, mention)
                if known is not None and known.actor != mention.actor:
                    told[head] = None  # two groups told with it: the word alone names neither
        elif mention.text.lower() in _NOBODY and text[max(0, mention.start - 4) : mention.start].lower() != "the ":
            continue
        elif mention.confidence == _BARE and text[max(0, mention.start - 4) : mention.start].lower() == "the ":
            known = told.get(" ".join(words))
            if known is None and mention.text.lower() in _NOBODY:
                continue
            if known is not None:
                mention = replace(mention, actor=known.actor, type=known.type, confidence=_AGAIN)
        made.append(mention)
    return made
