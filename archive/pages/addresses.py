"""Where the pages are. Ids hold Chinese characters and are percent-encoded."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

UNRESOLVED = "unresolved"
"""Stands in an address for the bodies whose division nothing has proved."""


def report_address(id: str) -> str:
    return f"/report/{quote(id, safe='')}"


def body_address(id: str) -> str:
    return f"/body/{quote(id, safe='')}"


def place_address(division: str | None) -> str:
    return f"/place/{quote(division or UNRESOLVED, safe='')}"


def search_address(query: str) -> str:
    return f"/search?q={quote(query, safe='')}"


def versions_address(report: str) -> str:
    return f"/versions/{quote(report, safe='')}"


def rule_address(rule: str) -> str:
    return f"/findings/{quote(rule, safe='')}"


def compare_address(reports: Sequence[str]) -> str:
    return f"/compare?{urlencode([('r', report) for report in reports])}"


def portal_address(key: str) -> str:
    return f"/portals/{quote(key, safe='')}"


def figure_address(report: str, code: str) -> str:
    return f"/figure/{quote(report, safe='')}/{quote(code, safe='')}"
