"""Saved pages, imitated: every page here is written for the test."""

from pathlib import Path

import pytest

from geo import paths
from geo.errors import InputError
from geo.model import Article
from geo.readers import read_paths, text

PAGE = Path("page.txt")
HERON = """The marsh warden counted forty grey herons at the northern sluice on Tuesday, two more than the year before.

She said that the water had stayed high through the spring and that the reeds were thick enough to hide the nests.

Visitors are asked to keep to the boardwalk until the young have left at the end of the summer.
"""
BRIDGE = """The old stone bridge at Lower Merrow will close to lorries on Friday while its parapet is mended.

Masons from the county will relay forty metres of wall with lime mortar, the works office said.
"""


def read(page: str) -> list[Article]:
    items = list(text.read(page.encode(), PAGE))
    assert all(isinstance(item, Article) for item in items), items
    return items


def error(page: str | bytes) -> InputError:
    data = page if isinstance(page, bytes) else page.encode()
    try:
        (item,) = text.read(data, PAGE)
    except InputError as raised:
        return raised
    assert isinstance(item, InputError)
    return item


def test_title_block_of_a_saved_page_is_taken_apart():
    caption = "A heron stands at the sluice of the marsh. (Wardens’ Office)"
    (article,) = read(
        f"Herons Return to the Marsh\u00a0\n\n{caption}\n{caption}\nTT\n\n"
        f"Herons Return to the Marsh\u00a0\n\n{caption}\n{caption}\n\n{HERON}"
    )
    assert article.title == "Herons Return to the Marsh"
    assert article.captions == (caption,)
    assert article.text.count("\n\n") == 2
    assert article.text.startswith("The marsh warden")


def test_page_with_two_articles_is_split_at_the_repeated_title():
    caption = "Masons at work on the bridge. (AP)"
    items = read(
        f"Herons Return to the Marsh\n\n{HERON}\n\n\nBridge to Close\n{caption}\nShare\nBridge to Close\n\n{BRIDGE}"
    )
    assert [item.title for item in items] == ["Herons Return to the Marsh", "Bridge to Close"]
    assert items[0].text.endswith("summer.")
    assert items[1].text.startswith("The old stone bridge")
    assert items[1].line == 11
    assert items[0].id != items[1].id


def test_page_is_split_where_a_title_with_byline_follows_blank_lines():
    items = read(f"Herons Return to the Marsh\n\n{HERON}\n\nBridge to Close for Repairs\nBy Jane Mason\n\n{BRIDGE}")
    assert [item.title for item in items] == ["Herons Return to the Marsh", "Bridge to Close for Repairs"]


def test_subheading_does_not_split():
    (article,) = read(f"Herons Return to the Marsh\n\n{HERON}\n\nA longer view of it\n\n{BRIDGE}")
    assert "A longer view of it" in article.text


def test_title_named_again_as_a_related_link_does_not_split():
    (article,) = read(f"Herons Return to the Marsh\n\n{HERON}\nHerons Return to the Marsh\n\n{BRIDGE}")
    assert article.title == "Herons Return to the Marsh"


@pytest.mark.parametrize(
    "line",
    [
        "TT",
        "Share",
        "Advertisement",
        "ADVERTISEMENT",
        "Source link",
        "Scroll to Top",
        "3 min read",
        "12 Comments",
        "Follow us on Telegram",
        "Sign up for our morning letter",
        "Read more: The reeds of the east",
        "* * *",
        "© 2021 The Marsh Post",
        "Your email address will not be published. Required fields are marked *",
        "The Marsh Post moderates all comments left under its pages.",
    ],
)
def test_furniture_is_dropped_wherever_it_stands(line: str):
    first, second, third = HERON.strip().split("\n\n")
    (article,) = read(f"Herons Return to the Marsh\n\n{line}\n\n{first}\n\n{line}\n\n{second}\n{third}\n{line}\n")
    assert article.text == f"{first}\n\n{second}\n\n{third}"


@pytest.mark.parametrize(
    "line",
    [
        "FILE - A heron flies over the marsh on July 3, 2020. (AP Photo/Jane Doe)",
        "Photo: A heron at the sluice",
        "A heron at the sluice, October 3, 2020. Photo: Marsh office / Facebook",
        "A heron at the sluice. | Photo Credit: Reuters",
        "A heron at the sluice in the morning. (Reuters)",
        "A heron at the sluice via Getty Images",
    ],
)
def test_credited_line_is_a_caption(line: str):
    first, *rest = HERON.strip().split("\n\n")
    (article,) = read("\n\n".join(["Herons Return to the Marsh", first, line, *rest]))
    assert article.captions == (line,)
    assert "sluice, October" not in article.text
    assert "| Photo" not in article.text


