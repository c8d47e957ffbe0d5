"""Two groups named after the word for both: "two rival tribes, the X and Y", "the clans of X and Y"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.model import ActorMention, ActorType

if TYPE_CHECKING:
    from geo.annotate.actors.lexicon import Lexicon

_CONFIDENCE = 0.75
_NAME = r"(?:al-|Al-|el-|ul-)?[A-Z][\w'’-]*(?: (?:al-|Al-)?[A-Z][\w'’-]*)?"
_PLURAL = re.compile(
    r"(?:tribes|clans|subclans|gangs|militias|communities|factions|cult groups|groups)$", re.IGNORECASE
)
_PAIR = re.compile(
    rf"(?: known as| called| named|,| of|:| --| –)?(?: (?:of|namely))?(?: the)? ({_NAME})"
    rf"(?: (?:and|versus|vs\.?)(?: the)?) ({_NAME})"
    r"(?! (?:district|village|town|state|province|count|area|region|local|LGA))(?![\w-])"
)
_AT_ODDS = re.compile(
    r"\b(?:two|rival|warring|feuding|between|among|against|pitting|involving|clash(?:es|ed)?|fighting|fought|feud|battles?)\b",
    re.IGNORECASE,
)
_GAP = re.compile(r",? (?:of|the|known|called|named|namely|:)|,|:| [-–]")
_REACH = 40
"""Characters before the word for both in which they are told to be at odds."""
_GROUPS = frozenset(
    {ActorType.IDENTITY_MILITIA, ActorType.POLITICAL_MILITIA, ActorType.REBEL_GROUP, ActorType.CIVILIANS}
)


def paired(text: str, mention: ActorMention, lists: Lexicon) -> tuple[ActorMention, ActorMention] | None:
    """Give the two groups that a word for both is followed by.

    Parameters
    ----------
    text : str
        The body of an article.
    mention : ActorMention
        The word for both, as "rival tribes".
    lists : Lexicon
        The actor lists.

    Returns
    -------
    tuple of ActorMention or None
        The first begins with the word for both. None where nothing says that the two are at odds: "the tribes of X and
        Y" may be those of two provinces.
    """
    if mention.type not in _GROUPS or mention.confidence > _CONFIDENCE or _PLURAL.search(mention.text) is None:
        return None
    match = _PAIR.match(text, mention.end)
    if match is None or _GAP.match(text, mention.end) is None:
        return None
    before, after = (max(0, mention.start - _REACH), mention.end), (match.end(), match.end() + _REACH)
    # "The clans of X and Y that fought in spring": said after a people's name; others would be those of two places.
    told = before, after if mention.type is ActorType.IDENTITY_MILITIA else before
    if not any(_AT_ODDS.search(text, *span) for span in told):
        return None
    names = match.group(1), match.group(2)
    if any(name in lists.states or name.split()[0].lower() in lists.not_names for name in names):
        return None
    kind = ActorType.IDENTITY_MILITIA if mention.type is ActorType.CIVILIANS else mention.type
    end = match.end(1)
    first = ActorMention(mention.start, end, text[mention.start : end], names[0], kind, _CONFIDENCE)
    return first, ActorMention(match.start(2), match.end(2), names[1], names[1], kind, _CONFIDENCE)
