"""A query said in plain words."""

from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from geo import query as q
from geo.query import Query

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
DAYS = st.dates(date(2016, 1, 1), date(2025, 1, 1))


# ---------------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (None, "all days"),
        ((date(2019, 10, 9), None), "since 9 October 2019"),
        ((None, date(2019, 10, 9)), "until 9 October 2019"),
        ((date(2019, 10, 9), date(2019, 10, 9)), "9 October 2019"),
        ((date(2019, 10, 9), date(2019, 10, 12)), "9–12 October 2019"),
        ((date(2019, 10, 9), date(2019, 11, 25)), "9 October – 25 November 2019"),
        ((date(2019, 10, 9), date(2020, 1, 2)), "9 October 2019 – 2 January 2020"),
    ],
)
def test_periods_in_words(period, said):
    assert q.describe(Query(period=period)) == said


def test_filters_in_words():
    query = Query(
        event_types={"Battles", "Riots"},
        actors={"Islamic State"},
        zones={"ops"},
        statuses={"planned", "denied"},
        min_confidence=0.55,
        text="wall",
    )
    assert q.describe(query, {"ops": "Peace Spring strip"}) == (
        "all days; Battles or Riots; with Islamic State; inside or possibly inside Peace Spring strip; "
        "planned or denied; at least 55 % sure; with the words “wall”"
    )
