"""Pages of placed characters and ruling lines to text lines and grids, whoever saw them: what PDF, OFD
and scans have in common. `blocks` lays out a page, `join_split_rows` mends the rows between pages."""

from parsers.readers.ruled.chars import UNKNOWN, Char
from parsers.readers.ruled.drawing import Drawing, Rule
from parsers.readers.ruled.grids import Table
from parsers.readers.ruled.joins import join_split_rows
from parsers.readers.ruled.layout import blocks

__all__ = ["UNKNOWN", "Char", "Drawing", "Rule", "Table", "blocks", "join_split_rows"]
