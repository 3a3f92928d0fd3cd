"""Aligning a document's rows to the known rows of a form. Tables are not discovered, they are expected."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from parsers.columns import Header, Headers, placed, usual_header
from parsers.document import CERTAIN, Document
from parsers.form import Form, Label
from parsers.kinds import whole
from parsers.leftover import left_over
from parsers.reading import Figure, Finding, Place, Unplaced
from parsers.rows import Row, Slot, rows
from parsers.targets import Expected, Target, expected
from parsers.text.labels import slips
from parsers.text.numbers import printed
from parsers.twice import compared

RUNNING = 4
"""Steps of one, row by row, from which on numbers are those of the rows and no figures."""

GLUED = 10_000_000
"""A hundred times what the largest province counts of requests: from here on numbers run into each other."""

LABEL = 3.0
"""What a row's label is worth in the alignment when it is the form's to the letter."""

Scores = Mapping[int, float]
"""How well a row fits, by the numbers of the targets that it may be, in their order."""


@dataclass(frozen=True, slots=True)
class Match:
    figures: tuple[Figure, ...]
    unplaced: tuple[Unplaced, ...]
    findings: tuple[Finding, ...]
    grids: frozenset[int | None]
    """Those in which a row of the form stands."""


def matched(document: Document, form: Form, disclosure: Form | None = None) -> Match:
    """Every code of the form with what is printed for it, and what fits no place in the form. Where
    table two is another generation's, `disclosure`, its codes come besides."""
    found = rows(document)
    known = expected(form, disclosure or form)
    scores = [_scores(row, known) for row in found]
    pairs = _aligned(_tables_before_sentences(found, known.targets, scores), known.targets)
    figures: dict[str, Figure] = {}
    unplaced: list[Unplaced] = []
    headers = [Headers(grid) for grid in document.grids]
    adrift = _adrift(found, pairs) | _sharing(found)
    for number, target in pairs.items():
        if number in adrift:
            values, left = _unread(found[number], target)
        else:
            values, left = _row_figures(headers, found, number, target, pairs)
        figures.update(values)
        unplaced.extend(left)
    again = _again(found, pairs, scores, known.targets)
    second = {n: _row_figures(headers, found, n, target, again)[0] for n, target in again.items()}
    figures, twice = compared(figures, second.values())
    codes = dict.fromkeys((*form.codes(), *figures))
    return Match(
        figures=tuple(figures.get(code) or Figure(code, "absent") for code in codes),
        unplaced=tuple(unplaced),
        findings=(*twice, *left_over(found, {*pairs, *again}, form)),
        grids=frozenset(found[number].grid for number in (*pairs, *again)),
    )


def _adrift(found: Sequence[Row], pairs: Mapping[int, Target]) -> set[int]:
    """Rows of running text whose numbers stand on a line of their own, in a table where such a line is
    left over: then the numbers may belong to the label below them as well as to the one above. Nor is a
    figure alone certain where the table has a column of running numbers."""
    lines = [n for n, row in enumerate(found) if row.grid is None and not row.label]
    left = {len(found[n].slots) for n in lines if n not in pairs and len(found[n].slots) > 1}
    tables = {t.block.table for t in pairs.values() if len(t.columns) in left}
    adrift = {n for n in lines if n in pairs and pairs[n].row and pairs[n].block.table in tables}
    alone = [n for n in lines if n in pairs and len(pairs[n].columns) == 1]
    return adrift.union(alone) if _numbered(found, alone) else adrift


def _numbered(found: Sequence[Row], alone: Sequence[int]) -> bool:
    """Do other numbers stand among the lines: two under one column, or 4, 5, 6 down the rows?"""
    if any(len(found[n].slots) > 1 for n in alone):
        return True
    counts = [printed(found[n].slots[0].text).value for n in alone]
    steps = [isinstance(x, int) and isinstance(y, int) and y == x + 1 for x, y in pairwise(counts)]
    return any(all(steps[n : n + RUNNING]) for n in range(len(steps) - RUNNING + 1))


