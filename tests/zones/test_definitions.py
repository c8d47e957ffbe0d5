"""Wrong definitions are told with file, line and zone; the others still build."""

import pytest

from geo import zones
from geo.errors import ZoneError
from geo.zones.expressions import OPERATORS, references

GOOD = """\
- id: good
  name: Good
  kind: camp
  valid: [2019-01-01, null]
  definition: A disc.
  sources: []
  confidence: {dates: high, geometry: high}
  geometry: {disc: {center: here, radius_km: 5}}
"""
HEAD = "places:\n  here: [40.0, 36.0]\nzones:\n"


def write(tmp_path, zone, head=HEAD):
    path = tmp_path / "zones.yaml"
    path.write_text(head + GOOD + zone, encoding="utf-8")
    return path


def zone(**changes):
    lines = {
        "name": "Bad",
        "kind": "camp",
        "valid": "[2019-01-01, null]",
        "definition": "A zone.",
        "sources": "[]",
        "confidence": "{dates: high, geometry: high}",
        "geometry": "{disc: {center: here, radius_km: 5}}",
    } | changes
    return "- id: bad\n" + "".join(f"  {key}: {value}\n" for key, value in lines.items() if value is not None)


def versions(*spans):
    each = "geometry: {disc: {center: here, radius_km: 5}}"
    return "[" + ", ".join(f"{{valid: [{first}, {last}], {each}}}" for first, last in spans) + "]"


def problems(path):
    errors = []
    built = zones.load_built(path, errors=errors)
    assert "good" in built
    assert "bad" not in built
    return errors


@pytest.mark.parametrize(
    ("changes", "words", "line"),
    [
        ({"kind": "castle"}, "'castle' is none of them. Use one of operation_area", 14),
        ({"valid": "[2019-01-01, 2018-01-01]"}, "days are reversed: 2019-01-01 is after 2018-01-01", 15),
        ({"valid": "[2019-02-30, null]"}, "2019-02-30 to None is not a span of days", 15),
        ({"valid": "[yesterday, null]"}, "'yesterday' cannot stand here. Days are written 2022-06-13", 15),
        ({"confidence": "{dates: sure, geometry: high}"}, "'sure' is none of them. Use one of high, medium, low", 18),
        ({"colour": "red"}, "unknown key 'colour'", 20),
        ({"knid": "camp"}, "zone bad: unknown key 'knid'. Did you mean 'kind'", 20),
        ({"definition": None, "definitoin": "A zone."}, "unknown key 'definitoin'. Did you mean 'definition'", 19),
        ({"geometry": "{disc: {center: here, radius: 5}}"}, "unknown key 'radius'. Did you mean 'radius_km'", 19),
        ({"definition": None}, "'definition' is missing", 12),
        ({"geometry": "{blob: {center: here}}"}, "unknown key 'blob'", 19),
        ({"geometry": "{country: SYR, zone: good}"}, "an expression has one operator", 19),
        ({"geometry": "{disc: {center: here, radius_km: -5}}"}, "-5 is not above 0", 19),
        ({"geometry": "{disc: {center: there, radius_km: 5}}"}, "there is no place 'there'", 12),
        ({"geometry": "{disc: {center: [36.0, 140.0], radius_km: 5}}"}, "140.0 is above 90. Longitude comes first", 19),
        ({"geometry": "{disc: {center: [20.0, 36.0], radius_km: 5}}"}, "outside the theatre", 12),
        ({"geometry": "{zone: nowhere}"}, "there is no built zone 'nowhere'", 12),
        ({"geometry": "{zone: bad}"}, "refers to itself in a circle", 12),
        ({"geometry": "{country: FRA}"}, "there is no country 'FRA'", 12),
        ({"geometry": "{admin1: {country: SYR, codes: ['99']}}"}, "there is no province 'SYR-99'", 12),
        ({"geometry": "{ring: [[40, 36], [41, 37], [41, 36], [40, 37]]}"}, "the ring crosses itself", 12),
        ({"geometry": "{intersection: [{country: SYR}, {country: GRC}]}"}, "its geometry is empty", 12),
        (
            {"geometry": "{border_strip: {of: SYR, with: TUR, from: here, to: [38.95, 36.7], depth_km: 5}}"},
            "km from the border, more than 5 km",
            12,
        ),
        (
            {"geometry": "{border_strip: {of: SYR, with: GRC, whole: true, depth_km: 5}}"},
            "no border with each other",
            12,
        ),
        ({"geometry": "{river_side: {river: Khabur, country: SYR, contains: here}}"}, "does not cut SYR in two", 12),
        ({"geometry": None, "versions": "[]"}, "versions: [] ", 19),
        ({"versions": versions(("2019-01-01", "2019-06-30"), ("2019-07-01", "null"))}, "only one of two ways", 12),
        (
            {"geometry": None, "versions": versions(("2019-01-02", "2019-06-30"), ("2019-07-01", "null"))},
            "do not begin and end with the zone, 2019-01-01 to open",
            19,
        ),
        (
            {"geometry": None, "versions": versions(("2019-01-01", "2019-06-30"), ("2019-06-30", "null"))},
            "a version begins on 2019-06-30, and the one before ends on 2019-06-30",
            19,
        ),
        (
            {"geometry": None, "versions": versions(("2019-01-01", "null"), ("2019-06-30", "null"))},
            "the one before ends never",
            19,
        ),
        (
            {"geometry": None, "versions": versions(("2019-01-01", "2018-06-30"), ("2019-07-01", "null"))},
            "the days are reversed",
            19,
        ),
        ({"parent": "nobody"}, "there is no zone 'nobody' to be its parent", 12),
    ],
)
def test_a_wrong_zone_is_named_with_file_and_line_and_the_rest_builds(tmp_path, changes, words, line):
    path = write(tmp_path, zone(**changes))
    (error,) = problems(path)
    assert words in str(error)
    assert "zone bad" in str(error)
    assert (error.path, error.line) == (path, line)
    with pytest.raises(ZoneError, match="zone bad"):
        zones.load_built(path)


