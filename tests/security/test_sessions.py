"""Two people at one server, and one who forges what a browser sends: nothing is mixed, nothing is written.

Spoken over the websocket itself, so that every byte that is sent is looked at and nothing is left to a page's manners.
"""

import contextlib
import os
import random
import shutil
import sys
from pathlib import Path

import pytest
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import InvalidStatus, WebSocketException

from geo.importers import segments
from geo.pipeline import open_resources, rebuild_events
from geo.store import Store, decisions
from geo.ui import roles
from tests import store_world as world
from tests.security.desk import contents
from tests.security.wire import Session, everything_pressed, named
from tests.watch import free_port, start, stop

pytestmark = pytest.mark.xdist_group("sessions")
ROOT = Path(__file__).resolve().parents[2]
PAGES = ("map", "zones", "review", "changes", "articles", "report")


ZONE = """zones:
- id: a_disc
  name: A disc
  kind: region
  valid: [2019-10-09, null]
  definition: Around a town.
  sources: []
  confidence: {dates: low, geometry: low}
  geometry: {disc: {center: [38.95, 36.70], radius_km: 20}}
"""


class Served:
    """A dashboard on a store of its own."""

    def __init__(self, folder, **environment):
        self.store, port = folder / "store", free_port()
        world.fill(self.store, range(3))
        with Store(self.store) as store:
            rebuild_events(store, open_resources())
        self.address = f"http://localhost:{port}"
        command = [sys.executable, "-m", "geo", "dashboard", "--store", str(self.store), "--no-browser"]
        self.server = start(
            [*command, "--port", str(port)], health=f"{self.address}/_stcore/health", folder=ROOT,
            environment={**os.environ, "BORDERLINES_CACHE": str(folder / "cache"), **environment},
        )  # fmt: skip

    def most_memory_mb(self):
        """Largest resident set of the processes of the server so far."""
        group, most = os.getpgid(self.server.pid), 0
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(path.name)) == group:
                    lines = (path / "status").read_text().splitlines()
                    most = max(most, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM")))
            except (OSError, ValueError):
                continue  # It ended meanwhile.
        return most / 1024


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    found = Served(tmp_path_factory.mktemp("sessions"))
    yield found
    stop(found.server)


@pytest.fixture(scope="module")
def readers(tmp_path_factory):
    """A dashboard that everybody may read, and nobody who comes without signing in may change."""
    folder = tmp_path_factory.mktemp("readers")
    (folder / "roles.yaml").write_text("reader: ['@a.example']\nadmin: [ada@a.example]", encoding="utf-8")
    found = Served(folder, **{roles.VARIABLE: str(folder / "roles.yaml")})
    yield found
    stop(found.server)


@pytest.fixture
def session(served):
    opened = []

    def make(address=served.address, **given):
        opened.append(Session(address, **given))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def fill_in(one, word):
    """Leave a word in everything that a person can write or send."""
    one.run("map", text=word)
    elements = one.run("articles")
    text = f"Shells hit {word} on 3 May 2020, killing two people."
    states = [
        WidgetState(id=named(elements, "text_area"), string_value=text),
        WidgetState(id=named(elements, "text_input", "Title"), string_value=word),
        WidgetState(id=named(elements, "button", "Read it"), trigger_value=True),
    ]
    one.run("articles", states)
    sent = f"---\ntitle: {word}\n---\nGunmen killed two people in Kobani. {word}".encode()
    assert one.send_file(0, file_id=f"file-{word}", head=sent) == 204
    uploader = named(elements, "file_uploader")
    one.run("articles", [WidgetState(id=uploader, file_uploader_state_value=uploaded(f"file-{word}"))])
    elements = one.run("review")
    one.run("review", [WidgetState(id=named(elements, "text_input", "reviewer_box"), string_value=word)])
    one.run("zones", [], compare="days:2019-10-09..2019-10-10", text=word)
    return uploader


def uploaded(file_id, name="f.md"):
    state = FileUploaderState()
    state.uploaded_file_info.append(UploadedFileInfo(file_id=file_id, name=name, size=80))
    return state


def test_nothing_of_one_session_is_sent_to_another(session):
    alice, bob, carol = session(), session(), session()
    uploader = fill_in(alice, "ALICESECRET")
    fill_in(bob, "BOBSECRET")
    # Carol comes last, opens every page, and claims the files the others sent.
    for page in PAGES:
        carol.run(page)
    carol.run("articles", [WidgetState(id=uploader, file_uploader_state_value=uploaded("file-ALICESECRET"))])
    assert b"ALICESECRET" in alice.sent
    assert b"BOBSECRET" in bob.sent
    assert b"BOBSECRET" not in alice.sent
    assert b"ALICESECRET" not in bob.sent
    # The name of the file is her own word; its text is not hers to see.
    assert b"Gunmen" not in carol.sent
    assert b"SECRET" not in carol.sent.replace(b"file-ALICESECRET", b"")


def test_who_is_a_reader_writes_nothing_by_sending_what_an_editor_sends(served, readers, session):
    """Every button pressed and every field filled, as the browser of an editor would send it, to every page."""
    before = contents(readers.store)
    for page in PAGES:
        editor, reader = session(), session(readers.address)
        # What needs a name first is there, and can be pressed, once the name was sent.
        first = everything_pressed(editor.run(page))
        second = everything_pressed(editor.run(page, first))
        editor.run(page, second)
        reader.run(page)
        reader.run(page, {state.id: state for state in (*first, *second)}.values())
    assert contents(readers.store) == before
    with Store(served.store, readonly=True) as store:
        assert decisions(store), "the same messages write where they may"


def test_who_is_a_reader_keeps_no_zone_and_no_table_by_sending_what_an_admin_sends(readers, session, tmp_path_factory):
    """What is written in three or four steps, each widget taken from what an admin was sent."""
    folder = tmp_path_factory.mktemp("admins")
    admins, before = Served(folder), contents(readers.store)
    csv = b"event_id_cnty,event_date,event_type,latitude,longitude,location\n1,2019-10-12,Battles,36.7,38.9,Kobani\n"
    try:
        for what in (zone_steps, table_steps):
            admin, reader = session(admins.address), session(readers.address)
            reader.run("articles")
            assert reader.send_file(0, file_id="t", head=csv, name="t.csv") == 204
            sent = []
            for step in what(admin, csv):
                sent.append(step)
                reader.run(*step)
            # All at once, too, and again on a page that has seen them.
            page = sent[0][0]
            everything = {state.id: state for _, states in sent for state in states}
            reader.run(page, everything.values())
            reader.run(page, everything.values())
        assert contents(readers.store) == before
        assert list((admins.store / "zones").iterdir()), "the same messages keep a zone where they may"
        with Store(admins.store, readonly=True) as store:
            assert [one.rows for one in segments(store)] == [1], "the same messages import where they may"
    finally:
        stop(admins.server)


def zone_steps(admin, _csv):
    """Write a definition and keep it; gives each message after it was sent."""
    chosen = [pressed(named(admin.run("zones"), "button_group", "own_zone_way"), "Write it")]
    yield "zones", chosen
    written = WidgetState(id=named(admin.run("zones", chosen), "text_area", "own_text"), string_value=ZONE)
    yield "zones", [*chosen, written]
    keep = WidgetState(id=named(admin.run("zones", [*chosen, written]), "button", "own_keep"), trigger_value=True)
    admin.run("zones", [*chosen, written, keep])
    yield "zones", [*chosen, written, keep]


def table_steps(admin, csv):
    """Send a table and import it."""
    chosen = [pressed(named(admin.run("articles"), "button_group", "bring_what"), "A table of events")]
    yield "articles", chosen
    uploader = named(admin.run("articles", chosen), "file_uploader")
    assert admin.send_file(0, file_id="t", head=csv, name="t.csv") == 204
    given = WidgetState(id=uploader, file_uploader_state_value=uploaded("t", "t.csv"))
    keep = WidgetState(id=named(admin.run("articles", [*chosen, given]), "button", "Import it"), trigger_value=True)
    yield "articles", [*chosen, given]
    admin.run("articles", [*chosen, given, keep])
    yield "articles", [*chosen, given, keep]


def pressed(widget, option):
    state = WidgetState(id=widget)
    state.string_array_value.data.append(option)
    return state


def test_a_page_of_another_site_or_under_another_name_is_not_answered(served, session):
    port = served.address.rpartition(":")[2]
    for other in (
        {"origin": "https://evil.example"},
        {"called": "evil.example", "origin": f"http://evil.example:{port}"},
    ):
        with pytest.raises(InvalidStatus, match="403"):
            session(**other)
    assert session(called="127.0.0.1", origin=f"http://127.0.0.1:{port}").run("map")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc, which Linux has")
@pytest.mark.parametrize("told", [None, 300 * 2**20, 1_000], ids=["no length told", "its length told", "a lie told"])
def test_an_upload_over_the_limit_is_refused_and_takes_no_memory(served, session, told):
    one = session()
    one.run("articles")
    assert one.send_file(1, file_id="small") == 204
    before = served.most_memory_mb()
    assert one.send_file(300, told=told) == (400 if told == 1_000 else 413)
    assert served.most_memory_mb() - before < 60
    assert one.run("articles")


def test_messages_that_no_browser_sends_harm_nobody(served, session):
    rng, before = random.Random(7), contents(served.store)
    elements = session().run("map")
    ids = [
        getattr(e, e.WhichOneof("type")).id
        for e in elements
        if hasattr(getattr(e, e.WhichOneof("type") or "", 0), "id")
    ]
    wrong = [
        {"string_value": "\x00" * 10}, {"int_value": -(2**62)}, {"double_value": float("nan")}, {"trigger_value": True},
        {"json_value": "[" * 5_000}, {"json_value": "{}"}, {"bytes_value": b"\x80\x04K\x01."},
    ]  # fmt: skip
    for number, forged in enumerate(wrong):
        # It may hang up on whoever sends that.
        with contextlib.suppress(TimeoutError, WebSocketException):
            session().run("map", [WidgetState(id=one, **forged) for one in ids[number % 2 :: 2]])
    for size in (1, 100, 10_000):
        liar = session()
        liar.socket.send(rng.randbytes(size))
    # One who goes away in the middle of a run.
    session().run_and_leave("map")
    assert contents(served.store) == before
    assert b"Shelling" in (last := session(), last.run("map"))[0].sent


def test_what_sessions_left_is_no_file(served):
    """Nothing that was written in a box or sent as a file lies on the disk."""
    for path in served.store.parent.rglob("*"):
        assert not path.is_file() or b"ALICESECRET" not in path.read_bytes(), path.name
    shutil.rmtree(served.store.parent / "cache", ignore_errors=True)
