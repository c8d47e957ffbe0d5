"""The first sheet of a workbook: what openpyxl reads, without what a hostile one would cost."""

import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from geo.errors import InputError
from geo.importers import sheet, workbook_parts
from geo.importers.opening import open_table
from geo.importers.sheet import Sheet, written

USUAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*parts):
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(parts)
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def made(path, rows, *, texts="", space=USUAL, before=""):
    """Write a workbook by hand, as no library would."""
    parts = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "/xl/sheet.xml"), ("sharedStrings", "texts.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{RELATIONS}"><sheets><sheet r:id="r0"/>'
        "</sheets></workbook>",
        "xl/texts.xml": f'<sst xmlns="{space}">{texts}</sst>',
        "xl/sheet.xml": f'{before}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
    return path


def read(path):
    return list(Sheet(path).rows())


def saved(path, rows, *, from_1904=False):
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def told_by_openpyxl(path):
    sheet_ = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    found = []
    for number, row in enumerate(sheet_.iter_rows(values_only=True), start=1):
        values = [None if value is None else written(value) for value in row]
        while values and values[-1] is None:
            values.pop()
        found += [(number, values)] if values else []
    sheet_.parent.close()
    return found


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=9),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_it_is_read_as_openpyxl_reads_it(tmp_path_factory, rows):
    path = saved(tmp_path_factory.mktemp("any") / "x.xlsx", rows)
    assert read(path) == told_by_openpyxl(path)


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_clocks_and_spans_are_written_out(tmp_path, from_1904):
    day = datetime.combine(date(2019, 10, 9), time.min)
    row = [day, day.replace(hour=14, minute=30), time(14, 30), timedelta(hours=30), date(2019, 10, 9)]
    path = saved(tmp_path / "x.xlsx", [row], from_1904=from_1904)
    assert read(path) == [(1, ["2019-10-09", "2019-10-09 14:30:00", "14:30:00", "1 day, 6:00:00", "2019-10-09"])]
    assert read(path) == told_by_openpyxl(path)


def test_texts_of_the_list_rich_texts_and_the_results_of_formulas(tmp_path):
    texts = "<si><t>one</t></si><si><r><t>tw</t></r><r><t xml:space='preserve'>o </t></r><rPh><t>no</t></rPh></si>"
    texts += "<si><t>a_x000A_b</t></si>"
    rows = (
        '<row r="3"><c r="B3" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="E3" t="s"><v>2</v></c></row>'
        '<row><c t="str"><f>A1</f><v>text</v></c><c><f>1+1</f><v>2.0</v></c><c t="e"><v>#N/A</v></c>'
        '<c t="b"><v>1</v></c>'
        '<c t="d"><v>2019-10-09</v></c><c t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r></is></c><c/></row>'
    )
    path = made(tmp_path / "x.xlsx", rows, texts=texts)
    assert read(path) == [
        (3, [None, "one", "two ", None, "a\nb"]),
        (4, ["text", "2", "#N/A", "True", "2019-10-09", "xy"]),
    ]


def test_the_strict_vocabulary_is_read_too(tmp_path):
    path = made(tmp_path / "x.xlsx", "<row><c t='s'><v>0</v></c></row>", texts="<si><t>a</t></si>", space=STRICT)
    assert read(path) == [(1, ["a"])]


def test_two_cells_in_opposite_corners_cost_nothing(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    rows += '<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'
    (batch,) = open_table(made(tmp_path / "x.xlsx", rows)).batches()
    assert len(batch.rows) == 0
    assert batch.skipped == [(1048576, "it has 16384 values where the heading has 2")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('<row r="1000000000000"><c><v>1</v></c></row>', "a row has the number 1000000000000"),
        ('<row r="0"><c><v>1</v></c></row>', "a row has the number 0"),
        ('<row r="inf"><c><v>1</v></c></row>', "infinity"),
        ('<row><c r="ZZZ1"><v>1</v></c></row>', "a cell stands in column 18278"),
        ('<row><c r="ZZZZ1"><v>1</v></c></row>', "ZZZZ"),
        ('<row><c t="s"><v>7</v></c></row>', "out of range"),
        ("<row><c><v>many</v></c></row>", "many"),
        ("<row><c><v>1</v></c>", "mismatch"),
    ],
)
def test_a_sheet_that_is_none_is_told(tmp_path, row, told):
    with pytest.raises(InputError, match=told) as found:
        read(made(tmp_path / "x.xlsx", row))
    assert "x.xlsx" in str(found.value)


def test_a_row_that_does_not_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_parts, "MAX_ELEMENT", 100_000)
    with pytest.raises(InputError, match=r"something in xl/sheet\.xml is longer"):
        read(made(tmp_path / "x.xlsx", "<row>" + "<c/>" * 100_000 + "</row>"))


def test_a_text_that_is_named_again_and_again_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MAX_ELEMENT", 100_000)
    rows = "<row>" + "<c t='s'><v>0</v></c>" * 200 + "</row>"
    with pytest.raises(InputError, match="a row is longer"):
        read(made(tmp_path / "x.xlsx", rows, texts=f"<si><t>{'x' * 1000}</t></si>"))


def test_a_list_of_texts_that_is_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_parts, "MAX_SHARED", 100)
    with pytest.raises(InputError, match=r"texts\.xml has more than"):
        read(made(tmp_path / "x.xlsx", "<row/>", texts="<si><t>text</t></si>" * 20))


def test_entities_stand_for_nothing(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    rows = "<row><c t='str'><v>&b;</v></c><c t='str'><v>&f;</v></c><c t='str'><v>x</v></c></row>"
    assert read(made(tmp_path / "x.xlsx", rows, before=bomb)) == [(1, [None, None, "x"])]


def test_how_much_was_read_is_told(tmp_path):
    opened = open_table(saved(tmp_path / "x.xlsx", [["a", "b"], *[[n, "text"] for n in range(2_000)]]))
    assert sum(len(batch.rows) for batch in opened.batches()) == 2_000
    assert opened.share() > 0.9


def test_a_batch_is_bounded_by_its_letters_too(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.importers.workbook.BLOCK", 5_000)
    opened = open_table(saved(tmp_path / "x.xlsx", [["a", "b"], *[[n, "x" * 1_000] for n in range(12)]]))
    assert [len(batch.rows) for batch in opened.batches()] == [5, 5, 2]
