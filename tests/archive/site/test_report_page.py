"""The page of a report: the statutory tables in their printed shape, and what stands beside them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from archive.pages.addresses import report_address
from parsers.form import Block, Form, Label
from parsers.form import form as statutory_form

Page = Callable[..., Awaitable[Any]]
OFFICE, TOWN, UNRESOLVED = "999901-甲局-2023", "999901-乙镇-2020", "unresolved-丙/办-2023"


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def spread(table: Any) -> dict[tuple[int, int], Any]:
    """The cells of an HTML table by the slots they cover."""
    slots: dict[tuple[int, int], Any] = {}
    for y, row in enumerate(table.xpath(".//tr")):
        x = 0
        for cell in row.xpath("./th|./td"):
            while (y, x) in slots:
                x += 1
            height, width = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken = [(y + down, x + right) for down in range(height) for right in range(width)]
            assert not slots.keys() & set(taken), "two cells in one slot"
            slots |= dict.fromkeys(taken, cell)
    return slots


def headers(slots: dict[tuple[int, int], Any], y: int, x: int) -> tuple[list[str], list[str]]:
    """The header cells left of a slot and those above it, each once, outermost first."""
    left = dict.fromkeys(slots[y, at] for at in range(x) if slots[y, at].tag == "th")
    above = dict.fromkeys(slots[at, x] for at in range(y) if slots[at, x].tag == "th")
    return [words(cell) for cell in left], [words(cell) for cell in above]


def expected(form: Form, block: Block, row: Label, column: Label) -> tuple[list[str], list[str]]:
    if block.table == "disputes":
        return [], [*row.under, row.label, column.label]
    if block.table == "requests":
        return [*row.under, row.label], [form.over, *column.under, column.label]
    return [row.label], [column.label]


@pytest.mark.parametrize(("report", "form"), [(OFFICE, "2021"), (TOWN, "2019")])
async def test_every_figure_stands_under_the_headers_of_the_form(page: Page, report: str, form: str) -> None:
    document, checked = await page(report_address(report)), 0
    layout = statutory_form(form)
    for block in layout.blocks:
        (table,) = document.xpath(f"//table[contains(@class, '{block.table}')]")
        slots = spread(table)
        places = {cell.get("id"): place for place, cell in reversed(slots.items()) if cell.tag == "td"}
        for row in block.rows:
            for column in block.columns if not row.replaces else ():
                left, above = headers(slots, *places[block.code(row, column)])
                wanted = expected(layout, block, row, column)
                assert (left, above[-len(wanted[1]) :]) == wanted
                checked += 1
    assert checked == len(layout.codes())


async def test_a_row_in_place_of_others_is_not_shown_where_it_is_not_printed(page: Page) -> None:
    document = await page(report_address(OFFICE))
    assert not document.xpath("//*[@id='requests.other_all.total']")
    assert document.xpath("//*[@id='requests.other.other.total']")


async def test_groups_are_merged_as_printed(page: Page) -> None:
    document = await page(report_address(OFFICE))
    heights = {words(head): head.get("rowspan") for head in document.xpath("//th[@scope='rowgroup']")}
    assert heights == {
        "三、本年度办理结果": "22",
        "（三）不予公开": "8",
        "（四）无法提供": "3",
        "（五）不予处理": "5",
        "（六）其他处理": "3",
    }


async def test_figures_are_as_printed_and_statuses_differ_in_words(page: Page) -> None:
    document = await page(report_address(OFFICE))
    wanted = {
        "requests.new.person": ("read", "1,234"),
        "requests.new.total": ("blank", "blank"),
        "requests.granted.person": ("mark", "— mark"),
        "requests.partial.person": ("unreadable", "C<b> unreadable proved 01 corrected 7"),
        "requests.other.uncorrected.person": ("absent", "no cell"),
        "disclosure.fees.amount": ("read", "5949.088667"),
        "requests.carried_in.person": ("read", "0"),
    }
    for code, (status, text) in wanted.items():
        (cell,) = document.xpath(f"//td[@id='{code}']")
        assert (cell.get("class"), words(cell)) == (status, text)
    assert len({text for _, text in wanted.values()}) == len(wanted)


async def test_what_a_person_decided_stands_beside_what_is_printed(page: Page) -> None:
    document = await page(report_address(OFFICE))
    (decided,) = document.xpath("//td//b[@class='correction']")
    assert (words(decided), decided.get("title")) == ("corrected 7", "The <i>scan</i> says 7.")
    assert "was taken down" not in words(document)
    taken = words(await page(report_address(TOWN)))
    assert "Part of this report was taken down on 2024-05-02: It names a <b>person</b>." in taken


async def test_a_proposal_leads_to_its_basis(page: Page) -> None:
    document = await page(report_address(OFFICE))
    (proposal,) = document.xpath("//td//a[@class='proposal']")
    (basis,) = document.xpath(f"//*[@id='{proposal.get('href')[1:]}']")
    assert proposal.get("title") == words(basis) == "identity columns requests.processed"


async def test_a_broken_identity_lights_up_both_sides(page: Page) -> None:
    document = await page(report_address(OFFICE))
    broken = {
        cell.get("id"): words(cell.find("a[@class='side']"))
        for cell in document.xpath("//td[contains(@class, 'broken')]")
    }
    assert broken == {
        "disputes.review.total": "◀1 left side of finding 1",
        **{
            f"disputes.review.{part}": "1▶ right side of finding 1"
            for part in ("upheld", "corrected", "other", "pending")
        },
    }
    (finding,) = document.xpath("//*[@id='finding-1']")
    assert "行政复议 · 总计 is 11, but the sum of its parts is 0: 11 more." in words(finding)
    assert finding.xpath(".//a/@href") == ["/en/findings/disputes.total", "#disputes.review.total"]


async def test_a_finding_without_sides_marks_its_cells_and_a_note_marks_none(page: Page) -> None:
    document = await page(report_address(TOWN))
    (cell,) = document.xpath("//td[contains(@class, 'broken')]")
    assert (cell.get("id"), words(cell)) == ("requests.new.total", "01 finding 1")
    assert words(document.xpath("//*[@id='finding-1']")[0]).startswith(
        "1 warning Years differ The total <b>differs"
    )
    notes = (await page(report_address(OFFICE))).xpath("//*[@id='finding-2']/@class")
    assert notes == ["note"]


async def test_where_it_is_from(page: Page) -> None:
    document = await page(report_address(OFFICE))
    about = {words(term): words(term.getnext()) for term in document.xpath("//dl[@class='about']//dt")}
    assert about["Published"] == "2024-02-12 (due 2024-01-31: 12 days late)"
    assert about["Scope"] == "of this office alone"
    assert about["Captured"] == "2024-02-02T03:04:05Z, yangxian-1.warc.gz, record at byte 2,000"
    assert about["SHA-256 of the document"] == f"{2:064d}"
    assert "http://yangxian.invalid/art/2?a=1&b=2" in document.xpath("//dl[@class='about']//a/@href")
    (versions,) = document.xpath("//h2[@id='versions']/following-sibling::div[1]//tbody")
    assert [words(row.find("th")) for row in versions] == ["1", "2 current"]
    assert [words(row[-1]) for row in versions] == ["0", "1"]


async def test_sections_are_shown_as_printed(page: Page) -> None:
    document = await page(report_address(OFFICE))
    assert document.xpath("//*[@id='section-1']/h3")[0].text == "一、总体情况"
    printed = document.xpath("//*[@id='section-1']/div[@class='text-as-printed']")[0].text_content()
    assert printed == "全年受理<script>alert(2)</script>申请\n⻔⼾⽹站改版。"


async def test_unplaced_values_are_listed(page: Page) -> None:
    document = await page(report_address(TOWN))
    (table,) = document.xpath(
        "//h3[text()='Printed values without a certain column']/following-sibling::div[1]"
    )
    assert [words(cell) for cell in table.xpath(".//td")] == ["granted", "3", "00<i>"]


async def test_a_report_without_tables_says_so(page: Page) -> None:
    document = await page(report_address(UNRESOLVED))
    assert "no statutory table was recognised" in words(document)
    assert not document.xpath("//table[contains(@class, 'printed')]")
    assert words(document.find(".//h1")) == "丙/办 2023"
