"""Roles: who may do what, that no function of the dashboard writes without asking, and what a reader sees."""

import ast
import hashlib
import itertools
import tomllib
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.cli.dashboard import STORE_VARIABLE
from geo.errors import DataError, InputError
from geo.model import Action
from geo.pipeline import open_resources, rebuild_events
from geo.query import Query
from geo.store import Store
from geo.ui import bring_in, own_zones, own_zones_save, permission, presets, review_actions, roles, sign_in
from geo.ui.roles import Role
from geo.ui.sign_in import Person
from tests import store_world as world

ROOT = Path(__file__).resolve().parents[2]
LISTS = """
admin: [ada@a.example]
reviewer: [bo@a.example]
reader: ["@a.example"]
"""


@pytest.fixture
def folder(tmp_path):
    world.fill(tmp_path / "store", range(3))
    with Store(tmp_path / "store") as store:
        rebuild_events(store, open_resources())
    return tmp_path / "store"


@pytest.fixture
def listed(tmp_path, monkeypatch):
    (tmp_path / "roles.yaml").write_text(LISTS, encoding="utf-8")
    monkeypatch.setenv(roles.VARIABLE, str(tmp_path / "roles.yaml"))
    return tmp_path / "roles.yaml"


def as_(monkeypatch, role):
    for module in (sign_in, permission, review_actions):
        monkeypatch.setattr(module, "person", lambda: Person("x@a.example", role))


def test_an_address_has_its_own_role_before_that_of_its_domain(listed):
    found = roles.read(listed)
    told = {
        name: roles.role_of(name, found) for name in ("ADA@a.example ", "bo@a.example", "cy@a.example", "d@b.example")
    }
    assert list(told.values()) == [Role.ADMIN, Role.REVIEWER, Role.READER, None]
    assert roles.role_of("x@evil.example@a.example.evil", found) is None


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("admin: [ada@a.example]\nboss: [x@a.example]", 2, "no role"),
        ("admin:\n  - ada@a.example\n  - nobody", 3, "entry 2 of admin"),
        ("admin: [ada@a.example]\nreader: [Ada@A.example]", 2, "a role already"),
        ("admin: ada@a.example", 1, "no list"),
        ("admin: [", None, "YAML"),
        ("- a", None, "no lists"),
    ],
)
def test_a_wrong_list_is_refused_with_its_line(tmp_path, text, line, told):
    file = tmp_path / "roles.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        roles.read(file)
    assert line is None or caught.value.line == line
    assert "ada@a.example" not in str(caught.value)


