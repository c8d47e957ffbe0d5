"""Files that were exported before a column was there are still read; what it holds is unknown."""

import json
import re

import openpyxl
import pyarrow.parquet as pq
import pytest

from geo.export import FORMATS, read, save
from geo.export.columns import EXPORTED
from geo.export.csv import BOM
from geo.frame import LATER
from geo.query import Query
from tests.export.test_round_trip import plain
from tests.export.worlds import frame_of


def without_injured(path, form):
    """Write a file of ours again as it was before it told the injured."""
    if form == "geoparquet":
        table = pq.read_table(path)
        pq.write_table(table.drop_columns(list(LATER)).replace_schema_metadata(table.schema.metadata), path)
    elif form == "geojson":
        found = json.loads(path.read_text(encoding="utf-8"))
        for feature in found["features"]:
            for name in LATER:
                del feature["properties"][name]
        path.write_text(json.dumps(found), encoding="utf-8")
    elif form == "kml":
        path.write_text(re.sub(r'<Data name="injured_\w+"/?>(.*?</Data>)?', "", path.read_text(encoding="utf-8")))
    elif form == "xlsx":
        book = openpyxl.load_workbook(path)
        book["events"].delete_cols(1 + list(EXPORTED).index("injured_low"), len(LATER))
        book.save(path)
    else:
        places = [n for n, name in enumerate(EXPORTED) if name not in LATER]
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        mark = "\ufeff" if path.read_bytes().startswith(BOM) else ""
        parts = (line.split(",") for line in lines)
        path.write_text(mark + "".join(",".join(part[n] for n in places) + "\n" for part in parts), encoding="utf-8")


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"gpkg"}))
def test_a_file_of_before_the_injured_is_read_and_they_are_unknown(form, tmp_path):
    frame = frame_of([{**plain(), "fatalities_low": 2, "injured_low": 3, "injured_high": 5}])
    path = save(frame, tmp_path / f"events{FORMATS[form].suffix}", query=Query(statuses=None), form=form)
    assert read(path, form)["injured_high"].tolist() == [5]
    without_injured(path, form)
    assert b"injured" not in (path.read_bytes() if form != "xlsx" else b"")
    found = read(path, form)
    assert (found["fatalities_low"].tolist(), found["injured_low"].isna().tolist()) == ([2], [True])
