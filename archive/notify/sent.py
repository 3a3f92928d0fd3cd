"""What has gone out, by each way of telling: a small file that may be deleted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sent:
    """Everything before `since` is done with; of what came then, these ids have gone out."""

    since: str
    ids: tuple[str, ...] = ()


def read_sent(path: Path) -> dict[str, Sent]:
    """A file that is damaged is like one that was deleted: nothing old is told again."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return {way: Sent(str(entry["since"]), tuple(entry["ids"])) for way, entry in entries.items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_sent(path: Path, sent: Mapping[str, Sent]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = {way: {"since": one.since, "ids": list(one.ids)} for way, one in sorted(sent.items())}
    aside = path.with_name(f".{path.name}")
    aside.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
    aside.replace(path)
