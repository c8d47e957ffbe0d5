"""The day of publication, from the words of an article that does not give it."""

from datetime import date

import pytest

from geo.annotate.dates import infer_published
from geo.model import Article


def article(text, *captions):
    return Article(id="a", text=text, captions=captions)


def test_a_date_beside_its_weekday_and_a_verb_is_the_day():
    told = infer_published(article("The ministry announced on Saturday (August 24, 2024) that patrols go on."))
    assert told == (date(2024, 8, 24), "text")


def test_a_picture_of_the_weekday_told_is_the_day():
    told = infer_published(
        article("The minister charged Friday that both failed.", "A forum in Rome, Friday, Dec. 2, 2022.")
    )
    assert told == (date(2022, 12, 2), "caption")


def test_a_picture_of_the_day_before_gives_the_later_weekday():
    told = infer_published(
        article("He was there on Thursday. They freed some on Wednesday.", "In Damascus, October 16, 2019.")
    )
    assert told == (date(2019, 10, 17), "caption")


@pytest.mark.parametrize(
    ("text", "captions"),
    [
        ("They said Wednesday it grows.", ("FILE - A motorist passes on July 22, 2014. (Photo, File)",)),
        ("They said Wednesday it grows.", ("A motorist passes.",)),
        ("They said it grows.", ("A forum in Rome, Dec. 2, 2022.",)),
        ("They said Friday it grows.", ("Rome, Dec. 2, 2022.", "Paris, Nov. 2, 2021.")),
        ("They will meet on Friday.", ("Rome, Dec. 2, 2022.",)),
        ("They said Wednesday that it began on Friday, August 23, 2024.", ()),
        ("The war began on 9 October 2019.", ()),
        ("", ()),
    ],
)
def test_nothing_sure_gives_none(text, captions):
    assert infer_published(article(text, *captions)) is None
