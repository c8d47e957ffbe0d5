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
