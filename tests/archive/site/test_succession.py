"""A department that became another in a reform: the grid and both bodies' pages lead to each other."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from httpx import AsyncClient
from lxml import html

from archive.build import build
from crawler.captures import PortalFacts
from tests.archive.conftest import County
from tests.archive.site.conftest import english

OLDER, NEWER = "410305-涧西区农业局", "410305-涧西区农业农村局"


@pytest.fixture
def site(county: County, tmp_path: Path) -> AsyncClient:
    county.portal = PortalFacts("jianxi", "410305", "涧西区人民政府", "http://county.example/", "trs")
    run = county.run()
    for name, year in (("农业局", 2016), ("农业农村局", 2018), ("农业农村局", 2019), ("环保局", 2017)):
        county.report(run, f"涧西区{name}", year)
    build(county, county.get, tmp_path / "archive.db")
    return english(tmp_path / "archive.db")


async def test_the_grid_leads_from_the_older_row_to_the_newer(site: AsyncClient) -> None:
    document: Any = html.fromstring((await site.get("/place/410305")).content)
    rows = document.xpath("//table[@class='grid']//tr")
    (row,) = (row for row in rows if "涧西区农业局" in row[0].text_content())
    assert row[0].text_content().split() == ["涧西区农业局", "→", "涧西区农业农村局", "2018"]
    signs = [cell.text_content().split()[0] for cell in row[1:]]
    assert signs == ["→", "→", "✗", "✓"]
    leads = [unquote(address) for address in row.xpath(".//a/@href")]
    assert [address.endswith(NEWER) for address in leads] == [False, True, True, True, False]


async def test_both_pages_lead_to_each_other_and_say_by_what_it_is_known(site: AsyncClient) -> None:
    older, newer = [(await site.get(f"/body/{id}")).text for id in (OLDER, NEWER)]
    assert "涧西区农业农村局</a>" in older
    assert "another body has its place" in older
    assert "It became 涧西区农业农村局, which reports from 2018 on: 国务院机构改革方案" in older
    assert "It took the place of:" in newer
    assert "涧西区农业局</a>" in newer
    assert "another body has its place" not in newer
    doubted = (await site.get("/body/410305-涧西区环境保护局")).text
    assert "It may have become 生态环境局" in doubted
    assert "another body has its place" not in doubted


async def test_programs_are_told_too(site: AsyncClient) -> None:
    told = (await site.get(f"/body/{OLDER}.json")).json()
    assert told["became"] == {"body": NEWER, "name": "涧西区农业农村局", "year": 2018}
    assert (await site.get(f"/body/{NEWER}.json")).json()["before"][0]["body"] == OLDER
