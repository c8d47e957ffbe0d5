"""Days that are none, or that could be two: told, left out or kept as vague as they are, and never another day."""

from datetime import date
from pathlib import Path

import pytest

from geo.annotate import dates
from geo.annotate.sentences import split
from geo.errors import InputError, ZoneError
from geo.importers import plan, preview
from geo.model import Article, Status
from geo.pipeline import annotate_and_code, open_resources
from geo.query import Query, from_params
from geo.readers import READERS
from geo.zones.definitions import parse
from tests.fuzz.targets import _DEFINITION

WRITTEN = date(2020, 6, 15)


def read(text):
    return dates.find(text, reference=WRITTEN, sentences=split(text))


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit on 31 February 2020.", "Shells hit on 29 February 2019.", "Filed 2019-02-31 at the court.",
        "Filed 2019-13-01 at the court.", "Filed 00/00/2020 at the court.", "Shells hit on ٣ مايو ٢٠٢٠.",
        "Shells hit on ٢٠٢٠-٠٥-٠٣ it said.", "Shells hit on 31 December 9999.", "On 1 January 0001 shells hit.",
        "Shells hit on May 3, 9999.", "Shells hit on 30 February.",
    ],
)  # fmt: skip
def test_what_is_no_day_gives_none(text):
    assert [found.day_start for found in read(text) if found.day_start is not None] == []


@pytest.mark.parametrize("text", ["Filed 03/04/2020 at the court.", "Filed 04/03/2020 at the court."])
def test_a_day_that_could_be_two_is_none_and_only_its_year_is_told(text):
    (found,) = read(text)
    assert (found.value, found.day_start, found.day_end) == ("2020", None, None)


@pytest.mark.parametrize(("text", "day"), [("13/04/2020", date(2020, 4, 13)), ("04/13/2020", date(2020, 4, 13))])
def test_a_day_that_can_be_only_one_is_read_either_way(text, day):
    (found,) = read(f"Filed {text} at the court.")
    assert (found.day_start, found.day_end) == (day, day)


@pytest.mark.parametrize("day", ["3 May 2031", "2031-05-03", "9999-12-31"])
def test_a_day_to_come_is_a_plan_and_not_an_event_that_happened(day):
    text = f"Turkish jets bombed a base near Manbij on {day}, killing three fighters."
    _, reports = annotate_and_code(Article(id="a", text=text, published=WRITTEN), open_resources())
    assert {report.status for report in reports} <= {Status.PLANNED}


@pytest.mark.parametrize("published", ["2019-02-31", "0000-01-01", "31/02/2019", "03/04/2020", "٢٠٢٠-٠٥-٠٣"])
def test_an_articles_day_that_is_none_is_told_with_its_file(published):
    data = f"---\ntitle: A strike\npublished: {published}\n---\nTurkish drones struck a vehicle in Kobani.".encode()
    found = []
    with pytest.raises(InputError, match=r"x\.md"):
        found += READERS[".md"](data, Path("x.md"))
    assert found == []


TABLE = ("event_id_cnty,event_date,event_type,latitude,longitude", '{id},"{day}",Battles,36.7,38.9')


def imported(folder, *days):
    """The days of the rows that are taken by what their file says, and the reasons of those that are not."""
    path = folder / "x.csv"
    lines = [TABLE[1].format(id=number, day=day) for number, day in enumerate(days)]
    path.write_text("\n".join([TABLE[0], *lines]), encoding="utf-8")
    rows, skipped = preview(plan(path))
    assert len(rows) + len(skipped) == len(days)
    taken = {days[int(row["source_id"])]: row["day_start"].date() for _, row in rows.iterrows()}
    return taken, {days[one.line - 2]: one.reason for one in skipped}


def test_a_row_whose_day_is_none_or_could_be_two_is_told_with_its_value(tmp_path):
    wrong = [
        "2019-02-31",
        "0000-00-00",
        "03/04/2020",
        "٢٠٢٠-٠٥-٠٣",
        "٠٣/٠٤/٢٠٢٠",
        "31/04/2020",
        "0001-01-01",
        "9999-12-31",
    ]
    right = {"2031-01-01": date(2031, 1, 1), "13/04/2020": date(2020, 4, 13), "04/13/2020": date(2020, 4, 13),
             "2019-10-12T23:59:59+14:00": date(2019, 10, 12)}  # fmt: skip
    taken, told = imported(tmp_path, *wrong, "9999-12-31", *right)
    assert taken == right
    assert set(told) == {*wrong, "9999-12-31"}
    assert all(day[:10] in reason for day, reason in told.items())


def test_a_column_of_days_that_could_be_read_in_two_orders_is_read_in_none(tmp_path):
    assert imported(tmp_path, "03/04/2020", "05/06/2020")[0] == {}
    # One row that can be read in one order only tells the order of all.
    assert imported(tmp_path, "03/04/2020", "15/06/2020")[0]["03/04/2020"] == date(2020, 4, 3)
    assert imported(tmp_path, "03/04/2020", "04/15/2020")[0]["03/04/2020"] == date(2020, 3, 4)


@pytest.mark.parametrize("day", ["2019-02-31", "9999-99-99", "٢٠١٩-٠٥-٠٣", "03/04/2019"])
def test_a_zones_day_that_is_none_is_told_with_its_line(day):
    text = _DEFINITION.decode().replace("2019-10-09", day)
    found = parse(text, Path("x.yaml"))
    assert not found.zones
    assert [type(error) for error in found.errors] == [ZoneError]
    assert found.errors[0].line == 1 + text[: text.index(day)].count("\n")


@pytest.mark.parametrize("day", ["2019-02-31", "03/04/2020", "٢٠٢٠-٠٥-٠٣", "0000-00-00", "9" * 30])
def test_a_links_day_that_is_none_is_left_out_with_a_note(day):
    query, notes = from_params({"from": day})
    assert query == Query()
    assert len(notes) == 1
