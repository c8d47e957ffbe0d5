"""Wire copies: articles of different outlets that print one agency's text are one source, not several.

Two texts are the same where :data:`SAME` of the five-word runs of the shorter stand in the longer: outlets cut a wire
story from its end, change its first words, and add their own. The longest text of a family stands for it, and a text
belongs to one family only, so that a short notice quoted by two stories does not make those two the same.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.model import Article

    Runs = frozenset[int]

RUN: Final = 5
"""Words of a run. Five in a row are rarely the same by chance, and a changed name spoils only five runs."""
SAME: Final = 0.7
"""Share of the runs of the shorter text that must stand in the longer."""
FEWEST_RUNS: Final = 25
"""A text of fewer runs, some thirty words, is too short to tell a copy from a common phrase."""
ALIKE: Final = 0.3
"""Share of all runs in common from which MinHash looks for pairs: a copy that was cut to a third is still found."""
PERMUTATIONS: Final = 128
FEW: Final = 64
"""Articles of which every pair is compared; of more, MinHash finds the pairs worth it."""
_WORD = re.compile(r"\w+")


def wire_copies(articles: Iterable[Article]) -> dict[str, str]:
    """Find the articles that print the text of another.

    Parameters
    ----------
    articles : iterable of Article
        In any order: the answer is the same.

    Returns
    -------
    dict of str to str
        Id of a copy to the id of the longest article with that text.
    """
    ordered = sorted(articles, key=lambda a: (-len(a.text), str(a.published), a.id))
    runs = {article.id: found for article in ordered if len(found := _runs(article.text)) >= FEWEST_RUNS}
    rank = {key: number for number, key in enumerate(runs)}
    nearest: dict[str, list[str]] = defaultdict(list)
    for one, other in _candidates(runs):
        longer, shorter = sorted((one, other), key=rank.__getitem__)
        nearest[shorter].append(longer)
    copies: dict[str, str] = {}
    for key in runs:
        for longer in sorted(nearest[key], key=rank.__getitem__):
            if longer not in copies and len(runs[key] & runs[longer]) >= SAME * min(len(runs[key]), len(runs[longer])):
                copies[key] = longer
                break
    return copies


def outlets(articles: Iterable[Article]) -> dict[str, str | None]:
    """Tell whose word each article is, as :func:`geo.merge.merge` wants it.

    Parameters
    ----------
    articles : iterable of Article

    Returns
    -------
    dict of str to str or None
        Outlet of each article id; a copy has that of the article whose text it prints, or that article's id.
    """
    found = {article.id: article for article in articles}
    told: dict[str, str | None] = {key: article.source for key, article in found.items()}
    for copy, original in wire_copies(found.values()).items():
        told[copy] = found[original].source or original
    return told


def _runs(text: str) -> Runs:
    words = _WORD.findall(text.casefold())
    return frozenset(zlib.crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1))


def _candidates(runs: Mapping[str, Runs]) -> Iterator[tuple[str, str]]:
    """Give the pairs that may be one text, each once."""
    if len(runs) <= FEW:
        yield from combinations(runs, 2)
        return
    # Imported here: it brings scipy, which takes longer to load than the rest of the program.
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped] # ships no types

    index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, weights=(0.1, 0.9))
    for key, found in runs.items():
        # The runs are hashes already, and always the same ones: so are the signatures.
        signature = MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int)
        signature.update_batch(sorted(found))
        for other in index.query(signature):
            yield other, key
        index.insert(key, signature)
