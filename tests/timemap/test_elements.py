import hashlib
import json
import os
import re
import time
from datetime import date
from pathlib import Path

import folium
import pytest
from folium.elements import JSCSSMixin

from geo.errors import InputError
from geo.timemap import (
    Command,
    OfflineMap,
    OnlineTiles,
    TimeMap,
    VectorBasemap,
    ZoneLayer,
    assets,
    publish,
    publish_basemap,
    publish_zones,
)
from tests.timemap import world

VENDOR = assets.FOLDER / "vendor"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    shown = OfflineMap()
    VectorBasemap(publish_basemap(folder)).add_to(shown)
    ZoneLayer(publish_zones(world.zones(), folder)).add_to(shown)
    OnlineTiles().add_to(shown)
    TimeMap(publish(world.frame(40), folder=folder)).add_to(shown)
    return shown


def walk(element):
    yield element
    for child in element._children.values():
        yield from walk(child)


def links(element):
    return [
        url
        for part in walk(element)
        if isinstance(part, JSCSSMixin)
        for _, url in (*part.default_js, *part.default_css)
    ]


def test_every_script_and_style_is_ours_and_is_there(whole):
    found = links(whole)
    assert len(found) == 5
    inline = [url for url in found if url.startswith("data:")]
    # It says when another file fails, so it may not be a file itself; it travels with every rerun, so it must be short.
    assert len(inline) == 1
    assert len(inline[0]) < 2500
    for url in set(found) - set(inline):
        assert url.startswith(assets.ASSETS_URL)
        assert (assets.FOLDER / url.removeprefix(assets.ASSETS_URL)).is_file()


def test_foliums_own_lists_are_left_alone():
    OfflineMap()
    assert any("cdn" in url for _, url in folium.Map.default_js)


def test_the_page_names_no_other_host(whole):
    page = whole.get_root().render()
    tiles = json.dumps(
        [tile["url"] for child in walk(whole) if isinstance(child, OnlineTiles) for tile in child.options["tiles"]]
    )
    hosts = set(re.findall(r"https?://[^\"'\s<]+", page)) - set(json.loads(tiles))
    assert {h for h in hosts if "{z}" not in h} == set()


def test_no_script_or_style_of_ours_names_another_host():
    for file in [*assets.FOLDER.glob("js/*.js"), *assets.FOLDER.glob("css/*.css")]:
        assert "http" not in file.read_text(encoding="utf-8"), file
        assert "innerHTML =" not in file.read_text(encoding="utf-8"), file


def test_third_party_files_are_as_published():
    listed = dict(
        re.findall(r"\| `([^`]+)` \|.*`([0-9a-f]{64})` \|", (VENDOR / "README.md").read_text(encoding="utf-8"))
    )
    files = {f.relative_to(VENDOR).as_posix() for f in VENDOR.rglob("*") if f.is_file() and f.name != "LICENSE"}
    files -= {"README.md"}
    assert files == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest


def test_the_script_is_the_same_from_run_to_run(tmp_path):
    def script():
        shown = OfflineMap()
        TimeMap(publish(world.frame(40), folder=tmp_path)).add_to(shown)
        page = shown.get_root().render()
        return re.sub(r"_[0-9a-f]{32}", "", page)

    assert script() == script()


def test_an_order_holds_only_what_it_changes():
    assert Command(2).order == {"id": 2}
    order = Command(3, window=(date(2019, 10, 9), date(2019, 10, 17)), select=-1).order
    assert order == {"id": 3, "window": ["2019-10-09", "2019-10-17"], "select": -1}


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "${alert(1)}", "`", "\\x3cimg\\x3e", "{{ 'abc' }}"]
)
def test_an_order_cannot_break_out_of_its_script(text):
    group = folium.FeatureGroup()
    command = Command(1, filter={"rows": text}).add_to(group)
    script = command._template.module.script(command)
    inner = re.search(r"timemapCommand\((.*)\);", script, re.DOTALL).group(1)
    assert "<" not in inner
    assert "'" not in inner
    assert json.loads(inner) == {"id": 1, "filter": {"rows": text}}


def test_tiles_that_need_a_key_are_refused():
    with pytest.raises(InputError, match="key"):
        OnlineTiles(["MapBox"])


def test_old_files_are_forgotten_and_used_ones_kept(tmp_path):
    old, kept = tmp_path / "old.bin.gz", publish(world.frame(5), folder=tmp_path)
    old.write_bytes(b"")
    past = time.time() - 20 * 86_400
    for file in tmp_path.iterdir():
        os.utime(file, (past, past))
    publish(world.frame(5), folder=tmp_path)
    assert {f.name for f in tmp_path.iterdir()} == {Path(kept.url).name, Path(kept.words_url).name}


def test_the_cache_folder_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("BORDERLINES_CACHE", str(tmp_path / "here"))
    assert assets.cache_folder() == tmp_path / "here" / "timemap"
    assert assets.cache_folder().is_dir()
