"""Time expressions: value and days of each kind, seen from a day of writing."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.annotate import dates
from geo.annotate.dates.lexicon import lexicon
from geo.annotate.sentences import split

FRIDAY = date(2022, 12, 2)
SATURDAY = date(2024, 8, 24)


def find(text, reference=FRIDAY):
    return dates.find(text, reference=reference, sentences=split(text))


def one(text, reference=FRIDAY):
    found = find(text, reference)
    assert len(found) == 1, [(t.text, t.value) for t in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "start", "end"),
    [
        # absolute
        ("It began on 9 October 2019.", "2019-10-09", "2019-10-09", "2019-10-09"),
        ("It began on Oct. 9, 2019.", "2019-10-09", "2019-10-09", "2019-10-09"),
        ("It began on Wednesday, October 9th, 2019.", "2019-10-09", "2019-10-09", "2019-10-09"),
        ("It began on the 9th of October 2019.", "2019-10-09", "2019-10-09", "2019-10-09"),
        ("Filed 2019-10-09 at the court.", "2019-10-09", "2019-10-09", "2019-10-09"),
        ("Filed 19/10/2019 at the court.", "2019-10-19", "2019-10-19", "2019-10-19"),
        ("They met in November 2019.", "2019-11", "2019-11-01", "2019-11-30"),
        ("They met in early November 2019.", "2019-11", "2019-11-01", "2019-11-10"),
        ("They met by the end of 2019.", "2019", "2019-09-01", "2019-12-31"),
        ("They met in 2019.", "2019", "2019-01-01", "2019-12-31"),
        ("They met in the summer of 2014.", "2014-SU", "2014-06-01", "2014-08-31"),
        ("They met in the third quarter of 2014.", "2014-Q3", "2014-07-01", "2014-09-30"),
        ("They met in the first half of 2024.", "2024-H1", "2024-01-01", "2024-06-30"),
        ("Borders of the 1920s held.", "192", "1920-01-01", "1929-12-31"),
        ("A fort of the 19th century fell.", "18", "1800-01-01", "1899-12-31"),
        # partial: the year comes from the day of writing
        ("It followed a Nov. 13 explosion.", "2022-11-13", "2022-11-13", "2022-11-13"),
        ("They met on 20 December last year.", "2021-12-20", "2021-12-20", "2021-12-20"),
        ("They had met in October last year.", "2021-10", "2021-10-01", "2021-10-31"),
        ("It was seized in May.", "2022-05", "2022-05-01", "2022-05-31"),
        ("It was seized last December.", "2021-12", "2021-12-01", "2021-12-31"),
        ("They will meet in May.", "2023-05", "2023-05-01", "2023-05-31"),
        # relative
        ("It was hit yesterday.", "2022-12-01", "2022-12-01", "2022-12-01"),
        ("It was hit the day before yesterday.", "2022-11-30", "2022-11-30", "2022-11-30"),
        ("He vowed last month to go.", "2022-11", "2022-11-01", "2022-11-30"),
        ("He vowed last week to go.", "2022-W47", "2022-11-21", "2022-11-27"),
        ("It was hit two days ago.", "2022-11-30", "2022-11-30", "2022-11-30"),
        ("It was hit two months ago.", "2022-10", "2022-10-01", "2022-10-31"),
        ("It was hit last night.", "2022-12-01TNI", "2022-12-01", "2022-12-01"),
        ("It was hit over the last weekend.", "2022-W47-WE", "2022-11-26", "2022-11-27"),
        ("Earlier this year it fell.", "2022", "2022-01-01", "2022-05-01"),
        # weekdays in the right direction
        ("He said Friday that it fell.", "2022-12-02", "2022-12-02", "2022-12-02"),
        ("He said Saturday that it fell.", "2022-11-26", "2022-11-26", "2022-11-26"),
        ("The two will meet on Tuesday.", "2022-12-06", "2022-12-06", "2022-12-06"),
        ("The talks are set to resume Monday.", "2022-12-05", "2022-12-05", "2022-12-05"),
        ("It was hit last Friday.", "2022-11-25", "2022-11-25", "2022-11-25"),
        ("A truce starts next Friday.", "2022-12-09", "2022-12-09", "2022-12-09"),
        ("It was paused on Thursday night.", "2022-12-01TNI", "2022-12-01", "2022-12-01"),
        # clock times belong to the day beside them
        ("It was hit at 10 p.m. Wednesday.", "2022-11-30T22:00", "2022-11-30", "2022-11-30"),
        ("It fell on the night of 8 February 1904.", "1904-02-08TNI", "1904-02-08", "1904-02-08"),
        ("It came in the early hours of Monday, 28 November 2022.", "2022-11-28TMO", "2022-11-28", "2022-11-28"),
        # a weekday told with a day decides the year
        ("They struck on Monday, March 13.", "2023-03-13", "2023-03-13", "2023-03-13"),
        ("They struck on Sunday, March 14.", "2021-03-14", "2021-03-14", "2021-03-14"),
        ("They struck on the 3rd of this month.", "2022-12-03", "2022-12-03", "2022-12-03"),
        # lengths with days of their own
        ("It was hit over the past 24 hours.", "PT24H", "2022-12-01", "2022-12-02"),
        ("It fell in the first six months of 2024.", "P6M", "2024-01-01", "2024-06-30"),
        ("It fell in the last week of May 2019.", "P1W", "2019-05-25", "2019-05-31"),
        ("It fell on the last day of May 2019.", "2019-05-31", "2019-05-31", "2019-05-31"),
        ("It was hit over the past two weeks.", "P2W", "2022-11-18", "2022-12-02"),
        # feasts of one day
        ("They met on Christmas Eve 2019.", "2019-12-24", "2019-12-24", "2019-12-24"),
    ],
)
def test_gives_value_and_days(text, value, start, end):
    found = one(text)
    assert (found.value, str(found.day_start), str(found.day_end)) == (value, start, end)
    assert found.precision is not None


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("It took three days.", "DURATION", "P3D"),
        ("It took a few days.", "DURATION", "PXD"),
        ("A two-week truce held.", "DURATION", "P2W"),
        ("It lasted twenty-four hours.", "DURATION", "PT24H"),
        ("It lasted more than 2 1/2 years.", "DURATION", "P2.5Y"),
        ("It lasted 52 years.", "DURATION", "P52Y"),
        ("Patrols leave every Friday.", "SET", "XXXX-WXX-5"),
        ("Patrols leave twice a week.", "SET", "P1W"),
        ("There are daily patrols.", "SET", "XXXX-XX-XX"),
        ("They now hold it.", "DATE", "PRESENT_REF"),
        ("They recently took it.", "DATE", "PAST_REF"),
        ("That lies in the future.", "DATE", "FUTURE_REF"),
        ("Rome fell in 480 BC.", "DATE", "BC0480"),
        ("They left several years ago.", "DATE", "PAST_REF"),
    ],
)
def test_lengths_sets_and_references_have_no_days(text, type_, value):
    found = one(text)
    assert (str(found.type), found.value, found.day_start, found.day_end) == (type_, value, None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was hit yesterday.", "XXXX-XX-XX"),
        ("He vowed last month to go.", "XXXX-XX"),
        ("It followed a Nov. 13 explosion.", "XXXX-11-13"),
        ("He said so on Friday.", "XXXX-WXX-5"),
        ("It was seized in October last year.", "XXXX-10"),
        ("It was hit two days ago.", "XXXX-XX-XX"),
    ],
)
def test_without_a_day_of_writing_no_day_is_invented(text, value):
    found = one(text, None)
    assert (found.value, found.day_start, found.day_end, found.precision) == (value, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Operation Peace Spring began.",
        "Operation Spring Shield began.",
        "They may march on the town.",
        "May they rest.",
        "The fall of the city came.",
        "They killed 2000 people.",
        "They paid $2000 for it.",
        "Three quarters of the town and its Armenian Quarter burned.",
        "He reads This Week With Sam.",
        "يوم ٣ أيار ٢٠٢٤ وصلوا.",
    ],
)
def test_words_that_only_look_like_time_are_left(text):
    assert [found for found in find(text) if found.day_start is not None] == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It ran from 3 to 5 May 2019.", "2019-05-03", "2019-05-05"),
        ("It ran from May 3-5, 2019.", "2019-05-03", "2019-05-05"),
        ("It ran between 2014 and 2019.", "2014-01-01", "2019-12-31"),
        ("It ran 2014-19.", "2014-01-01", "2019-12-31"),
        ("It ran 24 August–29 March 2017.", "2016-08-24", "2017-03-29"),
        ("It ran from 24 August 2016 to 29 March 2017.", "2016-08-24", "2017-03-29"),
        ("It ran from October 2023 to February 2024.", "2023-10-01", "2024-02-29"),
    ],
)
def test_both_ends_of_a_range_carry_all_its_days(text, start, end):
    found = find(text)
    assert len(found) == 2
    assert {(str(t.day_start), str(t.day_end)) for t in found} == {(start, end)}


def test_a_day_earlier_counts_from_the_day_last_told():
    first, second, third = find("It began on 9 October 2019. A day earlier they had left. Two days later they won.")
    assert (first.value, second.value, third.value) == ("2019-10-09", "2019-10-08", "2019-10-10")


def test_a_length_before_an_event_is_no_day():
    *_, last = find("It began on 9 October 2019, two days after the vote.")
    assert (str(last.type), last.value, last.day_start) == ("DURATION", "P2D", None)


def test_a_name_after_a_title_is_no_month():
    assert find("Mr. May met Ms. June.") == ()


def test_a_history_goes_on_from_the_day_last_told():
    text = (
        "The war began in 1914. In August 1914 the army crossed. On 23 August 1914 it lost. In 1915 it stood. "
        "It was 1916 when it fell. By 1917 it was gone. In March 1918 it came back. On 8 August 1918 it fled. "
        "On 11 November the guns fell silent. The next day all went home."
    )
    *_, armistice, after = find(text, date(2009, 12, 19))
    assert (armistice.value, after.value) == ("1918-11-11", "1918-11-12")


def test_the_published_day_decides_october_last_year():
    assert one("They carried out patrols until October last year.", SATURDAY).value == "2023-10"


def test_every_maker_of_the_rules_exists_and_is_used():
    assert {rule.make for rule in lexicon().rules} == set(dates.MAKERS)


@pytest.mark.parametrize(
    "unit", ["May 3 - ", "the end of ", "2 ", "-", "1", "1,111", "twenty-", "9 / ", "January ", "“"]
)
def test_one_endless_line_is_read_in_time_and_keeps_the_invariants(unit):
    text = unit * (100_000 // len(unit))
    begin = time.process_time()
    check(text, find(text))
    assert time.process_time() - begin < 10


@pytest.mark.parametrize("number", ["9" * 500, "0", "5 1/0", "1,000,000,000,000,000", "0.000"])
def test_odd_numbers_do_no_harm(number):
    text = f"It lasted {number} years, began {number} days ago and ends {number} months later."
    check(text, find(text))


VOCABULARY = """
the a an last next this that early late mid end beginning of in on at from to between and May March Nov.
October Friday Mondays 3 5th 13 31 99 480 1918 2019 2024-02-30 9999-99-99 31/12/2019 10:30 p.m. 1980s '80s BC
century third quarter half year month weeks days ago earlier later yesterday tomorrow night morning summer
fall few several two hundred every daily now soon future past said will , . - – / ( ) years old noon Christmas
New Year ' s Day day before after x first week
"""
WORDS = VOCABULARY.split()


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.sampled_from([None, FRIDAY, date.min, date.max]))
def test_any_words_keep_the_invariants(text, reference):
    check(text, find(text, reference))


@given(st.text(), st.sampled_from([None, FRIDAY]))
def test_any_text_keeps_the_invariants(text, reference):
    check(text, find(text, reference))


def check(text, found):
    assert all(text[t.start : t.end] == t.text and t.start < t.end and t.text == t.text.strip() for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all((t.day_start is None) == (t.day_end is None) == (t.precision is None) for t in found)
    assert all(t.day_start <= t.day_end for t in found if t.day_start is not None)
    assert all(t.value for t in found)
