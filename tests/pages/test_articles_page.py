import pytest

from geo.errors import InputError
from geo.intake import MAX_NAME, read_bytes, read_pasted
from geo.pipeline import build, keep
from geo.store import Store
from geo.ui import bring_in
from tests.pages.conftest import html_of

TEXT = "Turkish drones struck a vehicle in Kobani on 22 November 2022, killing two fighters."


def test_articles_are_listed_with_their_reports(open_page, small_store):
    (table,) = open_page("articles", small_store).dataframe
    assert len(table.value) == 3
    assert table.value["reports"].min() >= 1
    assert (table.value["on_map"] <= table.value["reports"]).all()


def test_the_search_looks_into_the_text(open_page, small_store):
    page = open_page("articles", small_store)
    next(box for box in page.text_input if box.label == "Search articles").set_value("VILLAGERS ras").run()
    assert len(page.dataframe[0].value) == 1


def test_the_link_opens_an_article_with_its_evidence_marked(open_page, small_store):
    with Store(small_store, readonly=True) as store:
        article = next(a for a in store.articles() if a.title == "A strike near Kobani")
    written = html_of(open_page("articles", small_store, article=article.id))
    assert '<mark class="bl-where" title="where">Kobani</mark>' in written
    assert 'href="https://a.example/1"' in written


def test_a_hostile_article_is_escaped_and_its_address_is_no_link(open_page, small_store):
    with Store(small_store, readonly=True) as store:
        article = next(a for a in store.articles() if a.title and "onerror" in a.title)
    written = html_of(open_page("articles", small_store, article=article.id))
    assert "&lt;img src=x onerror=alert(1)&gt;" in written
    for bad in ("<img", "<script", "javascript:", "${"):
        assert bad not in written


@pytest.mark.parametrize("asked", ["nothing", "<b>", "x" * 5000])
def test_a_link_to_no_article_opens_none(open_page, small_store, asked):
    page = open_page("articles", small_store, article=asked)
    assert not page.exception
    assert "article" not in page.query_params


def test_what_could_not_be_read_is_told_with_file_line_and_remedy(open_page, small_store):
    written = html_of(open_page("articles", small_store))
    assert "broken.md, line 2" in written
    assert "front matter is not YAML" in written


def paste(page, text):
    page.text_area[0].set_value(text)
    return next(b for b in page.button if b.label == "Read it").click().run()


def test_pasted_text_is_shown_as_it_would_be_read(open_page, small_store):
    page = paste(open_page("articles", small_store), TEXT)
    assert not page.exception
    assert any("1 article, 1 event" in m.value for m in page.markdown)
    assert page.dataframe[-1].value["What"].tolist() == ["Air/drone strike"]


def test_nothing_pasted_is_told(open_page, small_store):
    page = paste(open_page("articles", small_store), "   ")
    assert "no text" in page.warning[0].value


def test_kept_text_is_in_the_store_and_on_the_page(open_page, tmp_path):
    folder = tmp_path / "own"
    Store(folder).close()
    page = paste(open_page("articles", folder), TEXT)
    next(b for b in page.button if b.label == "Keep in the store").click().run()
    assert not page.exception
    assert "Kept 1 new article" in page.success[0].value
    assert len(page.dataframe[0].value) == 1
    with Store(folder, readonly=True) as store:
        assert [a.text for a in store.articles()] == [TEXT]
        assert len(store.events()) == 1


def test_a_busy_store_is_told(open_page, tmp_path, monkeypatch):
    folder = tmp_path / "own"
    Store(folder).close()
    page = paste(open_page("articles", folder), TEXT)
    monkeypatch.setattr(bring_in, "Store", lambda folder: Store(folder, wait_s=0.1))
    with Store(folder) as other, other.database.writing():
        next(b for b in page.button if b.label == "Keep in the store").click().run()
    assert not page.exception
    assert page.error
    assert not page.success


def test_the_sample_store_keeps_nothing(open_page, small_store, monkeypatch):
    from geo import paths

    monkeypatch.setattr(paths, "SAMPLE_STORE", small_store)
    page = paste(open_page("articles", small_store), TEXT)
    assert any("sample corpus" in info.value for info in page.info)
    assert not [b for b in page.button if b.label == "Keep in the store"]


# ------------------------------------------------------------------------------------------- reading what is brought


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a\0b", "x" * 5000, "C:\\secret\\boot.ini", "x.exe"])
def test_a_sent_name_is_only_a_label(name):
    (problem,) = read_bytes(name, b"text")
    assert isinstance(problem, InputError)
    assert "no known format" in problem.problem
    assert problem.path is not None
    assert len(str(problem.path)) <= MAX_NAME
    assert len(problem.path.parts) == 1


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\0" * 100, b"hi"])
def test_bytes_that_are_no_article_are_an_error_with_the_name(data):
    (problem,) = read_bytes("../a/sent.txt", data)
    assert isinstance(problem, InputError)
    assert str(problem.path) == "sent.txt"


def test_one_bad_line_does_not_hide_the_others():
    found = read_bytes("a.jsonl", b'{"text": "%s"}\nnot json\n' % TEXT.encode())
    assert [isinstance(item, InputError) for item in found] == [False, True]


def test_pasted_text_takes_what_is_given_and_has_an_id_of_its_own():
    plain, told = read_pasted(TEXT)[0], read_pasted(TEXT, title=" A  title ", source=" ", url="https://a.example")[0]
    assert told.title == "A title"
    assert told.source is None
    assert plain.id != told.id
    assert plain.text == told.text == TEXT


def test_pasted_front_matter_is_read():
    (article,) = read_pasted(f"---\ntitle: T\npublished: 2022-11-23\n---\n{TEXT}")
    assert (article.title, str(article.published), article.text) == ("T", "2022-11-23", TEXT)


def test_a_pasted_line_without_a_stop_is_text_not_a_title():
    (article,) = read_pasted("Car bomb kills four people in Tal Abyad, officials say")
    assert article.title is None
    assert article.text.startswith("Car bomb")


def test_half_of_a_surrogate_pair_is_no_crash(tmp_path):
    found = read_pasted(f"{TEXT} \ud83d")
    with Store(tmp_path / "own") as store:
        assert keep(found, store).read == 1


def test_keeping_twice_changes_nothing(tmp_path):
    found = read_pasted(TEXT)
    with Store(tmp_path / "own") as store:
        assert keep(found, store).new == 1
        before = store.generation()
        assert keep(found, store).new == 0
        assert store.generation() == before


def test_an_earlier_wording_of_the_file_can_be_read(open_page, tmp_path):
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "bomb.md"
    with Store(tmp_path / "store") as store:
        for number in ("four", "six"):
            file.write_text(f"A car bomb in Tal Abyad killed {number} people on 3 February 2020.", encoding="utf-8")
            build([tmp_path / "in"], store)
        (article,) = store.articles()
    page = open_page("articles", tmp_path / "store", article=article.id)
    assert not page.exception
    (earlier,) = [found for found in page.expander if found.label.startswith("An earlier wording")]
    assert "four" in earlier.get("html")[0].proto.body
