"""Looking through a portal in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.discover.survey import Survey, from_entry


class NotLooked(Exception):
    """The process that looks ended without a survey; its last words."""


def look(
    home: str,
    *,
    division: str | None = None,
    columns: Sequence[str] = (),
    pages: int = 200,
    delay: float = 2.0,
    local: bool = False,
) -> Survey:
    """Walk from `home` and from the columns that a person names, asking at most so many pages."""
    with TemporaryDirectory() as folder:
        job = {
            "home": home,
            "division": division,
            "columns": list(columns),
            "pages": pages,
            "delay": delay,
            "local": local,
            "captures": str(Path(folder) / "captures"),
        }
        done = subprocess.run(
            [sys.executable, "-m", "crawler.discover.process"],
            input=json.dumps(job) + "\n",
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode or not done.stdout.strip():
        raise NotLooked((done.stderr.strip().splitlines() or ["it said nothing"])[-1])
    return from_entry(json.loads(done.stdout.splitlines()[-1]))
