"""What a schema does not let pass is said once, in words, with what to do."""

import json

import pytest

from geo.schemas import SHOWN, Trouble, troubles, validator

SCHEMA = {
    "$defs": {
        "thing": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string", "pattern": "^[a-z]+$", "remedy": "Small letters only"},
                "kind": {"enum": ["mill", "bridge"]},
                "depth": {"type": "number", "exclusiveMinimum": 0},
                "parts": {"type": "array", "minItems": 2, "problem": "a thing has two parts"},
                "at": {"oneOf": [{"type": "number"}, {"type": "object", "required": ["lat"]}]},
            },
        }
    }
}


@pytest.fixture
def check(tmp_path):
    path = tmp_path / "thing.schema.json"
    path.write_text(json.dumps(SCHEMA))
    return lambda value: list(troubles(value, validator(path, "thing")))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"name": "mill"}, []),
        ({"name": "Mill"}, [Trouble(("name",), "'Mill' cannot stand here", "Small letters only")]),
        ({"name": "m", "kind": "gate"}, [Trouble(("kind",), "'gate' is none of them", "Use one of mill, bridge")]),
        ({"name": "m", "depth": 0}, [Trouble(("depth",), "0 is not above 0")]),
        ({"name": "m", "parts": []}, [Trouble(("parts",), "a thing has two parts")]),
        ({"name": "m", "at": {}}, [Trouble(("at",), "'lat' is missing", "Add it; needed are lat")]),
        ([], [Trouble((), "'[]' is not keys with values")]),
    ],
)
def test_each_breach_has_its_words(check, value, told):
    found = check(value)
    if told and told[0].at == ("at",):
        # Two ways failed; either is a fair answer, and only one is given.
        assert [one.at for one in found] == [("at",)]
    else:
        assert found == told


def test_a_misspelt_key_is_not_missing_too(check):
    (one,) = check({"nmae": "mill"})
    assert (one.key, one.problem) == ("nmae", "unknown key 'nmae'")
    assert one.remedy is not None
    assert one.remedy.startswith("Did you mean 'name'? Known: name, kind")


def test_every_unknown_key_is_told(check):
    assert {one.key for one in check({"name": "m", "colour": 1, "weight": 2})} == {"colour", "weight"}


def test_a_long_value_is_cut(check):
    (one,) = check({"name": "X" * 10_000})
    assert len(one.problem) < SHOWN + 40
