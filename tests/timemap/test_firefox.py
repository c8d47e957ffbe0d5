import pytest

from tests.timemap.firefox import Firefox
from tests.tools import HOW_TO_GET_FIREFOX
from tests.tools import firefox as firefox_path

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("timemap")]


@pytest.fixture
def firefox(tmp_path):
    path = firefox_path()
    if path is None:
        pytest.skip(HOW_TO_GET_FIREFOX)
    running = Firefox(path, tmp_path)
    yield running
    running.close()


def test_the_map_draws_plays_and_tells_python_in_firefox(firefox, page_address):
    firefox.go(page_address)
    firefox.until("document.body.innerText.includes('state={')", context=firefox.page)
    frame = firefox.frame("streamlit_folium")
    count = firefox.until("document.querySelector('.tm-count')?.textContent", context=frame)
    assert count.startswith("400 events")
    painted = """(() => { const c = timemap.layer._vector,
        d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let k = 3; k < d.length; k += 4) n += d[k] > 0; return n; })()"""
    assert firefox.run(painted, context=frame) > 500
    firefox.run("timemap.timeline.setLength('month'); timemap.timeline.brush.canvas.focus(); 1", context=frame)
    press = [{"type": "keyDown", "value": " "}, {"type": "keyUp", "value": " "}]
    firefox.ask("input.performActions", context=frame, actions=[{"type": "key", "id": "keys", "actions": press}])
    assert firefox.run("timemap.timeline.playing", context=frame)
    first = "timemap.timeline.dates[0].value"
    begun = firefox.run(first, context=frame)
    firefox.until(f"{first} > '{begun}'", context=frame)
    firefox.until("document.querySelector('.tm-live tbody tr:not([hidden])')?.innerText", context=frame)
    firefox.ask("input.performActions", context=frame, actions=[{"type": "key", "id": "keys", "actions": press}])
    assert not firefox.run("timemap.timeline.playing", context=frame)
    window = firefox.run("timemap.timeline.dates[0].value", context=frame)
    firefox.until(f"document.body.innerText.includes('{window}')", context=firefox.page)
    assert firefox.faults == []
