import pytest

from geo.geocoders import open_gazetteer
from geo.geocoders.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return open_gazetteer()
