"""A hostile article takes no longer than a plain one of its size, but for a generous factor."""

import pytest

from benchmarks.hostile import UNITS, make
from geo.model import Article
from geo.pipeline import annotate_and_code, open_resources, read_bytes

SIZE = 100_000
FACTOR = 4.0
"""Measured: hostile texts are mostly faster than plain ones, which are full of things to find."""


def seconds(name: str) -> float:
    from time import process_time

    data = make(name, SIZE).encode()
    begun = process_time()
    for item in read_bytes("x.txt", data):
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
