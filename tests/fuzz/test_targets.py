"""Every target takes its own good input, and a few spoilt ones; and what was found once stays mended."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeoError, InputError
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


def test_a_parquet_with_a_damaged_page_is_told_and_not_an_oserror(tmp_path):
    from geo.importers.importing import plan, preview

    good = TARGETS["import.parquet"].seeds[0]
    refused = 0
    for at in range(8, len(good) // 2, max(1, len(good) // 60)):
        path = tmp_path / "x.parquet"
        path.write_bytes(good[:at] + b"\xff" * 12 + good[at + 12 :])
        try:
            preview(plan(path))
        except InputError:
            refused += 1
    assert refused > 0


@pytest.mark.parametrize("at", [6, 28])
def test_a_zip_of_a_later_kind_or_with_a_nameless_member_is_told(at):
    data = bytearray(TARGETS["zones.zip"].seeds[0])
    entry = data.index(b"PK\x01\x02")
    data[entry + at : entry + at + 2] = b"\xff\x00" if at == 6 else b"\x00\x00"
    with pytest.raises(GeoError):
        TARGETS["zones.zip"].run(bytes(data))
