"""No function of the dashboard writes without asking who may, and no reader writes by any of them."""

import ast
from pathlib import Path

import pytest
import streamlit as st

from geo.importers import plan as import_plan
from geo.linking import links
from geo.model import Action
from geo.query import Query
from geo.store import Store
from geo.ui import (
    bring_in,
    import_table,
    may_be_same,
    own_zones,
    own_zones_save,
    permission,
    presets,
    review_actions,
    reviewer_name,
)
from geo.ui.roles import Role
from tests import store_world as world
from tests.importers.test_kinds import ACLED, table
from tests.security.desk import as_, contents

ROOT = Path(__file__).resolve().parents[2]

WRITING = {
    "decide", "keep", "forget", "remove", "withdraw", "rejoin", "restore", "remember", "rebuild_events", "link",
    "unlink",
}  # fmt: skip
"""Functions of the library that change a store; a method of this name is one too."""
OWN = {
    ("data.py", "_build_sample"),
    ("presets.py", "_write"),
    ("own_zones_save.py", "rejoined"),
    ("import_table.py", "__init__"),
}
"""The program's own sample, steps of functions that asked before, and a sent file in the system's own folder."""


def writers():
    """Functions of the dashboard that open a store for writing, or call what does."""
    for path in sorted((ROOT / "geo" / "ui").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (path.name, node.name) not in OWN and _writes(node):
                yield pytest.param(path, node, id=f"{path.stem}.{node.name}")


def _writes(function):
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name == "Store" and not any(given.arg == "readonly" for given in call.keywords):
            return True
        if name in WRITING or name in ("write_text", "write_bytes", "mkdir", "unlink", "rmtree"):
            return True
    return False


def test_the_walk_finds_the_writers_there_are():
    assert {"take", "_keep", "_remove", "save_shapes", "save_text"} <= {one.values[1].name for one in writers()}


@pytest.mark.parametrize(("path", "function"), list(writers()))
def test_whatever_writes_asks_first(path, function):
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {getattr(call.func, "attr", getattr(call.func, "id", "")) for call in calls}
    # Presets ask in the function that writes them: see the next test.
    through = path.name == "report_views.py" and function.name == "_keep"
    assert "demand" in names or through, f"{path.name}: {function.name} writes without asking who may"


class FakePage:
    """As much of a page as a writer looks at."""

    def __init__(self, folder):
        self.data = type("Data", (), {"folder": folder})()


def attempts(folder):
    """Every way to change a store from the dashboard, by name: the least role, and the attempt."""
    page = FakePage(folder)
    with Store(folder, readonly=True) as store:
        event = store.events()[0]
    article = world.article(77)
    zone = "zones:\n  - {id: x, name: X}"
    for action in (Action.ACCEPT, Action.REJECT, Action.COMMENT):
        yield f"review {action}", lambda action=action: review_actions.take(folder, action, [event], None, why="so")
    yield "name of a place", lambda: review_actions.remember_name(folder, "Kobane", event.best.place)
    yield "same event", lambda: may_be_same._decide(folder, event.id, "acled1", True)
    yield "another event", lambda: may_be_same._decide(folder, event.id, "acled1", False)
    yield "import", lambda: import_table._import(page, import_plan(table(folder.parent, ACLED)))
    yield "withdrawal of an import", lambda: import_table._withdraw(page, "k")
    yield "article", lambda: bring_in._keep(page, [article])
    yield "zone text", lambda: own_zones_save.save_text(page, zone)
    yield "zone shapes", lambda: own_zones_save.save_shapes(page, [])
    yield "zone removal", lambda: own_zones._remove(page, "x", "X")
    yield "preset", lambda: presets.keep(folder, presets.Preset("mine", Query()))
    yield "no preset", lambda: presets.forget(folder, "mine")


@pytest.mark.parametrize("role", [Role.READER, None])
def test_a_reader_cannot_write_by_any_path(folder, tmp_path, monkeypatch, role):
    as_(monkeypatch, role)
    before, own = contents(folder), tmp_path / "gazetteers"
    monkeypatch.setattr("geo.paths.OWN_GAZETTEERS", own)
    refused = []
    for module in (bring_in, own_zones_save, may_be_same, import_table):
        monkeypatch.setattr(module, "show_error", refused.append)
    for name, attempt in attempts(folder):
        st.session_state.clear()
        try:
            attempt()
        except permission.NotAllowedError as error:
            refused.append(error)
        told = [st.session_state.get("review_refused"), st.session_state.get(own_zones_save.REFUSED)]
        told += st.session_state.get(own_zones_save.TOLD, [])
        refused += [error for error in told if error]
        assert refused, f"{name} was not refused"
        assert "takes the role" in str(refused.pop()), name
        assert contents(folder) == before, name
        assert not own.exists(), name
    with Store(folder, readonly=True) as store:
        assert store.verify() == []


def test_a_reviewer_decides_under_their_address_and_draws_no_zones(folder, monkeypatch):
    as_(monkeypatch, Role.REVIEWER)
    st.session_state.clear()
    st.session_state[reviewer_name.WHO] = "somebody else"
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: {reviewer_name.COOKIE: "somebody else"}))
    with Store(folder, readonly=True) as store:
        event = store.events()[0]
    review_actions.take(folder, Action.ACCEPT, [event], None)
    assert st.session_state.get("review_refused") is None
    with Store(folder, readonly=True) as store:
        assert [one.review.who for one in store.events() if one.review.last] == ["x@a.example"]
    may_be_same._decide(folder, event.id, "acled1", True)
    with Store(folder, readonly=True) as store:
        assert [made.who for made in links(store)] == ["x@a.example"]
    with pytest.raises(permission.NotAllowedError):
        permission.demand(folder, Role.ADMIN)
