"""From a figure back to the bytes it was printed in, for whoever wants to see them."""

from archive.evidence.figure import NotFound, Sealed
from archive.evidence.folder import Evidence, evidence

__all__ = ["Evidence", "NotFound", "Sealed", "evidence"]
