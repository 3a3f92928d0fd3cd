"""What a crawl came to: each run compared with the sweeps before it and with the calendar."""

from crawler.notice.due import Due
from crawler.notice.gaps import Gaps, gaps
from crawler.notice.health import Health, health
from crawler.notice.notices import notices
from crawler.notice.outcome import FAILING, STATES, Changed, Moved, Notice, Report, State, Vanished
from crawler.notice.seen import Evidence

__all__ = [
    "FAILING",
    "STATES",
    "Changed",
    "Due",
    "Evidence",
    "Gaps",
    "Health",
    "Moved",
    "Notice",
    "Report",
    "State",
    "Vanished",
    "gaps",
    "health",
    "notices",
]
