"""Transliteration by principle: invented names, spelled as hasty writers do, still meet.

Nothing here is a name of the lists. A name is put together from consonants and vowels, then written again with another
article, hyphen, ʿayn, ending, vowel or doubling; the two must share a key, and stay alike enough to be taken for one.
"""

from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geocoders.gazetteer import MIN_LIKENESS
from geo.geocoders.names import fold, skeletons, spelling, without_article

CONSONANTS = ("b", "d", "f", "j", "k", "l", "m", "n", "s", "sh", "t")
SUN = ("d", "n", "r", "s", "sh", "t", "z")
VOWELS = ("a", "i", "u")
WORD = st.lists(
    st.tuples(st.sampled_from(CONSONANTS), st.sampled_from(VOWELS)),
    min_size=3,
    max_size=4,
    unique_by=lambda syllable: syllable[0],
).map(lambda syllables: "".join(consonant + vowel for consonant, vowel in syllables) + "r")
FEW = settings(max_examples=40, deadline=None)


def alike(one: str, other: str) -> float:
    return SequenceMatcher(None, spelling(one), spelling(other), autojunk=False).ratio()


def meet(one: str, other: str) -> bool:
    return bool(set(skeletons(one)) & set(skeletons(other))) and alike(one, other) >= MIN_LIKENESS


@FEW
@given(WORD, st.sampled_from(("al-", "Al ", "el-", "El ", "AL-")))
def test_the_article_is_written_in_any_way_or_left_out(word: str, article: str) -> None:
    name = f"al-{word.title()}"
    assert fold(f"{article}{word}") in {fold(name), f"el{word}"}
    assert without_article(f"{article}{word}") == fold(word)
    assert meet(name, f"{article}{word}")
    assert meet(name, word)


@FEW
@given(st.sampled_from(SUN), WORD)
def test_the_article_before_a_sun_letter_is_assimilated_or_not(letter: str, word: str) -> None:
    rest = letter + word[1:] if word[0] not in "aiu" else letter + word
    assert fold(f"a{letter}-{rest}") == fold(f"al-{rest}")
    assert meet(f"Tal a{letter}-{rest}", f"Tal al-{rest}")
    assert meet(f"Tal a{letter}-{rest}", f"Tel {rest}")


@FEW
@given(WORD, WORD, st.sampled_from(("-", " ", "  ", " - ")))
def test_a_hyphen_is_a_blank(one: str, other: str, joint: str) -> None:
    assert fold(f"{one}{joint}{other}") == fold(f"{one} {other}")


@FEW
@given(WORD, st.integers(min_value=1, max_value=4), st.sampled_from("'‘’ʿʾ`ʼ"))
def test_ayn_and_hamza_are_written_or_not(word: str, position: int, mark: str) -> None:
    assert fold(word[:position] + mark + word[position:]) == fold(word)


@FEW
@given(WORD, st.sampled_from(("a", "ah", "eh", "e")), st.sampled_from(("a", "ah", "eh", "e")))
def test_the_feminine_ending_is_h_eh_or_ah(word: str, ending: str, other: str) -> None:
    assert meet(word + ending, word + other)


@FEW
@given(WORD, st.data())
def test_letters_are_doubled_or_not(word: str, data: st.DataObject) -> None:
    position = data.draw(st.sampled_from([place for place, letter in enumerate(word) if letter not in "aiuh"]))
    assert meet(word, word[:position] + word[position] + word[position:])


@FEW
@given(WORD, st.sampled_from((("u", "o"), ("u", "ou"), ("i", "e"), ("i", "ee"), ("a", "e"), ("a", "ā"))))
def test_vowels_are_heard_in_several_ways(word: str, heard: tuple[str, str]) -> None:
    assert set(skeletons(word)) & set(skeletons(word.replace(*heard)))


@pytest.mark.parametrize(
    ("arabic", "turkish"), [("sh", "ş"), ("j", "c"), ("ch", "ç"), ("k", "q"), ("kh", "h"), ("gh", "ğ"), ("w", "v")]
)
@FEW
@given(word=WORD)
def test_turkish_and_kurdish_letters_meet_arabic_ones(arabic: str, turkish: str, word: str) -> None:
    assert set(skeletons(f"Ba{arabic}a{word}")) & set(skeletons(f"Ba{turkish}a{word}"))


@FEW
@given(WORD, WORD)
def test_different_consonants_stay_two_names(one: str, other: str) -> None:
    if set(skeletons(one)).isdisjoint(skeletons(other)):
        assert fold(one) != fold(other)
    # A consonant of another class is never lost.
    assert set(skeletons(f"bam{one}")).isdisjoint(skeletons(f"baf{one}"))
