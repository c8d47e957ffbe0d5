"""A hostile article takes no longer than a plain one of its size, but for a generous factor; time grows with length."""

from time import process_time

import pytest

from benchmarks.hostile import UNITS, make
from geo.annotate import actors
from geo.model import Article
from geo.pipeline import annotate_and_code, open_resources, read_bytes

SIZE = 100_000
FACTOR = 3.5
"""Measured: most take less than a plain one, which is full of things to find; nothing but events takes 2.2 times."""


def seconds(name: str, size: int = SIZE) -> float:
    return seconds_of(make(name, size))


def seconds_of(text: str) -> float:
    begun = process_time()
    for item in read_bytes("x.txt", text.encode()):
        if isinstance(item, Article):
            annotate_and_code(item, open_resources())
    return process_time() - begun


@pytest.fixture(scope="module")
def plain() -> float:
    seconds("plain")  # Opens what is opened once.
    return seconds("plain")


@pytest.mark.parametrize("name", UNITS)
def test_a_hostile_text_takes_no_longer_than_a_plain_one(name: str, plain: float):
    assert seconds(name) < FACTOR * plain + 0.5


# Each once took the product of two things that stand in it: 5 times the text took 13 to 20 times as long.
@pytest.mark.parametrize(
    "unit",
    [
        "YPG (VG) Ain to be General Aleppo -, ",
        "Kobani 3 October killed SDF ",
    ],
)
def test_time_grows_with_the_length_only(unit: str):
    texts = [(unit * (size // len(unit) + 1))[:size] + "\n\nShells hit Kobani.\n" for size in (60_000, 300_000)]
    seconds_of(texts[0])
    assert seconds_of(texts[1]) < 9 * seconds_of(texts[0]) + 0.3


def test_many_groups_with_short_names_are_each_found_in_time_that_grows_with_the_text():
    text = make("groups with short names", 400_000)
    begun = process_time()
    found = actors.find(text)
    assert process_time() - begun < 10
    assert len({mention.actor for mention in found}) > 5_000
