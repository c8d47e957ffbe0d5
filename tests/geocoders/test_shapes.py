from pathlib import Path

import pytest
import shapely
import yaml

from geo.errors import InputError
from geo.geocoders.shapes import Shapes
from geo.paths import SOURCES

REGIONS = yaml.safe_load((SOURCES / "regions.yaml").read_text(encoding="utf-8"))["regions"]
DRAWN = [entry["id"] for entry in REGIONS if "area" in entry]
SHAPES = Shapes()


@pytest.mark.parametrize("region", DRAWN)
def test_every_rule_draws_a_valid_shape_near_its_label(region: str) -> None:
    shape = SHAPES(f"region:{region}")
    entry = next(entry for entry in REGIONS if entry["id"] == region)
    assert shape is not None
    assert shape.is_valid
    assert not shape.is_empty
    assert shape.distance(shapely.Point(entry["at"])) * 111 <= 30


def test_northern_syria_ends_at_36_north() -> None:
    shape = SHAPES("region:northern_syria")
    assert shape is not None
    assert shape.bounds[1] == pytest.approx(36.0)


def test_northeastern_syria_lies_east_of_the_euphrates() -> None:
    shape = SHAPES("region:northeastern_syria")
    assert shape is not None
    assert shape.contains(shapely.Point(40.75, 36.5))
    assert shape.contains(shapely.Point(38.86, 36.386))
    assert not shape.contains(shapely.Point(37.95, 36.53))
    assert not shape.contains(shapely.Point(38.38, 34.56))


def test_the_border_with_iraq_has_its_known_length() -> None:
    shape = SHAPES("region:iraq_syria_border")
    assert shape is not None
    assert shape.geom_type == "LineString"
    assert shape.length * 100 == pytest.approx(594, rel=0.05)


def test_what_the_basemap_has_not_has_no_shape(tmp_path: Path) -> None:
    assert SHAPES("admin1:FRA-99") is None
    assert SHAPES("region:nowhere") is None
    assert Shapes(folder=tmp_path)("country:SYR") is None
    assert Shapes(folder=tmp_path)("region:northern_syria") is None


def test_a_rule_with_an_unknown_word_is_named(tmp_path: Path) -> None:
    rules = tmp_path / "regions.yaml"
    rules.write_text("regions:\n- {id: x, area: {country: SYR, nort_of: 36}}\n", encoding="utf-8")
    with pytest.raises(InputError, match="nort_of"):
        Shapes(rules=rules)("region:x")
