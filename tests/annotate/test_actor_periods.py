"""Names of actors and the days they were valid."""

from datetime import date

import pytest

from geo.annotate import actors
from geo.annotate.actors.periods import periods
from geo.errors import InputError
from geo.model import ActorType


@pytest.mark.parametrize(
    ("actor", "day", "name"),
    [
        ("Hayat Tahrir al-Sham", date(2015, 3, 28), "Jabhat al-Nusra"),
        ("Hayat Tahrir al-Sham", date(2016, 9, 1), "Jabhat Fateh al-Sham"),
        ("Hayat Tahrir al-Sham", date(2017, 1, 28), "Hayat Tahrir al-Sham"),
        ("Syrian National Army", date(2016, 8, 24), "Free Syrian Army (Turkish-backed)"),
        ("Syrian National Army", date(2019, 10, 9), "Syrian National Army"),
        ("Islamic State (ISIS)", date(2012, 5, 1), "Islamic State of Iraq (ISI)"),
        ("Islamic State (ISIS)", date(2014, 6, 10), "Islamic State (ISIS)"),
        ("Islamic State (ISIS)", None, "Islamic State (ISIS)"),
        ("Military Forces of Sudan", date(2019, 4, 10), "Military Forces of Sudan (1989-2019)"),
        ("Military Forces of Sudan", date(2023, 4, 15), "Military Forces of Sudan (2019-)"),
        ("Military Forces of South Sudan", date(2010, 1, 1), "Sudan People's Liberation Army"),
    ],
)
def test_the_name_is_that_of_the_day(actor, day, name):
    assert actors.name_on(actor, day) == name


def test_a_type_may_change():
    assert actors.type_on("Taliban", date(2021, 8, 15)) is ActorType.STATE_FORCES
    assert actors.type_on("Taliban", date(2021, 8, 14)) is None
    assert actors.type_on("Taliban", None) is None


def test_no_two_names_of_a_listed_actor_hold_on_one_day():
    for known in actors.lexicon().periods.values():
        ends = [period.end for period in known[:-1]]
        assert all(end is not None and end < later.start for end, later in zip(ends, known[1:], strict=True))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"from": date(2020, 1, 1)}], "missing"),
        ([{"name": "A", "from": "spring"}], "'spring' is no day"),
        ([{"name": "A", "from": date(2020, 1, 2), "until": date(2020, 1, 1)}], "before it begins"),
        ([{"name": "A", "until": date(2020, 1, 2)}, {"name": "B", "from": date(2020, 1, 2)}], "same day"),
        ([{"name": "A"}, {"name": "B", "from": date(2020, 1, 2)}], "same day"),
        ([{"name": "A", "type": "army"}], "'army' is no type"),
    ],
)
def test_a_wrong_period_is_refused_with_its_line(tmp_path, rows, words):
    path = tmp_path / "actors.yaml"
    path.write_text("# ours\n- {name: Alba Front, type: rebel}\n", encoding="utf-8")
    with pytest.raises(InputError, match=words) as caught:
        periods(rows, actor="Alba Front", path=path)
    assert caught.value.line == 2
    assert caught.value.remedy
