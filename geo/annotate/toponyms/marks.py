"""Names that another reader marked as places: taken as such, then placed together with all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.annotate.toponyms.candidates import Mention, look_around
from geo.annotate.toponyms.tokens import Run, Token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.annotate.toponyms.names import Names
    from geo.model import Sentence

SURE = 2.0
"""Score of a marked name: about .88 that it is a place, which is what such readers reach on news."""
NEVER = -9.0
"""Score that nothing outweighs."""
MAX_MARKED = 120
"""Characters of the longest name taken over; no place's name is longer."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Stretches of a text that another reader takes for names of places."""

    spans: Mapping[tuple[int, int], str]
    """Offsets, with who says so and how."""
    only: bool = False
    """Nothing else is a place."""

    def touch(self, mention: Mention) -> bool:
        """Tell whether a mention shares a character with a marked name."""
        return any(start < mention.end and mention.start < end for start, end in self.spans)

    def allow(self, mention: Mention) -> bool:
        """Tell whether a mention may be a place; "Turkish" is none and helps to place the others."""
        return not self.only or mention.demonym or self.touch(mention)


def hold(
    found: Sequence[Mention], marks: Marks, text: str, *, sentences: Sequence[Sentence], names: Names
) -> list[Mention]:
    """Let the marks decide which mentions are places, and add those that are none yet.

    Parameters
    ----------
    found : sequence of Mention
        Scored, in text order; their scores are changed in place.
    marks : Marks
    text : str
    sentences : sequence of Sentence
    names : Names
        Where a name that is added is looked up.

    Returns
    -------
    list of Mention
        In text order, not overlapping.
    """
    spans = [span for span in sorted(marks.spans) if 0 < span[1] - span[0] <= MAX_MARKED]
    for mention in found:
        if not marks.allow(mention):
            mention.score = NEVER
        elif marks.touch(mention):
            mention.score = max(mention.score, SURE)
    taken = [(mention.start, mention.end) for mention in found]
    added: list[Mention] = []
    for start, end in spans:
        home = next((n for n, s in enumerate(sentences) if s.start <= start and end <= s.end), None)
        if home is None or any(low < end and start < high for low, high in taken):
            continue
        words = text[start:end]
        token = Token(start, end, words, words.lower())
        mention = Mention(start, end, words, Run([token], sentence=home), 0, 0, names.lookup(words), token.lower)
        look_around(text, mention, sentences[home].start, sentences[home].end)
        mention.score = SURE
        added.append(mention)
        taken.append((start, end))
    return sorted([*found, *added], key=lambda mention: mention.start)
