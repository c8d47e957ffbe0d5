from pathlib import Path

import pytest

from geo.errors import InputError
from geo.model import Article
from geo.readers import markdown

NOTE = Path("note.md")
BODY = "The herons came back to the marsh in the first week\nof May, and killed 12.\n\nThey *stayed* until [June](http://x.org).\n"


def read(page: str) -> Article:
    (article,) = markdown.read(page.encode(), NOTE)
    assert isinstance(article, Article)
    return article


def error(page: str) -> InputError:
    with pytest.raises(InputError) as caught:
        list(markdown.read(page.encode(), NOTE))
    return caught.value


def test_front_matter_is_read():
    article = read(
        '---\ntitle: "Herons: a return"\npublished: 2021-05-09\nsource: Marsh Post\nurl: https://x.org/1\n'
        f"language: en\ntags: [birds]\n---\n\n{BODY}"
    )
    assert (article.title, article.source, article.url, article.language) == (
        "Herons: a return",
        "Marsh Post",
        "https://x.org/1",
        "en",
    )
    assert article.published is not None
    assert article.published.isoformat() == "2021-05-09"
    assert article.line == 9


def test_marks_are_taken_off_and_lines_joined():
    article = read("# Herons return\n\n![A heron](heron.png)\n\n> " + BODY)
    assert article.title == "Herons return"
    assert article.captions == ("A heron",)
    assert article.text == (
        "The herons came back to the marsh in the first week of May, and killed 12.\n\nThey stayed until June."
    )


def test_number_that_begins_a_wrapped_line_is_not_taken_for_a_list():
    assert (
        "killed 12. The rest" in read("The soldiers said the shelling in the night had killed\n12. The rest fled.").text
    )


def test_article_without_front_matter_is_read():
    article = read(BODY)
    assert article.title is None
    assert article.published is None


@pytest.mark.parametrize("value", ["title: no", "title: 2021", "title: 1e5"])
def test_value_that_yaml_would_turn_into_something_else_stays_text(value: str):
    assert read(f"---\n{value}\n---\n{BODY}").title == value.removeprefix("title: ")


@pytest.mark.parametrize(
    ("front", "line", "said"),
    [
        ("title: T\npublished: 31 Feb 2021", 3, "31 Feb 2021"),
        ("published: 2021-02-31", 2, "2021-02-31"),
        ("title: a: b: c", 2, "YAML"),
        ("title: T\nsource: [a, b]", 3, "source"),
        ("just words", 2, "key: value"),
        ("a: " + "[" * 5000, 2, "YAML"),
        ("a: &a [x]\ntitle: *a", 2, "list"),
    ],
)
def test_bad_front_matter_is_named_with_its_line(front: str, line: int, said: str):
    caught = error(f"---\n{front}\n---\n{BODY}")
    assert caught.line == line
    assert said in caught.problem


def test_front_matter_that_never_ends_is_an_error():
    assert error(f"---\ntitle: T\n\n{BODY}").line == 1


def test_title_without_text_is_an_error():
    assert "no article text" in error("---\ntitle: T\n---\n\n").problem
