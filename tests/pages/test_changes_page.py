"""The page of what changed says it in counts, on a map and as a table."""

from datetime import date

from tests.pages.conftest import html_of


def test_what_was_added_since_a_day_is_counted_and_listed(open_page, small_store):
    page = open_page("changes", small_store)
    page.date_input(key="changes_before").set_value(date(2020, 12, 31)).run()
    assert not page.exception
    assert "<b>2</b> added" in html_of(page)
    assert "<b>0</b> withdrawn" in html_of(page)
    assert list(page.dataframe[0].value["Change"]) == ["added", "added"]


def test_days_the_wrong_way_round_are_told(open_page, small_store):
    page = open_page("changes", small_store)
    page.date_input(key="changes_before").set_value(date(2022, 12, 31))
    page.date_input(key="changes_after").set_value(date(2021, 1, 1)).run()
    assert "before the earlier one" in page.error[0].value


def test_no_change_is_said(open_page, small_store):
    page = open_page("changes", small_store)
    page.date_input(key="changes_before").set_value(date(2022, 12, 31)).run()
    assert "Nothing was added" in page.info[0].value
