"""A reading as it is kept: what tells whose report it is comes first, then all of it, its figures as
columns. A build takes the first of all readings, and then the rest of each once."""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial

from archive.sheet import Sheet, sheet_of
from parsers.reading import Reading, Refusal, as_json, from_json

_DECIDES = "year.conflict"
"""The one finding of a document that a portal can decide: which year the report is of."""


@dataclass(frozen=True, slots=True)
class Told:
    """A reading whose figures stand in `sheet` alone."""

    reading: Reading
    sheet: Sheet

    def whole(self) -> Reading:
        return replace(self.reading, figures=tuple(self.sheet.figures()))


@dataclass(frozen=True, slots=True)
class Kept:
    """`first` is the reading without its texts and figures; `read` and `sections` say how many figures were
    read in it and how many of the form's sections it has. `told` gives the rest."""

    first: Reading
    read: int
    sections: int
    told: Callable[[], Told]

    @property
    def sha256(self) -> str:
        return self.first.sha256

    @property
    def media_type(self) -> str:
        return self.first.media_type


def kept(reading: Reading) -> Kept:
    """Of a reading that is in memory."""
    numbers = {section.number for section in reading.sections if section.number}
    first = replace(
        reading, sections=(), figures=(), unplaced=(), unchecked=(), claims=(), scope_says=None,
        findings=tuple(finding for finding in reading.findings if finding.rule == _DECIDES),
    )  # fmt: skip
    read = sum(figure.status == "read" for figure in reading.figures)
    return Kept(first, read, len(numbers), partial(told_of, reading))


def told_of(reading: Reading) -> Told:
    return Told(replace(reading, figures=()), sheet_of(reading.figures))


def written(reading: Reading) -> str:
    """Four lines: three numbers, `first`, the reading without its figures, and these."""
    short, told = kept(reading), told_of(reading)
    columns = {field.name: getattr(told.sheet, field.name) for field in fields(Sheet)}
    rest = f"{as_json('', told.reading)}\n{json.dumps(columns, ensure_ascii=False, separators=(',', ':'))}"
    numbers = f"{zlib.crc32(rest.encode())} {short.read} {short.sections}"
    return f"{numbers}\n{as_json('', short.first)}\n{rest}"


def understood(data: bytes) -> Kept | Refusal:
    """What was written, or one line of JSON. ValueError, KeyError or TypeError where that is damaged."""
    if data.startswith(b"{"):
        outcome = from_json(data.decode())
        return outcome if isinstance(outcome, Refusal) else kept(outcome)
    numbers, first, rest = data.rstrip(b"\n").split(b"\n", 2)
    digest, read, sections = map(int, numbers.split())
    return Kept(_reading(first), read, sections, partial(_told, rest, digest))


def _told(rest: bytes, digest: int) -> Told:
    if zlib.crc32(rest) != digest:
        raise ValueError("it is not what was written")
    reading, sheet = rest.split(b"\n", 1)
    return Told(_reading(reading), Sheet(**json.loads(sheet)))


def _reading(line: bytes) -> Reading:
    outcome = from_json(line.decode())
    if isinstance(outcome, Reading):
        return outcome
    raise ValueError("it is of no report")
