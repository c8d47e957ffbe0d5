"""docs/zones.md says what is so: its table is the one that is computed, and its examples build."""

import re
from pathlib import Path

import pytest
import yaml

from geo import zones
from geo.zones.definitions import DEFINITIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "zones.md"
TEXT = PAGE.read_text(encoding="utf-8")
OPERATORS = re.findall(r"^\| `(\w+)` \|.*\| `(\{.*\})` \|$", TEXT, flags=re.MULTILINE)
ENTRY = """
- id: example
  name: Example
  kind: region
  valid: [2024-01-01, null]
  definition: An example.
  sources: []
  confidence: {dates: low, geometry: low}
  geometry: GEOMETRY
"""


def table(rows):
    lines = ["| zone | figure | computed | published | off |", "|---|---|---|---|---|"]
    for row in rows:
        low, high = row.published
        published = f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"
        computed = f"{row.computed:,.0f}" if row.figure == "area_km2" else f"{row.computed:,.1f}"
        off = f"{row.off_pct:+.1f} %" if row.off_pct else "within"
        note = f": {row.note}" if row.note else ""
        figure, unit = row.figure.split("_")
        lines.append(
            f"| `{row.zone_id}` | {figure}, {unit.replace('km2', 'km²')} | {computed} | {published} | {off}{note} |"
        )
    return "\n".join(lines)


def test_the_table_is_what_check_computes(built):
    (written,) = re.findall(r"<!-- check -->\n(.*?)\n<!-- /check -->", TEXT, flags=re.DOTALL)
    assert written == table(zones.check(built))


def test_every_operator_has_an_example_of_itself():
    assert sorted(name for name, _ in OPERATORS) == sorted(zones.OPERATORS)
    for name, example in OPERATORS:
        assert example.startswith(f"{{{name}: ")


@pytest.fixture(scope="module")
def with_examples(tmp_path_factory):
    path = tmp_path_factory.mktemp("docs") / "zones.yaml"
    entries = [
        ENTRY.replace("GEOMETRY", example).replace("id: example", f"id: example_{name}")
        for name, example in OPERATORS
        if name != "outline"
    ]
    path.write_text(DEFINITIONS.read_text(encoding="utf-8") + "".join(entries), encoding="utf-8")
    return zones.load_built(path)


# The example of `outline` is built by tests/zones/test_own.py, with the file that it needs.
@pytest.mark.parametrize("name", [name for name, _ in OPERATORS if name != "outline"])
def test_each_example_builds(with_examples, name):
    assert with_examples[f"example_{name}"].area_km2 > 0


def test_the_entries_shown_are_good(tmp_path):
    entry, versions = re.findall(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)
    path = tmp_path / "zones.yaml"
    for text in (entry, entry[: entry.index("  valid:")] + versions + entry[entry.index("  active:") :]):
        record = yaml.safe_load(text)[0]
        if "versions" in record:
            text = "\n".join(line for line in text.splitlines() if not line.startswith("  geometry:"))
        path.write_text("zones:\n" + text, encoding="utf-8")
        assert zones.load_built(path)["claw_lock"].area_km2 > 100
