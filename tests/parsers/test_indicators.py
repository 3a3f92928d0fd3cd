"""The table of 2014 to 2018 as publishers print it: three columns or four, labels that repeat, headings."""

from collections.abc import Iterator

from parsers.document import Cell, Document, Grid, Line
from parsers.form import Label, form
from parsers.read import understood
from parsers.reading import Figure, Reading

FORM = form("2014")
ROWS = FORM.longest.rows
TITLE = "青禾县民政局2016年政府信息公开工作年度报告"


def printed_rows() -> Iterator[tuple[str, Label | None]]:
    shown = {row.label for row in ROWS}
    for row in ROWS:
        for heading in row.under:
            if heading not in shown:
                shown.add(heading)
                yield heading, None
        yield row.label, row


def numbers() -> dict[str, int]:
    """Numbers that add up and are not all alike."""
    counts = {row.id: 0 for row in ROWS} | {"disclosed": 310, "normative": 2, "channel.website": 300}
    counts |= {
        "received": 9,
        "received.online": 7,
        "received.letter": 2,
        "concluded": 9,
        "concluded.in_time": 9,
    }
    counts |= {"answered": 9, "answered.granted": 6, "answered.refused": 3, "answered.refused.privacy": 3}
    counts |= {"review": 3, "review.upheld": 2, "review.other": 1, "litigation": 1, "litigation.upheld": 1}
    return counts | {"staff": 3, "staff.full_time": 1, "staff.part_time": 2}


def table(
    counts: dict[str, int | str],
    *,
    numbered: bool = False,
    left_out: tuple[str, ...] = (),
    units: bool = True,
) -> Grid:
    lines: list[list[str]] = [["统计指标", *(["单位"] if units else []), "统计数"]]
    for label, row in printed_rows():
        if row is None:
            lines.append([label, *(["——"] if units else []), "——"])
        elif row.id not in left_out:
            lines.append([label, *([row.unit or ""] if units else []), str(counts[row.id])])
    if numbered:
        lines = [["序号" if at == 0 else str(at), *line] for at, line in enumerate(lines)]
    return Grid(tuple(Cell(t, r, c) for r, line in enumerate(lines) for c, t in enumerate(line)))


def read(*grids: Grid | Line) -> tuple[Reading, dict[str, Figure]]:
    reading = understood(Document("text/html", (Line(TITLE), Line("一、概述"), *grids)), "0" * 64)
    assert isinstance(reading, Reading)
    return reading, {figure.code.removeprefix("indicators."): figure for figure in reading.figures}


def values(figures: dict[str, Figure]) -> dict[str, str]:
    return {code: str(figure.value) for code, figure in figures.items()}


def texts(counts: dict[str, int]) -> dict[str, str]:
    return {code: str(count) for code, count in counts.items()}


def test_a_code_says_its_row_alone() -> None:
    assert "indicators.review.upheld" in FORM.codes()
    assert len(FORM.codes()) == len(set(FORM.codes())) == len(ROWS) > 50


def test_three_columns_and_four_are_read_whole() -> None:
    for grid in (
        table(dict(numbers())),
        table(dict(numbers()), numbered=True),
        table(dict(numbers()), units=False),
    ):
        reading, figures = read(grid)
        assert reading.form == "2014"
        assert values(figures) == texts(numbers())
        assert not [finding for finding in reading.findings if finding.severity != "note"]


def test_a_label_that_repeats_goes_to_the_parent_it_stands_under() -> None:
    """维持, 纠错 and 其他情形 stand under 行政复议 and again under 行政诉讼."""
    left_out = ("review.corrected", "litigation.other")
    _, figures = read(table(dict(numbers()), left_out=left_out))
    assert {code for code, figure in figures.items() if figure.status == "absent"} == set(left_out)
    kept = {code: text for code, text in texts(numbers()).items() if code not in left_out}
    assert {code: str(figures[code].value) for code in kept} == kept


def test_litigation_worded_as_the_review_is() -> None:
    words = {"（一）维持具体行政行为或者驳回原告诉讼请求数": "（一）维持具体行政行为数"}
    grid = table(dict(numbers()))
    same = Grid(tuple(Cell(words.get(c.text, c.text), c.row, c.column) for c in grid.cells))
    assert values(read(same)[1]) == texts(numbers())


