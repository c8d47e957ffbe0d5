"""What made-up input found once stays mended."""

from __future__ import annotations

import contextlib
import errno
import io
import re
import zipfile

import pytest

from geo.errors import GeoError, InputError
from geo.model import Action
from geo.pipeline import open_resources, rebuild_events
from geo.reports.reopening import reopened
from geo.store import Store, backup
from geo.ui import review_actions
from tests import store_world as world
from tests.fuzz.targets import targets
from tests.pages.conftest import open_page  # noqa: F401 - a fixture

TARGETS = targets()


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


def bundle(record, *, packing=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        archive.writestr("query.json", record)
    return out.getvalue()


@pytest.mark.parametrize("at", [0, 5, 20])
def test_a_bundle_whose_packing_is_damaged_is_told_and_not_a_zlib_error(at):
    data = bytearray(bundle(b'{"query": {}, "figure": "none"}' * 40))
    start = data.index(b"query.json") + len("query.json")
    data[start + at : start + at + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(InputError, match="damaged"):
        reopened(bytes(data))


def test_of_a_bundle_that_is_too_large_it_is_said_that_it_is():
    with pytest.raises(InputError, match="larger than any of ours"):
        reopened(bundle(b" " * 1_000_001))


def test_a_geopackage_with_damaged_text_is_told_and_not_a_unicode_error(tmp_path):
    from geo.importers.importing import plan, preview

    good = TARGETS["import.gpkg"].seeds[0]
    preview(plan(_kept(tmp_path, good)))
    assert b"sub_event_type" in good
    with pytest.raises(InputError, match="damaged"):
        preview(plan(_kept(tmp_path, good.replace(b"sub_event_type", b"sub_event_\xff\xfe\xfd\xff"))))


def _kept(folder, data):
    path = folder / "x.gpkg"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "written",
    ["columns: 2019-02-31", "columns: {lat: !!int x}", "columns: !!bool x", f"dataset: {'9' * 5000}", "[" * 30_000],
)
def test_a_mapping_with_a_value_that_is_none_is_told_and_not_a_value_error(written):
    with pytest.raises(InputError):
        TARGETS["mapping"].run(written.encode())


@pytest.mark.parametrize("show", ["9" * 5000, "9" * 400, "!!int x", "!!float x", "!!bool x"])
def test_a_rule_with_a_number_that_is_none_is_told_and_not_a_value_error(show):
    with pytest.raises(InputError):
        TARGETS["protection"].run(f"protected:\n- names: [A clinic]\n  show: {show}\n".encode())


@pytest.mark.parametrize("name", ["![x](http://a.example/p.png)", "[press](javascript:alert(1))", ":red[x] $x^2$ `x`"])
def test_a_name_on_the_undo_button_is_no_markup(open_page, tmp_path, monkeypatch, name):  # noqa: F811
    folder = tmp_path / "store"
    world.fill(folder, range(1))
    with Store(folder) as store:
        rebuild_events(store, open_resources())
        (event,) = store.events()
    # In a context: a module that is imported meanwhile would keep the name for every later test.
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(review_actions, "reviewer", lambda: name)
        review_actions.take(folder, Action.ACCEPT, [event], None)
    page = open_page("review", folder, status="all", event=event.id)
    assert not page.exception
    (label,) = (button.label for button in page.button if button.label.startswith("Undo"))
    assert not re.search(r"(?<!\\)[!\[\]()`$:]", label.removeprefix("Undo:"))


@pytest.mark.parametrize(
    "table", ["When,What\r,Lat\n1,2,3\n", "a\rb\n", 'x"y",lat,lon\r"1",2\n', f"{'a' * 5_000_000},b\n"]
)
def test_a_heading_that_cannot_be_read_is_told_and_no_error_of_the_csv_module(table):
    with pytest.raises(GeoError):
        TARGETS["import.csv"].run(table.encode())


def test_a_table_without_a_column_that_is_known_is_told_and_not_a_value_error():
    with contextlib.suppress(GeoError):
        TARGETS["import.csv"].run(b"qqq,www\nzzz,yyy\nzzz,yyy\n")
    TARGETS["import.csv"].run(b'<img src=x>_type","qq","ww","ee","rr","tt","uu"\n"1","2","3","4","5"<x>6","7","8"')


def unreadable(data, how):
    """Spoil the one entry of a zip's directory: where its member begins, how it is packed, that it has a password."""
    changed = bytearray(data)
    entry = changed.rindex(b"PK\x01\x02")
    at, value = {"before": (42, b"\xff\xff\xff\x7f"), "lzma": (10, b"\x0e\x00"), "bz2": (10, b"\x0c\x00"),
                 "locked": (8, b"\x01\x00")}[how]  # fmt: skip
    changed[entry + at : entry + at + len(value)] = value
    local = changed.index(b"PK\x03\x04")
    if how in ("lzma", "bz2"):
        changed[local + 8 : local + 10] = value
    return bytes(changed)


@pytest.mark.parametrize("how", ["before", "lzma", "bz2", "locked"])
@pytest.mark.parametrize("name", ["copy", "import.zip", "zones.kmz"])
def test_a_zip_that_cannot_be_unpacked_is_told_and_no_other_error(name, how):
    with pytest.raises(GeoError):
        TARGETS[name].run(unreadable(TARGETS[name].seeds[0], how))


def test_a_full_disk_is_no_damage_of_the_copy(tmp_path, monkeypatch):
    (tmp_path / "x.zip").write_bytes(TARGETS["copy"].seeds[0])
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(backup.shutil, "copyfileobj", full)
        with pytest.raises(OSError, match="No space"):
            backup.restore(tmp_path / "x.zip", tmp_path / "new")
    assert [one.name for one in tmp_path.iterdir()] == ["x.zip"]


def full(*_files):
    raise OSError(errno.ENOSPC, "No space left on device")
