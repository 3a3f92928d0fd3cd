"""The neutral intermediate: what every reader makes of its bytes, and all that matching sees.

Order is reading order. Text is as printed: radicals, full-width forms and spaces stay.
"""

from dataclasses import dataclass

CERTAIN = 0.9
"""What an engine must be sure of a cell by to count it as read."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page in points from its top left corner, the page turned as it is shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """What an engine may have seen, and the chance (0 to 1) that it gives it."""

    text: str
    chance: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid, once, however many slots it spans.

    `page` counts from 1 and is None where the format has no pages. `confidence` is None where
    the characters were given by the file, and an engine's certainty (0 to 1) where they were seen;
    `alternatives` are all that the engine holds possible there, `text` among them, the likeliest first;
    none where it cannot tell of how many signs there is ink.
    """

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Where `ragged`, column numbers were counted off separators and prove nothing by
    themselves; elsewhere they come from spans or rules, and cells above each other share them."""

    cells: tuple[Cell, ...]
    ragged: bool = False

    @property
    def height(self) -> int:
        return max((cell.row + cell.height for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.width for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line or paragraph outside tables. `confidence` is as that of a cell."""

    text: str
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """`title` and `published` are what the file says of itself outside its text (meta, head block).

    `doubts` are one sentence each: what the reader could not take for certain (bytes replaced in
    decoding, a damaged page); they become findings. `damaged` says that characters may be wrong.
    """

    media_type: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: str | None = None
    source: str | None = None
    doubts: tuple[str, ...] = ()
    damaged: bool = False

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Grid))


class Unreadable(Exception):
    """These bytes are not what this reader reads, or nothing can be had from them.

    `kind` is a word for programs (`empty`, `damaged`, `no-text`, `unknown-type`), `says` a sentence
    for people that ends in what to do.
    """

    def __init__(self, kind: str, says: str) -> None:
        super().__init__(says)
        self.kind = kind
        self.says = says
