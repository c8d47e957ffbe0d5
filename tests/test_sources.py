import pytest

from geo import paths, sources
from geo.errors import DataError, InputError


@pytest.mark.parametrize("file", sorted(paths.SOURCES.glob("*.yaml")), ids=lambda file: file.name)
def test_every_list_can_be_read(file):
    assert sources.load(file.name)


def test_a_missing_list_is_named(tmp_path):
    with pytest.raises(DataError, match=r"actors\.yaml is missing"):
        sources.load("actors.yaml", tmp_path)


@pytest.mark.parametrize(("text", "line"), [("a: 1\nb: [\n", 3), ("a: 1\n  b: 2\n", 2)])
def test_a_broken_list_is_named_with_its_line(tmp_path, text, line):
    (tmp_path / "actors.yaml").write_text(text)
    with pytest.raises(InputError) as caught:
        sources.load("actors.yaml", tmp_path)
    assert caught.value.line == line


@pytest.mark.parametrize("text", ["", "# nothing\n", "word\n"])
def test_an_empty_list_is_refused(tmp_path, text):
    (tmp_path / "actors.yaml").write_text(text)
    with pytest.raises(InputError, match="holds no list"):
        sources.load("actors.yaml", tmp_path)


@pytest.mark.parametrize(
    "written",
    [
        "- 2019-02-31\n",
        "- !!int x\n",
        "- !!bool x\n",
        "- !!timestamp x\n",
        "[" * 30_000,
        "{a: " * 30_000,
        "- \x80".encode("latin-1"),
    ],
)
def test_a_list_of_ones_own_that_cannot_be_read_is_told_and_ends_no_process(tmp_path, written):
    (tmp_path / "actors.yaml").write_bytes(written if isinstance(written, bytes) else written.encode())
    with pytest.raises(InputError, match=r"actors\.yaml"):
        sources.load("actors.yaml", tmp_path)
