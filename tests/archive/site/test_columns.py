"""Tables and columns are described in the language of the site."""

import re
from collections.abc import Collection

import pytest
from httpx import AsyncClient

from archive.figures import codes
from archive.pages.columns import described, sentences
from archive.schema import descriptions

CHINESE = re.compile("[㐀-鿿]")


def lacking(known: Collection[str]) -> set[str]:
    """Sentences that are not known in Chinese, but for labels of the form, which are Chinese."""
    says = {one.says for one in descriptions() if one.says.partition(": ")[0] not in codes()}
    return {sentence for sentence in says if re.search("[A-Za-z]", sentence)} - set(known)


def test_every_table_view_and_column_is_described_in_chinese() -> None:
    assert lacking(sentences()) == set()
    assert all(CHINESE.search(described(one.says, "zh")) for one in descriptions())


def test_a_sentence_that_is_not_translated_or_not_said_any_more_is_found() -> None:
    assert lacking([says for says in sentences() if says != "by whom"]) == {"by whom"}
    assert set(sentences()) - {one.says for one in descriptions()} == set()


def test_of_a_figure_the_labels_stay_and_the_unit_is_said() -> None:
    (amount,) = (
        one.says for one in descriptions() if one.column == "disclosure_fees_amount" and "2021" in one.table
    )
    assert amount.endswith("in 分, a millionth of 万元")
    assert described(amount, "zh").endswith("；以分计，即万元的百万分之一")
    assert described(amount, "en") == amount


@pytest.mark.parametrize(
    ("prefix", "says"), [("", "每个机关每个年度一份报告"), ("/en", "One report a body and year")]
)
async def test_each_language_has_its_own(archive_site: AsyncClient, prefix: str, says: str) -> None:
    address = str(archive_site.base_url).removesuffix("/en/").removesuffix("/en")
    for page in ("/archive", "/archive/reports"):
        assert says in (await archive_site.get(f"{address}{prefix}{page}")).text
