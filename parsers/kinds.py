"""Table four prints three kinds of disputes side by side under the same five labels, so that its columns
are known by the kinds above them: are they all there, and in the form's order?"""

from functools import cache

from parsers.form import Block
from parsers.rows import Row
from parsers.targets import Target
from parsers.text.labels import key

LOST = 1
"""Columns that may be missing, as the last 总计 often is."""


def whole(row: Row, target: Target, placed: int) -> bool:
    """`placed` are the columns that something in the row stands under. True of the rows of all other
    tables, whose labels say what they are."""
    if target.block.table != "disputes":
        return True
    places = [at for name in _names(target.block) if (at := row.before.rfind(name)) >= 0]
    return places == sorted(places) and placed >= len(target.columns) - LOST


@cache
def _names(block: Block) -> tuple[str, ...]:
    """The labels of the kinds and of what they stand under, in the form's order."""
    return tuple(dict.fromkeys(key(name) for row in block.rows for name in (*row.under, row.label)))
