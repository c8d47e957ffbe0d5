"""Material of events made by hand, and some that want to run."""

from datetime import date

from geo.export import About
from geo.frame import events_frame
from geo.known import Known
from geo.query import Query
from geo.reports import Material, told_of
from tests import store_world as world

ABOUT = About("f00d" * 16, date(2024, 1, 2))
ARABIC = "انفجرت سيارة مفخخة في رأس العين"
HOSTILE = (
    '<img src=x onerror="window.hacked=1"> \'"><svg onload=window.hacked=2>',
    "${window.hacked=3} `${window.hacked=4}` {{7*7}}",
    "\\x3cimg src=x onerror=window.hacked=5\\x3e \\u003cscript\\u003ewindow.hacked=6\\u003c/script\\u003e",
    "</script><script>window.hacked=7</script><!--<script>",
    "</style></textarea></title><iframe srcdoc='<script>parent.hacked=8</script>'>",
    '=HYPERLINK("http://a.example","x")',
    "![x](http://a.example/p.png) <link rel=stylesheet href=http://a.example/x.css>",
    f"a\x01b\x0b\u202e{ARABIC}\u2028\ufffe",
)
BAD_LINKS = (
    "javascript:window.hacked=9", "data:text/html,<script>parent.hacked=10</script>", " JaVaScRiPt:alert(1)",
    "http://", "https://a.example/\"onmouseover=\"window.hacked=11", "file:///etc/passwd", "//a.example", "vbscript:x",
)  # fmt: skip


def material(query: Query | None = None, **looks: object) -> Material:
    """The small world: points, a line, an area, and four events that are not on the map."""
    return made(world.events(), world.articles(), query)


def hostile() -> Material:
    """Events whose every word wants to run."""
    events, articles = [], []
    for number, (text, url) in enumerate(zip(HOSTILE, BAD_LINKS, strict=True)):
        events.append(world.event(number, quote=text, actor1=text, asserted_by=text))
        articles.append(world.article(number, title=text, source=text, url=url))
    return made(events, articles, Query(statuses=None))


def made(events: list, articles: list, query: Query | None) -> Material:
    """Material of events, without zones."""
    told = told_of(Known(tuple(events), tuple(articles)))
    return Material(events_frame(events, articles), told, query or Query(statuses=None), {}, ABOUT)
