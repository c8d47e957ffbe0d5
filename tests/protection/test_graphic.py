"""Graphic text is put away until it is clicked, wherever it is shown; the rest stands as it is."""

import base64
import gzip
import io
import json
from dataclasses import replace

import pytest

from geo.errors import InputError
from geo.graphic import LABEL, PUT_AWAY, is_graphic
from geo.model import Action, Decision, Event
from geo.pipeline import open_resources, rebuild_events
from geo.query import Query
from geo.reports.bundle import bundle
from geo.reports.material import gather
from geo.reports.outline import GRAPHIC
from geo.reports.pdf import pdf
from geo.reports.word import word
from geo.standalone.content import carried
from geo.store import Store, decide
from geo.ui.article_view import article_card, marked_text, report_card
from geo.ui.event_card import event_card, people_words
from tests import store_world as world
from tests.pages.conftest import html_of, open_page  # noqa: F401 - a fixture

QUOTE = "Prisoners were tortured on day 0 <b>."
PLAIN = "Shells hit the town on day 1."
TITLE = "A mass grave, part 0"


@pytest.mark.parametrize(
    ("text", "graphic"),
    [
        ("Three prisoners were Beheaded near the town.", True),
        ("A mass\n grave was found.", True),
        ("A massácre.", True),
        ("Two people were killed.", False),
        ("The executive council met.", False),
        (None, False),
    ],
)
def test_whole_words_of_the_list_count(text, graphic):
    assert is_graphic(text) is graphic


def told(number, quote):
    article = world.article(number, text=f"{quote}\nNobody claimed it.", title=TITLE if number == 0 else "A day")
    spans = {"trigger": (0, 9), "time_span": None, "place_span": None}
    return article, replace(world.report(number), quote=quote, end=len(quote), **spans)


@pytest.mark.parametrize(("quote", "folded"), [(QUOTE, True), (PLAIN, False)])
def test_every_card_folds_what_is_graphic(quote, folded):
    article, report = told(1, quote)
    cards = (
        event_card(Event("e", (report,)), {article.id: article}, {}, dark=False),
        report_card(report, article, dark=False),
        article_card(article, [report]),
    )
    for card in cards:
        assert card.count(LABEL) == folded
        assert "<b>" not in card.replace("<dl>", "").replace("<b>Explosions", "")
        assert 'class="bl-what"' in card


def test_the_words_behind_a_figure_are_shown_beside_it_unless_they_are_graphic_or_no_longer_its_words():
    report = replace(world.report(1), injured_low=3, injured_high=5, injured_text="three to\n five <b>hurt</b>")
    assert people_words([report], "injured") == "3 to 5 (“three to five <b>hurt</b>”)"
    assert people_words([report], "injured", ("injured_high",)) == "3 to 5"
    other = replace(report, id="r9", injured_low=None, injured_high=0, injured_text=None)
    assert people_words([report, other], "injured").endswith(" / at most 0 (reports differ)")
    assert people_words([replace(report, injured_text=QUOTE)], "injured") == f"3 to 5 (“{PUT_AWAY}”)"
    assert people_words([world.report(1)], "injured") == "not told"
    card = event_card(Event("e", (report,)), {}, {}, dark=False)
    assert "<dt>Injured</dt><dd>3 to 5 (“three to five &lt;b&gt;hurt&lt;/b&gt;”)</dd>" in card


def test_of_an_article_only_the_graphic_paragraphs_are_folded_and_every_mark_stays_once():
    article, report = told(1, QUOTE)
    article = replace(article, text=f"One day.\n{QUOTE}\nNobody claimed it.")
    # The second mark reaches over the end of a paragraph, the third lies in the second.
    spans = {"trigger": (0, 3), "place_span": (4, 18), "actor_spans": ((10, 14),)}
    html = marked_text(article, [replace(report, **spans)])
    before, _, rest = html.partition("<details")
    assert "One" in before
    assert "Nobody" not in rest.partition("</details>")[0]
    assert html.count("<mark") == 3
    assert "bl-who" not in html


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graphic") / "store"
    with Store(folder) as store:
        for number, quote in enumerate((QUOTE, PLAIN, QUOTE.replace("day 0", "day 2"))):
            article, report = told(number, quote)
            store.write(article, [report], "v1")
        store.note_problem(InputError("x", path="x", line=1))
        rebuild_events(store, open_resources())
        report = store.reports()[2]
        decide(store, Decision(0, "", "Ada", Action.REJECT, (report,), why="so"), seen=0)
        rebuild_events(store, open_resources())
    return folder


def everything(page):
    """All that the page was sent."""
    frames = "".join(frame.value.to_csv() for frame in page.dataframe)
    return html_of(page) + frames + "".join(box.label for box in page.checkbox)


PLACES = {
    "map": lambda ids: {"event": ids[0]},
    "zones": lambda ids: {"event": ids[0], "zone_card": "peace_spring"},
    "review": lambda ids: {"event": ids[0], "status": "all"},
    "articles": lambda _: {"article": "a0000"},
    "changes": lambda _: {},
}


@pytest.mark.parametrize("name", PLACES)
def test_no_page_shows_a_graphic_sentence_unasked_and_the_choice_lasts_for_the_session(open_page, folder, name):  # noqa: F811
    with Store(folder, readonly=True) as store:
        ids = [event.id for event in store.events() if QUOTE in event.best.quote]
    page = open_page(name, folder, **PLACES[name](ids))
    assert not page.exception
    written = everything(page)
    open_text = "".join(part.partition("</details>")[2] for part in ("</details>" + written).split("<details"))
    assert "tortured" not in open_text
    assert "mass grave" not in open_text
    page.checkbox(key="graphic_box").check().run()
    assert LABEL not in everything(page)
    assert PUT_AWAY not in everything(page)
    page.run()
    # The box goes with its page; what was chosen stays.
    assert page.session_state["graphic_shown"]
    assert LABEL not in everything(page)


@pytest.fixture(scope="module")
def material(folder):
    with Store(folder, readonly=True) as store:
        return gather(store, Query(statuses=None))


def text_of_word(content):
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def text_of_pdf(content):
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize(("make", "read"), [(word, text_of_word), (pdf, text_of_pdf)])
def test_a_document_has_graphic_sentences_on_its_last_pages(material, make, read):
    text = " ".join(read(make(material)).split())
    before, _, last = text.rpartition(f" {GRAPHIC} ")
    assert "tortured" not in before
    assert "mass grave" not in text
    assert "on the last pages, under 1" in before
    assert "tortured" in last
    assert PLAIN in before


def test_a_stand_alone_page_is_told_what_to_fold(material):
    packed = carried(material)["evidence.json.gz"]
    evidence = json.loads(gzip.decompress(base64.b64decode(packed)))
    assert {(quote, flag) for row in evidence["rows"] for _, quote, _, flag in row["told"]} == {
        (QUOTE, True),
        (PLAIN, False),
    }
    assert {(article[0], article[4]) for article in evidence["articles"]} == {(TITLE, True), ("A day", False)}


def test_data_files_hold_it_as_it_is(material):
    assert b"tortured" in bundle(material) or QUOTE in str(material.told)
