"""The colours can be told apart: in normal sight, without one kind of cone, and in grey."""

from itertools import combinations

import numpy as np
import pytest

from geo.layers import palette
from geo.model import ActorType, EventType

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
SETS = [palette.EVENT_TYPE_COLOURS, palette.EVENT_TYPE_COLOURS_DARK]


def lab(colour, sight="normal"):
    """CIE L*a*b* (D65) of "#rrggbb" as seen."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = XYZ @ np.clip(np.array(SIGHT[sight]) @ linear, 0, 1) / (0.9505, 1.0, 1.089)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("colours", SETS)
def test_every_event_type_has_a_colour(colours):
    assert list(colours) == list(EventType)
    assert len(set(colours.values())) == len(EventType)


def test_every_actor_type_has_a_colour():
    assert list(palette.ACTOR_TYPE_COLOURS) == list(ActorType)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("colours", SETS)
def test_event_types_differ_in_every_sight(colours, sight):
    for one, two in combinations(colours.values(), 2):
        assert np.linalg.norm(lab(one, sight) - lab(two, sight)) >= 21, (one, two)


@pytest.mark.parametrize("colours", SETS)
def test_event_types_differ_in_grey(colours):
    lightness = sorted(lab(colour)[0] for colour in colours.values())
    assert np.diff(lightness).min() >= 7


@pytest.mark.parametrize(("colours", "land"), [(SETS[0], "#f4f1ea"), (SETS[1], "#2b2f33")])
def test_event_types_stand_out_from_the_land(colours, land):
    for colour in colours.values():
        assert abs(lab(colour)[0] - lab(land)[0]) >= 20, colour


def test_names_get_colours_in_order_and_the_rest_share_one():
    names = [f"actor {n}" for n in range(12)]
    found = palette.categorical([names[0], *names])
    assert list(found) == names
    assert len(set(found.values())) == 11
    assert found["actor 11"] == palette.OTHER
