"""The watch: only what is new is read, nothing is asked for twice, and a broken-off round loses nothing."""

import json
import os
from pathlib import Path

import pytest

from geo.cli import main
from geo.errors import StoreError
from geo.net.remembered import FILE_NAME, TRIES, Remembered
from geo.net.rounds import Round, read_round
from geo.store import Store
from tests.net.conftest import FEED, TEXT, Handler

DAY = "Shells hit the town of Kobani on 3 October 2019, the governor said, and two civilians were killed there.\n"


def article(folder: Path, name: str, text: str = DAY) -> Path:
    path = folder / name
    path.write_text(f"---\ntitle: {name}\npublished: 2019-10-04\n---\n{text}")
    return path


def a_round(store: Path, folder: Path | None = None, *, feeds=(), fetcher=None) -> Round:
    with Store(store) as opened, Remembered(store) as remembered:
        return read_round(opened, remembered, folders=[folder] if folder else [], feeds=feeds, fetcher=fetcher)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_only_new_and_changed_files_are_read(tmp_path: Path, inbox: Path):
    first = article(inbox, "one.md")
    (inbox / "broken.pdf").write_bytes(b"no PDF")
    done = a_round(tmp_path / "store", inbox)
    assert (done.files, done.new, len(done.problems)) == (2, 1, 1)
    done = a_round(tmp_path / "store", inbox)
    assert (done.files, done.new, done.problems) == (0, 0, [])
    article(inbox, "two.md")
    first.write_text(first.read_text() + "\nA drone was seen over the town at night.\n")
    done = a_round(tmp_path / "store", inbox)
    assert (done.files, done.new) == (2, 2)
    with Store(tmp_path / "store", readonly=True) as store:
        # The changed file is one article still, not two.
        assert len(store.articles()) == 2
        assert [str(problem.path) for problem in store.problems()] == [str(inbox / "broken.pdf")]


def test_a_file_that_changes_within_its_size_and_name_is_seen(tmp_path: Path, inbox: Path):
    path = article(inbox, "one.md")
    a_round(tmp_path / "store", inbox)
    article(inbox, "one.md", DAY.replace("Kobani", "Manbij"))
    os.utime(path, ns=(1, 1))
    assert a_round(tmp_path / "store", inbox).files == 1


def test_other_rules_read_every_file_again(tmp_path: Path, inbox: Path, monkeypatch):
    article(inbox, "one.md")
    a_round(tmp_path / "store", inbox)
    with Remembered(tmp_path / "store") as remembered:
        remembered._db.execute("update file set reader = 'older'")
    assert a_round(tmp_path / "store", inbox).files == 1


def test_a_round_that_dies_is_done_again_and_doubles_nothing(tmp_path: Path, inbox: Path, monkeypatch):
    article(inbox, "one.md")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Remembered, "put_files", dies)
        with pytest.raises(KeyboardInterrupt):
            a_round(tmp_path / "store", inbox)
    done = a_round(tmp_path / "store", inbox)
    assert (done.files, done.new) == (1, 0)
    with Store(tmp_path / "store", readonly=True) as store:
        assert len(store.articles()) == 1


def test_links_out_of_the_folder_and_hidden_files_are_left(tmp_path: Path, inbox: Path):
    secret = article(tmp_path, "secret.md")
    (inbox / "link.md").symlink_to(secret)
    article(inbox, ".hidden.md")
    done = a_round(tmp_path / "store", inbox)
    assert done.files == 0
    assert "not followed" in str(done.problems[0])


def test_a_feed_is_asked_whether_it_changed_and_its_pages_once(tmp_path: Path, server, fetcher):
    items = f"<item><title>Herons</title><link>{server.url}/page</link></item>"

    def feed(handler: Handler) -> None:
        if handler.headers["If-None-Match"] == '"a"' and handler.headers["If-Modified-Since"] == "Mon":
            handler.answer(b"", status=304)
        else:
            handler.answer(
                FEED.format(items=items).encode(), kind="application/rss+xml", ETag='"a"', Last_Modified="Mon"
            )

    server.paths["/feed"] = feed
    feeds = [f"{server.url}/feed"]
    done = a_round(tmp_path / "store", feeds=feeds, fetcher=fetcher)
    assert (done.pages, done.new, done.problems) == (1, 1, [])
    done = a_round(tmp_path / "store", feeds=feeds, fetcher=fetcher)
    assert (done.pages, done.unchanged) == (0, 1)
    items += f"<item><title>More</title><link>{server.url}/other</link><description>{TEXT}</description></item>"
    with Remembered(tmp_path / "store") as remembered:
        remembered.put_feed(feeds[0], headers={})
    done = a_round(tmp_path / "store", feeds=feeds, fetcher=fetcher)
    assert done.pages == 1
    assert [path for path, _ in server.asked].count("/page") == 1


