"""Sentences held against the tables and against each other. A claim that might mean something else
than the figure is let go: a false contradiction is worse than one not seen."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from parsers.narrative.claims import Report
from parsers.narrative.meanings import summed
from parsers.reading import Claim, Figure, Finding
from parsers.rules import known

RULE = "narrative.contradiction"
OF_REQUESTS = ("requests.", "refused", "unavailable", "declined")


def contradictions(
    claims: Sequence[Claim], figures: Mapping[str, Figure], report: Report, *, damaged: bool = False
) -> tuple[Finding, ...]:
    """`damaged` is whether characters of the document may be wrong: then no one is blamed."""
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if not claim.approximate and claim.period == str(report.year):
            said[claim.subject].append(claim)
    found = [f for subject, its in said.items() for f in _of_subject(subject, its, figures, report)]
    found += _shares(claims, figures)
    return tuple(replace(f, attribution="undecided") for f in found) if damaged else tuple(found)


def _of_subject(
    subject: str, claims: Sequence[Claim], figures: Mapping[str, Figure], report: Report
) -> Iterator[Finding]:
    """Where one of several sentences agrees with the table, the others speak of something else."""
    sums = [_sum(codes, figures) for codes in summed(subject, report.form)]
    if sums and sums[0] is not None:
        if not any(claim.value in sums for claim in claims):
            yield _with_table(claims[0], summed(subject, report.form)[0], sums[0])
    elif "." in subject and subject.startswith(("requests.", "disputes.", "indicators.")):
        yield from _with_each_other(claims)


def _sum(codes: Sequence[str], figures: Mapping[str, Figure]) -> int | None:
    values = [known(code, figures) for code in codes]
    return None if None in values else sum(value for value in values if value is not None)


def _with_table(claim: Claim, codes: tuple[str, ...], value: int) -> Finding:
    table = " + ".join(codes) if len(codes) <= 2 else f"the sum of {codes[0]} … {codes[-1]}"
    says = f"The text says {claim.value}{claim.unit}, the table {value} ({table}): “{claim.sentence}”"
    return Finding(RULE, "warning", "publisher", says, codes, claim.value, value)


def _with_each_other(claims: Sequence[Claim]) -> Iterator[Finding]:
    first = claims[0]
    other = next((c for c in claims if c.value != first.value and c.sentence != first.sentence), None)
    if other:
        says = f"Two sentences disagree: “{first.sentence}” and “{other.sentence}”"
        yield Finding(RULE, "warning", "publisher", says, (first.subject,), first.value, other.value)


def _shares(claims: Sequence[Claim], figures: Mapping[str, Figure]) -> Iterator[Finding]:
    """A per cent of requests is of some whole that the sentence or table three names; where it fits
    none of them it is wrong."""
    for part, share in pairwise(claims):
        if not share.subject.endswith(".share") or share.sentence != part.sentence:
            continue
        if part.approximate or share.approximate or not part.subject.startswith(OF_REQUESTS):
            continue
        wholes = _wholes(claims, part, figures)
        if wholes and not any(_fits(part, share, whole) for whole in wholes):
            says = (
                f"{part.value} is {share.value}% of none of {', '.join(map(str, wholes))}: “{share.sentence}”"
            )
            yield Finding(RULE, "warning", "publisher", says, (), share.value, part.value)


def _wholes(claims: Sequence[Claim], part: Claim, figures: Mapping[str, Figure]) -> list[int]:
    in_words = [c.value for c in claims if c.section == part.section and isinstance(c.value, int)]
    rows = ("new", "carried_in", "processed")
    new, carried, processed = (known(f"requests.{row}.total", figures) for row in rows)
    if new is None or carried is None or processed is None:
        return []
    return sorted({new, new + carried, processed, *in_words} - {0})


def _fits(part: Claim, share: Claim, whole: int) -> bool:
    """Rounded or cut off at the decimals that are printed."""
    said = Fraction(str(share.value))
    step = Fraction(1, 10 ** len(str(share.value).partition(".")[2]))
    return abs(Fraction(str(part.value)) * 100 / whole - said) < step
