"""How long a question may take: as long as it works, not as long as others let it wait."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from archive import answers

COUNTING = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT count(wait(i)) FROM n
"""
ENDLESS = 10**9


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    monkeypatch.setattr(answers, "STEPS", 100)
    with closing(sqlite3.connect(":memory:")) as connection:
        yield connection


def _waiting(connection: sqlite3.Connection, seconds: float) -> None:
    connection.create_function("wait", 1, lambda _: time.sleep(seconds))


def test_work_is_stopped(connection: sqlite3.Connection) -> None:
    _waiting(connection, 0)
    with pytest.raises(TimeoutError), answers.limit(connection, 0.05):
        connection.execute(COUNTING.format(ENDLESS))


def test_a_question_that_waits_for_others_is_answered(connection: sqlite3.Connection) -> None:
    _waiting(connection, 0.01)
    began = time.monotonic()
    with answers.limit(connection, 0.1):
        found = connection.execute(COUNTING.format(30)).fetchone()
    assert found == (0,)
    assert time.monotonic() - began > 0.1


def test_but_not_for_ever(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "WAITING", 2)
    _waiting(connection, 0.01)
    with pytest.raises(TimeoutError), answers.limit(connection, 0.1):
        connection.execute(COUNTING.format(ENDLESS))


def test_another_fault_is_not_called_slow(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), answers.limit(connection, 0.1):
        connection.execute("SELECT 1 FROM nowhere")


def test_what_comes_after_is_not_limited(connection: sqlite3.Connection) -> None:
    _waiting(connection, 0)
    with answers.limit(connection, 0):
        pass
    assert connection.execute(COUNTING.format(5_000)).fetchone() == (0,)