def test_each_role_may_do_what_the_ones_before_may():
    assert [[one.includes(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_without_any_configuration_whoever_sits_there_may_write(tmp_path):
    assert sign_in.person() == Person(None, Role.ADMIN)
    assert permission.may_write(tmp_path)


def test_lists_without_sign_in_let_everybody_read_only(listed, tmp_path):
    assert sign_in.person() == Person(None, Role.READER)
    assert not permission.may_write(tmp_path)


def test_nobody_gains_by_a_configuration_that_cannot_be_read(listed, tmp_path, monkeypatch):
    listed.write_text("admin: {", encoding="utf-8")
    assert not permission.may_write(tmp_path)
    listed.unlink()
    assert not permission.may_write(tmp_path)
    monkeypatch.delenv(roles.VARIABLE)
    broken = tmp_path / "secrets.toml"
    broken.write_text('[auth]\ncookie_secret = "PLANTED', encoding="utf-8")
    monkeypatch.setattr(sign_in.st, "get_option", lambda _: [str(broken)])
    with pytest.raises(DataError) as caught:
        sign_in.person()
    assert "PLANTED" not in str(caught.value)
    assert not permission.may_write(tmp_path)


# ------------------------------------------------------------------------------------------------------ every writer

WRITING = {"decide", "keep", "forget", "remove", "withdraw", "rejoin", "restore"}
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


def contents(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


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
    yield "article", lambda: bring_in._keep(page, [article])
    yield "zone text", lambda: own_zones_save.save_text(page, zone)
    yield "zone shapes", lambda: own_zones_save.save_shapes(page, [])
    yield "zone removal", lambda: own_zones._remove(page, "x", "X")
    yield "preset", lambda: presets.keep(folder, presets.Preset("mine", Query()))
    yield "no preset", lambda: presets.forget(folder, "mine")


@pytest.mark.parametrize("role", [Role.READER, None])
def test_a_reader_cannot_write_by_any_path(folder, monkeypatch, role):
    as_(monkeypatch, role)
    before = contents(folder)
    refused = []
    for module in (bring_in, own_zones_save):
        monkeypatch.setattr(module, "show_error", refused.append)
    for name, attempt in attempts(folder):
        st.session_state.clear()
        try:
            attempt()
        except permission.NotAllowedError as error:
            refused.append(error)
        told = [st.session_state.get("review_refused"), *st.session_state.get(own_zones_save.TOLD, [])]
        refused += [error for error in told if error]
        assert refused, f"{name} was not refused"
        assert "takes the role" in str(refused.pop()), name
        assert contents(folder) == before, name
    with Store(folder, readonly=True) as store:
        assert store.verify() == []


def test_a_reviewer_decides_under_their_address_and_draws_no_zones(folder, monkeypatch):
    as_(monkeypatch, Role.REVIEWER)
    st.session_state.clear()
    st.session_state[review_actions.WHO] = "somebody else"
    with Store(folder, readonly=True) as store:
        event = store.events()[0]
    review_actions.take(folder, Action.ACCEPT, [event], None)
    assert st.session_state.get("review_refused") is None
    with Store(folder, readonly=True) as store:
        assert [one.review.who for one in store.events() if one.review.last] == ["x@a.example"]
    with pytest.raises(permission.NotAllowedError):
        permission.demand(folder, Role.ADMIN)


# --------------------------------------------------------------------------------------------------- what is drawn

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
LETS_WRITE = (
    "Accept",
    "Reject",
    "Keep",
    "Save",
    "Remove",
    "Delete",
    "Read it",
    "Read them",
    "Join",
    "Part them",
    "Undo",
    "Import",
)


def opened(name, store, monkeypatch, user):
    monkeypatch.setenv(STORE_VARIABLE, str(store))
    st.cache_data.clear()
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60)
    page.secrets["auth"] = {"client_id": "borderlines"}
    page.user = user
    return page.run()


def signed_in(address, *, verified=True):
    return {"is_logged_in": True, "email": address, "email_verified": verified}


@pytest.mark.parametrize("name", PAGES)
def test_a_reader_sees_every_page_and_no_control_that_writes(folder, listed, monkeypatch, name):
    page = opened(name, folder, monkeypatch, signed_in("cy@a.example"))
    assert not page.exception
    labels = [button.label for button in page.button]
    assert "Sign out" in labels
    assert [label for label in labels if label.startswith(LETS_WRITE)] == []
    assert not any(box.key == "reviewer_box" for box in page.text_input)
    kinds = {element.type for element in page.main}
    assert not kinds & {"file_uploader"} or name == "report", "a reader can send a file"


@pytest.mark.parametrize(
    ("user", "sees"),
    [
        ({"is_logged_in": False}, "Sign in"),
        (signed_in("eve@b.example"), "Sign out"),
        # A provider may pass on an address that its user made up.
        (signed_in("ada@a.example", verified=False), "Sign in"),
        ({"is_logged_in": True, "email": "ada@a.example"}, "Sign in"),
    ],
    ids=["nobody", "stranger", "not verified", "nothing said"],
)
def test_who_has_no_role_sees_nothing(folder, listed, monkeypatch, user, sees):
    for name in PAGES:
        page = opened(name, folder, monkeypatch, user)
        assert not page.exception
        assert [button.label for button in page.button] == [sees]
        assert not page.sidebar.multiselect
        html = " ".join(element.proto.body for element in page.main if element.type == "html")
        assert "Shells" not in html


def test_a_reviewer_sees_the_buttons_and_needs_no_name(folder, listed, monkeypatch):
    page = opened("review", folder, monkeypatch, signed_in("bo@a.example"))
    assert not page.exception
    accept = next(button for button in page.button if button.label == "Accept")
    assert not accept.disabled
    accept.click().run()
    with Store(folder, readonly=True) as store:
        assert [one.review.who for one in store.events() if one.review.last] == ["bo@a.example"]


def test_sign_in_without_lists_lets_nobody_in(folder, monkeypatch):
    monkeypatch.delenv(roles.VARIABLE, raising=False)
    page = opened("map", folder, monkeypatch, signed_in("ada@a.example"))
    assert "nobody has a role" in page.error[0].value
    assert len(page.button) == 0


def test_the_server_is_this_machines_own_and_tells_no_traceback():
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert told["server"]["address"] == "localhost"
    assert told["client"]["showErrorDetails"] == "none"
    # Streamlit's own defaults are on; nobody turned them off.
    assert told["server"].get("enableXsrfProtection", True)
    assert told["server"].get("enableCORS", True)
    assert st.get_option("server.enableXsrfProtection")
    assert st.get_option("server.enableCORS")
    assert "secrets.toml" in (ROOT / ".gitignore").read_text(encoding="utf-8")


# ----------------------------------------------------------------------------------------------- two at one server


def test_two_sessions_never_see_each_others_filters_texts_or_drafts(folder, monkeypatch):
    """One process, two readers, turns taken: what one wrote is nowhere in what the other is sent."""
    monkeypatch.setenv(STORE_VARIABLE, str(folder))
    secret = {"A": "ALICESECRET", "B": "BOBSECRET"}
    pages = {
        (who, name): AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60).run()
        for who, name in itertools.product(secret, ("map", "articles", "review"))
    }
    for who, word in secret.items():
        pages[who, "map"].text_input(key="filter_text").set_value(word).run()
        pages[who, "articles"].text_area[0].set_value(f"Shells hit {word} on 3 May 2020, killing two people.")
        next(b for b in pages[who, "articles"].button if b.label == "Read it").click().run()
        pages[who, "review"].text_input(key="reviewer_box").set_value(word).run()
    for (who, name), page in pages.items():
        page.run()
        assert not page.exception
        sent = " ".join(str(getattr(element, "proto", element)) for element in (*page.main, *page.sidebar))
        sent += str(page.session_state._state.filtered_state)
        assert secret["AB".replace(who, "")] not in sent, f"{name} of {who}"
        assert secret[who] in sent, f"{name} of {who}"
