"""``python -m geo snapshot``: every kind of figure, and back."""

import io

import pytest
from PIL import Image

from geo import cli, snapshot
from tests import store_world as world


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures") / "store"
    world.fill(folder, range(4))
    return folder


@pytest.fixture
def geo(store, capsys):
    def run(*arguments):
        code = cli.main(["snapshot", *map(str, arguments), "--store", str(store)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_figure_is_drawn_brought_back_and_drawn_again(geo, tmp_path):
    figure, again = tmp_path / "figure.png", tmp_path / "again.png"
    code, out, err = geo(figure, "--from", "2019-10-09", "--size", "post", "--dpi", 40, "--graticule", "--title", "A")
    assert (code, out) == (0, "")
    assert "since 9 October 2019: drawn in" in err
    code, out, _ = geo(again, "--reopen", figure)
    assert code == 0
    assert "link     /?from=2019-10-09\n" in out
    assert "data     the same as then" in out
    assert again.read_bytes() == figure.read_bytes()


def test_it_says_that_the_data_have_changed(geo, tmp_path, capsys):
    geo(figure := tmp_path / "figure.svg", "--size", "post")
    other = tmp_path / "other"
    world.fill(other, range(5))
    assert cli.main(["snapshot", "--reopen", str(figure), "--store", str(other)]) == 0
    assert "data     changed since: the figure was made from" in capsys.readouterr().out


def test_a_figure_can_be_looked_into_without_a_store(tmp_path, store, capsys):
    figure = tmp_path / "figure.png"
    assert cli.main(["snapshot", str(figure), "--store", str(store), "--size", "post", "--dpi", "40", "--quiet"]) == 0
    assert cli.main(["snapshot", "--reopen", str(figure), "--store", str(tmp_path / "none")]) == 0
    assert "not compared: there is no store here" in capsys.readouterr().out
    assert cli.main(["snapshot", "out.png", "--reopen", str(figure), "--store", str(tmp_path / "none")]) == 2


@pytest.mark.parametrize(
    ("name", "options", "kind"),
    [
        ("month.pdf", ["--series", "month"], "series"),
        ("pair.png", ["--before", ":2019-10-10", "--after", "2019-10-11:2019-10-12", "--dpi", 40], "pair"),
        ("days.gif", ["--step", "day", "--cumulative", "--fps", 2, "--size", "post", "--dpi", 40], "film"),
    ],
)
def test_every_kind_is_drawn(geo, tmp_path, name, options, kind):
    code, _, err = geo(tmp_path / name, *options)
    assert (code, "drawn in" in err) == (0, True)
    content = (tmp_path / name).read_bytes()
    assert snapshot.reopen(content).kind == kind
    if kind == "film":
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.n_frames == 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "no file to write was given"),
        (["out.bmp"], "no figure format 'bmp'"),
        (["out.png", "--film"], "no film format 'png'"),
        (["out.png", "--before", "2019-01-01:2019-02-01"], "--before and --after belong together"),
        (["out.png", "--before", "yesterday", "--after", ":"], "--before is 'yesterday'"),
        (["out.png", "--bounds", "1,2"], "--bounds is '1,2'"),
        (["out.gif", "--series", "month"], "a series, or before and after, or a film"),
        (["--reopen", "README.md"], "README.md: this file carries no record of Borderlines"),
        (["--reopen", "no such file.png"], "no such file.png: No such file"),
    ],
)
def test_what_cannot_be_is_told_in_words(geo, arguments, told):
    code, out, err = geo(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert told in err
