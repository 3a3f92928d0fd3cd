"""What the index takes from a file of the store, and how it forgets one."""

import sqlite3
from dataclasses import fields
from pathlib import Path

from crawler.captures.capture import Capture
from crawler.captures.runs import Entered, exchanges, read_run, whole_lines
from crawler.captures.warc import whole_records

_COLUMNS = tuple(field.name for field in fields(Capture))

_CUT_WARC = "damaged after byte {} of {}; only the records before it are read; crawl again"
_CUT_RUN = "a line is cut off or damaged after byte {} of {}; only the lines before it are read; crawl again"
_NO_RUN = "says of no run what it was; it is ignored; crawl again"


def forget(base: sqlite3.Connection, name: str) -> None:
    base.execute("DELETE FROM files WHERE name = ?", (name,))
    base.execute("DELETE FROM records WHERE warc = ?", (name,))
    for table in ("damage", "runs", "exchanges"):
        base.execute(f"DELETE FROM {table} WHERE file = ?", (name,))  # noqa: S608


def learn(base: sqlite3.Connection, folder: Path, name: str, facts: tuple[int, int]) -> None:
    """`facts` are the size and the time of change by which the file is known again."""
    base.execute("INSERT INTO files VALUES (?, ?, ?)", (name, *facts))
    of_run = name.endswith(".jsonl")
    whole = _learn_run(base, folder, name) if of_run else _learn_warc(base, folder, name)
    if whole is None:
        base.execute("INSERT INTO damage VALUES (?, 0, ?)", (name, _NO_RUN))
    elif whole < facts[0]:
        says = (_CUT_RUN if of_run else _CUT_WARC).format(whole, facts[0])
        base.execute("INSERT INTO damage VALUES (?, ?, ?)", (name, whole, says))


def _learn_warc(base: sqlite3.Connection, folder: Path, name: str) -> int:
    end = 0
    for start, end in whole_records(folder / name):  # noqa: B007 - the last end is what is asked for
        base.execute("INSERT INTO records VALUES (?, ?)", (name, start))
    return end


def _learn_run(base: sqlite3.Connection, folder: Path, name: str) -> int | None:
    path = folder / name
    run = read_run(path)
    if run is None:
        return None
    finished, stopped = (run.summary.finished, run.summary.stopped) if run.summary else (None, None)
    values = (name, run.id, run.sweep, run.portal.key, run.started, finished, stopped)
    base.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    for entered in exchanges(path, run):
        _insert(base, name, entered)
    return whole_lines(path)


def _insert(base: sqlite3.Connection, name: str, entered: Entered) -> None:
    e = entered
    lookup = (name, e.method, e.form, e.payload, e.same_as, e.etag, e.modified)
    values = (*lookup, *(getattr(e.capture, column) for column in _COLUMNS))
    base.execute(f"INSERT INTO exchanges VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