def _sharing(found: Sequence[Row]) -> set[int]:
    """Rows whose label reaches down beside a row of numbers that has none of its own: a line between two
    labels is gone, and which of the two rows the label belongs to is not known."""
    return {
        n
        for n, (row, below) in enumerate(pairwise(found))
        if row.label_height > 1 and below.grid == row.grid and not below.label and not below.empty
    }


def _again(
    found: Sequence[Row], pairs: Mapping[int, Target], scores: Sequence[Scores], targets: Sequence[Target]
) -> dict[int, Target]:
    """The rows, to the letter and whole, of tables that are printed once more: most of a table's rows."""
    left = [
        {j: s for j, s in line.items() if s >= LABEL and len(row.slots) == len(targets[j].columns)}
        if n not in pairs
        else {}
        for n, (row, line) in enumerate(zip(found, scores, strict=True))
    ]
    taken = set(pairs.values())
    repeated = {n: t for n, t in _aligned(left, targets).items() if t in taken} if any(left) else {}
    sizes = Counter(target.block.table for target in targets)
    tables = {t for t, n in Counter(t.block.table for t in repeated.values()).items() if n * 2 > sizes[t]}
    return {n: target for n, target in repeated.items() if target.block.table in tables}


def _aligned(scores: Sequence[Scores], targets: Sequence[Target]) -> dict[int, Target]:
    """Row numbers to targets, in the order of both, so that the labels agree best in all."""
    best = [[0.0] * (len(targets) + 1)]
    for line in scores:
        best.append(_with_row(best[-1], line))
    return _traced(best, targets)


def _with_row(above: list[float], scores: Scores) -> list[float]:
    """The best sums up to each target with one row more. They rise from left to right."""
    sums = above.copy()
    for j, score in scores.items():
        together = above[j] + score
        for k in range(j + 1, len(sums)):
            if sums[k] >= together:
                break
            sums[k] = together
    return sums


def _tables_before_sentences(
    found: Sequence[Row], targets: Sequence[Target], scores: Sequence[Scores]
) -> list[Scores]:
    """Where a table of the form is printed as a grid, no line of running text is a row of it."""
    gridded = {
        targets[j].block.table
        for row, line in zip(found, scores, strict=True)
        if row.grid is not None
        for j, score in line.items()
        if score >= LABEL
    }
    return [
        line
        if row.grid is not None
        else {j: score for j, score in line.items() if targets[j].block.table not in gridded}
        for row, line in zip(found, scores, strict=True)
    ]


def _traced(best: list[list[float]], targets: Sequence[Target]) -> dict[int, Target]:
    pairs: dict[int, Target] = {}
    i, j = len(best) - 1, len(targets)
    while i and j:
        if best[i][j] == best[i][j - 1]:
            j -= 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            pairs[i] = targets[j]
    return dict(sorted(pairs.items()))


def _scores(row: Row, expected: Expected) -> Scores:
    """How well each target fits a row: by its label to the letter or, where none does, by a slip."""
    targets = expected.targets
    exact = {j: score for j in expected.ending(row.before) if (score := _exact(row, targets[j]))}
    return exact if exact or row.grid is None or not row.label else _slipped(row.label, expected)


@lru_cache(maxsize=4096)
def _slipped(label: str, expected: Expected) -> Scores:
    scores = ((j, max(_slip(key, label) for key in t.keys)) for j, t in enumerate(expected.targets) if t.row)
    return {j: score for j, score in scores if score}


def _exact(row: Row, target: Target) -> float:
    """A little more where the count fits, so that of two rows of one label the whole one is taken."""
    fits = LABEL + 0.5 if len(row.slots) == len(target.columns) else LABEL
    if target.block.table == "disputes":
        headed = target.keys[0] in row.before and target.keys[3] in row.before
        return fits if headed and not row.empty and len(row.slots) > len(target.columns) // 2 else 0.0
    named = any(row.before.endswith(key) and _stands_alone(row, key, target) for key in target.keys)
    return fits if named else 0.0


