"""The log of scheduled runs: JSON lines, a file a month."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Journal:
    folder: Path

    def write(self, what: str, **facts: object) -> None:
        now = datetime.now(UTC)
        entry = {"time": now.isoformat(timespec="seconds"), "what": what, **facts}
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"run-{now:%Y-%m}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
