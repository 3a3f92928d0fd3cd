"""The crosswalk: which figures of two generations of the form stand in one series, and which cannot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Literal

from archive.figures import codes
from parsers.facts import facts
from parsers.form import forms

SAME = "The same row and column of the form."


@dataclass(frozen=True, slots=True)
class Step:
    """One figure that goes into a series in one generation, or a generation in which none does (`no`):
    `code` is then what one might take for it, if there is such a thing."""

    series: str
    form: str
    way: int
    part: int
    parts: int
    code: str | None
    comparable: Literal["yes", "close", "no"]
    why: str
    source: str


@cache
def crosswalk() -> tuple[Step, ...]:
    """Every series in every generation: joined, or with the reason why it is not."""
    told = facts("archive", "crosswalk.yaml")
    joins = [one for join in told["joins"] for one in _spread(join)]
    found = (
        step for series in _series(joins) for form in _forms() for step in _steps(series, form, joins, told)
    )
    return tuple(sorted(found, key=lambda step: (step.series, step.form, step.way, step.part)))


def _steps(series: str, form: str, joins: list[dict[str, Any]], told: Mapping[str, Any]) -> Iterator[Step]:
    ways = [join for join in joins if (join["series"], join["form"]) == (series, form)]
    for way, join in enumerate(ways, 1):
        said = join["comparable"], join["why"], _source(series, form, join)
        for part, code in enumerate(join["codes"], 1):
            yield Step(series, form, way, part, len(join["codes"]), code, *said)
    if not ways and form in _generations(series):
        yield Step(series, form, 1, 1, 1, series, "yes", SAME, _forms()[form])
    elif not ways:
        broken = _break(series, form, told["breaks"])
        source = _source(series, form, broken)
        yield Step(series, form, 1, 1, 1, broken.get("code"), "no", broken["why"], source)


def _break(series: str, form: str, breaks: list[dict[str, Any]]) -> dict[str, Any]:
    for line in breaks:
        if fnmatchcase(series, line["series"]) and fnmatchcase(form, line["form"]):
            return line
    raise ValueError(f"crosswalk.yaml: no line says why {series} has nothing in the form of {form}")


def _series(joins: list[dict[str, Any]]) -> list[str]:
    """Every code, but those that by themselves are another series in their generation."""
    taken = {j["codes"][0] for j in joins if len(j["codes"]) == 1 and j["codes"][0] != j["series"]}
    return [code for code in codes() if code not in taken]


def _spread(join: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One line for each code that the pattern of the series fits."""
    head, star, tail = join["series"].partition("*")
    for code in codes():
        if fnmatchcase(code, join["series"]):
            part = code.removeprefix(head).removesuffix(tail) if star else ""
            yield {**join, "series": code, "codes": [one.replace("*", part) for one in join["codes"]]}


def _source(series: str, form: str, line: Mapping[str, Any]) -> str:
    issued = dict.fromkeys((*(_forms()[its] for its in _generations(series)), _forms()[form]))
    return "；".join((*issued, *filter(None, [line.get("source")])))


@cache
def _generations(code: str) -> tuple[str, ...]:
    return tuple(form.id for form in forms() if code in form.codes())


@cache
def _forms() -> Mapping[str, str]:
    """From each form, newest first, to the document that issued it."""
    return {form.id: form.issued for form in forms()}
