"""Sentences: offsets exact, nothing lost, abbreviations not mistaken for ends."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.annotate.sentences import LONGEST, split


def sentences_of(text):
    return [text[one.start : one.end] for one in split(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gen. Ali met Lt. Col. Haddad near St. John. They left.", 2),
        ("The U.S. Army said so. The U.S. The end.", 3),
        ("It began at 5 a.m. on Nov. 13 near Ankara. It ended.", 2),
        ("Mr. J. K. Smith paid $3.5 million. He left.", 2),
        ("No. 5 Brigade fell back. No. They said no.", 3),
        ("They waited ... and left. Then silence...", 2),
        ("“We will go.” He left. “Stay!” she said.", 3),
        ("هل وصلوا؟ نعم. انتهى", 3),
        ("One! Two? Three.", 3),
        ("In November. 13 people died.", 2),
        ("", 0),
        ("   \n \n ", 0),
    ],
)
def test_counts_sentences(text, count):
    assert len(split(text)) == count


def test_closing_quote_stays_with_its_sentence():
    assert sentences_of("He said: “Go.” They went.") == ["He said: “Go.”", "They went."]


def test_blank_lines_and_lines_that_are_paragraphs_part_sentences():
    headline, first, second = split("Troops cross the border\n\nIt began on Friday.\nIt went on.")
    assert [headline.paragraph, first.paragraph, second.paragraph] == [0, 1, 2]


def test_wrapped_lines_stay_one_sentence():
    text = (
        "The column left the base near the border before dawn on\nFriday and reached the town by noon of the\nsame day."
    )
    assert len(split(text)) == 1


def test_a_wholly_quoted_sentence_is_marked():
    assert [one.quoted for one in split("“We are ready.” The minister left.")] == [True, False]


@pytest.mark.parametrize("unit", ["shells hit the town and ", "a", "a\u3000", "ab\tcd\t", "a" * 4_999 + "  "])
def test_what_is_longer_than_any_sentence_is_parted(unit):
    text = (unit * (30_000 // len(unit))).strip()
    found = split(text)
    assert len(found) >= 5
    assert all(0 < one.end - one.start <= LONGEST for one in found)
    assert "".join("".join(sentences_of(text)).split()) == "".join(text.split())
    assert all(not text[one.start].isspace() and not text[one.end - 1].isspace() for one in found)
    assert {one.paragraph for one in found} == {0}


def test_a_sentence_of_the_longest_kind_stays_whole():
    text = "Shells hit " + "a " * (LONGEST // 2 - 10) + "town."
    assert sentences_of(text) == [text]


def test_one_endless_line_is_linear():
    text = "ab. " * 500_000
    begin = time.process_time()
    assert len(split(text)) >= 1
    assert time.process_time() - begin < 10


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aA .!?\n\"”’'(U.S13؟"))))
def test_sentences_cover_everything_but_spaces(text):
    found = split(text)
    assert all(one.start < one.end for one in found)
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in pairwise(found))
    kept = set()
    for one in found:
        kept.update(range(one.start, one.end))
    assert all(text[place].isspace() for place in range(len(text)) if place not in kept)
