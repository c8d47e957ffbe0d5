"""A reviewer accepts, corrects, rejects, joins, parts and undoes; the map follows, the log keeps it all."""

import shutil

import pytest
import streamlit as st

from geo.model import Action, ReviewState
from geo.store import Store, decisions
from geo.ui.reviewer_name import COOKIE
from tests.pages.conftest import html_of


@pytest.fixture
def store(small_store, tmp_path):
    return shutil.copytree(small_store, tmp_path / "store")


@pytest.fixture
def review(open_page, store):
    page = open_page("review", store)
    page.text_input(key="reviewer_box").set_value("Ada").run()
    return page


def button(page, label):
    return next(b for b in page.button if b.label == label)


def actions(store):
    with Store(store, readonly=True) as opened:
        return [made.action for made in decisions(opened)]


def events(store):
    with Store(store, readonly=True) as opened:
        return opened.events()


def test_without_a_name_nothing_can_be_decided(open_page, store):
    page = open_page("review", store)
    assert button(page, "Accept").disabled
    assert button(page, "Reject").disabled


def with_cookie(monkeypatch, value):
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: {COOKIE: value}))


def test_the_name_that_the_browser_kept_is_there_again(open_page, store, monkeypatch):
    with_cookie(monkeypatch, "Ada%20%D8%B1%D9%86%D8%A7")
    page = open_page("review", store)
    assert page.text_input(key="reviewer_box").value == "Ada رنا"
    button(page, "Accept").click().run()
    (done,) = [event for event in events(store) if event.review.state is ReviewState.ACCEPTED]
    assert done.review.who == "Ada رنا"


@pytest.mark.parametrize(
    ("sent", "name"),
    [("x" * 5000, "x" * 80), ("a%0Ab%09 c", "a b c"), ("%E2%80%AEadA", ""), ("%FF", "\ufffd"), ("", "")],
)
def test_what_the_browser_sends_as_a_name_is_one_short_line_at_most(open_page, store, monkeypatch, sent, name):
    with_cookie(monkeypatch, sent)
    assert open_page("review", store).text_input(key="reviewer_box").value == name


def test_an_emptied_name_stays_empty_whatever_the_browser_sent(open_page, store, monkeypatch):
    with_cookie(monkeypatch, "Ada")
    page = open_page("review", store)
    page.text_input(key="reviewer_box").set_value("").run()
    assert button(page, "Accept").disabled
    page.text_input(key="reviewer_box").set_value("Grace").run()
    assert not button(page, "Accept").disabled


def test_accepting_goes_on_to_the_next(review, store):
    first = review.query_params.get("event")
    button(review, "Accept").click().run()
    assert not review.exception
    assert actions(store) == [Action.ACCEPT]
    assert review.query_params["event"] != first
    (done,) = [event for event in events(store) if event.review.state is ReviewState.ACCEPTED]
    assert done.review.who == "Ada"


def test_a_correction_moves_the_event_and_is_told_on_its_card(review, store):
    before = len(events(store))
    review.text_input[next(i for i, t in enumerate(review.text_input) if t.label == "Find a place by name")].set_value(
        "Manbij"
    ).run()
    deaths = next(n for n in review.number_input if n.label == "Deaths, at least")
    deaths.set_value(7)
    next(n for n in review.number_input if n.label == "Deaths, at most").set_value(9)
    button(review, "Save correction").click().run()
    assert not review.exception
    (event,) = [event for event in events(store) if event.review.state is ReviewState.CORRECTED]
    assert len(events(store)) == before
    assert event.best.place.name == "Manbij"
    assert (event.best.fatalities_low, event.best.fatalities_high) == (7, 9)
    assert {"place", "fatalities_low", "fatalities_high"} <= set(event.review.corrected)


def test_more_deaths_at_least_than_at_most_are_refused(review, store):
    next(n for n in review.number_input if n.label == "Deaths, at least").set_value(9)
    next(n for n in review.number_input if n.label == "Deaths, at most").set_value(2)
    button(review, "Save correction").click().run()
    assert "Exchange" in review.error[0].value
    assert actions(store) == []


def number(page, label):
    return next(n for n in page.number_input if n.label == label)


def test_the_injured_are_corrected_like_the_dead_told_in_the_history_and_taken_back(review, open_page, store):
    number(review, "Injured, at least").set_value(3)
    number(review, "Injured, at most").set_value(5)
    button(review, "Save correction").click().run()
    assert not review.exception
    (event,) = [event for event in events(store) if event.review.state is ReviewState.CORRECTED]
    assert (event.best.injured_low, event.best.injured_high) == (3, 5)
    assert event.review.corrected == ("injured_low", "injured_high")
    page = open_page("review", store, event=event.id)
    assert "<dt>Injured</dt><dd>3 to 5</dd>" in html_of(page)
    page.text_input(key="reviewer_box").set_value("Ada").run()
    told = "".join(element.value for element in page.markdown).replace("\\", "")
    assert "injured low: not known → 3; injured high: not known → 5" in told
    button(page, "Undo: correct by Ada").click().run()
    assert {event.best.injured_low for event in events(store)} == {None}
    assert actions(store) == [Action.CORRECT, Action.UNDO]


