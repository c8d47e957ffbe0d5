"""Stores for the pages: a small one with hostile and unreadable articles, an empty one, none at all."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.cli.dashboard import STORE_VARIABLE
from geo.pipeline import build
from geo.store import Store
from geo.ui.reviewer_name import KEEP

ROOT = Path(__file__).resolve().parent.parent.parent
HOSTILE = "<img src=x onerror=alert(1)> ${alert(2)} ![x](http://a.example/p.png)"
ARTICLES = {
    "strike.md": """---
title: A strike near Kobani
published: 2022-11-23
source: An outlet
url: https://a.example/1
---
Turkish drones struck a vehicle in Kobani on 22 November 2022, killing two fighters of the Syrian Democratic Forces.""",
    "shelling.md": """---
title: A bomb in the strip
published: 2020-02-04
source: Another outlet
---
A car bomb exploded in Tal Abyad on 3 February 2020, killing four people.""",
    "hostile.md": f"""---
title: '{HOSTILE}'
published: 2021-01-05
source: '{HOSTILE}'
url: 'javascript:alert(3)'
---
Gunmen killed three villagers in Ras al-Ain on 4 January 2021 {HOSTILE}. </div><script>alert(4)</script>""",
    "broken.md": "---\ntitle: [\n---\nNothing of this is read, because its beginning is not YAML.",
}


@pytest.fixture(scope="session")
def small_store(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    articles = folder / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    with Store(folder / "store") as store:
        build([articles], store)
    return folder / "store"


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "empty"
    Store(folder).close()
    return folder


@pytest.fixture
def open_page(monkeypatch):
    """Open a page's script alone, as a first visit straight to its address does."""

    def opened(name: str, store: Path, **params: str) -> AppTest:
        monkeypatch.setenv(STORE_VARIABLE, str(store))
        st.cache_data.clear()
        page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60)
        for key, value in params.items():
            page.query_params[key] = value
        return page.run()

    return opened


def html_of(page: AppTest) -> str:
    """All HTML that the page wrote itself, but for the script that listens for the reviewer's name."""
    written = (element.proto.body for element in page.main if element.type == "html")
    return "\n".join(body for body in written if body != KEEP)
