import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.build import Spent, measured

BURN = "import time\nwhile time.process_time() < 0.5: pass"


def test_all_rows_but_those_of_the_indexes_are_inserted_bare(tmp_path: Path) -> None:
    found = measured(6, tmp_path)
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        tables = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table'").fetchall()
        names = {name for (name,) in tables} - {"passages", "names", "sqlite_schema", "sqlite_temp_schema"}
        names -= {name for name in names if name.startswith("sqlite_stat")}
        counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names]  # noqa: S608
    assert found.rows == sum(counts) > 6 * 200
    assert found.share_wall == pytest.approx(found.bare_wall_s / found.build_wall_s, abs=0.05)


def test_the_processor_of_others_counts_when_they_were_waited_for_and_waiting_does_not() -> None:
    spent = Spent()
    with spent.timed():
        time.sleep(0.5)
        subprocess.run([sys.executable, "-c", BURN], check=True)
    assert spent.cpu > 0.45
    assert spent.wall > spent.cpu + 0.3
