"""Looking at portals in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler.discover.checkup import Answer, Health
from crawler.discover.survey import Survey, from_entry


class NotLooked(Exception):
    """The process that looks ended without an answer; its last words."""


def look(
    home: str,
    *,
    division: str | None = None,
    columns: Sequence[str] = (),
    pages: int = 200,
    delay: float = 2.0,
    browser: bool = False,
    local: bool = False,
) -> Survey:
    """Walk from `home` and from the columns that a person names, asking at most so many pages."""
    job = {"home": home, "division": division, "columns": list(columns)}
    (seen,) = _seen({**job, "pages": pages, "delay": delay, "browser": browser, "local": local})
    return from_entry(seen)


def check_up(files: Sequence[Path], *, local: bool = False) -> list[Health]:
    """Whether the portals of these sound files still answer as the files say, in the order given."""
    job = {"files": [str(file) for file in files], "pages": 0, "delay": 0.0, "local": local}
    return [Health(seen["key"], tuple(Answer(**answer) for answer in seen["answers"])) for seen in _seen(job)]


def _seen(job: dict[str, Any]) -> list[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "crawler.discover.process"],
            input=json.dumps({**job, "captures": str(Path(folder) / "captures")}) + "\n",
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode or not done.stdout.strip():
        raise NotLooked((done.stderr.strip().splitlines() or ["it said nothing"])[-1])
    return [json.loads(line) for line in done.stdout.splitlines()]
