"""A table of events on the Articles page: uploaded, shown as it would be, imported, withdrawn."""

import shutil

import pandas as pd
import pytest

from geo.importers import segments
from geo.store import Store
from tests.importers.test_kinds import ACLED
from tests.pages.conftest import HOSTILE


@pytest.fixture
def page(open_page, small_store, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    shown = open_page("articles", store)
    shown.segmented_control(key="bring_what").set_value("A table of events").run()
    assert not shown.exception
    return shown, store


def upload(shown, name, rows):
    content = pd.DataFrame(rows).to_csv(index=False).encode()
    shown.file_uploader(key="import_0").set_value((name, content, "text/csv")).run()
    assert not shown.exception
    return shown


def test_a_table_is_shown_imported_and_withdrawn(page):
    shown, store = page
    upload(shown, "rows.csv", [ACLED, {**ACLED, "event_id_cnty": "SYR2", "latitude": "?"}])
    assert next(box for box in shown.selectbox if box.label == "It is").value == "acled"
    assert "1 of the first 2 rows would be taken" in " ".join(element.value for element in shown.markdown)
    next(button for button in shown.button if button.label == "Import it").click().run()
    assert not shown.exception
    assert "Imported 1 events, skipped 1 rows" in shown.success[0].value
    with Store(store, readonly=True) as opened:
        (segment,) = segments(opened)
    next(button for button in shown.button if button.label == "Withdraw").click().run()
    assert not shown.exception
    with Store(store, readonly=True) as opened:
        assert segments(opened) == ()
    assert segment.rows == 1


def test_a_table_of_ones_own_is_mapped(page):
    shown, store = page
    rows = [{"Ref": 1, "Date": "13/02/2020", "X": "38.9", "Y": "36.7", "Category": "Air raid", "Remarks": HOSTILE}]
    upload(shown, f"{HOSTILE}.csv", rows)
    next(button for button in shown.button if button.label == "Import it").click().run()
    assert not shown.exception
    with Store(store, readonly=True) as opened:
        assert segments(opened)[0].rows == 1
    assert list((store / "mappings").glob("*.yaml"))
    for element in (*shown.markdown, *shown.caption, *shown.success):
        assert "<img" not in element.value.replace("\\<img", "")


def test_what_is_no_table_is_told(page):
    shown, _ = page
    shown.file_uploader(key="import_0").set_value(("rows.xlsx", b"no workbook", "application/zip")).run()
    assert not shown.exception
    assert "no XLSX workbook" in " ".join(error.value for error in shown.error)
