"""What is drawn of a zone with versions: those in force, in figure and browser, and all of them on the card."""

import gzip
import json
from datetime import date

from geo.query import Query
from geo.snapshot import view
from geo.snapshot.zones import zones_in_force
from geo.timemap import assets
from geo.ui import data
from geo.ui.zone_card import zone_card

EARLY, LATE = (date(2023, 1, 1), date(2023, 12, 31)), (date(2025, 1, 1), date(2025, 12, 31))


def test_a_figure_draws_the_version_of_its_period(own):
    lock = {"claw_lock": own["claw_lock"]}
    sheet = view.make(own["claw_lock"].geometry.bounds, width_in=6, height_in=4)
    sizes = []
    for period in (EARLY, LATE, (EARLY[0], LATE[1])):
        ((drawn,), _) = zones_in_force(lock, Query(period=period), sheet)
        sizes.append(drawn.shape.area)
    assert sizes[0] < 0.6 * sizes[1]
    assert sizes[2] >= 0.999 * sizes[1]
    assert zones_in_force(lock, Query(period=(date(2020, 1, 1), date(2020, 2, 1))), sheet) == ([], 0)


def test_the_browser_gets_each_version_with_its_days(monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "cache_folder", lambda: tmp_path)
    data._zone_url.clear()
    name = data.zone_url("claw_lock").rsplit("/", 1)[-1]
    data._zone_url.clear()
    records = json.loads(gzip.decompress((tmp_path / name).read_bytes()))
    assert [record["id"] for record in records] == ["claw_lock", "claw_lock"]
    assert [record["periods"] for record in records] == [[["2022-04-17", "2024-06-30"]], [["2024-07-01", None]]]


def test_the_card_gives_the_figures_of_each_version(own):
    written = zone_card(own["claw_lock"], {})
    assert "Depth, 17 April 2022 – 30 June 2024" in written
    assert "Depth, since 1 July 2024" in written
    assert "Depth, " not in zone_card(own["ops"], {})
