"""On an event's card: what other sources tell that may be the same; a person links the two, and takes it back."""

import shutil

import pytest

from geo.importers import plan, run
from geo.importers.fields import event_id
from geo.linking import links
from geo.store import Store
from tests.importers.test_kinds import ACLED, table

CLASH = {
    **ACLED, "event_date": "2020-02-03", "latitude": "36.70", "longitude": "38.95",
    "actor1": "Unidentified Armed Group",
    "inter1": "", "actor2": "Civilians", "inter2": "", "event_type": "Explosions/Remote violence",
    "sub_event_type": "Remote explosive/landmine/IED",
}  # fmt: skip
OURS = event_id("acled", "SYR1234")


@pytest.fixture
def store(small_store, tmp_path):
    folder = tmp_path / "store"
    shutil.copytree(small_store, folder)
    with Store(folder) as opened:
        run(opened, plan(table(tmp_path, CLASH)))
    return folder


def button(shown, label):
    return next(one for one in shown.button if one.label == label)


def test_two_tellings_of_one_event_are_linked_and_parted_again(open_page, store):
    shown = open_page("map", store, event=OURS)
    assert not shown.exception
    assert "May be the same as" in " ".join(element.value for element in shown.markdown)
    assert button(shown, "The same event").disabled
    shown.text_input(key="link_who").set_value("Ada").run()
    button(shown, "The same event").click().run()
    assert not shown.exception
    with Store(store, readonly=True) as opened:
        (made,) = links(opened)
        assert opened.event(made.one) or opened.event(made.other)
    assert made.who == "Ada"
    button(shown, "Take the link back").click().run()
    assert not shown.exception
    with Store(store, readonly=True) as opened:
        assert links(opened) == ()


def test_whose_the_imported_events_are_is_said(open_page, store):
    shown = open_page("map", store)
    assert not shown.exception
    assert "acleddata.com" in "\n".join(element.proto.body for element in shown.main if element.type == "html")
