"""How the numbers printed in a row may stand under its columns, where position does not say.

Two things happen to a row: cells are lost, so that fewer numbers stand under more columns, or cells are
glued, so that 801000081 stands for seven. A number of several figures never begins with 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from parsers.form import Block, Form
from parsers.reading import Unplaced
from parsers.text.fold import fold

GREATEST = 100_000
"""No cell of a county's table is larger; and a solver's tolerances stay far below a half up to here."""

MOST = 4000
"""Ways to lay out one row beyond which its numbers are left aside: they would prove nothing."""

Layout = Mapping[str, int]
"""Codes to values; a column that is missing lost its number."""


@dataclass(frozen=True, slots=True)
class Row:
    codes: tuple[str, ...]
    layouts: tuple[Layout, ...]


def layouts(form: Form, table: str, unplaced: Sequence[Unplaced]) -> tuple[Row, ...]:
    """The rows of a table with unplaced numbers, each with every way they may stand under its columns.
    A row with something else than digits among them has none to offer and is left out."""
    found = []
    for block in form.table(table):
        for name, codes in _rows(block):
            texts = [fold(item.text) for item in unplaced if item.row == name]
            # A full row that was not placed has numbers of another order or another row.
            if len(texts) not in (0, len(codes)) and all(text.isdecimal() for text in texts):
                ways = _limited(_ways(texts, codes))
                if ways is not None:
                    found.append(Row(codes, ways))
    return tuple(found)


def _rows(block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Row names as `Unplaced` has them. Table four is printed as one row under all its columns."""
    if block.table == "disputes":
        yield block.table, block.codes()
        return
    for row in block.rows:
        yield row.id, tuple(block.code(row, column) for column in block.columns)


def _limited(ways: Iterator[Layout]) -> tuple[Layout, ...] | None:
    kept: list[Layout] = []
    for way in ways:
        if len(kept) == MOST:
            return None
        if max(way.values()) <= GREATEST:
            kept.append(way)
    return tuple(kept)


def _ways(texts: Sequence[str], codes: Sequence[str]) -> Iterator[Layout]:
    if len(texts) < len(codes):
        whole = [int(text) for text in texts if text == str(int(text))]
        if len(whole) == len(texts):
            for columns in combinations(codes, len(texts)):
                yield dict(zip(columns, whole, strict=True))
    for parts in _parted(texts, len(codes)):
        yield dict(zip(codes, parts, strict=True))
    if any(len(text) > 1 for text in texts):
        yield from _parted_and_lost(texts, codes)


def _parted_and_lost(texts: Sequence[str], codes: Sequence[str]) -> Iterator[Layout]:
    """Some numbers glued and some lost in one row, as where 00 stands among five."""
    for count in range(len(texts) + 1, len(codes)):
        for parts in _parted(texts, count):
            for columns in combinations(codes, count):
                yield dict(zip(columns, parts, strict=True))


def _parted(texts: Sequence[str], count: int) -> Iterator[tuple[int, ...]]:
    """Every way to cut the texts, in order, into that many numbers."""
    extra = count - len(texts)
    if extra < 0:
        return
    for cuts in product(*(range(min(extra, len(text) - 1) + 1) for text in texts)):
        if sum(cuts) == extra:
            pieces = [_pieces(text, cut + 1) for text, cut in zip(texts, cuts, strict=True)]
            for chosen in product(*pieces):
                yield tuple(number for piece in chosen for number in piece)


def _pieces(text: str, count: int) -> list[tuple[int, ...]]:
    found = []
    for cuts in combinations(range(1, len(text)), count - 1):
        pieces = [text[start:stop] for start, stop in zip((0, *cuts), (*cuts, len(text)), strict=True)]
        if all(piece == str(int(piece)) for piece in pieces):
            found.append(tuple(int(piece) for piece in pieces))
    return found
