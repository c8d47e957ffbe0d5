"""A transaction that is broken off at the worst moments leaves its connection usable."""

import sqlite3

import pytest

from geo.store.transaction import transaction


@pytest.fixture
def connection():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("create table t (n)")
    yield connection
    connection.close()


def held(connection):
    return connection.execute("select count(*) from t").fetchone()[0]


def test_a_block_that_ends_is_kept(connection):
    with transaction(connection, kind="immediate") as inside:
        inside.execute("insert into t values (1)")
    assert held(connection) == 1
    assert not connection.in_transaction


def test_a_block_that_is_broken_off_leaves_nothing(connection):
    def broken_off():
        with transaction(connection, kind="immediate") as inside:
            inside.execute("insert into t values (1)")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert held(connection) == 0
    assert not connection.in_transaction


class Interrupted:
    """A connection in which Ctrl+C strikes right after one statement."""

    def __init__(self, connection, statement):
        self._connection, self._statement = connection, statement

    @property
    def in_transaction(self):
        return self._connection.in_transaction

    def execute(self, sql):
        self._connection.execute(sql)
        if sql.startswith(self._statement):
            raise KeyboardInterrupt


@pytest.mark.parametrize(("struck", "kept"), [("begin", 0), ("commit", 1)])
def test_ctrl_c_beside_the_block_stays_ctrl_c(connection, struck, kept):
    with (
        pytest.raises(KeyboardInterrupt),
        transaction(Interrupted(connection, struck), kind="immediate") as inside,
    ):
        inside.execute("insert into t values (1)")
    assert held(connection) == kept
    assert not connection.in_transaction
