"""Every sub-event type is explained in one short line of plain words."""

from geo.layers.meanings import meanings
from geo.model import EVENT_TYPE_OF


def test_every_type_has_one_short_line_and_no_other_has():
    assert list(meanings()) == list(EVENT_TYPE_OF)
    for name, line in meanings().items():
        assert line == line.strip().rstrip("."), name
        assert line[0].islower(), name
        assert 20 < len(line) <= 110, (name, len(line))
    assert len(set(meanings().values())) == len(EVENT_TYPE_OF)
