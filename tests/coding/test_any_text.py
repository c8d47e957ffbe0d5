"""Whatever the words and signs: coding ends, crashes never, and every offset is right."""

from datetime import date
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coding import code
from tests.coding.conftest import make, place

DAY = date(2022, 12, 2)
WORDS = st.lists(
    st.sampled_from(
        [
            "Gunmen",
            "killed",
            "12",
            "villagers",
            "in",
            "Tal Rawan",
            "on",
            "Tuesday",
            "the",
            "SDF",
            "and",
            "Turkish",
            "troops",
            "by",
            "said.",
            "not",
            "\u00a0",
            "İstanbul",
            "“will",
            "bomb”",
            "attack,",
            "denied",
            "clashes",
            "between",
            "ISIS",
            ". The",
            "\n\n",
            "protesters",
            "٣",
            "ß",
            "dozens",
            "airstrike",
        ]
    ),
    max_size=40,
)


@given(WORDS)
@settings(max_examples=80, deadline=None)
def test_any_text_codes_without_a_crash_and_offsets_are_right(words):
    text = " ".join(words)
    named = {"Tal Rawan": place("Tal Rawan")} if "Tal Rawan" in text else {}
    days = {"Tuesday": DAY} if "Tuesday" in text else {}
    annotation = make(text, places=named, days=days)
    reports = code(annotation)
    assert reports == code(annotation)
    assert len({r.id for r in reports}) == len(reports)
    for report in reports:
        assert text[report.start : report.end] == report.quote
        assert report.start <= report.trigger[0] < report.trigger[1] <= report.end
        for start, end in report.actor_spans:
            assert text[start:end].strip()
        assert 0 <= report.confidence <= 1
        assert report.fatalities_text is None or report.fatalities_text in text


@given(st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_any_characters_code_without_a_crash(text):
    for report in code(make(text)):
        assert text[report.start : report.end] == report.quote


def test_one_endless_sentence_is_coded_in_time_that_grows_with_its_length():
    text = "Boko Haram militants killed 12 villagers on the road and police clashed with gunmen " * 2000
    before = process_time()
    assert len(code(make(text))) <= 2
    assert process_time() - before < 5
