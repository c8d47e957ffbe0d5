"""No text becomes a formula in a spreadsheet, and none is changed for good."""

import csv

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.export import save
from geo.export.formulas import neutralise, restore
from geo.frame import events_frame
from tests import store_world as world
from tests.export.worlds import NASTY

RUN = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "|calc", "%0A", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1",
    "\u200b=1", "\u00a0=1", "\ufeff=1", "\x1f=1", "'=1", '=HYPERLINK("http://a.example","x")', "=cmd|' /C calc'!A0",
    "- Reuters",
)  # fmt: skip
SAFE = ("-12.5", "-3", "12", "1e5", "Kobani", "a=b", "رأس العين", "", "#N/A", "'quoted'", "(=1)")


def through(change, texts):
    return change(pa.array(texts, type=pa.string())).to_pylist()


@pytest.mark.parametrize("text", RUN)
def test_what_could_run_is_text(text):
    assert through(neutralise, [text]) == ["'" + text]


def test_what_cannot_run_stays():
    assert through(neutralise, [*SAFE, None]) == [*SAFE, None]


@given(st.lists(st.one_of(st.none(), st.sampled_from(NASTY + RUN), st.text(st.characters(exclude_categories=["Cs"])))))
def test_it_is_undone_exactly(texts):
    assert through(restore, through(neutralise, texts)) == texts


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_begins_a_formula(text):
    (cell,) = through(neutralise, [text])
    first = cell.lstrip()[:1]
    assert first not in set("=+@|%＝＋－＠") or first == ""
    assert first != "-" or float(cell) <= 0


@pytest.fixture
def hostile():
    events = [world.event(n, quote=text, actor1=text) for n, text in enumerate(RUN)]
    return events_frame(events, [world.article(n, title=text, source=text) for n, text in enumerate(RUN)])


@pytest.mark.parametrize("name", ["x.csv", "x.hxl.csv"])
def test_csv(name, hostile, tmp_path):
    with save(hostile, tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[-len(RUN) :]:
        for column in ("quote", "actor1", "title", "source"):
            assert row[column].startswith("'"), row[column]


def test_xlsx(hostile, tmp_path):
    book = openpyxl.load_workbook(save(hostile, tmp_path / "x.xlsx"))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert not (isinstance(cell.value, str) and cell.value.startswith(("=", "+", "@")))


def test_a_raw_csv_only_when_asked(hostile, tmp_path):
    with save(hostile, tmp_path / "x.csv", form="csv-raw").open(encoding="utf-8", newline="") as file:
        assert {row["quote"] for row in csv.DictReader(file)} == set(RUN)
