"""A database that is only read."""

import sqlite3
from pathlib import Path


def read_only(file: Path | str) -> sqlite3.Connection:
    """Whatever its folder is called: %, ? and # mean something in an address."""
    return sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)
