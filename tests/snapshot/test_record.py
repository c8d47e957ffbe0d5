"""A figure proves itself: what it shows comes back from its file, and what is no figure of ours is told in words."""

import errno
import io
import json
import os
import struct
import zlib
from dataclasses import replace
from datetime import date

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from geo import snapshot
from geo.errors import GeoError, InputError
from geo.query import Query, to_params
from geo.snapshot.record import code_of
from geo.snapshot.wish import Source, Wish, count_steps, render, wish_of
from tests.snapshot.conftest import LOOK, PERIOD, ZONES, Zone, words

QUERY = Query(period=PERIOD)


def png_with(text):
    about = PngInfo()
    about.add_text("Description", text)
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "png", pnginfo=about)
    return out.getvalue()


@pytest.mark.parametrize("form", snapshot.FORMATS)
def test_every_format_brings_its_view_back(files, form):
    found = snapshot.reopen(getattr(files, form), fingerprint=LOOK.fingerprint, zones=ZONES)
    assert found.query == QUERY
    assert found.link == "/?from=2019-10-09&to=2019-10-20"
    assert (found.genuine, found.changed, found.zones_changed, found.notes) == (True, False, (), ())
    assert found.options == replace(LOOK, exported=None, fingerprint="")
    assert found.record["data"] == LOOK.fingerprint
    assert found.record["zones"] == ["peace_spring", "desert"]
    assert found.record["exported"] == "2024-12-31"
    assert found.record["software"].startswith("Borderlines ")
    assert found.record["counted"] == {"on the map": 4, "not on the map": 3}


def test_the_code_in_the_margin_is_that_of_query_and_data(figure, files):
    code = code_of(to_params(QUERY), LOOK.fingerprint)
    assert any(f"figure {code}" in text for text in words(figure))
    assert snapshot.record_of(files.png)["code"] == code
    assert code != code_of(to_params(Query()), LOOK.fingerprint)
    assert code != code_of(to_params(QUERY), "other")


def test_it_says_whether_the_data_or_a_zone_have_changed(files):
    moved = {**ZONES, "desert": Zone("Desert", (None, None), shapely.box(38.5, 35.4, 39.6, 35.9))}
    gone = {"peace_spring": ZONES["peace_spring"]}
    assert snapshot.reopen(files.png, fingerprint="other").changed is True
    assert snapshot.reopen(files.png).changed is None
    assert snapshot.reopen(files.png, zones=moved).zones_changed == ("desert",)
    assert snapshot.reopen(files.png, zones=gone).zones_changed == ("desert",)


def test_an_altered_record_is_told(files):
    record = snapshot.record_of(files.png)
    record["query"]["from"] = "2018-01-01"
    assert not snapshot.reopen(png_with(json.dumps(record))).genuine


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n broken", b"%PDF-1.4 broken", b"GIF89a"])
def test_a_file_of_anybody_else_has_no_record(content):
    assert snapshot.record_of(content) is None
    with pytest.raises(InputError, match="carries no record of Borderlines"):
        snapshot.reopen(content)


BOMB = b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>'
HUGE = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    for name, body in ((b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)), (b"IEND", b""))
)
LOOP = struct.pack(">I4s4s", 12, b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"moov", 4)


@pytest.mark.parametrize("content", [BOMB, HUGE, LOOP, png_with("[" * 5000), png_with("x" * 2_000), png_with("{}")])
def test_hostile_files_are_refused_at_once(content):
    assert snapshot.record_of(content) is None


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damage_is_never_an_error(files, data):
    content = bytearray(getattr(files, data.draw(st.sampled_from(snapshot.FORMATS))))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, min(len(content) - 1, 4000)))] = data.draw(st.integers(0, 255))
    found = snapshot.record_of(bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert found is None or "query" in found


@pytest.mark.parametrize(
    "options",
    [{"size": "napkin"}, {"dpi": "300"}, {"dpi": 10**9}, {"bounds": [1, 2]}, {"bounds": ["a"] * 4}, {"graticule": 1}],
)
def test_looks_of_a_forged_record_are_checked(options):
    with pytest.raises(InputError):
        snapshot.reopen(png_with(json.dumps({"query": {}, "options": options})))


@pytest.mark.parametrize(
    "record",
    [
        {"kind": "series", "by": "moon"},
        {"kind": "series"},
        {"kind": "pair", "periods": [["x", None]]},
        {"kind": "film", "step": "month", "cumulative": True, "fps": 10**6},
        {"kind": "film"},
    ],
)
def test_a_forged_kind_is_checked(record):
    with pytest.raises(InputError):
        wish_of(record)


@pytest.mark.parametrize(
    ("wish", "form"),
    [
        (Wish(), "svg"),
        (Wish(by="type"), "png"),
        (Wish(periods=((None, date(2019, 10, 9)), (date(2019, 10, 10), None))), "pdf"),
        (Wish(motion=snapshot.Motion(step="week")), "gif"),
    ],
)
def test_a_figure_is_drawn_again_from_its_own_record(frame, wish, form):
    source = Source(frame=frame, query=QUERY, zones=ZONES, options=replace(LOOK, size="post", dpi=40))
    once = render(source, wish, form=form)
    found = snapshot.reopen(once)
    looks = replace(found.options, exported=LOOK.exported, fingerprint=LOOK.fingerprint)
    again = Source(frame=frame, query=found.query, zones=ZONES, options=looks)
    assert wish_of(found.record) == wish
    assert render(again, wish_of(found.record), form=form) == once
    assert count_steps(source, wish) == {"png": 2, "gif": 2}.get(form)


def test_one_kind_at_a_time(frame):
    with pytest.raises(InputError, match="a series, or before and after, or a film"):
        Wish(by="month", motion=snapshot.Motion())
    with pytest.raises(InputError, match=r"A film is a .gif or .mp4"):
        render(Source(frame=frame, query=QUERY), Wish(by="month"), form="gif")


def test_a_full_disk_leaves_the_old_file_whole(figure, tmp_path, monkeypatch):
    file = snapshot.save(figure, tmp_path / "figure.png")
    before = file.read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GeoError, match="No space left on device"):
        snapshot.save(figure, file)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]
