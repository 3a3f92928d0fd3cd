"""The one-page explanation that lies with the evidence of a figure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from importlib import resources
from string import Template

from archive.evidence.figure import Facts
from archive.figures import FEN
from crawler.captures import Cut

_STATUS = {
    "read": "read 已读取",
    "blank": "the cell is there and empty 空白",
    "mark": "the cell holds a mark instead of a number 以符号代替数字",
    "unreadable": "printed, and not readable with certainty 无法确认",
    "absent": "the report has no such cell 无此单元格",
}


def explanation(facts: Facts, cuts: Sequence[Cut], shown: str | None, document: str) -> str:
    """`shown` and `document` are the names of the files beside it: the marked page, and the original."""
    rows = (f"<tr><th>{escape(name)}</th><td>{escape(said)}</td></tr>" for name, said in _facts(facts, cuts))
    page = Template(resources.files("archive.evidence").joinpath("readme.html").read_text("utf-8"))
    return page.substitute(
        title=escape(f"{facts.body} {facts.year}: {facts.row_label} / {facts.column_label}"),
        facts="".join(rows),
        shown=_shown(shown),
        sha256=facts.document,
        document=document,
        offset=payload_offset(cuts),
        came="the archive that holds the document" if facts.member else "the document",
    )


def payload_offset(cuts: Sequence[Cut]) -> int:
    """Where the record that holds the bytes begins in a file of these records."""
    at = 0
    for cut in cuts:
        if cut.has_payload:
            return at
        at += len(cut.content)
    raise ValueError("no record with a payload among them")


def _facts(facts: Facts, cuts: Sequence[Cut]) -> Iterator[tuple[str, str]]:
    yield "report 报告", facts.title or facts.report
    yield "id 编号", f"{facts.version}{'' if facts.current else ' (an earlier version 旧版本)'}"
    yield "figure 指标", f"{facts.code}: {facts.row_label} / {facts.column_label}"
    yield "as printed 原文", facts.text or "—"
    yield "status 状态", _STATUS[facts.status]
    yield "value 数值", _value(facts.value, facts.unit)
    if facts.proposal is not None:
        yield "proposal 推算", f"{_value(facts.proposal, facts.unit)}, never a reading 非原文 ({facts.basis})"
    yield "place 位置", where(facts)
    yield "document 文件", f"SHA-256 {facts.document} ({facts.media_type})"
    if facts.member:
        yield "in the archive 压缩包", facts.member
    yield "address 网址", facts.capture.url
    yield "captured 采集时间", f"{facts.capture.fetched} (UTC), HTTP {facts.capture.status}"
    yield "capture 采集编号", facts.capture.id
    yield (
        "WARC",
        "\n".join(f"{cut.warc}, byte {cut.offset}: {cut.kind}, {len(cut.content)} bytes" for cut in cuts),
    )


def where(facts: Facts) -> str:
    place = facts.place
    parts = []
    if place.page is not None:
        parts.append(f"page {place.page}")
    if place.box:
        edges = ", ".join(
            f"{edge:g}" for edge in (place.box.left, place.box.top, place.box.right, place.box.bottom)
        )
        parts.append(f"box {edges} in points from its top left corner")
    if place.grid is not None and place.row is not None and place.column is not None:
        parts.append(f"table {place.grid + 1}, row {place.row + 1}, column {place.column + 1}")
    return ", ".join(parts) or "in running text"


def _value(value: int | None, unit: str) -> str:
    if value is None:
        return "—"
    return f"{Decimal(value) / FEN:f} 万元" if unit == "fen" else str(value)


def _shown(shown: str | None) -> str:
    if shown is None:
        return "<p>There is no cell to be shown. 没有可标示的单元格。</p>\n"
    if shown.endswith(".png"):
        return f'<p><img src="{shown}" alt="the page, its cell framed"></p>\n'
    return f'<p><a href="{shown}">The table with its cell marked 标示的表格</a></p>\n'
