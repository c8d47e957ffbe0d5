"""Patterns asked of a text in lower case find what they find without regard to case."""

import pytest

from geo.annotate.actors.lexicon import lower
from geo.coding.patterns import pattern
from geo.errors import InputError


def test_a_pattern_finds_the_same_in_lower_case():
    text = "GUNMEN KILLED two. Nobody Was Hurt in İzmir; Three Died"
    for name in ("deaths_killing", "deaths_died", "injuries_nobody"):
        assert [m.span() for m in pattern(name).lower.finditer(lower(text))] == [
            m.span() for m in pattern(name).finditer(text)
        ]


def test_a_pattern_with_capitals_is_not_asked_in_lower_case():
    for name in ("where_street", "who_said"):
        with pytest.raises(InputError, match="asks for a capital"):
            _ = pattern(name).lower


def test_lower_case_keeps_every_offset():
    text = "İİ Iraq ẞ"
    assert len(lower(text)) == len(text)
    assert lower(text)[3:7] == "iraq"
