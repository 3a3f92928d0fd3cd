"""Plain text: a line is a Line, a run of lines with tabs or bars a ragged Grid."""

from collections.abc import Iterator
from itertools import groupby, islice, pairwise

from parsers.document import Block, Cell, Document, Grid, Unreadable
from parsers.readers import barred
from parsers.text.charset import decode
from parsers.text.headblock import published, source, words

MEDIA_TYPE = "text/plain"
HEAD = 20
"""Lines at the top among which the date and the publishing office may stand."""


def read(data: bytes) -> Document:
    decoded = decode(data)
    blocks = tuple(_blocks(decoded.text.splitlines()))
    if not blocks:
        raise Unreadable("empty", "The text holds nothing but white space; get the document again.")
    lines = list(islice(filter(None, map(str.strip, decoded.text.splitlines())), HEAD))
    apart = list(pairwise((*words(lines), "")))
    doubt = f"{decoded.replaced} places of the text are not {decoded.encoding} and could not be decoded."
    return Document(
        MEDIA_TYPE,
        blocks,
        published=published(list(pairwise((*lines, "")))) or published(apart),
        source=source(apart),
        doubts=(doubt,) if decoded.replaced else (),
        damaged=bool(decoded.replaced),
    )


def _blocks(lines: list[str]) -> Iterator[Block]:
    for tabbed, run in groupby(lines, key=_has_tab):
        rows = [line for line in run if line.strip()]
        if tabbed and any("\t" in row.strip() for row in rows):
            yield _grid(rows)
        else:
            yield from barred.blocks([row.strip() for row in rows])


def _has_tab(line: str) -> bool:
    return "\t" in line and bool(line.strip())


def _grid(rows: list[str]) -> Grid:
    return Grid(
        tuple(
            Cell(text.strip(), row, column)
            for row, line in enumerate(rows)
            for column, text in enumerate(line.split("\t"))
        ),
        ragged=True,
    )
