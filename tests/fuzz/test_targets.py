"""Every target takes its own good input, and a few spoilt ones."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeoError
from tests.fuzz.inputs import inputs
from tests.fuzz.targets import targets

TARGETS = targets()


@pytest.mark.parametrize("name", [name for name in TARGETS if name != "reader.pdf"])
def test_only_errors_of_ours_come_out(name):
    target = TARGETS[name]

    @settings(max_examples=8, derandomize=True, database=None)
    @given(st.one_of(st.sampled_from(target.seeds), inputs(target.seeds)))
    def tried(data):
        with contextlib.suppress(GeoError):
            target.run(data)

    tried()
