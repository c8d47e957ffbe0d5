from pathlib import Path

import pytest

from geo.errors import InputError
from geo.model import Article
from geo.readers import READERS, webpage

PARAGRAPHS = [
    "The marsh warden counted forty grey herons at the northern sluice on Tuesday, two more than the year before.",
    "She said that the water had stayed high through the spring and the reeds were thick enough to hide the nests.",
    "Visitors are asked to keep to the boardwalk until the young birds have left at the end of the summer.",
]
PAGE = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Herons return to the marsh | Marsh Post</title>
<meta property="og:title" content="Herons return to the marsh">
<meta property="og:site_name" content="Marsh Post">
<meta property="og:url" content="https://marsh.example/herons">
<meta property="article:published_time" content="2021-05-11T23:45:00+03:00">
<script>var secret = "SCRIPT SAYS SHELLS HIT";</script><style>body {{ color: red }}</style></head>
<body>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies to make this site better for all its readers.</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News of the fen</a></li></ul></nav>
<article><h1>Herons return to the marsh</h1>
<figure><img src="https://evil.example/x.png">
<figcaption>A heron at the sluice, May 2021. (Marsh Post)</figcaption></figure>
<p>{PARAGRAPHS[0]}</p><p>Advertisement</p><p>{PARAGRAPHS[1]}</p><aside><a href="/b">Bridge to close</a></aside>
<p>{PARAGRAPHS[2]}</p></article>
<section class="comments"><h3>Comments</h3><p>I shot at a heron once, says a reader.</p></section>
<footer><p>© 2021 Marsh Post. All rights reserved.</p></footer>
</body></html>"""
FILE = Path("page.html")


def read(page: str | bytes) -> Article:
    (article,) = webpage.read(page if isinstance(page, bytes) else page.encode(), FILE)
    assert isinstance(article, Article)
    return article


def test_article_is_found_on_the_page():
    article = read(PAGE)
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.title == "Herons return to the marsh"
    assert article.source == "Marsh Post"
    assert article.url == "https://marsh.example/herons"
    assert article.language == "en"
    assert article.captions == ("A heron at the sluice, May 2021. (Marsh Post)",)


def test_publication_day_is_the_one_written_whatever_its_zone():
    article = read(PAGE)
    assert article.published is not None
    assert article.published.isoformat() == "2021-05-11"
    assert article.published_basis == "given"


def test_day_in_the_text_is_not_taken_for_the_publication_day():
    page = PAGE.replace("2021-05-11T23:45:00+03:00", "").replace("on Tuesday", "on 3 March 2019")
    assert read(page).published is None


def test_declared_encoding_is_used():
    page = PAGE.replace("utf-8", "windows-1254").replace("The marsh warden", "Şerafettin Çığ of Iğdır")
    assert read(page.encode("cp1254")).text.startswith("Şerafettin Çığ of Iğdır")


def test_declared_encoding_that_does_not_exist_is_passed_over():
    page = PAGE.replace("utf-8", "klingon").replace("The marsh", "The café marsh")
    assert read(page.encode("cp1252")).text.startswith("The caf")


def test_hostile_page_gives_plain_words():
    page = PAGE.replace(
        "</h1>", '</h1><p onclick="x()">&lt;img src=x onerror=alert(1)&gt; ${7*7} was written on the wall.</p>'
    )
    page = page.replace("https://marsh.example/herons", "javascript:alert(1)")
    article = read(page)
    assert article.url is None
    assert "SCRIPT" not in article.text
    assert "onclick" not in article.text


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body><nav>Home</nav></body></html>",
        "<?xml version='1.0' encoding='utf-16'?><html>",
        "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html><body><p>&a;</p></body></html>",
        "<div>" * 50_000,
        "<" * 150_000,
        "<!--",
        "<html><frameset><frame src='http://evil.example'></frameset></html>",
    ],
)
def test_page_without_an_article_is_an_error(page: str):
    with pytest.raises(InputError):
        list(READERS[".html"](page.encode(), FILE))
