"""What a person decided, as a file each under data/corrections/: a correction or a takedown."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

import yaml

from archive.figures import codes
from parsers.reading import Value

_HELP = "docs/corrections.md says what a file holds"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PHRASE = 2
"""Characters of the shortest phrase that can be withheld: one would blank half a text."""


class WrongDecision(Exception):
    """A file that cannot be used: which, why, what to do."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a figure is, beside what was read. `printed` is the text that was read when it was decided, and
    None where none could be read; once another is read, the decision is outdated."""

    id: str
    document: str
    code: str
    printed: str | None
    value: Value
    why: str
    by: str
    decided: str


@dataclass(frozen=True, slots=True)
class Takedown:
    """What is withheld of a document: everything, all its text, or some sections, by number, and phrases."""

    id: str
    document: str
    withhold: Literal["everything", "text", "parts"]
    sections: tuple[int, ...]
    phrases: tuple[str, ...]
    reason: str
    by: str
    decided: str

    @property
    def says(self) -> str:
        """What is withheld, for everybody to see."""
        if self.withhold != "parts":
            return self.withhold
        sections = [f"section {number}" for number in self.sections]
        return ", ".join([*sections, *([f"{len(self.phrases)} passages"] if self.phrases else [])])


@dataclass(frozen=True, slots=True)
class Decisions:
    corrections: tuple[Correction, ...] = ()
    takedowns: tuple[Takedown, ...] = ()

    @property
    def digest(self) -> str:
        """The same for the same decisions."""
        return hashlib.sha256(repr((self.corrections, self.takedowns)).encode()).hexdigest()


def decisions(folder: Path) -> Decisions:
    """Of all YAML files there, in the order of their names. Raises WrongDecision."""
    found = [_decision(path) for path in sorted(folder.glob("*.yaml"))]
    made = Decisions(
        tuple(one for one in found if isinstance(one, Correction)),
        tuple(one for one in found if isinstance(one, Takedown)),
    )
    _refuse_twice(folder, ((f"{one.document} {one.code}", one.id) for one in made.corrections))
    _refuse_twice(folder, ((one.document, one.id) for one in made.takedowns))
    return made


def _refuse_twice(folder: Path, keyed: Iterable[tuple[str, str]]) -> None:
    known: dict[str, str] = {}
    for key, id in keyed:
        if key in known:
            raise WrongDecision(f"{folder / id}: decides what {known[key]} decides already; keep one of them")
        known[key] = id


def _decision(path: Path) -> Correction | Takedown:
    try:
        entry = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as cause:
        raise WrongDecision(f"{path}: is no YAML ({' '.join(str(cause).split())}); {_HELP}") from cause
    if not isinstance(entry, dict):
        raise WrongDecision(f"{path}: says nothing; {_HELP}")
    try:
        return _takedown(path.name, entry) if "withhold" in entry else _correction(path.name, entry)
    except ValueError as cause:
        raise WrongDecision(f"{path}: {cause}; {_HELP}") from cause


def _correction(id: str, entry: Mapping[str, Any]) -> Correction:
    _refuse_keys(entry, {field.name for field in fields(Correction)} - {"id"})
    code = _text(entry, "code")
    if code not in codes():
        raise ValueError(f"code: there is no figure {code}")
    printed = entry.get("printed")
    if printed is not None and not isinstance(printed, str):
        raise ValueError(
            'printed: must be text as it is printed, in quotes: "12"; nothing where none is read'
        )
    return Correction(
        id,
        _document(entry),
        code,
        printed,
        _value(code, entry.get("value")),
        _text(entry, "why"),
        _text(entry, "by"),
        _day(entry),
    )


def _takedown(id: str, entry: Mapping[str, Any]) -> Takedown:
    _refuse_keys(entry, {"document", "withhold", "reason", "by", "decided"})
    what = entry["withhold"]
    sections: tuple[int, ...] = ()
    phrases: tuple[str, ...] = ()
    if isinstance(what, list) and what:
        sections = tuple(one for one in what if type(one) is int)
        phrases = tuple(one for one in what if isinstance(one, str) and len(one) >= _PHRASE)
        if len(sections) + len(phrases) != len(what):
            raise ValueError(
                "withhold: each entry is the number of a section or a phrase of two characters or more"
            )
        what = "parts"
    elif what not in ("everything", "text"):
        raise ValueError("withhold: must be everything, text, or a list of section numbers and phrases")
    return Takedown(
        id, _document(entry), what, sections, phrases, _text(entry, "reason"), _text(entry, "by"), _day(entry)
    )


def _refuse_keys(entry: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(map(str, entry.keys() - known)):
        raise ValueError(f"{', '.join(unknown)}: no such key, known are {', '.join(sorted(known))}")


def _text(entry: Mapping[str, Any], key: str) -> str:
    said = entry.get(key)
    if not isinstance(said, str) or not said.strip():
        raise ValueError(f"{key}: must be text")
    return said


def _document(entry: Mapping[str, Any]) -> str:
    said = entry.get("document")
    if not isinstance(said, str) or not _DIGEST.fullmatch(said):
        raise ValueError("document: must be the SHA-256 of the document, 64 digits from 0 to f")
    return said


def _day(entry: Mapping[str, Any]) -> str:
    said = entry.get("decided")
    try:
        return date.fromisoformat(str(said)).isoformat()
    except ValueError:
        raise ValueError("decided: must be a day: 2026-11-30") from None


def _value(code: str, said: object) -> Value:
    if codes()[code].unit == "count":
        if type(said) is int and said >= 0:
            return said
        raise ValueError("value: must be a count, 0 or more")
    amount = _amount(said)
    if amount is None or not amount.is_finite():
        raise ValueError('value: must be an amount in 万元, in quotes: "12.5"')
    return f"{amount:f}"


def _amount(said: object) -> Decimal | None:
    try:
        return Decimal(said) if type(said) is int or isinstance(said, str) else None
    except InvalidOperation:
        return None
