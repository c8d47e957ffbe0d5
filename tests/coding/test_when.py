"""When it happened: the day of the deed, never that of the telling."""

from datetime import date

from geo.coding import code
from geo.model import TimePrecision

DAY = date(2022, 12, 2)


def test_the_day_of_telling_is_not_surely_the_day_of_the_deed(annotate):
    text = "Gunmen killed nine people on Tuesday, police said on Friday."
    report = code(annotate(text, days={"Tuesday": date(2022, 11, 29), "Friday": DAY}))[0]
    assert report.day_start == date(2022, 11, 29)
    only_told = code(annotate("Gunmen killed nine people, police said on Friday.", days={"Friday": DAY}))[0]
    assert only_told.time_precision is TimePrecision.WEEK


def test_no_day_in_the_text_is_no_day(annotate):
    assert code(annotate("Gunmen killed nine people.", published=DAY))[0].day_start is None


def test_the_year_since_which_it_goes_on_is_not_the_day(annotate):
    text = "Gunmen killed six people in a province that has seen fighting since that year."
    assert code(annotate(text, days={"that year": date(2011, 1, 1)}))[0].day_start is None


def test_what_lasts_since_a_day_happened_from_then_until_the_telling(annotate):
    began, told = date(2022, 11, 10), DAY
    text = "The army has continued shelling the hills since 10 November."
    report = code(annotate(text, days={"10 November": began}, published=told))[0]
    assert (report.day_start, report.day_end, report.time_precision) == (began, told, TimePrecision.MONTH)
    once = "The army shelled the hills, which it has held since 10 November."
    assert code(annotate(once, days={"10 November": began}, published=told))[0].day_start is None
