"""What somebody denies is an event of its own, with the status denied, beside the deed."""

import pytest

from geo.coding import code
from geo.merge import merge
from geo.model import Status
from tests.coding.conftest import make

DEED = "A car bomb killed nine people in the market."


def denied(text):
    return [r for r in code(make(text)) if r.status is Status.DENIED]


@pytest.mark.parametrize(
    "words",
    [
        "The YPG denied any involvement.",
        "The YPG has denied it.",
        "The YPG said it had nothing to do with the blast.",
        "The YPG said that it was not behind it.",
        "The YPG rejected the accusation.",
        "The YPG denied having planted it.",
        "Police spoke of a black day. The YPG later denied responsibility.",
    ],
)
def test_a_denial_of_the_deed_told_before(words):
    (report,) = denied(f"{DEED} {words}")
    assert (report.actor1, report.asserted_by) == ("People's Protection Units (YPG)", "YPG")
    assert report.fatalities_low is None
    assert "YPG" in report.quote


def test_who_denies_only_a_report_has_not_done_it():
    (report,) = denied("Turkish jets bombed the village. The YPG denied reports of it.")
    assert report.actor1 == "Military Forces of Turkey"
    assert report.asserted_by == "YPG"


def test_a_denial_in_the_same_sentence_is_told_beside_the_deed():
    reports = code(make("The army shelled the town, residents said; the army denied it."))
    assert [r.status for r in reports] == [Status.REPORTED, Status.DENIED]


def test_a_deed_and_its_denial_are_never_one_event():
    reports = code(make(f"{DEED} The YPG denied any involvement."))
    events = merge(reports, sources={r.article_id: None for r in reports})
    assert {r.status for event in events for r in event.reports} == {Status.REPORTED, Status.DENIED}
    assert len(events) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The YPG denied any involvement.",
        f"{DEED} The YPG denied the prisoners food.",
        f"{DEED} Residents denied it.",
        f"{DEED} One. Two. Three. Four. The YPG denied any involvement.",
    ],
)
def test_no_deed_no_denial(text):
    assert denied(text) == []
