"""What the code never does: make SQL of somebody's words, or bring to life what was only data."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
import yaml

from tests.security.made_sql import MADE_SQL, SAFE_LOADERS

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"])
EXECUTES = {"execute", "executemany", "executescript", "sql", "raw_sql"}
REVIVING = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "jsonpickle"}
ENLIVENING = {"eval", "exec", "compile", "__import__"}
XML = ("xml.etree", "xml.dom", "xml.sax", "lxml")
READING_XML = {"fromstring", "fromstringlist", "parse", "iterparse", "XML", "XMLParser", "XMLPullParser", "parseString"}


def trees():
    for path in FILES:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def made(statement: ast.expr, tree: ast.Module) -> list[str]:
    """What a statement is made of beside our own constants."""
    if isinstance(statement, ast.Constant):
        return []
    if isinstance(statement, ast.JoinedStr):
        parts = [part.value for part in statement.values if isinstance(part, ast.FormattedValue)]
        return [name for part in parts for name in made(part, tree)]
    if isinstance(statement, ast.BinOp) and isinstance(statement.op, ast.Add):
        return made(statement.left, tree) + made(statement.right, tree)
    if isinstance(statement, ast.Name) and statement.id.strip("_").isupper():
        # A constant of this module has to be constant; one of another is looked at there.
        here = [
            line.value
            for line in tree.body
            if isinstance(line, (ast.Assign, ast.AnnAssign))
            and statement.id in {name.id for name in ast.walk(line) if isinstance(name, ast.Name)}
        ]
        return [part for value in here if value is not None for part in made(value, tree)]
    return [ast.unparse(statement)]


def test_no_text_of_anybody_joins_sql():
    """A part that is not one of our constants stands in :data:`MADE_SQL`, with the reason why it is none of theirs."""
    strange = []
    for name, tree in trees():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or not call.args:
                continue
            if call.func.attr in EXECUTES:
                known = MADE_SQL.get(name, {})
                strange += [f"{name}:{call.lineno}: {part}" for part in made(call.args[0], tree) if part not in known]
    assert strange == [], "give values as parameters; a name of our own is listed with its reason"


def test_nothing_is_brought_to_life():
    """No pickle, no eval, and XML only through defusedxml. Dask sends its own code between its own workers, pickled."""
    strange = []
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                modules = [one.name for one in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                strange += [f"{name}:{node.lineno}: {module}" for module in modules if module.split(".")[0] in REVIVING]
                if isinstance(node, ast.ImportFrom) and str(node.module).startswith(XML):
                    read = {one.name for one in node.names} & READING_XML
                    strange += [f"{name}:{node.lineno}: {one} of {node.module}" for one in read]
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in ENLIVENING or called in ("pd.read_pickle", "pandas.read_pickle", "np.load", "numpy.load"):
                    strange.append(f"{name}:{node.lineno}: {called}")
    assert strange == []


def test_scripts_on_a_page_are_constants_of_ours():
    """``unsafe_allow_javascript`` runs what it is given: never a text that holds anybody's words."""
    strange = []
    for name, tree in trees():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and any(word.arg == "unsafe_allow_javascript" for word in call.keywords):
                strange += [f"{name}:{call.lineno}: {part}" for part in made(call.args[0], tree)]
    assert strange == []


def test_yaml_is_only_ever_data():
    for name, tree in trees():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("yaml.load", "yaml.load_all"):
                (loader,) = [word.value for word in call.keywords if word.arg == "Loader"]
                assert ast.unparse(loader) in SAFE_LOADERS.get(name, ()), f"{name}:{call.lineno}"
            elif isinstance(call, ast.Call):
                assert ast.unparse(call.func) not in ("yaml.unsafe_load", "yaml.full_load", "yaml.unsafe_load_all")


def test_a_list_of_ours_that_names_a_python_object_is_refused(tmp_path):
    from geo.errors import GeoError
    from geo.sources import load

    path = tmp_path / "x.yaml"
    path.write_text("a: !!python/object/apply:os.system ['true']", encoding="utf-8")
    with pytest.raises((GeoError, yaml.YAMLError)):
        load(path)


def test_the_limits_of_the_server_are_those_that_are_promised():
    import tomllib

    told = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert told["server"]["address"] == "localhost"
    assert told["server"]["maxUploadSize"] == 50
    assert set(told["server"]["allowedHosts"]) == {"localhost", "127.0.0.1", "::1"}
    assert told["server"].get("enableCORS", True)
    assert told["server"].get("enableXsrfProtection", True)
    assert told["client"]["showErrorDetails"] in ("none", False)
    assert told["browser"]["gatherUsageStats"] is False


def test_the_libraries_are_past_their_known_faults():
    from importlib.metadata import version

    def numbers(text: str) -> tuple[int, ...]:
        return tuple(int(part) for part in text.split(".")[:2])

    assert numbers(version("streamlit")) >= (1, 54)
    assert numbers(version("starlette")) >= (1, 1)


def test_the_driver_that_reads_other_files_is_off_before_gdal_is_there():
    code = "import os, geo.export; assert os.environ['OGR_SKIP'] == 'OGR_VRT'"
    import subprocess

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
