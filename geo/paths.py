"""Where things lie in a checkout."""

from __future__ import annotations

from pathlib import Path

CODE = Path(__file__).resolve().parent
ROOT = CODE.parent
SOURCES = ROOT / "data" / "sources"
"""Edited by hand: articles, zones, places, actors, rules."""
BUILT = ROOT / "data" / "built"
"""Made by ``python -m geo.builddata``."""
SAMPLE_ARTICLES = SOURCES / "articles"
SAMPLE_STORE = ROOT / "store" / "sample"
"""Made from the sample articles when the dashboard first opens."""
OWN_STORE = ROOT / "store" / "own"
"""Where ``python -m geo build`` puts a user's own articles unless told otherwise."""
OWN_GAZETTEERS = ROOT / "store" / "gazetteers"
"""Where ``python -m geo gazetteer import`` puts a user's own places."""
