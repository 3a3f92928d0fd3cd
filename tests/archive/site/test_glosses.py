"""Statutory labels stay Chinese; the English site says beside each what it means."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from httpx import AsyncClient

from archive.pages.addresses import report_address
from archive.pages.glosses import gloss, glosses
from archive.pages.sheets import sheets
from parsers.form import form

Page = Callable[..., Awaitable[Any]]
FORMS = ("2014", "2019", "2021")


def printed(id: str) -> Iterator[str]:
    """All labels of a form, and all that stands in the heads of its tables as they are shown."""
    for table in ("disclosure", "requests", "disputes", "indicators"):
        for block in form(id).table(table):
            yield from filter(None, (block.article, *(row.unit for row in block.rows)))
            yield from (label for one in (*block.columns, *block.rows) for label in (*one.under, one.label))
    yield from form(id).sections
    yield from (head.text for sheet in sheets(form(id), {}) for row in sheet.rows for head in row.heads)


def lacking(known: Callable[[str], str]) -> set[str]:
    return {label for id in FORMS for label in printed(id) if label and not known(label)}


def test_every_label_of_every_form_has_a_gloss() -> None:
    assert lacking(gloss) == set()
    assert set(glosses()) - {label for id in FORMS for label in printed(id)} <= {"政府信息公开情况统计表"}


def test_a_label_without_a_gloss_is_found() -> None:
    assert lacking(lambda label: "" if label == "1.属于国家秘密" else gloss(label)) == {"1.属于国家秘密"}


def test_of_outer_labels_each_is_said_and_what_is_not_known_is_left_out() -> None:
    assert gloss("三、本年度办理结果 （三）不予公开 1.属于国家秘密") == (
        "3. Outcomes this year: (3) Refused: 1. State secrets"
    )
    assert gloss("三、本年度办理结果 别的") == ""


@pytest.mark.parametrize(("prefix", "there"), [("/en", True), ("", False)])
async def test_only_the_english_site_has_them(archive_site: AsyncClient, prefix: str, there: bool) -> None:
    address = str(archive_site.base_url).removesuffix("/en/").removesuffix("/en")
    answer = await archive_site.get(f"{address}{prefix}{report_address('999901-甲局-2023')}")
    assert answer.status_code == 200
    assert ('<small class="gloss" lang="en">1. State secrets</small>' in answer.text) == there
