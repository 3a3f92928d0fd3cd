"""The site in its languages: the same words in each, and a reader stays in the one that was chosen."""

import re
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from lxml import html

from archive.pages.addresses import report_address
from archive.pages.words import words as interface
from archive.publish import SITE, application

OFFICE = "999901-甲局-2023"


def en(address: str) -> str:
    return f"/en{address}"


def test_every_word_of_the_interface_is_said_and_known() -> None:
    sources = [*SITE.glob("templates/*.html"), *SITE.glob("plugins/*.py")]
    said = re.compile(r'say\((?:datasette\)\()?f?"([^"{]+)"')
    used = {key for path in sources for key in said.findall(path.read_text("utf-8"))}
    # Keys that end in a value (`"outcome." ~ name`) or stand in a list of the template.
    stems = {key for key in used if key.endswith(".")} | {
        "error.",
        "question.",
        "meaning.",
        "state.",
        "means.",
        "series.",
        "chart.",
        "api.",
    }
    known = set(interface("en"))
    assert {key for key in used if not key.endswith(".")} <= known
    assert {key for key in known if key not in used and not key.startswith(tuple(stems))} == set()


def test_the_languages_say_the_same_things() -> None:
    english, chinese = interface("en"), interface("zh")
    assert list(english) == list(chinese)
    named = re.compile(r"\{\w+\}")
    differ = [
        key for key in english if sorted(named.findall(english[key])) != sorted(named.findall(chinese[key]))
    ]
    assert differ == []


@pytest.mark.parametrize(
    "address", ["/", report_address(OFFICE), "/archive/reports?year=2023&_sort=year", "/nowhere"]
)
async def test_each_page_leads_to_itself_in_the_other_language(archive_db: Path, address: str) -> None:
    both = AsyncClient(transport=ASGITransport(application(archive_db)), base_url="http://archive.test")
    for at, tag, other in ((address, "zh-Hans", en(address)), (en(address), "en", address)):
        document: Any = html.fromstring((await both.get(at)).content)
        assert document.get("lang") == tag
        assert document.xpath("//header//a[@hreflang]/@href") == [other]
        assert document.xpath("//link[@hreflang]/@href") == [other]


async def test_a_language_needs_no_slash(archive_db: Path) -> None:
    both = AsyncClient(transport=ASGITransport(application(archive_db)), base_url="http://archive.test")
    assert "What is here" in (await both.get("/en")).text
    assert "收录情况" in (await both.get("/")).text


@pytest.mark.parametrize("address", ["/findings/", "/archive/reports/", "/archive/无", "/portals/"])
async def test_who_is_led_on_stays_in_the_language(archive_db: Path, address: str) -> None:
    both = AsyncClient(transport=ASGITransport(application(archive_db)), base_url="http://archive.test")
    for at, tag in ((address, "zh-Hans"), (en(address), "en")):
        assert (await both.get(at)).is_redirect
        document: Any = html.fromstring((await both.get(at, follow_redirects=True)).content)
        assert document.get("lang") == tag
