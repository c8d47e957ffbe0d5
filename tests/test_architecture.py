"""The direction of the house, held over the syntax trees: docs/architecture.md draws it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READING = (
    "readers",
    "annotate",
    "coding",
    "geocoders",
    "zones",
    "merge",
    "pipeline",
    "resources",
    "duplicates",
    "limits",
    "net",
    "records",
    "intake",
    "review",
    "history",
    "sources",
    "basemap",
    "fingerprint",
    "theatre",
    "extractors",
    "spread",
    "writer",
    "rezoning",
    "model",
    "errors",
)
DRAWING = (
    "layers",
    "timemap",
    "snapshot",
    "export",
    "ui",
    "query",
    "frame",
    "known",
    "reports",
    "standalone",
    "warehouse",
)

# Who may not import whom, and why a reader of a failure should care.
FORBIDDEN = {
    "the reading half draws nothing and starts fast": (
        READING,
        {"folium", "branca", "matplotlib", "streamlit", "streamlit_folium", "geopandas", "pandas"},
    ),
    "the drawing half reads nothing": (
        DRAWING,
        {"geopy", "trafilatura", "geo.readers", "geo.annotate", "geo.coding", "geo.geocoders", "geo.merge"},
    ),
}
# Streamlit lives in geo/ui and the scripts; the map's files are served through one call of its component registry.
MAY_IMPORT_STREAMLIT = ("geo/ui/", "geo/timemap/assets.py", "pages/", "dashboard.py")


def modules(*names: str) -> list[Path]:
    found = []
    for name in names:
        place = ROOT / "geo" / name
        found += place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    return [file for file in found if file.exists()]


def imported(file: Path) -> set[str]:
    """Every module a file imports, wherever in it; imports for type checking only do not count."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    only_for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    names = set()
    for node in ast.walk(tree):
        if id(node) in only_for_types:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def breaches(name: str, forbidden: set[str]) -> set[str]:
    return {bad for bad in forbidden if name == bad or name.startswith(f"{bad}.")}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_direction(rule):
    names, forbidden = FORBIDDEN[rule]
    files = modules(*names)
    assert files
    wrong = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files
        for name in imported(file)
        if breaches(name, forbidden) and "TYPE_CHECKING" not in name
    }
    assert not wrong, f"{rule}: {sorted(wrong)}"


def test_only_the_ui_imports_streamlit():
    files = [
        f.relative_to(ROOT).as_posix()
        for f in (ROOT / "geo").rglob("*.py")
        if "streamlit" in {n.split(".")[0] for n in imported(f)}
    ]
    assert [f for f in files if not f.startswith(MAY_IMPORT_STREAMLIT)] == []


def test_the_router_is_short():
    assert len((ROOT / "dashboard.py").read_text(encoding="utf-8").splitlines()) < 30


def test_no_file_is_a_giant():
    files = [*(ROOT / "geo").rglob("*.py"), *(ROOT / "geo").rglob("*.js"), *(ROOT / "pages").glob("*.py")]
    ours = [f for f in files if "vendor" not in f.parts]
    assert {
        str(f.relative_to(ROOT)): n for f in ours if (n := len(f.read_text(encoding="utf-8").splitlines())) > 350
    } == {}


def test_the_map_page_does_not_wait_for_what_draws_figures():
    page = ast.parse((ROOT / "pages" / "map.py").read_text(encoding="utf-8"))
    # What its first lines import; the rest is imported where it is needed.
    first = "\n".join(ast.unparse(node) for node in page.body if isinstance(node, (ast.Import, ast.ImportFrom)))
    script = f"{first}\nimport sys; print('matplotlib' in sys.modules, 'docx' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]
