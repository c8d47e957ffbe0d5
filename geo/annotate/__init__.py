"""What the text of an article says, each thing with its offsets: place names, time expressions, actors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.annotate import actors, dates, toponyms
from geo.annotate.sentences import split
from geo.model import Annotation

if TYPE_CHECKING:
    from geo.annotate.toponyms.marks import Marks
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Article


def annotate(article: Article, *, gazetteer: Gazetteer, marks: Marks | None = None) -> Annotation:
    """Mark the place names, time expressions and actors of one article.

    Parameters
    ----------
    article : Article
        A cleaned article. Its text is taken as it is.
    gazetteer : Gazetteer
        Where place names are looked up.
    marks : Marks, optional
        Names that another reader takes for places.

    Returns
    -------
    Annotation
        Its `article` carries the publication day where the text or a caption gives one that the file did not.
    """
    if article.published is None and (told := dates.infer_published(article)) is not None:
        article = replace(article, published=told[0], published_basis=told[1])
    sentences = split(article.text)
    mentions = actors.find(article.text, sentences=sentences)
    return Annotation(
        article=article,
        sentences=sentences,
        toponyms=toponyms.find(
            article.text,
            sentences=sentences,
            gazetteer=gazetteer,
            actors=mentions,
            language=article.language,
            marks=marks,
        ),
        dates=dates.find(article.text, reference=article.published, sentences=sentences),
        actors=mentions,
    )
