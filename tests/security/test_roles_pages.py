"""What each role sees of every page; and that two at one server see nothing of each other."""

import itertools
import tomllib
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.cli.dashboard import STORE_VARIABLE
from geo.store import Store
from geo.ui import roles

ROOT = Path(__file__).resolve().parents[2]

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
