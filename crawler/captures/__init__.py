"""The store of captures: WARC files, the runs that wrote them, and an index that may be deleted."""

from crawler.captures.capture import (
    IMPORT,
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
    Sweep,
    Taken,
    Unreached,
)
from crawler.captures.cut import Cut
from crawler.captures.disk import DISK
from crawler.captures.exchange import Exchange
from crawler.captures.lock import Busy
from crawler.captures.recording import Recording, now
from crawler.captures.rest import LASTS, settled
from crawler.captures.runs import Entered
from crawler.captures.store import Answer, Store
from crawler.captures.warc import Found

__all__ = [
    "DISK",
    "IMPORT",
    "LASTS",
    "Answer",
    "Busy",
    "Capture",
    "CaptureLost",
    "Cut",
    "Damage",
    "Entered",
    "Exchange",
    "Found",
    "NotTaken",
    "Note",
    "PortalFacts",
    "Recording",
    "Role",
    "Run",
    "Signal",
    "Store",
    "Summary",
    "Sweep",
    "Taken",
    "Unreached",
    "now",
    "settled",
]
