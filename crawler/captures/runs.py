"""The file of a run: a line with the run, a line for each thing that happened, a line that sums up."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from crawler.captures.capture import (
    Capture,
    Damage,
    Note,
    NotTaken,
    PortalFacts,
    Run,
    Signal,
    Summary,
    Taken,
    Unreached,
)

_EXCHANGE = b'{"line": "exchange"'
_OF_CAPTURE = tuple(field.name for field in fields(Capture) if field.name not in ("run", "portal"))
_LOOKUP = ("method", "form", "payload", "same_as", "etag", "modified")


@dataclass(frozen=True, slots=True)
class Line:
    """`kind` is `run`, `mended`, `exchange`, `unreached`, `signal`, `note`, `not-taken`, `taken` or
    `summary`."""

    kind: str
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entered:
    """An exchange as the run's file has it: the capture, and what finds its payload again.

    `same_as` is the capture whose payload a revisit record repeats. `etag` and `modified` are what its
    server would be asked with whether it is still so."""

    capture: Capture
    method: str
    form: str
    payload: str
    same_as: str | None
    etag: str | None = None
    modified: str | None = None


def as_line(kind: str, entry: Mapping[str, Any]) -> str:
    return json.dumps({"line": kind, **entry}, ensure_ascii=False) + "\n"


def exchange_entry(entered: Entered) -> dict[str, Any]:
    entry = {key: getattr(entered.capture, key) for key in _OF_CAPTURE}
    return entry | {key: getattr(entered, key) for key in _LOOKUP}


def summary_entry(summary: Summary) -> dict[str, Any]:
    return {**asdict(summary), "errors": dict(summary.errors)}


def read_run(path: Path) -> Run | None:
    """What the file of a run says up to its first damaged line; None where it says of no run at all."""
    lines = list(_lines(path, exchanges=False))
    return _run(lines) if lines and lines[0].kind == "run" else None


def exchanges(path: Path, run: Run) -> Iterator[Entered]:
    """The exchanges of a run, up to the first damaged line of its file."""
    rejected = {item.url for item in run.not_taken}
    for line in _lines(path, exchanges=True):
        if line.kind == "exchange":
            yield _entered(line.entry, run, rejected)


def whole_lines(path: Path) -> int:
    """How many bytes of the file come before its first damaged line."""
    end = 0
    with path.open("rb") as stream:
        for line in stream:
            if _parsed(line) is None:
                break
            end += len(line)
    return end


def _lines(path: Path, *, exchanges: bool) -> Iterator[Line]:
    """The whole lines before the first that is cut off or damaged. One at a time: a run has many."""
    with path.open("rb") as stream:
        for line in stream:
            if not exchanges and line.startswith(_EXCHANGE):
                continue
            entry = _parsed(line)
            if entry is None:
                return
            yield Line(entry.pop("line"), entry)


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and "line" in entry else None


def _run(lines: list[Line]) -> Run:
    def those(kind: str) -> list[Mapping[str, Any]]:
        return [line.entry for line in lines if line.kind == kind]

    head = lines[0].entry
    return Run(
        id=head["id"],
        sweep=head["sweep"],
        started=head["started"],
        agent=head["agent"],
        portal=PortalFacts(**head["portal"]),
        taken=tuple(Taken(**entry) for entry in those("taken")),
        unreached=tuple(Unreached(**entry) for entry in those("unreached")),
        signals=tuple(Signal(**entry) for entry in those("signal")),
        not_taken=tuple(NotTaken(**entry) for entry in those("not-taken")),
        summary=next((_summary(entry) for entry in those("summary")), None),
        notes=tuple(Note(**entry) for entry in those("note")),
        mended=tuple(Damage(**entry) for entry in those("mended")),
    )


def _summary(entry: Mapping[str, Any]) -> Summary:
    return Summary(**{**entry, "errors": tuple(sorted(entry["errors"].items()))})


def _entered(entry: Mapping[str, Any], run: Run, rejected: set[str]) -> Entered:
    facts = dict(entry)
    lookup = {key: facts.pop(key, None) for key in _LOOKUP}
    capture = Capture(**facts, run=run.id, portal=run.portal.key)
    if capture.url in rejected and capture.role == "article" and capture.refusal is None:
        capture = replace(capture, refusal="not-a-report")
    return Entered(capture, **lookup)
