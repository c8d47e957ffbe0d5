"""One file that forbids itself everything but its own two parts, and holds exactly the events under the query."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest

from geo.errors import DataError, InputError
from geo.query import Query, from_params
from geo.standalone import html, page, record_in
from geo.standalone.content import evidence
from geo.standalone.script import bundle
from tests.reports.world import HOSTILE, hostile, material
from tests.reports.world import made as hand_made
from tests.store_world import article, event


@pytest.fixture(scope="module")
def made():
    return html(material())


def test_its_policy_allows_its_own_script_and_style_and_nothing_else(made):
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', made)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert set(rules) == {"default-src", "script-src", "style-src", "base-uri", "form-action"}
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", made, flags=re.DOTALL)
        assert rules[name] == f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
    assert made.index("Content-Security-Policy") < made.index("<style>")
    assert "\r" not in made
    assert " style=" not in made


def test_no_address_stands_in_it_that_a_browser_would_ask_for(made):
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:|//|[a-z]+/)""", made.partition("<script>")[0])
    style = made.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_same_material_gives_the_same_page(made):
    assert html(material()) == made


def test_it_tells_its_query(made):
    record = record_in(made)
    assert from_params(record["query"]) == (Query(statuses=None), [])
    assert record["events"] == 8
    assert record_in("<!DOCTYPE html>") is None


def test_no_text_of_an_article_stands_in_the_markup():
    made = html(replace(hostile(), query=Query(statuses=None)))
    for text in HOSTILE:
        assert text not in made
    assert made.lower().count("<script") == 8
    # The query may hold what an article wrote, too; it is told in words, and in the record.
    assert "<script>window" not in html(replace(hostile(), query=Query(text=HOSTILE[3], statuses=None)))


def test_more_events_than_a_page_holds_are_refused_never_cut(monkeypatch):
    monkeypatch.setattr(page, "MOST_EVENTS", 7)
    with pytest.raises(InputError, match=r"8 events.*holds 7.*\.geojson"):
        html(material())


def test_no_event_is_a_page_that_says_so():
    assert "no event with a day and a place" in html(
        material(Query(period=(date(1990, 1, 1), date(1990, 1, 2)), actors={"x"}))
    )


def test_the_evidence_tells_the_injured_of_the_event_and_of_each_report():
    given = [event(0, injured_low=3, injured_high=5), event(1)]
    told = evidence(hand_made(given, [article(n) for n in range(2)], None), [one.id for one in given])
    assert [row["facts"][3:5] for row in told["rows"]] == [["1 to 3", "3 to 5"], ["1 to 3", ""]]
    assert [row["told"][0][2] for row in told["rows"]] == ["deaths: 1 to 3, injured: 3 to 5", "deaths: 1 to 3"]


# --------------------------------------------------------------------------------------------------------- the script


def modules(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "a.js"


def test_modules_become_one_script_in_the_order_of_their_needs(tmp_path):
    entry = modules(
        tmp_path,
        a='import { two as zwei } from "./b.js";\nexport { one } from "./c.js";\nglobalThis.sum = zwei();\n',
        b='import {\n  one,\n} from "./c.js";\nexport function two() { return one + 1; }\n',
        c="export const one = 1;\n",
    )
    script = bundle(entry)
    assert script == bundle(entry)
    assert [script.index(name) for name in ("// c.js", "// b.js", "// a.js")] == sorted(
        script.index(name) for name in ("// c.js", "// b.js", "// a.js")
    )
    assert not re.search(r"^(import|export)\b", script, flags=re.MULTILINE)
    assert "const { two: zwei } = module1;" in script


@pytest.mark.parametrize(
    "text",
    [
        'import x from "./b.js";', 'import * as b from "./b.js";', "export default 1;", "export let x = 1;",
        "export { x };", 'const a = "</script>";', "const a = 1; <!-- x",
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_refused(tmp_path, text):
    with pytest.raises(DataError, match=r"a\.js"):
        bundle(modules(tmp_path, a=text, b="export const x = 1;"))


def test_modules_that_need_each_other_are_refused(tmp_path):
    entry = modules(tmp_path, a='import { b } from "./b.js";', b='import { a } from "./a.js";')
    with pytest.raises(DataError, match="import each other"):
        bundle(entry)
