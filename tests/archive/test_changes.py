from dataclasses import replace

import pytest

from archive.changes import change_rows
from parsers.reading import Figure, Publisher, Reading, Section

LINES = (
    "2023年，清源县民政局主动公开政府信息120条。",
    "全年新收政府信息公开申请11件，办结11件。",
    "浏览次数：345 打印 关闭",
)


def reading(*lines: str, heading: str = "一、总体情况", number: int = 1) -> Reading:
    sections = (Section(number, heading, "\n".join(lines)),)
    publisher = Publisher("清源县民政局")
    return Reading("0" * 64, "text/html", None, 2023, publisher, None, None, sections, (), (), "own", ())


def texts(old: Reading, new: Reading) -> list[tuple[object, object]]:
    return [(row[5], row[8]) for row in change_rows(old, new)]


def test_a_silent_edit_of_one_cell_is_one_row() -> None:
    old, new = (
        replace(reading(*LINES), figures=(Figure("requests.new.total", "read", value, str(value)),))
        for value in (11, 12)
    )
    assert list(change_rows(old, new)) == [
        ("figure", "requests.new.total", 1, "read", 11, "11", "read", 12, "12")
    ]


def test_an_edited_paragraph_is_one_row_with_both_texts() -> None:
    edited = LINES[0].replace("120", "125")
    assert list(change_rows(reading(*LINES), reading(edited, *LINES[1:]))) == [
        ("paragraph", "1", 1, None, None, LINES[0], None, None, edited)
    ]


@pytest.mark.parametrize(
    "same",
    [
        (*LINES[:2], "浏览次数：346 打印 关闭"),
        LINES[:2],
        (*LINES, "打印日期：2024-05-06", "【字体：大 中 小】"),
        (LINES[0].replace("民政", "⺠政"), *LINES[1:]),
        ("　　" + LINES[0], LINES[1].replace("，", "， "), LINES[2]),
    ],
)
def test_furniture_counters_dates_of_printing_and_blanks_are_no_change(same: tuple[str, ...]) -> None:
    assert texts(reading(*LINES), reading(*same)) == []


def test_a_counter_within_a_sentence_of_the_report_is_a_change() -> None:
    old, new = (f"2023年网站浏览次数：{count}次，" + "比上一年增长。" * 20 for count in (345, 346))
    assert texts(reading(old), reading(new)) == [(old, new)]


def test_what_is_added_and_removed_stands_by_itself() -> None:
    added, edited = "公开专栏改版一次。", LINES[1].replace("11件。", "12件。")
    assert texts(reading(*LINES), reading(added, LINES[0], edited)) == [(None, added), (LINES[1], edited)]
    assert texts(reading(*LINES), reading(edited, added)) == [
        (LINES[0], None),
        (LINES[1], edited),
        (None, added),
    ]


def test_a_heading_is_a_paragraph_and_a_section_that_is_gone_is_all_of_its() -> None:
    other = reading(*LINES, heading="二、总体情况")
    assert texts(reading(*LINES), other) == [("一、总体情况", "二、总体情况")]
    moved = list(change_rows(reading(LINES[0]), reading(LINES[0], number=2)))
    assert [(row[1], row[2], row[5], row[8]) for row in moved] == [
        ("1", 1, "一、总体情况", None),
        ("1", 2, LINES[0], None),
        ("2", 1, None, "一、总体情况"),
        ("2", 2, None, LINES[0]),
    ]


def test_two_documents_with_nothing_in_common_are_compared_in_no_time() -> None:
    old = [f"旧的第{number}段，说的是另一件事。" for number in range(600)]
    new = [f"新文{number}：与前面没有关系的话。" for number in range(600)]
    assert len(texts(reading(*old), reading(*new))) == 1200
