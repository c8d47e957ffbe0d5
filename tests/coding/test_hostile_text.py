"""Text as it comes: other scripts, invisible signs, endless lines, wrong days. Nothing crashes, hangs or shifts."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import sources
from geo.annotate import actors
from geo.coding.patterns import pattern
from geo.model import Article, Status
from geo.pipeline import annotate_and_code, open_resources

PATTERNS = sorted(sources.load("coding_patterns.yaml")["patterns"])
UNITS = [
    *("a ", "the ", "Aa ", "Aa, ", "and ", "was ", "killed ", "killed by ", "clashes between ", "(A) ", "1,", "–", " "),
    ", a group of ",
]
DAY = date(2022, 11, 21)
ENGLISH = """
Turkish Syrian troops gunmen killed shelled ten villagers in near by the and said on Manbij Azaz Afrin Aleppo Monday
overnight yesterday 2022-11-20 March suspected to be Velani clan group (VG) between from since
"""
WORDS = st.sampled_from(
    [
        *ENGLISH.split(),
        "قصف",
        "قوات سوريا الديمقراطية",
        "Ту\u0440ция",
        "土耳其",
        "Man\u00adbij",
        "shel\u00adled",
        "\u00a0",
        "\u202bAzaz\u202c",
        "\u200f",
        "e\u0301",
        "İstanbul",
        "🚀",
        "\n\n",
        ".",
        ",",
        "“",
        "’s",
    ]
)


def read(text: str, *, published: date | None = DAY):
    annotation, reports = annotate_and_code(Article(id="a", text=text, published=published), open_resources())
    for found in (*annotation.toponyms, *annotation.dates, *annotation.actors):
        assert text[found.start : found.end] == found.text
    for report in reports:
        assert text[report.start : report.end] == report.quote
        for start, end in (*report.actor_spans, report.trigger, *filter(None, (report.place_span, report.time_span))):
            assert 0 <= start < end <= len(text)
    return annotation, reports


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_is_linear(name):
    compiled = pattern(name)
    for unit in UNITS:
        text = unit * (20_000 // len(unit))
        begin = process_time()
        for _ in compiled.finditer(text):
            pass
        assert process_time() - begin < 1.5, unit


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_any_script_is_read_with_right_offsets(text):
    read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "قصفت القوات التركية قرية قرب منبج يوم الاثنين.",
        "Türk savaş uçakları pazartesi günü köyü bombaladı.",
    ],
)
def test_what_is_not_read_tells_no_event(text):
    assert read(text)[1] == ()


@pytest.mark.parametrize("sign", ["\u00a0", "\u2009", "\u202f"])
def test_a_space_of_another_kind_is_a_space(sign):
    _, reports = read(f"Turkish{sign}jets bombed a base near Manbij, killing three{sign}fighters.")
    assert reports[0].actor1 == "Military Forces of Turkey"
    assert reports[0].fatalities_low == 3


def test_a_day_after_the_publication_is_a_plan_and_no_event_of_the_day():
    _, reports = read("Turkish jets bombed a base near Manbij on 3 December 2022.", published=DAY)
    assert {report.status for report in reports} == {Status.PLANNED}


@pytest.mark.parametrize("published", [None, date.min, date.max, date(2100, 1, 1)])
def test_a_wrong_publication_day_does_no_harm(published):
    read("Gunmen killed ten people overnight on Friday since last week in Manbij.", published=published)


@pytest.mark.parametrize(
    "unit",
    [
        "gunmen from the Garu clan and ",
        "X (XX), a militant group, ",
        "clashes between A and B ",
        "bombed Azaz, Manbij and ",
    ],
)
def test_one_endless_line_takes_time_that_grows_with_its_length(unit):
    text = unit * (60_000 // len(unit))
    begin = process_time()
    actors.find(text)
    read(text)
    assert process_time() - begin < 12