def test_a_circle_of_two_is_refused_whole(tmp_path):
    path = write(
        tmp_path, zone(geometry="{zone: worse}") + zone(geometry="{zone: bad}").replace("id: bad", "id: worse")
    )
    assert ["circle" in error.problem for error in problems(path)] == [True, True]


def test_the_second_of_two_zones_with_one_id_is_left_out(tmp_path):
    path = write(tmp_path, zone().replace("id: bad", "id: good"))
    (error,) = problems(path)
    assert "another zone with this id" in str(error)


def test_a_wrong_place_spoils_only_itself(tmp_path):
    path = write(tmp_path, zone(), head="places:\n  here: [40.0, 36.0]\n  far: [400, 36]\nzones:\n")
    errors = []
    assert {"good", "bad"} <= set(zones.load_built(path, errors=errors))
    assert [error.line for error in errors] == [3]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("zones: [", "this is not YAML"),
        ("zones: []\nzones: []\n", "'zones' stands here twice"),
        ("a: &a [1]\nzones: *a\n", "anchors and aliases"),
        ("[]", "there is no list `zones`"),
        ("", "there is no list `zones`"),
        ("zones: []\nplacse: {}\n", "unknown key 'placse'. Did you mean 'places'"),
        ("zones: []\nplaces: []\n", "`places` must map"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, text, words):
    path = tmp_path / "zones.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ZoneError, match=words) as caught:
        zones.load_built(path)
    assert caught.value.path == path


def test_a_file_in_another_encoding_or_missing_is_named(tmp_path):
    path = tmp_path / "zones.yaml"
    with pytest.raises(ZoneError, match="cannot be read"):
        zones.load_built(path)
    path.write_bytes("zones: [] # ü".encode("latin-1"))
    with pytest.raises(ZoneError, match="not UTF-8"):
        zones.load_built(path)


def test_every_operator_is_used_and_in_the_schema():
    import json

    schema = json.loads(zones.definitions.SCHEMA.read_text(encoding="utf-8"))
    assert set(schema["$defs"]["expression"]["properties"]) == set(OPERATORS)
    used = set()

    def walk(value):
        if isinstance(value, dict):
            used.update(set(value) & set(OPERATORS))
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    for item in zones.load_zones():
        for part in (item, *item.versions):
            walk(part.expression)
    # A shape beside the definition is for zones of the user's own.
    assert used | {"outline"} == set(OPERATORS)


def test_references_leave_countries_out():
    assert references({"inset_strip": {"zone": "a", "depth_km": 1, "not_along": ["TUR", "b"]}}) == {"a", "b"}
