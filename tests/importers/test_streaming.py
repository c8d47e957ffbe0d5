"""A large table goes through in parts: what is held of the rows before is eight bytes each."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.importers import delimited, plan, preview, run
from geo.importers.opening import open_table
from geo.importers.segments import _Seen
from geo.store import Store
from tests.importers.test_kinds import ACLED, table


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), unique=True, max_size=12), max_size=8))
def test_an_id_is_known_again_whatever_part_it_was_in(parts):
    seen, known = _Seen(), set()
    for part in parts:
        ids = [f"id {n}" for n in part]
        assert list(seen.again(pd.Series(ids, dtype="str"))) == [one in known for one in ids]
        known.update(ids)


@pytest.fixture
def parted(tmp_path, monkeypatch):
    """Sixty rows in blocks of some six, looked at by some fifteen; one is none and one is there twice."""
    monkeypatch.setattr(delimited, "BLOCK", 2_000)
    monkeypatch.setattr(delimited, "BATCH_ROWS", 15)
    path = table(tmp_path, *[{**ACLED, "event_id_cnty": str(n % 59), "notes": "one\ntwo"} for n in range(60)])
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:41], "too,few\n", *lines[41:]]))
    return path


def test_small_blocks_are_looked_at_together_and_keep_their_lines(parted):
    batches = list(open_table(parted).batches())
    assert 3 <= len(batches) <= 5
    assert sum(len(batch.rows) for batch in batches) == 60
    assert [skip.line for batch in batches for skip in batch.skipped] == [42]
    lines = np.concatenate([batch.lines for batch in batches])
    assert list(lines) == [2 + 2 * n + (n >= 20) for n in range(60)]


def test_an_id_of_an_earlier_part_is_skipped_with_its_line(tmp_path, parted):
    with Store(tmp_path / "store") as store:
        segment = run(store, plan(parted))
    assert (segment.rows, segment.skipped) == (59, 2)
    assert sorted(segment.reasons) == [(42, "it has 2 values where the heading has 23"), (121, "id 0 is there twice")]


def test_text_stays_with_arrow(tmp_path):
    rows, _ = preview(plan(table(tmp_path, ACLED)))
    for name in ("event_id", "quote", "source_id"):
        assert isinstance(rows[name].array, pd.arrays.ArrowStringArray)
