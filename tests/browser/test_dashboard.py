"""What a person does on the map page."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]


def move_window(page, first: str, last: str) -> None:
    for label, day in (("First day, as 2019-10-09", first), ("Last day, as 2019-10-09", last)):
        box = page.frame.get_by_label(label)
        box.fill(day)
        box.press("Enter")
    page.settle()


def test_map_table_and_tray_count_the_same_events(open_page):
    page = open_page()
    assert page.count() == page.tab_count("Events in this period") > 50
    assert page.tab_count("Not on the map") > 0


def test_moving_the_window_moves_table_and_link_and_keeps_the_map(open_page):
    page = open_page()
    page.frame.evaluate("() => { window.mark = 'kept'; }")
    everything = page.count()
    move_window(page, "2019-10-01", "2019-12-31")
    assert 0 < page.count() < everything
    assert page.count() == page.tab_count("Events in this period")
    assert "from=2019-10-01" in page.page.url
    assert "to=2019-12-31" in page.page.url
    assert page.frame.evaluate("() => window.mark") == "kept"


def test_a_link_shows_the_same_view_elsewhere(open_page):
    page = open_page()
    move_window(page, "2019-10-01", "2020-03-31")
    search = page.page.get_by_test_id("stSidebar").get_by_label("Search")
    search.fill("Turkish")
    search.press("Enter")
    page.page.wait_for_url("**text=Turkish**")
    page.settle()
    again = open_page("/?" + page.page.url.partition("?")[2])
    assert again.count() == page.count()
    assert again.page.get_by_label("Search").first.input_value() == "Turkish"
    middle = "() => { const c = timemap.map.getCenter(); return [c.lng, c.lat, timemap.map.getZoom()]; }"
    assert again.frame.evaluate(middle) == pytest.approx(page.frame.evaluate(middle), abs=0.05)


def test_a_link_with_words_shows_no_count_until_the_texts_are_there(open_page):
    page = open_page()
    everything = page.count()
    held = []
    page.page.route("**/*.words.gz", lambda route: held.append(route))
    page.page.goto(f"{page.page.url.partition('?')[0]}?text=Turkish")
    map_ = page.page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    map_.locator(".tm-count", has_text="Searching …").wait_for()
    frame = next(frame for frame in page.page.frames if "streamlit_folium" in frame.url)
    for shown in (".tm-events", ".tm-brush", ".tm-panel .tm-n"):
        frame.wait_for_function("(s) => getComputedStyle(document.querySelector(s)).opacity === '0'", arg=shown)
    # Asked for once, and without waiting for anybody to search.
    assert len(held) == 1
    held[0].continue_()
    map_.locator(".tm-count", has_text="event").wait_for()
    page.frame = frame
    page.settle()
    assert 0 < page.count() < everything
    assert page.count() == page.tab_count("Events in this period")


def test_the_legend_and_the_sidebar_are_one_filter(open_page):
    page = open_page()
    everything = page.count()
    page.frame.get_by_label("Battles").uncheck()
    page.settle()
    assert page.count() < everything
    assert page.count() == page.tab_count("Events in this period")
    assert "type=" in page.page.url
    page.page.get_by_role("button", name="Reset filters").click()
    page.page.wait_for_function("() => !location.search.includes('type=')")
    page.settle()
    assert page.count() == everything
    assert page.frame.get_by_label("Battles").is_checked()


def test_a_filter_of_the_sidebar_reaches_the_map_without_making_it_again(open_page):
    page = open_page()
    page.frame.evaluate("() => { window.mark = 'kept'; }")
    everything = page.count()
    page.page.get_by_label("Event type").first.click()
    page.page.get_by_role("option", name="Explosions/Remote violence").click()
    # An open list hides the rest of the page from assistive technology, and so from these look-ups.
    page.page.keyboard.press("Escape")
    page.page.wait_for_url("**type=**")
    page.settle()
    assert 0 < page.count() < everything
    assert page.count() == page.tab_count("Events in this period")
    assert page.frame.evaluate("() => window.mark") == "kept"


def test_a_click_on_a_dot_shows_the_sentence_behind_it(open_page):
    page = open_page()
    at = page.frame.evaluate(
        """() => { const {layer, map, store} = timemap, t = layer.tally;
           const places = [...t.seen.subarray(0, t.length)].filter(p => !layer.view.isShape(p));
           const size = map.getSize();
           for (const p of places) { const at = map.latLngToContainerPoint([store.lat[p], store.lon[p]]);
             if (at.x > 60 && at.y > 60 && at.x < size.x - 320 && at.y < size.y - 60) return {x: at.x, y: at.y}; }
           return null; }"""
    )
    page.frame.locator(".leaflet-container").click(position=at)
    page.page.locator(".bl-card .bl-quote").first.wait_for()
    page.settle()
    assert page.page.locator("mark.bl-what").count() > 1
    assert "event=" in page.page.url
    page.page.get_by_role("button", name="Close").click()
    page.page.locator(".bl-quote").first.wait_for(state="detached")
    page.settle()
    assert page.page.locator(".bl-quote").count() == 0
    assert "event=" not in page.page.url


def test_playing_asks_the_server_for_nothing(open_page):
    page = open_page()
    move_window(page, "2019-10-01", "2019-10-31")
    asked = []
    page.page.on("request", lambda request: asked.append(request.url))
    page.frame.locator(".tm-play").click()
    first = "() => timemap.timeline.dates[0].value"
    page.frame.wait_for_function(f"() => ({first})() > '2019-11-15'")
    assert asked == []
    page.frame.locator(".tm-play").click()
    page.page.wait_for_url(f"**from={page.frame.evaluate(first)}**")
    assert "from=2019-10-01" not in page.page.url


def test_a_forged_link_shows_the_map_and_says_so(open_page):
    page = open_page("/?from=yesterday&type=Nonsense&at=1,2&event=../../etc")
    assert page.count() > 50
    assert page.page.get_by_test_id("stToast").count() > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nothing_is_wider_than_the_screen(open_page, size, scheme):
    page = open_page(size=size, scheme=scheme)
    assert page.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.frame.evaluate("() => document.documentElement.dataset.tmTheme") == scheme


def test_a_row_of_the_table_opens_its_event_on_the_map(open_page):
    page = open_page()
    table = page.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.page.mouse.click(box["x"] + 18, box["y"] + 55)
    page.page.locator(".bl-card .bl-quote").first.wait_for()
    page.settle()
    assert page.frame.locator(".tm-card").is_visible()
    page.page.get_by_role("button", name="Close", exact=True).click()
    page.frame.locator(".tm-card").wait_for(state="detached")


def test_the_snapshot_is_a_picture_that_knows_what_it_shows(open_page, tmp_path):
    from geo.snapshot import record_of

    page = open_page()
    move_window(page, "2019-10-01", "2019-12-31")
    with page.page.expect_download(timeout=90_000) as download:
        page.page.get_by_role("button", name="Snapshot (PNG)").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    content = file.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert record_of(content)["query"]["from"] == "2019-10-01"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_page_opens_and_the_filters_stay(open_page, size):
    page = open_page("/?type=Battles", size=size)
    battles = page.count()
    for name in ("Zones", "Articles", "Report", "Map"):
        link = page.page.get_by_role("link", name=name, exact=True)
        if size == "phone" and link.bounding_box()["x"] < 0:
            page.page.get_by_test_id("stExpandSidebarButton").click()
        link.click()
        page.page.get_by_role("heading", name=name, exact=True).wait_for()
        page.settle()
        assert page.page.get_by_test_id("stException").count() == 0
        assert page.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.frame = next(frame for frame in page.page.frames if "streamlit_folium" in frame.url)
    page.frame.locator(".tm-count").wait_for()
    page.settle()
    assert page.count() == battles