def test_a_page_that_cannot_be_fetched_is_tried_a_few_times(tmp_path: Path, server, fetcher):
    items = f"<item><title>Gone</title><link>{server.url}/gone</link></item>"
    server.paths["/feed"] = lambda h: h.answer(FEED.format(items=items).encode(), kind="application/rss+xml", ETag="x")
    problems = [
        len(a_round(tmp_path / "store", feeds=[f"{server.url}/feed"], fetcher=fetcher).problems) for _ in range(5)
    ]
    assert [path for path, _ in server.asked].count("/gone") == TRIES
    assert [number > 0 for number in problems] == [True] * TRIES + [False] * (5 - TRIES)


def test_a_server_that_asks_to_be_left_alone_is(tmp_path: Path, server, fetcher):
    server.paths["/feed"] = lambda h: h.answer(b"", status=503, Retry_After="3600")
    feeds = [f"{server.url}/feed"]
    assert "3600" in str(a_round(tmp_path / "store", feeds=feeds, fetcher=fetcher).problems[0])
    a_round(tmp_path / "store", feeds=feeds, fetcher=fetcher)
    assert len(server.asked) == 1


def test_a_clock_set_back_does_not_silence_a_feed_for_ever(tmp_path: Path):
    (tmp_path / "store").mkdir()
    with Remembered(tmp_path / "store") as remembered:
        remembered._db.execute("insert into feed values ('u', '', '', 99999999999)")
        assert remembered.may_ask("u")


def test_a_damaged_memory_is_told_and_says_what_to_do(tmp_path: Path):
    (tmp_path / FILE_NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="Delete it"):
        Remembered(tmp_path)


# ----------------------------------------------------------------------------------------------------- command line


def test_the_command_looks_once_and_says_so(tmp_path: Path, inbox: Path, capsys):
    article(inbox, "one.md")
    asked = ["watch", str(inbox), "--store", str(tmp_path / "store"), "--once", "--json"]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["new"], told["problems"]) == (1, 1, [])
    (inbox / "broken.docx").write_bytes(b"no Word file")
    assert main(asked) == 1
    captured = capsys.readouterr()
    assert "broken.docx" in captured.err
    assert json.loads(captured.out)["files"] == 1


def test_nothing_to_watch_or_fetch_is_an_error(tmp_path: Path, capsys):
    assert main(["watch", "--store", str(tmp_path)]) == 2
    assert main(["watch", str(tmp_path / "none"), "--store", str(tmp_path)]) == 2
    assert main(["fetch", "--store", str(tmp_path)]) == 2
    assert "nothing to watch" in capsys.readouterr().err


def test_fetch_refuses_this_machine_and_stores_nothing_of_it(tmp_path: Path, capsys):
    listed = tmp_path / "list.txt"
    listed.write_text("# mine\nhttp://127.0.0.1/\n")
    asked = ["fetch", "http://169.254.169.254/", "--list", str(listed), "--feed", "http://[::1]/f"]
    assert main([*asked, "--store", str(tmp_path / "store")]) == 2
    assert capsys.readouterr().err.count("never fetched") == 3
    with Store(tmp_path / "store", readonly=True) as store:
        assert store.problems() == ()


def test_offline_mode_stops_fetch_and_feeds_but_not_folders(tmp_path: Path, inbox: Path, monkeypatch, capsys):
    monkeypatch.setenv("BORDERLINES_ONLINE", "0")
    feeds = tmp_path / "feeds.txt"
    feeds.write_text("https://news.test/feed\n")
    store = ["--store", str(tmp_path / "store")]
    assert main(["fetch", "https://news.test/", *store]) == 2
    assert main(["watch", str(inbox), "--feeds", str(feeds), "--once", *store]) == 2
    assert capsys.readouterr().err.count("stay offline") == 2
    article(inbox, "one.md")
    assert main(["watch", str(inbox), "--once", *store]) == 0