def _slip(spelling: str, label: str) -> float:
    distance = slips(spelling, label)
    return 0.0 if distance is None else LABEL * (1 - distance / len(spelling)) - 1


def _stands_alone(row: Row, spelling: str, target: Target) -> bool:
    """In running text a label begins its line, behind nothing but words of its groups; otherwise a
    sentence that happens to end in 行政处罚 and a number would be taken for a row."""
    if row.grid is not None or len(spelling) > len(row.label):
        return True
    rest = row.label[: -len(spelling)]
    # The rows of the table of 2014 may be numbered.
    return (rest.lstrip("0123456789") if target.block.units else rest) in target.groups


def _row_figures(
    headers: Sequence[Headers], found: Sequence[Row], number: int, target: Target, pairs: Mapping[int, Target]
) -> tuple[dict[str, Figure], list[Unplaced]]:
    row = found[number]
    slots = placed(row, len(target.columns), _header(headers, found, number, target, pairs))
    if not row.empty and (slots is None or not whole(row, target, len(slots))):
        return _unread(row, target)
    if slots is None:
        blank = Slot("", row.slots[0].place)
        slots = dict.fromkeys(range(len(target.columns)), blank)
    return {
        code: _figure(code, column, slots[i]) if i in slots else Figure(code, "absent")
        for i, (code, column) in enumerate(zip(target.codes, target.columns, strict=True))
    }, []


def _unread(row: Row, target: Target) -> tuple[dict[str, Figure], list[Unplaced]]:
    """What is printed in the row, as it stands, and none of it given to a column."""
    unreadable = {code: Figure(code, "unreadable") for code in target.codes}
    texts = [slot for slot in row.slots if slot.text.strip()]
    name = target.row or target.block.table
    return unreadable, [Unplaced(name, i, slot.text.strip(), slot.place) for i, slot in enumerate(texts)]


def _header(
    headers: Sequence[Headers], found: Sequence[Row], number: int, target: Target, pairs: Mapping[int, Target]
) -> Header | None:
    row = found[number]
    if row.grid is None:
        return None
    grid_row = row.slots[0].place.row or 0
    header = headers[row.grid].above(grid_row, target.columns)
    if header:
        return header
    siblings = [
        found[n] for n, t in pairs.items() if found[n].grid == row.grid and t.columns == target.columns
    ]
    return usual_header(siblings, len(target.columns))


def _figure(code: str, column: Label, slot: Slot) -> Figure:
    text, place = slot.text.strip(), slot.place
    if slot.confidence is not None and slot.confidence < CERTAIN:
        return Figure(code, "unreadable", None, text, place)
    if place.page is None and place.grid is not None:
        return _usual_figure(code, column, text, place.grid, place.row, place.column)
    return _as_printed(code, column, text, place)


@lru_cache(maxsize=16384)
def _usual_figure(
    code: str, column: Label, text: str, grid: int, row: int | None, slot: int | None
) -> Figure:
    """Where a format has no pages, most reports print the same zeros in the same places."""
    return _as_printed(code, column, text, Place(None, None, grid, row, slot))


def _as_printed(code: str, column: Label, text: str, place: Place) -> Figure:
    cell = printed(text, amount=column.amount, signed=column.signed)
    if isinstance(cell.value, int) and cell.value >= GLUED and code.startswith(("requests.", "disputes.")):
        return Figure(code, "unreadable", None, text, place)
    if cell.kind == "number":
        return Figure(code, "read", cell.value, text, place)
    if cell.kind in ("blank", "mark"):
        return Figure(code, "blank" if cell.kind == "blank" else "mark", None, text, place)
    return Figure(code, "unreadable", None, text, place)
