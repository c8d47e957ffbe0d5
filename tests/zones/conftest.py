import pytest

from geo import zones


@pytest.fixture(scope="session")
def built():
    return zones.load_built()


@pytest.fixture(scope="session")
def own(built):
    return {name: item for name, item in built.items() if item.zone.kind != "province"}
