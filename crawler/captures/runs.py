"""The file of a run: a line with the run, a line for each thing that happened, a line that sums up."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawler.captures.capture import (
    Capture,
    Note,
    NotTaken,
    PortalFacts,
    Run,
    Signal,
    Summary,
    Taken,
    Unreached,
)


@dataclass(frozen=True, slots=True)
class Line:
    """`kind` is `run`, `exchange`, `unreached`, `signal`, `note`, `not-taken`, `taken` or `summary`."""

    kind: str
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entered:
    """An exchange as the run's file has it: the capture, and what finds its payload again.

    `same_as` is the capture whose payload a revisit record repeats."""

    capture: Capture
    method: str
    form: str
    payload: str
    same_as: str | None


@dataclass(frozen=True, slots=True)
class RunFile:
    run: Run
    exchanges: tuple[Entered, ...]
    torn: bool


def as_line(kind: str, entry: Mapping[str, Any]) -> str:
    return json.dumps({"line": kind, **entry}, ensure_ascii=False) + "\n"


def exchange_entry(entered: Entered) -> dict[str, Any]:
    entry = asdict(entered.capture)
    for known in ("run", "portal"):
        del entry[known]
    return {**entry, **{key: getattr(entered, key) for key in ("method", "form", "payload", "same_as")}}


def summary_entry(summary: Summary) -> dict[str, Any]:
    return {**asdict(summary), "errors": dict(summary.errors)}


def read_run(path: Path) -> RunFile | None:
    """What the file of a run says up to its first damaged line; None where it says of no run at all."""
    written = path.read_bytes()
    lines = list(_lines(written))
    if not lines or lines[0].kind != "run":
        return None
    run = _run(lines)
    rejected = {item.url for item in run.not_taken}
    exchanges = (_entered(line.entry, run, rejected) for line in lines if line.kind == "exchange")
    return RunFile(run, tuple(exchanges), torn=len(lines) < written.count(b"\n") + (written[-1:] != b"\n"))


def _lines(written: bytes) -> Iterator[Line]:
    """The whole lines before the first that is cut off or damaged."""
    for line in written.split(b"\n")[:-1]:
        try:
            entry = json.loads(line)
        except ValueError:
            return
        yield Line(entry.pop("line"), entry)


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
    )


def _summary(entry: Mapping[str, Any]) -> Summary:
    return Summary(**{**entry, "errors": tuple(sorted(entry["errors"].items()))})


def _entered(entry: Mapping[str, Any], run: Run, rejected: set[str]) -> Entered:
    facts = dict(entry)
    lookup = {key: facts.pop(key) for key in ("method", "form", "payload", "same_as")}
    capture = Capture(**facts, run=run.id, portal=run.portal.key)
    if capture.url in rejected and capture.role == "article" and capture.refusal is None:
        capture = Capture(**{**facts, "refusal": "not-a-report"}, run=run.id, portal=run.portal.key)
    return Entered(capture, **lookup)
