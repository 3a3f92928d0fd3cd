"""From a figure back to the bytes it was printed in, for whoever wants to see them."""

from archive.evidence.figure import Facts, NotFound, Sealed, figure
from archive.evidence.folder import Evidence, evidence, shown
from archive.evidence.paper import where

__all__ = ["Evidence", "Facts", "NotFound", "Sealed", "evidence", "figure", "shown", "where"]
