"""A frame of a few events, zones as far as a figure looks at them, and a figure of both."""

from datetime import date
from types import SimpleNamespace

import matplotlib as mpl
import pytest
import shapely

from geo import snapshot
from geo.frame import events_frame
from geo.query import Query
from geo.snapshot import Options
from tests import store_world as world

LOOK = Options(dpi=60, exported=date(2024, 12, 31), fingerprint="abcdef0123456789")
PERIOD = (date(2019, 10, 9), date(2019, 10, 20))


class Zone:
    """As much of a built zone as a figure looks at."""

    def __init__(self, name, valid, geometry, unconfirmed=()):
        self.name, self.valid, self.unconfirmed = name, valid, unconfirmed
        self.zone, self.geometry, self.parts = self, geometry, (self,)


ZONES = {
    "peace_spring": Zone("Peace Spring area", (date(2019, 10, 9), None), shapely.box(38.9, 36.5, 40.1, 36.9)),
    "canton": Zone("Kobani canton", (None, date(2017, 8, 1)), shapely.box(38.0, 36.4, 38.7, 36.9)),
    "desert": Zone("Desert", (None, None), shapely.box(38.5, 35.4, 39.5, 35.9), ("geometry",)),
}


@pytest.fixture(scope="session")
def frame():
    return events_frame(world.events(), world.articles())


@pytest.fixture(scope="session")
def figure(frame):
    return snapshot.draw(frame, Query(period=PERIOD), zones=ZONES, options=LOOK)


@pytest.fixture(scope="session")
def files(figure):
    """The figure in every format."""
    return SimpleNamespace(**{form: snapshot.to_bytes(figure, form=form) for form in snapshot.FORMATS})


def words(figure):
    return [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_text()]


def texts(axes, zorder):
    return [t for t in axes.texts if t.get_zorder() == zorder]
