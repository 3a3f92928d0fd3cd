"""The store of captures: WARC files, the runs that wrote them, and an index that may be deleted."""

from crawler.captures.capture import (
    Capture,
    CaptureLost,
    Damage,
    Note,
    NotTaken,
    PortalFacts,
    Role,
    Run,
    Signal,
    Summary,
    Taken,
    Unreached,
)
from crawler.captures.recording import Exchange, Recording
from crawler.captures.store import Answer, Store

__all__ = [
    "Answer",
    "Capture",
    "CaptureLost",
    "Damage",
    "Exchange",
    "NotTaken",
    "Note",
    "PortalFacts",
    "Recording",
    "Role",
    "Run",
    "Signal",
    "Store",
    "Summary",
    "Taken",
    "Unreached",
]
