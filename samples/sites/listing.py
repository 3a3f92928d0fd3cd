"""The rows of each column: reports, decoys, the pinned and the doubled, in the portal's own disorder."""

from collections.abc import Mapping
from functools import cache

from samples import defects
from samples.county import BODIES, Family, body
from samples.defects import Decoy
from samples.figures import dice
from samples.publication import reports
from samples.report import Report
from samples.sites import placement
from samples.sites.page import Row


@cache
def columns(portal: Family, phase: int) -> Mapping[str, tuple[Row, ...]]:
    """Rows by the path of their column."""
    shown = [report for report in reports(phase) if report.body.portal == portal]
    gathered: dict[str, list[Row]] = {
        placement.column(publisher): [] for publisher in BODIES if publisher.portal == portal
    }
    for report in shown:
        gathered[placement.column(report.body)] += _rows(report)
        address = placement.address(report)
        if address.mirror:
            gathered[placement.COUNTY_COLUMN].append(_row(report, address.mirror))
    for column, row in _besides(portal):
        gathered[column].append(row)
    return {column: _disordered(rows) for column, rows in gathered.items()}


@cache
def pages(portal: Family, phase: int) -> Mapping[str, Report]:
    """The report at each article path, mirrors included."""
    shown = [report for report in reports(phase) if report.body.portal == portal]
    own = {placement.address(report).article: report for report in shown}
    mirrors = {placement.address(report).mirror: report for report in shown}
    return own | {path: report for path, report in mirrors.items() if path}


@cache
def decoys(portal: Family) -> Mapping[str, Decoy]:
    return {_place(portal, decoy): decoy for decoy in defects.DECOYS if body(decoy.body).portal == portal}


def pinned(rows: tuple[Row, ...]) -> Row:
    """The row that stands again on top of every page: the county's newest report."""
    return max((row for row in rows if row.key.startswith("government-2")), key=lambda row: row.published)


def _rows(report: Report) -> list[Row]:
    row = _row(report, placement.address(report).article)
    return [row, row] if (report.body.id, report.year) in defects.LISTED_TWICE else [row]


def _row(report: Report, path: str) -> Row:
    return Row(report.title, placement.listed(report), path, report.id)


def _besides(portal: Family) -> list[tuple[str, Row]]:
    """Decoys, and the rows whose page does not exist."""
    rows = [
        (placement.column(body(decoy.body)), Row(decoy.title, decoy.published, path, f"decoy-{decoy.title}"))
        for path, decoy in decoys(portal).items()
    ]
    return rows + [(column, row) for column, row in _dead() if portal == "hanweb"]


def _dead() -> list[tuple[str, Row]]:
    made = []
    for (id, year), why in defects.MISSING.items():
        if not why.startswith("listed"):
            continue
        publisher = body(id)
        day = defects.DEAD_ROW_DAY
        title = f"{publisher.name}{year}年政府信息公开工作年度报告"
        path = placement.hanweb(publisher, f"{id}-{year}", day)
        made.append((placement.column(publisher), Row(title, day, path, f"{id}-{year}")))
    return made


def _place(portal: Family, decoy: Decoy) -> str:
    place = placement.trs if portal == "trs" else placement.hanweb
    return place(body(decoy.body), decoy.title, decoy.published)


def _disordered(rows: list[Row]) -> tuple[Row, ...]:
    """Newest first, give or take a few weeks."""
    shift = {row.path: dice(row.path, "order").randint(0, 30) for row in rows}
    return tuple(
        sorted(rows, key=lambda row: (row.published.toordinal() + shift[row.path], row.path), reverse=True)
    )
