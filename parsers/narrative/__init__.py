"""What the sentences of a report say of quantities, and whether the tables say the same."""

from parsers.narrative.claims import Report, claims
from parsers.narrative.contradictions import contradictions

__all__ = ["Report", "claims", "contradictions"]