def test_a_label_without_its_number_is_still_its_row() -> None:
    grid = table(dict(numbers()))
    bare = {row.label: row.label[2:] for row in ROWS if row.label[:2] in ("2.", "3.")}
    told = Grid(tuple(Cell(bare.get(c.text, c.text), c.row, c.column) for c in grid.cells))
    assert values(read(told)[1]) == texts(numbers())


def test_amounts_blanks_marks_and_units() -> None:
    counts: dict[str, int | str] = {**numbers(), "fees": "0.05", "budget": "3.2万元", "complaints": ""}
    counts |= {"meetings": "/", "received": "9件"}
    reading, figures = read(table(counts))
    assert (figures["fees"].value, figures["budget"].value) == ("0.05", "3.2")
    assert (figures["complaints"].status, figures["meetings"].status) == ("blank", "mark")
    assert figures["received"].value == 9
    assert [f.codes for f in reading.findings if f.rule == "cells.unit"] == [
        ("indicators.received", "indicators.budget")
    ]


def test_sums_that_the_table_does_not_state_are_warnings() -> None:
    reading, _ = read(table({**numbers(), "received": 10}))
    (finding,) = [f for f in reading.findings if f.rule.startswith("indicators.")]
    assert (finding.rule, finding.severity, finding.attribution) == (
        "indicators.received",
        "warning",
        "publisher",
    )
    assert (finding.left, finding.right) == (10, 9)


def test_who_filled_it_in_is_no_row_and_a_further_indicator_is_a_finding() -> None:
    grid = table(dict(numbers()))
    below = [["单位负责人：张三", "审核人：李四", "2017"], ["（四）自行增加的指标数", "件", "5"]]
    extra = [Cell(t, grid.height + r, c) for r, line in enumerate(below) for c, t in enumerate(line)]
    reading, _ = read(Grid((*grid.cells, *extra)))
    (finding,) = [f for f in reading.findings if f.rule == "rows.unknown"]
    assert "自行增加的指标数" in finding.says


def test_lines_of_text_with_units() -> None:
    counts = numbers()
    lines = [Line(f"{row.label} {row.unit} {counts[row.id]}") for row in ROWS]
    reading, figures = read(*lines)
    assert reading.form == "2014"
    assert values(figures) == texts(counts)


def test_a_title_without_a_table_is_a_free_report() -> None:
    reading, figures = read(Line("本局全年主动公开信息120条，内容涉及救灾、社会组织和婚姻登记。" * 6))
    assert reading.form == "free"
    assert not figures
    assert [f.attribution for f in reading.findings if f.rule == "form.none"] == ["undecided"]


def test_a_local_table_is_not_read_and_a_finding() -> None:
    lines = [["栏目", "条数"], ["机构职能", "12"], ["救灾救济", "30"]]
    local = Grid(tuple(Cell(t, r, c) for r, line in enumerate(lines) for c, t in enumerate(line)))
    words = Line("本局全年主动公开信息，内容涉及救灾、社会组织和婚姻登记。" * 6)
    for blocks in ((words, local), (words, table(dict(numbers())), local)):
        reading, _ = read(*blocks)
        (finding,) = [f for f in reading.findings if f.rule == "tables.unknown"]
        assert "机构职能 12" in finding.says


def lines_of(numbered: Grid, *, without_zeros: bool) -> list[Line]:
    texts = [cell.text for cell in numbered.cells]
    return [Line(text) for text in texts if not (without_zeros and text == "0")]


def test_one_cell_a_line_is_read_over_the_line_of_its_unit() -> None:
    _, figures = read(*lines_of(table(dict(numbers())), without_zeros=False))
    assert {code.removeprefix("indicators."): figure.value for code, figure in figures.items()} == {
        row.id: str(numbers()[row.id]) if row.amount else numbers()[row.id] for row in ROWS
    }


def test_running_numbers_are_never_taken_for_figures_that_are_gone() -> None:
    _, figures = read(*lines_of(table(dict(numbers()), numbered=True), without_zeros=True))
    assert not any(figure.status == "read" for figure in figures.values())
    blank = {row.id: "" for row in ROWS}
    empty = [line for line in lines_of(table(dict(blank), numbered=True), without_zeros=True) if line.text]
    _, figures = read(*empty)
    assert not any(figure.status == "read" for figure in figures.values())
