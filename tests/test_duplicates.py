"""Wire copies: found whatever the order and the number, and never more than they are."""

import random
import subprocess
import sys
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from geo import duplicates
from geo.duplicates import outlets, wire_copies
from geo.merge import merge
from geo.model import Article
from geo.pipeline import build
from geo.store import Store
from geo.ui.event_card import event_card
from tests.test_merge import report

WORDS = [f"{a}{b}{c}" for a in ("heron", "marsh", "town", "road") for b in "aeiou" for c in "bdgklmnprst"]


def words(seed: int, number: int) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(number))


def article(key: str, text: str, source: str | None = None) -> Article:
    return Article(id=key, text=text, source=source, title=key, published=date(2019, 10, 4))


WIRE = words(1, 120)
CUT = " ".join(WIRE.split()[:60])
FAMILY = [
    article("a", WIRE, "Agency"),
    article("b", f"CITY, Oct 4 - {CUT} Read more on our page.", "Paper"),
    article("c", WIRE.upper().replace(" ", ",  ", 10), "Herald"),
    article("d", words(2, 120), "Other"),
    article("e", "A short notice.", "Small"),
    article("f", "A short notice.", "Tiny"),
]


def test_copies_that_were_cut_headed_or_set_otherwise_are_found():
    assert wire_copies(FAMILY) == {"a": "c", "b": "c"}


def test_an_own_text_on_the_same_thing_is_no_copy():
    quoting = " ".join([words(3, 80), " ".join(WIRE.split()[:30]), words(4, 30)])
    assert wire_copies([article("a", WIRE), article("q", quoting)]) == {}


def test_a_short_notice_does_not_make_two_long_stories_one():
    notice = words(5, 40)
    one, other = f"{words(6, 200)} {notice}", f"{notice} {words(7, 220)}"
    copies = wire_copies([article("n", notice), article("one", one), article("other", other)])
    assert set(copies) == {"n"}


@settings(max_examples=20, deadline=None)
@given(st.permutations(FAMILY))
def test_the_order_does_not_matter(shuffled):
    assert wire_copies(shuffled) == wire_copies(FAMILY)


def test_many_are_found_by_hashing_as_few_are_by_looking():
    many = [article(f"x{n:03}", words(100 + n, 90)) for n in range(150)]
    found = wire_copies([*many, *FAMILY])
    assert found == wire_copies(FAMILY)
    assert wire_copies([*reversed(FAMILY), *many]) == found


def test_another_process_finds_the_same():
    code = (
        "from tests.test_duplicates import *\n"
        "many = [article(f'x{n:03}', words(100 + n // 2, 90 + n % 2)) for n in range(150)]\n"
        "print(sorted(wire_copies(many).items()))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert told.pop().count(b"x") == 150


def test_nothing_heavy_is_loaded_for_a_few():
    code = "import sys, geo.pipeline, geo.duplicates; print('scipy' in sys.modules or 'datasketch' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert told.strip() == "False"


def test_copies_are_one_source_and_own_reporting_another():
    told = outlets(FAMILY)
    assert told["a"] == told["b"] == told["c"]
    assert told["d"] == "Other"
    reports = [report(n, article_id=key) for n, key in enumerate("abd", start=1)]
    (event,) = merge(reports, sources=told)
    assert event.independent_sources == 2


def test_a_copy_without_an_outlet_counts_with_its_original():
    nameless = [replace(found, source=None) for found in FAMILY[:2]]
    told = outlets(nameless)
    assert len({told[found.id] or found.id for found in nameless}) == 1


def test_a_store_counts_a_wire_story_once_and_its_card_says_so(tmp_path):
    sentence = "Turkish aircraft hit the town of Tal Rifaat on 3 October 2019, killing four civilians."
    own = "On 3 October 2019 an air strike by Turkish jets killed four civilians in Tal Rifaat, its mayor told us."
    texts = {
        "Agency": f"{sentence} {WIRE}",
        "Paper": f"{sentence} {CUT} More on our page.",
        "Herald": f"{own} {words(9, 100)}",
    }
    for source, text in texts.items():
        (tmp_path / f"{source}.md").write_text(f"---\nsource: {source}\npublished: 2019-10-04\n---\n{text}\n")
    with Store(tmp_path / "store") as store:
        build(sorted(tmp_path.glob("*.md")), store)
        events, articles = store.events_and_articles()
    (event,) = [e for e in events if len({r.article_id for r in e.reports}) == 3]
    assert event.independent_sources == 2
    card = event_card(event, {a.id: a for a in articles}, {}, dark=False)
    assert card.count("same wire text as Agency") == 1
    assert "2 independent sources" in card


def test_the_figures_are_those_documented():
    assert (duplicates.RUN, duplicates.SAME, duplicates.FEWEST_RUNS, duplicates.ALIKE) == (5, 0.7, 25, 0.3)