@pytest.mark.parametrize(
    "sentence",
    [
        "Photos by villagers showed smoke over the ridge.",
        "The group wrote on X/Twitter that it had left the village.",
        "The figures come from the Marsh Birds Observatory (MBO).",
        "Satellite images show a new road along the dyke.",
        "The firm removed the pages for breaching its community standards.",
        "By nightfall the road had been opened again.",
    ],
)
def test_sentence_that_only_looks_like_furniture_stays(sentence: str):
    (article,) = read(f"Herons Return to the Marsh\n\n{HERON}\n\n{sentence}\n\n{BRIDGE}")
    assert sentence in article.text


def test_last_sentence_with_its_agency_stays():
    (article,) = read(f"Herons Return to the Marsh\n\n{HERON}\nThe count goes on next week. (AFP)\n")
    assert article.text.endswith("The count goes on next week.")


def test_comment_section_is_cut_and_names_the_outlet():
    (article,) = read(
        f"Herons Return to the Marsh\n\n{HERON}\nComments\nFenland moderates all comments sent in.\n"
        "We will not publish the following: profanity, spam.\nI love herons, they are grand birds.\nPost a comment"
    )
    assert article.text.endswith("summer.")
    assert article.source == "Fenland"


def test_button_named_comments_above_the_text_cuts_nothing():
    (article,) = read(f"Herons Return to the Marsh\nShare\nComments\n\n{HERON}")
    assert article.text.endswith("summer.")


def test_headline_of_another_article_at_the_end_is_dropped():
    (article,) = read(f"Herons Return to the Marsh\n\n{HERON}\n\nBridge at Lower Merrow to close for repairs")
    assert article.text.endswith("summer.")


def test_page_that_begins_with_a_dateline_has_no_title():
    (article,) = read(f"MARSHTON, Fenland – {HERON}")
    assert article.title is None
    assert article.text.startswith("MARSHTON, Fenland – ")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 3 March 2021", "2021-03-03"),
        ("March 3, 2021 10:32 am", "2021-03-03"),
        ("Wednesday, 3 March 2021", "2021-03-03"),
        ("2021-03-03", "2021-03-03"),
        ("31 February 2021", None),
    ],
)
def test_day_line_under_the_title_is_the_publication_day(line: str, day: str | None):
    (article,) = read(f"Herons Return to the Marsh\n{line}\n\n{HERON}")
    assert (article.published and article.published.isoformat()) == day
    assert article.published_basis == ("given" if day else None)


def test_text_wrapped_at_a_fixed_width_becomes_paragraphs():
    (article,) = read(
        "Herons Return to the Marsh\n\nThe marsh warden counted forty grey herons\nat the northern sluice on Tuesday,\n"
        "two more than the year before, and said that\nthe water had stayed high.\n\n"
        "Visitors are asked to keep to the\nboardwalk."
    )
    assert article.text.split("\n\n")[1] == "Visitors are asked to keep to the boardwalk."


def test_unwrapped_lines_are_paragraphs_without_blank_lines_too():
    (article,) = read("A dateline page of birds\n" + HERON.replace("\n\n", "\n"))
    assert len(article.text.split("\n\n")) == 3


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("", "empty"),
        (" \n\n\t\n", "empty"),
        ("Share\nAdvertisement\nTT\n", "only captions"),
        ("Herons Return to the Marsh\n\nShare\n", "title and no text"),
        ("Ok. Fine.\n", "nearly empty"),
        (b"%PDF-1.7 whatever", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"some text\nand a \x00 in it", "NUL at byte 16"),
    ],
)
def test_page_without_an_article_is_an_error_that_names_the_file(page: str | bytes, said: str):
    assert said in str(error(page))
    assert str(error(page)).startswith("page.txt")


def test_long_input_of_many_repeated_lines_is_read():
    line = "The army shelled the village on Monday and three people were killed.\n"
    (article,) = read(line * 5000)
    assert article.text.count("shelled") == 5000


ARTICLES = paths.ROOT.parent / "shared" / "articles"


@pytest.mark.skipif(
    not ARTICLES.is_dir(),
    reason="needs five saved news pages, which are not ours to ship: put them in ../shared/articles",
)
def test_five_given_pages_hold_seven_articles():
    articles = list(read_paths([ARTICLES]))
    assert all(isinstance(article, Article) for article in articles)
    assert [Path(article.path).name[:3] for article in articles] == ["000", "000", "001", "001", "002", "003", "004"]
    assert [article.title is not None for article in articles] == [True] * 6 + [False]
    assert [len(article.captions) for article in articles] == [1, 1, 1, 1, 0, 1, 1]
    assert [article.language for article in articles] == ["en"] * 7
    assert articles[6].source == "Rudaw"
    for article in articles:
        lines = {line.casefold().strip() for line in article.text.split("\n")}
        assert not lines & {
            "tt",
            "share",
            "advertisement",
            "source link",
            "comments",
            "post a comment",
            "scroll to top",
        }
        for marker in ("\u00a0", "Photo", "FILE", "(AP", "moderates", "Required fields", "Leave a Comment"):
            assert marker not in article.text
        assert article.title is None or article.title not in article.text
        assert not any(caption in article.text for caption in article.captions)
