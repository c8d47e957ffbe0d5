import pytest

from tests.pages.conftest import ROOT, html_of

PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_the_router(open_page, small_store, name):
    page = open_page(name, small_store)
    assert not page.exception
    assert not page.error
    assert f"<h1>{name.capitalize()}</h1>" in html_of(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_a_second_time(open_page, small_store, name):
    page = open_page(name, small_store).run()
    assert not page.exception


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_store_is_no_error(open_page, empty_store, name):
    page = open_page(name, empty_store)
    assert not page.exception
    assert not page.error


@pytest.mark.parametrize("name", PAGES)
def test_a_missing_store_is_told_with_the_remedy(open_page, tmp_path, name):
    page = open_page(name, tmp_path / "nowhere")
    assert not page.exception
    (error,) = page.error
    assert "there is no store" in error.value
    assert "geo build" in error.value


@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_is_shown_and_never_run(open_page, small_store, name):
    page = open_page(name, small_store)
    written = html_of(page)
    assert "<img" not in written
    assert "<script" not in written
    assert "${" not in written


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_link_fetches_no_picture(open_page, small_store, name):
    picture = "![x](http://a.example/p.png)"
    page = open_page(name, small_store, type=picture, text=picture, **{"from": picture})
    assert not page.exception
    for element in [*page.info, *page.warning, *page.error, *page.markdown, *page.caption]:
        assert "![x](" not in element.value
