"""Each gate is shown to fire: one break in a sound report, and exactly the findings that belong to it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import yaml

from parsers.combine import combined
from parsers.identify import in_context
from parsers.read import NOT_NUMBERS, read
from parsers.reading import Reading

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "tests/fixtures/reports"
Break = Callable[[str], str]

PUBLISHER, DISTRICT = "砚澜县民政局", "110101"
OPENING = "<p>网站专栏按办事流程重新编排，群众查阅更方便。</p>"
EXTRA_ROW = "<tr><td>五、电话咨询答复数量</td><td>5</td><td>5</td></tr></table>\n<p>四、"
EXTRA_TABLE = "<table><tr><td>公开渠道</td><td>条数</td></tr><tr><td>公示栏</td><td>64</td></tr></table>"


@dataclass(frozen=True, slots=True)
class Gate:
    """`brings` are the other findings that the break cannot but bring."""

    rule: str
    breaks: Break
    brings: tuple[str, ...] = ()
    sound: str = "sound-report-with-no-trap"


@cache
def sound(folder: str) -> str:
    return (REPORTS / folder / "report.html").read_text("utf-8")


def reading(page: str | bytes) -> Reading:
    outcome = read(page.encode() if isinstance(page, str) else page)
    assert isinstance(outcome, Reading), outcome
    return outcome


def rules(found: Reading) -> set[str]:
    return {finding.rule for finding in found.findings}


def swap(*pairs: tuple[str, str]) -> Break:
    def broken(page: str) -> str:
        for old, new in pairs:
            assert old in page, f"{old} is not in the sound report"
            page = page.replace(old, new)
        return page

    return broken


def cell(*changes: tuple[str, int, str]) -> Break:
    """In the row of a label, the cell that many from the right (0 the last) says something else."""

    def broken(page: str) -> str:
        for label, place, text in changes:
            (row,) = [row for row in re.findall(r"<tr>.*?</tr>", page) if f">{label}</td>" in row]
            parts = row.split("<td")
            head = parts[-1 - place].partition(">")[0]
            end = "</tr>" if place == 0 else ""
            parts[-1 - place] = f"{head}>{text}</td>{end}"
            page = page.replace(row, "<td".join(parts))
        return page

    return broken


def without_requests(page: str) -> str:
    start, stop = page.index("<p>三、收到"), page.index("<p>四、")
    return page[:start] + re.sub(r"<td>\d+</td>", "<td>0</td>", page[start:stop]) + page[stop:]


def without_tables(page: str) -> str:
    return re.sub(r"<table.*?</table>", "", page, flags=re.DOTALL)


def table_four_again(page: str) -> str:
    start = page.index("<table", page.index("<p>四、"))
    table = page[start : page.index("</table>", start)] + "</table>"
    return page.replace("<p>五、", table.replace("<td>1</td>", "<td>3</td>") + "<p>五、")


def without_row(label: str) -> Break:
    return lambda page: re.sub(rf"<tr><td>{label}</td>.*?</tr>", "", page)


def indicator(rule: str, label: str) -> Gate:
    folder = "table-of-2014-with-headings-that-have-no-figure"
    return Gate(f"indicators.{rule}", cell((label, 0, "50")), sound=folder)


GATES = (
    Gate("requests.balance", cell(("四、结转下年度继续办理", 6, "1"), ("四、结转下年度继续办理", 0, "1"))),
    Gate("requests.processed", cell(("（一）予以公开", 6, "4"), ("（一）予以公开", 0, "5"))),
    Gate(
        "requests.total",
        cell(("一、本年新收政府信息公开申请数量", 0, "9"), ("四、结转下年度继续办理", 0, "1")),
    ),
    Gate("disputes.total", lambda page: re.sub(r"(<tr><td>)1((?:</td><td>\d){14}</td>)", r"\g<1>2\2", page)),
    Gate("requests.none_with_disputes", without_requests),
    Gate("figures.unreadable", cell(("1.属于国家秘密", 3, "C"))),
    Gate("figures.blank", cell(("1.属于国家秘密", 3, ""))),
    Gate("figures.mark", cell(("1.属于国家秘密", 3, "—"))),
    Gate("figures.absent", without_row("规章")),
    Gate("rows.unknown", swap(("</table>\n<p>四、", EXTRA_ROW))),
    Gate("tables.unknown", swap((OPENING, EXTRA_TABLE))),
    Gate("tables.twice", table_four_again, brings=("figures.unreadable",)),
    Gate("year.conflict", swap(("2023年1月1日", "2022年1月1日"), ("2023年12月31日", "2022年12月31日"))),
    Gate("form.year", swap(("2023", "2020"))),
    Gate(
        "form.mixed",
        swap(
            ("本年制发件数", "本年新制作数量"),
            ("本年废止件数", "本年新公开数量"),
            ("现行有效件数", "对外公开总数量"),
        ),
        brings=("figures.absent", "figures.unreadable"),
    ),
    Gate("form.none", without_tables),
    Gate("sections.missing", swap(("<p>五、存在的主要问题及改进情况</p>\n", ""))),
    Gate("sections.number", swap(("<p>六、其他需要", "<p>七、其他需要"))),
    Gate("sections.extra", swap(("</body>", "<p>七、附件目录</p><p>无。</p></body>"))),
    Gate(
        "sections.restarted",
        swap((OPENING, "<p>一、公开情况</p><p>照常。</p><p>二、平台建设</p><p>照常。</p>")),
    ),
    Gate("name.other", swap((OPENING, "<p>现将砚澜县水利局2023年政府信息公开情况报告如下。</p>"))),
    Gate("cells.unit", cell(("行政许可", 0, "126件"))),
    Gate("fees.unstated", swap(("2023年未收取政府信息公开信息处理费。", "无。"))),
    Gate("scope.unstated", swap((PUBLISHER, "砚澜县人民政府"), ("，只反映本机关工作情况", ""))),
    Gate("narrative.contradiction", swap((OPENING, "<p>全年共收到政府信息公开申请12件。</p>"))),
    indicator("received", "4.信函申请数"),
    indicator("concluded", "2.延期办结数"),
    indicator("answered", "2.同意公开答复数"),
    indicator("refused", "涉及个人隐私"),
    indicator("review", "四、行政复议数量"),
    indicator("litigation", "五、行政诉讼数量"),
    indicator("staff", "2.兼职人员数"),
)
BY_CONTEXT = ("document.doubt", "publisher.unresolved", "publisher.conflict", "report.conflict")


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.rule)
def test_a_break_is_seen_by_its_gate_alone(gate: Gate) -> None:
    page = sound(gate.sound)
    broken = gate.breaks(page)
    assert broken != page, "nothing was broken"
    assert rules(reading(page)) == set()
    assert rules(reading(broken)) == {gate.rule, *gate.brings}


def test_bytes_that_are_no_text() -> None:
    page = sound("sound-report-with-no-trap").encode()
    broken = page.replace("办事流程".encode(), "办事".encode() + b"\xff\xfe" + "流程".encode())
    assert rules(reading(broken)) == {"document.doubt"}


@pytest.mark.parametrize(
    ("named", "rule"),
    [
        ("东城区民政局", set()),
        (PUBLISHER, {"publisher.unresolved"}),
        ("西城区民政局", {"publisher.conflict"}),
    ],
)
def test_a_body_that_is_not_the_portals(named: str, rule: set[str]) -> None:
    page = sound("sound-report-with-no-trap").replace(PUBLISHER, named)
    assert rules(in_context(reading(page), division=DISTRICT)) == rule


def test_documents_of_one_report_that_differ() -> None:
    page = sound("sound-report-with-no-trap")
    broken = cell(("行政许可", 0, "127"))(page)
    assert rules(combined([reading(page), reading(page.replace("更方便", "很方便"))])) == set()
    assert rules(combined([reading(page), reading(broken)])) == {"report.conflict"}


def test_every_rule_of_the_parsers_has_its_break() -> None:
    named = set(chain.from_iterable(map(_named_in, sorted((ROOT / "parsers").rglob("*.py")))))
    assert len(named) >= 30
    assert named == {gate.rule for gate in GATES} | set(BY_CONTEXT)


def test_a_rule_without_a_break_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "rule.py"
    module.write_text('def new():\n    yield Finding("pages.upside_down", "note", "reading", "")\n', "utf-8")
    assert list(_named_in(module)) == ["pages.upside_down"]


def _named_in(module: Path) -> Iterator[str]:
    """The rules that a module's findings name, however they name them."""
    tree = ast.parse(module.read_text("utf-8"))
    assigned = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
            named = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "rule")]
            if named:  # Finding(**entry) takes one back from JSON
                yield from _rules_of(named[0], assigned)


def _rules_of(named: ast.expr, assigned: dict[str, ast.expr]) -> list[str]:
    match named:
        case ast.Constant(value=str(rule)):
            return [rule]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_rules_of(body, assigned), *_rules_of(orelse, assigned)]
        case ast.Name(id=name) if name in assigned:
            return _rules_of(assigned[name], assigned)
        case ast.JoinedStr(values=[ast.Constant(value="figures."), *_]):
            return [f"figures.{status}" for status, *_ in NOT_NUMBERS]
        case ast.Attribute(attr="rule"):
            return [identity["rule"] for identity in _identities()]
    raise AssertionError(f"which rule is it? {ast.unparse(named)}")


def _identities() -> Iterator[dict[str, str]]:
    for path in sorted((ROOT / "parsers/forms").glob("*.yaml")):
        yield from yaml.safe_load(path.read_text("utf-8"))["identities"]
