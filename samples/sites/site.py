"""What a portal of samples.elsewhere is: its columns, its truth, and the reports that it has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from samples.publication import reports
from samples.report import Report
from samples.sites.page import Answer, Host, Query

SHOWN = (
    "government", "office", "development", "education", "civil", "finance", "market", "urban",
)  # fmt: skip
"""The bodies whose reports these portals have, with two townships beside them."""


@dataclass(frozen=True, slots=True)
class Column:
    """An address that lists reports, and the body they all belong to, where it is one."""

    url: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """Every report's page by its address, and each file that a page hands out, with the page's address.

    A file stands under the address that answers with it, whatever address the page links to."""

    pages: Mapping[str, Report]
    files: Mapping[str, str]


class Site(Protocol):
    def __init__(self, bases: Mapping[Host, str]) -> None:
        """`bases` are addresses without a slash at the end, of the two servers of the portal."""

    def answer(self, query: Query) -> Answer: ...

    def columns(self) -> tuple[Column, ...]: ...

    def truth(self) -> Truth: ...


def shown() -> tuple[Report, ...]:
    """The reports that such a portal has, by body and year."""
    townships = [report.body.id for report in reports(1) if not report.body.office]
    bodies = {*SHOWN, *list(dict.fromkeys(townships))[:2]}
    return tuple(report for report in reports(1) if report.body.id in bodies)
