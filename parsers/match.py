"""Aligning a document's rows to the known rows of a form. Tables are not discovered, they are expected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from parsers.columns import Header, placed, printed_header, usual_header
from parsers.document import Document
from parsers.form import Block, Form, Label, forms
from parsers.reading import Figure, Finding, Unplaced
from parsers.rows import Row, Slot, rows
from parsers.text.labels import key, slips
from parsers.text.numbers import printed

LABEL = 3.0
"""What a row's label is worth in the alignment when it is the form's to the letter."""

CERTAIN = 0.9
"""What an engine must be sure of a cell by to count it as read."""


@dataclass(frozen=True, slots=True)
class Target:
    """One row of the form with the columns it has, and every key its label goes by."""

    row: str
    block: Block
    columns: tuple[Label, ...]
    codes: tuple[str, ...]
    keys: tuple[str, ...]
    groups: str


@dataclass(frozen=True, slots=True)
class Match:
    figures: tuple[Figure, ...]
    unplaced: tuple[Unplaced, ...]
    findings: tuple[Finding, ...]


def recognised(text: str) -> Form | None:
    """The form whose own labels are printed; the newest where they tie. None where fewer than half
    of the rows of table three are printed. `text` is the key of everything printed."""
    best: tuple[int, Form | None] = (0, None)
    for form in forms():
        (requests,) = form.table("requests")
        printed_rows = sum(key(row.label) in text for row in requests.rows)
        if printed_rows * 2 < len(requests.rows):
            continue
        score = sum(label in text for label in _own_labels(form))
        if score > best[0] or best[1] is None:
            best = (score, form)
    return best[1]


def matched(document: Document, form: Form) -> Match:
    """Every code of the form with what is printed for it, and what fits no place in the form."""
    found = rows(document)
    pairs = _aligned(found, targets(form))
    figures: dict[str, Figure] = {}
    unplaced: list[Unplaced] = []
    for number, target in pairs.items():
        values, left = _row_figures(document, found, number, target, pairs)
        figures.update(values)
        unplaced.extend(left)
    codes = dict.fromkeys((*form.codes(), *figures))
    return Match(
        figures=tuple(figures.get(code) or Figure(code, "absent") for code in codes),
        unplaced=tuple(unplaced),
        findings=tuple(_left_over(found, pairs)),
    )


@cache
def _own_labels(form: Form) -> set[str]:
    others = {label for other in forms() if other.id != form.id for label in _all_labels(other)}
    return _all_labels(form) - others


@cache
def _all_labels(form: Form) -> set[str]:
    labels = [label for block in form.blocks for label in (*block.rows, *block.columns) if not label.replaces]
    return {key(spelling) for label in labels for spelling in label.spellings}


@cache
def targets(form: Form) -> tuple[Target, ...]:
    listed = [
        Target(
            row=row.id,
            block=block,
            columns=block.columns,
            codes=tuple(block.code(row, column) for column in block.columns),
            keys=tuple(key(spelling) for spelling in row.spellings),
            groups="".join(key(group) for group in row.under),
        )
        for block in form.blocks
        if block.table != "disputes"
        for row in block.rows
    ]
    (disputes,) = form.table("disputes")
    return (*listed, _disputes(disputes))


def _disputes(block: Block) -> Target:
    """Table four prints its rows side by side: one line of figures under three times five columns."""
    return Target(
        row="",
        block=block,
        columns=block.columns * len(block.rows),
        codes=block.codes(),
        keys=tuple(key(column.label) for column in block.columns),
        groups="",
    )


def _aligned(found: Sequence[Row], targets: Sequence[Target]) -> dict[int, Target]:
    """Row numbers to targets, in the order of both, so that the labels agree best in all."""
    scores = _tables_before_sentences(found, targets, [_scores(row, targets) for row in found])
    best = [[0.0] * (len(targets) + 1) for _ in range(len(found) + 1)]
    for i, line in enumerate(scores):
        for j, score in enumerate(line):
            together = best[i][j] + score if score else 0.0
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], together)
    return _traced(best, targets)


def _tables_before_sentences(
    found: Sequence[Row], targets: Sequence[Target], scores: list[list[float]]
) -> list[list[float]]:
    """Where a table of the form is printed as a grid, no line of running text is a row of it."""
    gridded = {
        target.block.table
        for row, line in zip(found, scores, strict=True)
        if row.grid is not None
        for target, score in zip(targets, line, strict=True)
        if score >= LABEL
    }
    kept = [0.0 if target.block.table in gridded else 1.0 for target in targets]
    return [
        [s * k for s, k in zip(line, kept, strict=True)] if row.grid is None else line
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


def _scores(row: Row, targets: Sequence[Target]) -> list[float]:
    """How well each target fits a row: by its label to the letter or, where none does, by a slip."""
    exact = [_exact(row, target) for target in targets]
    if any(exact) or row.grid is None or not row.label:
        return exact
    return [max(_slip(key, row) for key in target.keys) if target.row else 0.0 for target in targets]


def _exact(row: Row, target: Target) -> float:
    """A little more where the count fits, so that of two rows of one label the whole one is taken."""
    fits = LABEL + 0.5 if len(row.slots) == len(target.columns) else LABEL
    if target.block.table == "disputes":
        headed = target.keys[0] in row.before and target.keys[3] in row.before
        return fits if headed and not row.empty and len(row.slots) > len(target.columns) // 2 else 0.0
    named = any(row.before.endswith(key) and _stands_alone(row, key, target) for key in target.keys)
    return fits if named else 0.0


def _slip(spelling: str, row: Row) -> float:
    distance = slips(spelling, row.label)
    return 0.0 if distance is None else LABEL * (1 - distance / len(spelling)) - 1


def _stands_alone(row: Row, spelling: str, target: Target) -> bool:
    """In running text a label begins its line, behind nothing but words of its groups; otherwise a
    sentence that happens to end in 行政处罚 and a number would be taken for a row."""
    if row.grid is not None or len(spelling) > len(row.label):
        return True
    rest = row.label[: -len(spelling)]
    return rest in target.groups


def _row_figures(
    document: Document, found: Sequence[Row], number: int, target: Target, pairs: Mapping[int, Target]
) -> tuple[dict[str, Figure], list[Unplaced]]:
    row = found[number]
    header = _header(document, found, number, target, pairs)
    slots = placed(row, len(target.columns), header)
    if slots is None and not row.empty:
        unreadable = {code: Figure(code, "unreadable") for code in target.codes}
        printed_slots = [slot for slot in row.slots if slot.text.strip()]
        name = target.row or target.block.table
        return unreadable, [Unplaced(name, i, s.text.strip(), s.place) for i, s in enumerate(printed_slots)]
    if slots is None:
        blank = Slot("", row.slots[0].place)
        slots = dict.fromkeys(range(len(target.columns)), blank)
    return {
        code: _figure(code, column, slots[i]) if i in slots else Figure(code, "absent")
        for i, (code, column) in enumerate(zip(target.codes, target.columns, strict=True))
    }, []


def _header(
    document: Document, found: Sequence[Row], number: int, target: Target, pairs: Mapping[int, Target]
) -> Header | None:
    row = found[number]
    if row.grid is None:
        return None
    grid_row = row.slots[0].place.row or 0
    header = printed_header(document.grids[row.grid], grid_row, target.columns)
    siblings = [
        found[n] for n, t in pairs.items() if found[n].grid == row.grid and t.columns == target.columns
    ]
    return header or usual_header(siblings, len(target.columns))


def _figure(code: str, column: Label, slot: Slot) -> Figure:
    text = slot.text.strip()
    cell = printed(text, amount=column.amount, signed=column.signed)
    if cell.kind == "number" and (slot.confidence is None or slot.confidence >= CERTAIN):
        return Figure(code, "read", cell.value, text, slot.place)
    if cell.kind in ("blank", "mark"):
        return Figure(code, "blank" if cell.kind == "blank" else "mark", None, text, slot.place)
    return Figure(code, "unreadable", None, text, slot.place)


def _left_over(found: Sequence[Row], pairs: Mapping[int, Target]) -> Iterator[Finding]:
    """Rows with figures inside the printed tables that are no row of the form."""
    grids = {found[number].grid for number in pairs}
    for number, row in enumerate(found):
        if number in pairs or row.empty or row.grid is None or row.grid not in grids:
            continue
        if row.label or any(printed(slot.text).kind == "number" for slot in row.slots):
            says = f"A row of the table fits no row of the form: “{row.text}”"
            yield Finding("rows.unknown", "warning", "undecided", says)
