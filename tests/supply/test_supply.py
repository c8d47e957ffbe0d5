"""What we depend on: pinned, hashed, named, and under a licence that is known."""

from __future__ import annotations

import ast
import json
import re
import sys
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

from tools import audit, licences
from tools.locked import LOCKS, ROOT, entries, normal, packages

if TYPE_CHECKING:
    from pathlib import Path

NAMED_OTHERWISE = {"docx": "python-docx", "yaml": "pyyaml", "PIL": "pillow", "dateutil": "python-dateutil"}
# What asks for it does so only where it is there, and says how to get it.
OPTIONAL = {"atheris", "rapidfuzz"}


@pytest.mark.parametrize("file", LOCKS.values())
def test_every_package_is_pinned_and_hashed(file):
    found = entries(ROOT / file)
    assert len(found) > 50
    assert [name for name, _, hashes in found if not hashes] == []


@pytest.mark.parametrize("file", LOCKS.values())
def test_the_lock_is_made_from_what_is_asked_for(file):
    asked = (ROOT / file.replace(".txt", ".in")).read_text(encoding="utf-8")
    wanted = {(normal(name), version) for name, version in re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", asked, re.M)}
    assert wanted <= {(name, version) for name, version, _ in entries(ROOT / file)}


def test_installing_demands_the_hashes():
    lines = [line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "pip install" in line]
    assert all("--require-hashes" in line for line in lines if "-r requirements" in line)
    assert "--generate-hashes" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_licence_is_known_and_allowed():
    assert licences.unknown() == []
    assert licences.stray() == []


def test_the_list_of_licences_is_that_of_the_locks():
    told = licences.LIST.read_text(encoding="utf-8")
    for package in packages():
        row = f"| {package.name} | {package.version} | {licences.licence_of(package)} | {package.use} |"
        assert row in told, "make licences"
    assert told == licences.text(), "make licences"


def test_every_file_of_others_is_listed_and_as_it_was():
    listed = {asset.file: asset for asset in licences.assets()}
    there = {
        path.relative_to(licences.VENDOR).as_posix()
        for path in licences.VENDOR.rglob("*")
        if path.is_file() and path.name not in ("README.md", "LICENSE")
    }
    assert there == set(listed)
    for asset in listed.values():
        assert asset.true, asset.file
        licence, _, text = asset.licence.partition(", ")
        assert licences.allowed(licence)
        assert (licences.VENDOR / text.strip("`")).is_file()


def test_every_module_of_others_is_asked_for_by_name():
    """A package that only comes along with another may be gone with its next version."""
    asked = {normal(name) for file in ROOT.glob("requirements*.in") for name in _names(file)}
    of_module = metadata.packages_distributions()
    strange = set()
    for folder in ("geo", "pages", "benchmarks", "tools", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            for module in _imported(path) - set(sys.stdlib_module_names) - OPTIONAL:
                if (
                    (ROOT / module).exists()
                    or (ROOT / f"{module}.py").exists()
                    or (path.parent / f"{module}.py").exists()
                ):
                    continue
                names = {normal(name) for name in of_module.get(module, [NAMED_OTHERWISE.get(module, module)])}
                if not names & asked:
                    strange.add(f"{module} in {path.relative_to(ROOT)}")
    assert sorted(strange) == []


def test_what_is_asked_for_is_used():
    used = {module for folder in ("geo", "pages", "tools", "tests") for path in (ROOT / folder).rglob("*.py")
            for module in _imported(path)}  # fmt: skip
    of_module = metadata.packages_distributions()
    there = {normal(name) for module in used for name in of_module.get(module, [])}
    unused = {normal(name) for name in _names(ROOT / "requirements.in")} - there
    # fpdf2 imports this one where it is there, and shapes right-to-left text with it.
    assert unused - {"uharfbuzz"} == set()


def _names(file: Path) -> list[str]:
    return re.findall(r"^([A-Za-z][\w.-]*)(?:\[[\w,]+\])?==", file.read_text(encoding="utf-8"), re.MULTILINE)


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_the_bill_of_materials_names_what_runs():
    pytest.importorskip("cyclonedx", reason="comes with pip-audit: pip install -r requirements-dev.txt")
    from tools.sbom import bill

    told = json.loads(bill())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    names = {part["name"] for part in told["components"]}
    assert {"streamlit", "folium", "leaflet/leaflet.js"} <= names
    assert "pytest" not in names
    assert all(part["hashes"] and part["licenses"] and part["version"] for part in told["components"])


def test_an_audit_tells_faults_and_what_was_not_asked():
    answer = {
        "dependencies": [
            {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]},
            {"name": "b", "version": "1", "vulns": []},
            {"name": "c", "skip_reason": "not found"},
        ]
    }
    assert audit.told(answer) == (["a 1: CVE-1, mended in 2"], 2)
    assert audit.told(None) == ([], 0)