def test_more_injured_at_least_than_at_most_are_refused(review, store):
    number(review, "Injured, at least").set_value(9)
    number(review, "Injured, at most").set_value(2)
    button(review, "Save correction").click().run()
    assert review.error[0].value.startswith("Injured: at least more than at most")
    assert actions(store) == []


def test_rejecting_can_be_taken_back(review, store):
    before = len(events(store))
    button(review, "Reject").click().run()
    assert len(events(store)) == before - 1
    review.segmented_control(key="review_mode").set_value("Rejected").run()
    assert "Rejected by Ada" in "".join(html.proto.body for html in review.get("html"))
    button(review, "Take back").click().run()
    assert not review.exception
    assert len(events(store)) == before
    assert actions(store) == [Action.REJECT, Action.UNDO]


def test_a_decision_that_somebody_else_made_meanwhile_is_not_passed_over(review, store):
    from geo.review import decision
    from geo.store import decide

    shown = next(event for event in events(store) if event.review.last == 0)
    with Store(store) as opened:
        for event in opened.events():
            decide(opened, decision(Action.COMMENT, [event], "Grace"), seen=0)
            decide(opened, decision(Action.REJECT, [event], "Grace"), seen=0)
    button(review, "Accept").click().run()
    assert any("Grace" in error.value for error in review.error)
    assert Action.ACCEPT not in actions(store)
    assert shown.review.last == 0


def test_hostile_names_and_reasons_are_shown_as_text(review, store):
    review.text_input(key="reviewer_box").set_value("<img src=x onerror=alert(1)> ${x}").run()
    button(review, "Reject").click().run()
    review.segmented_control(key="review_mode").set_value("Rejected").run()
    assert "<img" not in html_of(review)
    assert "<img" not in "".join(html.proto.body for html in review.get("html"))


def test_what_was_known_earlier_cannot_be_changed(open_page, store):
    page = open_page("review", store, known_on="2021-06-01")
    assert not page.exception
    assert not [b for b in page.button if b.label in ("Accept", "Reject")]
    assert "cannot be changed" in page.info[0].value


def shown_in(page):
    """Quote on the card of the event at hand."""
    return next(html.proto.body for html in page.get("html") if "bl-card" in html.proto.body)


def test_the_open_event_is_one_of_the_chosen_list(review):
    first = shown_in(review)
    button(review, "Accept").click().run()
    following = shown_in(review)
    assert following != first
    review.segmented_control(key="review_mode").set_value("Reviewed").run()
    assert not review.exception
    assert "accepted by Ada" in shown_in(review)
    review.segmented_control(key="review_mode").set_value("To review").run()
    assert "accepted by" not in shown_in(review)


def test_a_list_without_an_event_says_so_and_offers_nothing_to_accept(review):
    review.segmented_control(key="review_mode").set_value("Reviewed").run()
    assert [told.value for told in review.success] == ["Nothing under these filters has been reviewed yet."]
    assert not [b for b in review.button if b.label == "Accept"]
    review.segmented_control(key="review_mode").set_value("To review").run()
    while any(b.label == "Accept" for b in review.button):
        button(review, "Accept").click().run()
    assert [told.value for told in review.success] == ["Nothing is left to review under these filters."]


def test_a_link_to_a_reviewed_event_opens_the_list_that_holds_it(review, open_page, store):
    button(review, "Accept").click().run()
    (done,) = [event for event in events(store) if event.review.state is ReviewState.ACCEPTED]
    page = open_page("review", store, event=done.id)
    assert page.segmented_control(key="review_mode").value == "Reviewed"
    assert "accepted by Ada" in shown_in(page)


def test_what_was_done_is_said_of_the_event_it_was_done_to(review, store):
    place = review.dataframe[0].value.iloc[0]["place"]
    next(n for n in review.number_input if n.label == "Deaths, at least").set_value(1)
    next(n for n in review.number_input if n.label == "Deaths, at most").set_value(90)
    button(review, "Save correction").click().run()
    told = review.toast[0].value.replace("\\", "")
    assert told.startswith("Corrected: ")
    assert place in told
    assert "Notes and history" in told
    assert any("scrollTo" in html.proto.body for html in review.get("html"))
    button(review, "Reject").click().run()
    assert "no longer counted" in review.toast[0].value
