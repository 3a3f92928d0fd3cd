"""What people decided: corrections beside what was read, and what was taken down."""

from archive.corrections.decision import Correction, Decisions, Takedown, WrongDecision, decisions
from archive.corrections.rows import write_decisions
from archive.corrections.withheld import Seal, seal

__all__ = [
    "Correction",
    "Decisions",
    "Seal",
    "Takedown",
    "WrongDecision",
    "decisions",
    "seal",
    "write_decisions",
]
