"""What goes into a table is what comes out, whichever cells are empty."""

import sqlite3
from contextlib import closing
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.inserted import AT_ONCE, Tables, insert_named

CELLS = st.none() | st.integers(-3, 3) | st.text(max_size=2)
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=3 * AT_ONCE)


def inserted(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (key INTEGER PRIMARY KEY, a, b)")
        Tables(connection).insert("t", ((number, *row) for number, row in enumerate(rows)))
        return connection.execute("SELECT a, b FROM t ORDER BY key").fetchall()


@given(ROWS, st.sets(st.integers(0, 1)), st.sampled_from([7, 1000]))
def test_all_rows_are_there_as_they_were_given(
    rows: list[tuple[object, ...]], blank: set[int], looked_at: int
) -> None:
    given = [tuple(None if at in blank else cell for at, cell in enumerate(row)) for row in rows]
    with patch("archive.inserted._LOOKED_AT", looked_at):
        assert inserted(given) == given


@pytest.mark.parametrize("row", [(1, None, 3, "lost"), (1, None), (None, None, None, 4)])
def test_a_row_of_another_length_is_refused(row: tuple[object, ...]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b, c)")
        with pytest.raises(ValueError, match=f"t: 3 columns, and a row of {len(row)} values"):
            Tables(connection).insert("t", [(1, None, 3), row])


def test_a_key_that_is_left_open_is_counted() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (key INTEGER PRIMARY KEY, a)")
        Tables(connection).insert("t", [(None, "x")] * 3)
        assert connection.execute("SELECT key FROM t").fetchall() == [(1,), (2,), (3,)]


def test_what_must_not_be_empty_is_refused_though_it_is_not_named() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b NOT NULL)")
        with pytest.raises(sqlite3.IntegrityError, match=r"t\.b"):
            insert_named(connection, "t", ("a", "b"), [(1, None)] * 3)
