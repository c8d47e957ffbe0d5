from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.annotate import toponyms
from geo.annotate.sentences import split
from geo.geocoders import open_gazetteer

if TYPE_CHECKING:
    from geo.model import Toponym

PIECES = st.sampled_from(
    [
        "Aleppo", "Ras al-Ain", "Ra’s al-‘Ayn", "in ", "near ", "between ", " and ", " to ", "25 km north of ",
        "Mr ", "U.S.", "US-led ", "Pa.", "N.Y.", "B.C.", " County", " Province", ", ", ". ", "\n\n", " – ", "—",
        "حلب", " مدينة ", "وريف", "Girê Spî", "İstanbul", "ß", "\u00ad", "\u00a0", "\u200f", "“", "’s ", "'",
        "-", "(", ")", "Washington", " said", "Turkish", "St. ", "de la ", "JORDAN", "Paris, Texas", "of the ",
        "1.", "é", "Ǆ", "\ud7ff", "😀",
    ]
)  # fmt: skip


def find(text: str) -> tuple[Toponym, ...]:
    return toponyms.find(text, sentences=split(text), gazetteer=open_gazetteer())


def check(text: str) -> None:
    last = 0
    for found in find(text):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert 0.0 <= found.confidence <= 1.0
        if found.place is not None:
            assert -180.0 <= found.place.lon <= 180.0
            assert -90.0 <= found.place.lat <= 90.0
        last = found.end


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_offsets_match_the_text_in_order_and_do_not_overlap(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_without_a_crash(text: str) -> None:
    check(text)


@given(st.lists(PIECES, max_size=20).map("".join))
@settings(max_examples=50, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert find(text) == find(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "no capitals at all", "\u200f\u200f", "٠١٢"])
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert find(text) == ()


def test_works_without_sentences() -> None:
    text = "Shells hit Aleppo."
    found = toponyms.find(text, sentences=(), gazetteer=open_gazetteer())
    assert [one.text for one in found] == ["Aleppo"]


@pytest.mark.parametrize(
    "piece",
    [
        "Aleppo Aleppo ",
        "in Aleppo, ",
        "A",
        "A ",
        "A. ",
        "al-",
        "north of ",
        "25 km ",
        "Aleppo-",
        "Of The ",
        "وحلب ",
        "St. ",
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        tries = []
        for _ in range(2):
            start = time.process_time()
            check(text)
            tries.append(time.process_time() - start)
        return min(tries)

    seconds(2_000)
    # Ten times the text may take ten times as long, thrice that on a busy machine; a square would take a hundred times.
    assert seconds(60_000) < max(0.5, 30 * seconds(6_000))
